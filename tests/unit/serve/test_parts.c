/* The parts of serve/ that need no connection: tags, the buckets of rates, paths and queries. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "serve/guard.h"
#include "serve/request.h"
#include "serve/routes.h"
#include "serve/tags.h"

static void tags_are_found_in_lists(void **state)
{
    (void)state;
    static const char *const with[] = {"\"a\"", "W/\"a\"",        "\"b\", \"a\"", "\"b\",W/\"a\" ", " \"a\"",
                                       "*",     "\"b,c\", \"a\"", " * ",          ", ,\"a\""};
    static const char *const without[] = {"",    "a",       "\"a", "a\"",           "\"b\"", "\"A\"",
                                          "W/a", "w/\"a\"", "*x",  "\"b\" a \"a\"", "\"a \""};
    for (size_t i = 0; i < sizeof with / sizeof *with; i++)
        assert_true(runut_tag_matches(with[i], "\"a\""));
    for (size_t i = 0; i < sizeof without / sizeof *without; i++)
        assert_false(runut_tag_matches(without[i], "\"a\""));
    assert_false(runut_tag_matches(NULL, "\"a\""));
}

static struct sockaddr_storage address(const char *text)
{
    struct sockaddr_storage out = {0};
    struct sockaddr_in *four = (struct sockaddr_in *)&out;
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)&out;
    if (strchr(text, ':')) {
        six->sin6_family = AF_INET6;
        assert_int_equal(inet_pton(AF_INET6, text, &six->sin6_addr), 1);
    } else {
        four->sin_family = AF_INET;
        assert_int_equal(inet_pton(AF_INET, text, &four->sin_addr), 1);
    }
    return out;
}

/* How many of `count` requests at one time are let through. */
static int taken(runut_rate *rate, const char *from, int64_t now, int count)
{
    struct sockaddr_storage a = address(from);
    unsigned seconds = 0;
    int out = 0;
    for (int i = 0; i < count; i++)
        out += runut_rate_take(rate, (struct sockaddr *)&a, now, &seconds);
    return out;
}

static void a_bucket_fills_with_time(void **state)
{
    (void)state;
    runut_rate *rate = runut_rate_new(10, 20);
    assert_int_equal(taken(rate, "192.0.2.1", 1000, 50), 20);
    assert_int_equal(taken(rate, "192.0.2.1", 1050, 50), 0);
    assert_int_equal(taken(rate, "192.0.2.1", 1100, 50), 1);
    assert_int_equal(taken(rate, "192.0.2.1", 2100, 50), 10);
    assert_int_equal(taken(rate, "192.0.2.1", 1000000, 50), 20);
    runut_rate_free(rate);
}

static void addresses_have_buckets_of_their_own(void **state)
{
    (void)state;
    runut_rate *rate = runut_rate_new(1, 5);
    assert_int_equal(taken(rate, "192.0.2.1", 1, 9), 5);
    assert_int_equal(taken(rate, "192.0.2.2", 1, 9), 5);
    assert_int_equal(taken(rate, "::ffff:192.0.2.2", 1, 9), 0);
    assert_int_equal(taken(rate, "2001:db8::1", 1, 9), 5);
    assert_int_equal(taken(rate, "2001:db8::2", 1, 9), 0); /* one client has all of the last 64 bits */
    assert_int_equal(taken(rate, "2001:db8:0:1::2", 1, 9), 5);
    runut_rate_free(rate);
}

static void many_addresses_do_not_open_the_bucket_of_one_that_asks_on(void **state)
{
    (void)state;
    runut_rate *rate = runut_rate_new(1, 5);
    char text[32];
    int got = 0;
    for (int i = 0; i < 50000; i++) {
        snprintf(text, sizeof text, "10.%d.%d.1", i / 250, i % 250);
        taken(rate, text, i / 100, 1);
        got += taken(rate, "192.0.2.1", i / 100, 1);
    }
    assert_in_range(got, 5, 6);
    runut_rate_free(rate);
}

static runut_request *read_target(const char *target, bool good)
{
    runut_request *request = runut_request_new(NULL, NULL, target);
    assert_non_null(request);
    assert_int_equal(runut_request_read(request), good);
    return request;
}

static void targets_are_cut_and_decoded(void **state)
{
    (void)state;
    runut_request *r = read_target("/api/v1/articles/a%2Fb+c?words=p+q%26r&x&since=%C3%A9&&y=", true);
    assert_int_equal(r->segment_count, 4);
    assert_string_equal(r->segments[3], "a/b+c");
    assert_string_equal(runut_request_parameter(r, "words"), "p q&r");
    assert_string_equal(runut_request_parameter(r, "x"), "");
    assert_string_equal(runut_request_parameter(r, "since"), "\xC3\xA9");
    assert_null(runut_request_parameter(r, "z"));
    assert_int_equal(r->parameter_count, 4);
    runut_request_free(r);
}

static void broken_targets_are_told(void **state)
{
    (void)state;
    static const char *const broken[] = {"",     "a",        "*",    "http://a/", "/%",      "/%4",
                                         "/%zz", "/%00",     "/%0a", "/%ff",      "/%c3",    "/a?b=%ed%a0%80",
                                         "/a?%", "/a?b=%7f", "/a#b", "/a?b#c",    "/a?b=%00"};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        runut_request *r = read_target(broken[i], false);
        assert_int_equal(r->reply.status, 400);
        runut_request_free(r);
    }
}

