#include "serve/page.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "serve/routes.h"
#include "serve/tags.h"

/* The page runs its own script alone, talks to its own server alone, and turns no text into markup. */
static const char PAGE_POLICY[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'";

static const runut_page_file *find(const char *name)
{
    for (size_t i = 0; i < runut_page_file_count; i++)
        if (strcmp(runut_page_files[i].name, name) == 0)
            return &runut_page_files[i];
    return NULL;
}

/* Does Accept-Encoding allow gzip? A weight of 0 forbids it (RFC 9110, 12.5.3). */
static bool takes_gzip(const runut_request *request)
{
    const char *accepted = runut_request_header(request, "Accept-Encoding");
    for (const char *at = accepted; at && *at; at += strcspn(at, ","), at += *at == ',') {
        at += strspn(at, " \t");
        size_t size = strcspn(at, " \t;,");
        bool named = (size == 4 && strncasecmp(at, "gzip", 4) == 0) || (size == 1 && *at == '*');
        const char *weight = at + size + strspn(at + size, " \t;");
        bool none = strncasecmp(weight, "q=0", 3) == 0 && weight[3 + strspn(weight + 3, ".0")] <= '0';
        if (named)
            return !none;
    }
    return false;
}

static void answer_file(runut_request *request, const runut_page_file *file, const char *keep)
{
    runut_reply *reply = &request->reply;
    bool packed = file->packed != file->packed_end && takes_gzip(request);
    if (runut_tag_matches(runut_request_header(request, "If-None-Match"), file->tag)) {
        runut_reply_static(reply, NULL, NULL, 0);
        reply->status = 304;
    } else if (packed) {
        runut_reply_static(reply, file->type, file->packed, (size_t)(file->packed_end - file->packed));
        runut_reply_field(reply, "Content-Encoding", "gzip");
    } else {
        runut_reply_static(reply, file->type, file->plain, (size_t)(file->plain_end - file->plain));
    }
    runut_reply_field(reply, "ETag", "W/%s", file->tag);
    runut_reply_field(reply, "Vary", "Accept-Encoding");
    runut_reply_field(reply, "Cache-Control", "%s", keep);
    reply->policy = PAGE_POLICY;
}

void runut_page_answer(runut *store, runut_request *request)
{
    (void)store;
    const runut_page_file *file = find("index.html");
    if (file)
        answer_file(request, file, "no-cache");
    else
        runut_reply_problem(&request->reply, 404, "this program was built without its page");
}

void runut_page_answer_asset(runut *store, runut_request *request)
{
    (void)store;
    char name[200];
    snprintf(name, sizeof name, "assets/%s", request->name);
    const runut_page_file *file = find(name);
    if (file)
        answer_file(request, file, "public, max-age=31536000, immutable");
    else
        runut_reply_problem(&request->reply, 404, "there is no such file");
}

void runut_page_answer_document(runut *store, runut_request *request)
{
    (void)store;
    answer_file(request, find("openapi.json"), "no-cache");
    request->reply.policy = NULL;
}
