/* What a request's line and fields are read from: whatever the bytes, the parts are UTF-8 without control characters,
 * and what is refused has a reply that says why. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "serve/routes.h"
#include "serve/tags.h"

static void check(bool good)
{
    if (!good)
        abort();
}

static void check_text(const char *text)
{
    check(runut_utf8_valid((runut_slice){text, strlen(text)}));
    for (const char *at = text; *at; at++)
        check((unsigned char)*at >= 32 && *at != 127);
}

static void check_parts(runut_request *request)
{
    runut_filter filter;
    for (int i = 0; i < request->segment_count; i++)
        check_text(request->segments[i]);
    for (int i = 0; i < request->parameter_count; i++) {
        check_text(request->parameters[i].name);
        check_text(request->parameters[i].value);
        check(runut_request_parameter(request, request->parameters[i].name) != NULL);
    }
    const runut_route *route = runut_route_find(request);
    check(route ? request->reply.status == 0 : request->reply.status >= 204);
    if (route && !runut_route_check(route, request))
        check(request->reply.status == 400);
    else if (route && !runut_route_filter(request, &filter))
        check(request->reply.status == 400);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *target = malloc(size + 1);
    memcpy(target, data, size);
    target[size] = '\0';
    runut_request *request = runut_request_new(NULL, NULL, target);
    request->method = size % 5 == 4 ? RUNUT_METHOD_POST : RUNUT_METHOD_GET;
    if (runut_request_read(request))
        check_parts(request);
    else
        check(request->reply.status == 400 || request->reply.status == 404);
    runut_tag_matches(target, "\"a\"");
    runut_request_free(request);
    free(target);
    return 0;
}