static void numbers_have_bounds(void **state)
{
    (void)state;
    static const struct {
        const char *target;
        bool good;
        uint32_t number;
    } cases[] = {{"/?n=1", true, 1},           {"/?n=200", true, 200},      {"/?n=201", false, 0},
                 {"/?n=0", false, 0},          {"/?n=", false, 0},          {"/?m=1", true, 0},
                 {"/?n=1x", false, 0},         {"/?n=-1", false, 0},        {"/?n=%2b1", false, 0},
                 {"/?n=4294967297", false, 0}, {"/?n=0000000001", true, 1}, {"/?n=00000000001", false, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        runut_request *r = read_target(cases[i].target, true);
        uint32_t number;
        assert_int_equal(runut_request_number(r, "n", 1, 200, &number), cases[i].good);
        if (cases[i].good)
            assert_int_equal(number, cases[i].number);
        runut_request_free(r);
    }
}

static void routes_are_found_by_path_and_method(void **state)
{
    (void)state;
    static const struct {
        runut_method method;
        const char *target, *path;
        unsigned status;
    } cases[] = {{RUNUT_METHOD_GET, "/", "", 0},
                 {RUNUT_METHOD_HEAD, "/", "", 0},
                 {RUNUT_METHOD_GET, "/api/v1/stories", "api/v1/stories", 0},
                 {RUNUT_METHOD_GET, "/api/v1/stories/s1", "api/v1/stories/*", 0},
                 {RUNUT_METHOD_GET, "/api/v1/articles/a1/lines", "api/v1/articles/*/lines", 0},
                 {RUNUT_METHOD_GET, "/api/v1/stories/", NULL, 404},
                 {RUNUT_METHOD_GET, "/api/v1/stories//atomic", NULL, 404},
                 {RUNUT_METHOD_GET, "/api/v1", NULL, 404},
                 {RUNUT_METHOD_GET, "/api/v1/storie", NULL, 404},
                 {RUNUT_METHOD_GET, "/api/v1/storiess", NULL, 404},
                 {RUNUT_METHOD_DELETE, "/api/v1/stories", NULL, 405},
                 {RUNUT_METHOD_OTHER, "/", NULL, 405},
                 {RUNUT_METHOD_OPTIONS, "/", NULL, 204}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        runut_request *r = read_target(cases[i].target, true);
        r->method = cases[i].method;
        const runut_route *route = runut_route_find(r);
        assert_int_equal(route != NULL, cases[i].path != NULL);
        if (route)
            assert_string_equal(route->path, cases[i].path);
        assert_int_equal(r->reply.status, cases[i].status);
        runut_request_free(r);
    }
}

static void parameters_are_known_and_stand_once(void **state)
{
    (void)state;
    static const runut_route route = {.path = "a", .parameters = " words limit "};
    static const char *const good[] = {"/a", "/a?words=x&limit=1", "/a?"};
    static const char *const bad[] = {"/a?word=x", "/a?words=x&words=x", "/a?words+limit=x",
                                      "/a?+=x",    "/a?words%20=x",      "/a?rds=1"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        runut_request *r = read_target(good[i], true);
        assert_true(runut_route_check(&route, r));
        runut_request_free(r);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        runut_request *r = read_target(bad[i], true);
        assert_false(runut_route_check(&route, r));
        assert_int_equal(r->reply.status, 400);
        runut_request_free(r);
    }
}

static void a_token_is_compared_as_a_whole(void **state)
{
    (void)state;
    runut_server_options options = {.token = "secret", .limits = {.no_rate = true}};
    runut_guard *guard = runut_guard_new(&options, "127.0.0.1", 80);
    assert_true(runut_guard_is_token(guard, "secret", 6));
    assert_false(runut_guard_is_token(guard, "secret", 5));
    assert_false(runut_guard_is_token(guard, "secrets", 7));
    assert_false(runut_guard_is_token(guard, "secretsecret", 12));
    assert_false(runut_guard_is_token(guard, "", 0));
    assert_false(runut_guard_is_token(guard, "Secret", 6));
    runut_guard_free(guard);
    options.token = NULL;
    guard = runut_guard_new(&options, "127.0.0.1", 80);
    assert_false(runut_guard_is_token(guard, "", 0));
    assert_false(runut_guard_is_token(guard, "a", 1));
    runut_guard_free(guard);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tags_are_found_in_lists),
        cmocka_unit_test(a_bucket_fills_with_time),
        cmocka_unit_test(addresses_have_buckets_of_their_own),
        cmocka_unit_test(many_addresses_do_not_open_the_bucket_of_one_that_asks_on),
        cmocka_unit_test(targets_are_cut_and_decoded),
        cmocka_unit_test(broken_targets_are_told),
        cmocka_unit_test(numbers_have_bounds),
        cmocka_unit_test(routes_are_found_by_path_and_method),
        cmocka_unit_test(parameters_are_known_and_stand_once),
        cmocka_unit_test(a_token_is_compared_as_a_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
