#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/slice.h"
#include "support/captures.h"

static runut_arena *arena;

#define TEXT(text) runut_slice_of(text)
#define JOIN(a, b) runut_test_join(arena, (a), (b))

/* A record with a length of its own choice; `fields`: lines with their ends. */
static runut_slice record_of_length(const char *type, const char *url, const char *fields, runut_slice block,
                                    const char *length)
{
    runut_slice head =
        runut_arena_printf(arena,
                           "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:1>\r\n%s%s%sWARC-Date: "
                           "2024-02-03T04:05:06Z\r\n%sContent-Length: %s\r\n\r\n",
                           type, *url ? "WARC-Target-URI: " : "", url, *url ? "\r\n" : "", fields, length);
    return JOIN(JOIN(head, block), TEXT("\r\n\r\n"));
}

static runut_slice record(const char *type, const char *url, const char *fields, runut_slice block)
{
    return record_of_length(type, url, fields, block, runut_arena_printf(arena, "%zu", block.size).at);
}

#define HTTP "Content-Type: application/http; msgtype=response\r\n"

static runut_slice response(const char *url, const char *fields, runut_slice body)
{
    return record("response", url, HTTP, JOIN(runut_arena_printf(arena, "HTTP/1.1 200 OK\r\n%s\r\n", fields), body));
}

static runut_slice page(const char *url, const char *text)
{
    return response(url, "Content-Type: text/html; charset=utf-8\r\n", runut_arena_printf(arena, "<html><p>%s", text));
}

static void gives(runut_slice bytes, const char *wanted)
{
    assert_string_equal(runut_test_captures(arena, bytes, 0).at, wanted);
}

static int reset(void **state)
{
    (void)state;
    if (!arena)
        arena = runut_arena_new((size_t)1 << 30);
    runut_arena_reset(arena);
    return RUNUT_ARENA_TRY(arena);
}

static runut_slice all_types(void)
{
    runut_slice all = record("warcinfo", "", "Content-Type: application/warc-fields\r\n", TEXT("software: none\r\n"));
    all = JOIN(all, page("http://a.example/1", "satu"));
    all = JOIN(all, record("request", "http://a.example/1", "Content-Type: application/http; msgtype=request\r\n",
                           TEXT("GET /1 HTTP/1.1\r\n\r\n")));
    all = JOIN(all, record("metadata", "http://a.example/1", "Content-Type: text/plain\r\n", TEXT("seed: yes\r\n")));
    all = JOIN(all, record("resource", "file:///b.txt", "Content-Type: text/plain;charset=\"windows-1252\"\r\n",
                           TEXT("Dua kata")));
    all = JOIN(all, record("conversion", "http://c.example/", "Content-Type: text/plain\r\n", TEXT("Tiga kata")));
    all = JOIN(all, record("revisit", "http://a.example/1", HTTP, TEXT("HTTP/1.1 200 OK\r\n\r\n")));
    return JOIN(all, page("http://d.example/", "empat"));
}

static const char all_types_wanted[] = "H 2 http://a.example/1 utf-8 <html><p>satu\n"
                                       "T 5 file:///b.txt windows-1252 Dua kata\n"
                                       "T 6 http://c.example/  Tiga kata\n"
                                       "H 8 http://d.example/ utf-8 <html><p>empat\n"
                                       "skipped: revisit 1 record 3\n";

static void records_of_all_types(void **state)
{
    (void)state;
    gives(all_types(), all_types_wanted);
    assert_string_equal(runut_test_captures_piped(arena, all_types(), 7).at, all_types_wanted);
}

static void packed_as_a_whole(void **state)
{
    (void)state;
    gives(runut_test_gzip(arena, all_types()), all_types_wanted);
    gives(runut_test_zstd(arena, all_types()), all_types_wanted);
    gives(runut_test_zstd(arena, runut_test_gzip(arena, all_types())), all_types_wanted);
    assert_string_equal(runut_test_captures_piped(arena, runut_test_gzip(arena, all_types()), 3).at, all_types_wanted);
    assert_string_equal(runut_test_captures_piped(arena, runut_test_zstd(arena, all_types()), 3).at, all_types_wanted);
}

static runut_slice two_pages(runut_slice (*pack)(runut_arena *, runut_slice))
{
    return JOIN(pack(arena, page("http://a.example/", "satu")), pack(arena, page("http://b.example/", "dua")));
}

static const char two_pages_wanted[] = "H 1 http://a.example/ utf-8 <html><p>satu\n"
                                       "H 2 http://b.example/ utf-8 <html><p>dua\n";

static void each_record_packed(void **state)
{
    (void)state;
    gives(two_pages(runut_test_gzip), two_pages_wanted);
    gives(two_pages(runut_test_zstd), two_pages_wanted);
}

static runut_slice skippable(uint32_t magic, runut_slice bytes)
{
    char head[8];
    for (int i = 0; i < 4; i++) {
        head[i] = (char)(magic >> 8 * i);
        head[4 + i] = (char)(bytes.size >> 8 * i);
    }
    return JOIN(((runut_slice){head, 8}), bytes);
}

/* Bytes that both share are a dictionary too. */
static runut_slice dictionary(void)
{
    return TEXT("WARC/1.1\r\nWARC-Type: response\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html; "
                "charset=utf-8\r\n\r\n<html><p>");
}

static runut_slice pack_with_dictionary(runut_arena *in, runut_slice bytes)
{
    return runut_test_zstd_with(in, bytes, dictionary());
}

static void a_dictionary_stands_before_the_first_frame(void **state)
{
    (void)state;
    runut_slice frames = two_pages(pack_with_dictionary);
    gives(JOIN(skippable(0x184D2A5D, dictionary()), frames), two_pages_wanted);
    gives(JOIN(skippable(0x184D2A5D, runut_test_zstd(arena, dictionary())), frames), two_pages_wanted);
    gives(JOIN(skippable(0x184D2A50, TEXT("of pzstd")), two_pages(runut_test_zstd)), two_pages_wanted);
    assert_non_null(
        strstr(runut_test_captures(arena, JOIN(skippable(0x184D2A5D, TEXT("\x28\xB5\x2F\xFDxx")), frames), 0).at,
               "broken dictionary"));
    assert_non_null(
        strstr(runut_test_captures(arena, JOIN(skippable(0x184D2A50, TEXT("x")), frames), 0).at, "damaged zstd"));
}

/* ---- HTTP ---- */

static void what_is_no_report_is_counted(void **state)
{
    (void)state;
    runut_slice all = response("http://a.example/i", "Content-Type: image/png\r\n", TEXT("\x89PNG"));
    all = JOIN(all, record("response", "http://a.example/m", HTTP,
                           TEXT("HTTP/1.1 301 Moved\r\nContent-Type: text/html\r\n\r\n<p>moved")));
    all = JOIN(all, record("response", "dns:a.example", "Content-Type: text/dns\r\n", TEXT("a.example. 1.2.3.4")));
    all = JOIN(all, response("http://a.example/robots.txt", "Content-Type: text/plain\r\n", TEXT("User-agent: *")));
    all = JOIN(all, response("http://a.example/api", "Content-Type: application/json\r\n", TEXT("{\"text\":\"x\"}")));
    all = JOIN(all, response("http://a.example/empty", "Content-Type: text/html\r\n", TEXT(" \r\n")));
    all = JOIN(all, record("resource", "metadata://x/log", "Content-Type: text/plain\r\n", TEXT("a log")));
    gives(JOIN(all, page("http://a.example/", "satu")),
          "H 8 http://a.example/ utf-8 <html><p>satu\nskipped: type 1 status 1 machine 1 empty 1 data 1 record 2\n");
}

static void json_with_the_keys_of_an_article(void **state)
{
    (void)state;
    gives(response("http://a.example/api", "Content-Type: application/json\r\n",
                   TEXT("{\"headline\":\"Judul\",\"articleBody\":\"isi berita\"}")),
          "A 1 http://a.example/api  isi berita\n");
}

static void a_type_that_says_nothing(void **state)
{
    (void)state;
    gives(response("http://a.example/", "", TEXT("<!doctype html><p>isi")),
          "H 1 http://a.example/  <!doctype html><p>isi\n");
    gives(response("http://a.example/", "", TEXT("isi")), "skipped: type 1\n");
    gives(response("http://a.example/", "Content-Type: text/plain\r\n", TEXT("<!doctype html><p>isi")),
          "H 1 http://a.example/  <!doctype html><p>isi\n");
}

static void chunks(void **state)
{
    static const char head[] = "content-type:text/html\r\nTRANSFER-ENCODING: Chunked\r\n";
    (void)state;
    gives(response("http://a.example/", head, TEXT("3\r\n<p>\r\n0004;x=y\r\nsatu\r\n0\r\nX: y\r\n\r\n")),
          "H 1 http://a.example/  <p>satu\n");
    gives(response("http://a.example/", head, TEXT("3\n<p>\n4\nsatu\n0\n\n")), "H 1 http://a.example/  <p>satu\n");
    gives(response("http://a.example/", head, TEXT("<p>undone already")), "H 1 http://a.example/  <p>undone already\n");
    gives(response("http://a.example/", head, TEXT("3\r\n<p>\r\nzz\r\nsatu")), "! 1 0 broken size of a chunk\n");
    gives(response("http://a.example/", head, TEXT("3\r\n<p>\r\n")), "! 1 0 chunked body ends in the middle\n");
    gives(response("http://a.example/", head, TEXT("3\r\n<p>\r\nfffffffffffffff\r\nsatu")),
          "! 1 0 chunk larger than what is left\n");
    gives(response("http://a.example/", head, TEXT("3\r\n<p>\r\n10000000000000003\r\nsat")),
          "! 1 0 broken size of a chunk\n");
    gives(response("http://a.example/", head, TEXT("3\r\n<p>\r\n-1\r\nsatu")), "! 1 0 broken size of a chunk\n");
}

static runut_slice coded(const char *coding, runut_slice body)
{
    const char *head = runut_arena_printf(arena, "Content-Type: text/html\r\nContent-Encoding: %s\r\n", coding).at;
    return response("http://a.example/", head, body);
}

static void content_codings(void **state)
{
    static const char wanted[] = "H 1 http://a.example/  <p>satu dua tiga\n";
    runut_slice body = TEXT("<p>satu dua tiga");
    (void)state;
    gives(coded("gzip", runut_test_gzip(arena, body)), wanted);
    gives(coded("x-gzip", runut_test_gzip(arena, body)), wanted);
    gives(coded("deflate", runut_test_zlib(arena, body, 15)), wanted);
    gives(coded("deflate", runut_test_zlib(arena, body, -15)), wanted);
    gives(coded("br", runut_test_brotli(arena, body)), wanted);
    gives(coded("zstd", runut_test_zstd(arena, body)), wanted);
    gives(coded("Identity", body), wanted);
    gives(coded("gzip", body), wanted);
    gives(coded("deflate", body), wanted);
    gives(coded("br", body), wanted);
    gives(coded("zstd", body), wanted);
    gives(coded("lzma", body), "! 1 0 content coding of an unknown kind\n");
    gives(coded("gzip", TEXT("\x1F\x8B\x08zzzzzzzzzzzzzzzz")), "! 1 0 damaged content coding\n");
    body = runut_test_gzip(arena, body);
    gives(coded("gzip", runut_slice_part(body, 0, body.size - 9)),
          "! 1 0 damaged content coding: ends in the middle\n");
}

static void codings_in_chunks(void **state)
{
    runut_slice body = runut_test_gzip(arena, TEXT("<p>satu dua tiga"));
    runut_slice chunked = runut_arena_printf(arena, "5\r\n%.5s\r\n", "");
    (void)state;
    chunked = JOIN(TEXT("1\r\n"), runut_slice_part(body, 0, 1));
    chunked = JOIN(chunked, runut_arena_printf(arena, "\r\n%zx\r\n", body.size - 1));
    chunked = JOIN(JOIN(chunked, runut_slice_part(body, 1, body.size)), TEXT("\r\n0\r\n\r\n"));
    gives(response("http://a.example/",
                   "Content-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", chunked),
          "H 1 http://a.example/  <p>satu dua tiga\n");
}

static runut_slice blanks(size_t size)
{
    char *at = runut_arena_alloc(arena, size);
    memset(at, ' ', size);
    return (runut_slice){at, size};
}

static void bombs_are_rejected_one_by_one(void **state)
{
    (void)state;
    runut_slice much = blanks(100 << 20), good = page("http://b.example/", "dua");
    gives(JOIN(coded("br", runut_test_brotli(arena, much)), good),
          "! 1 0 unpacks to more than 256 times its size\nH 2 http://b.example/ utf-8 <html><p>dua\n");
    gives(JOIN(coded("gzip", runut_test_gzip(arena, much)), good),
          "! 1 0 unpacks to more than 256 times its size\nH 2 http://b.example/ utf-8 <html><p>dua\n");
    runut_slice whole = record("resource", "http://a.example/", "Content-Type: text/html\r\n", much);
    const char *text =
        runut_test_captures(arena, JOIN(runut_test_zstd(arena, whole), runut_test_zstd(arena, good)), 0).at;
    assert_non_null(
        strstr(text, "unpacks to more than 256 times its size\nH 2 http://b.example/ utf-8 <html><p>dua\n"));
}

/* ---- broken files ---- */

static void headers_that_are_broken(void **state)
{
    static const char fields[] = "Content-Type: text/html\r\n";
    runut_slice good = page("http://b.example/", "dua");
    (void)state;
    for (size_t i = 0; i < 6; i++) {
        static const char *const lengths[] = {"", "-5", "x", "5x", "99999999999999999999999", "0x5"};
        runut_slice bad = record_of_length("resource", "http://a.example/", fields, TEXT("<p>satu"), lengths[i]);
        gives(JOIN(bad, good),
              "! 1 0 record without a sound Content-Length\nH 2 http://b.example/ utf-8 <html><p>dua\n");
    }
    gives(JOIN(TEXT("WARC/1.0\r\nWARC-Type: response\r\n"), good),
          "! 1 0 record header without an end\nH 2 http://b.example/ utf-8 <html><p>dua\n");
    gives(TEXT("WARC/1.0\r\nWARC-Type: response\r\n"), "! 1 0 record header without an end\n");
    gives(record("response", "http://a.example/", HTTP, TEXT("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n")),
          "! 1 0 neither an HTTP header nor the end of one\n");
    gives(record("response", "http://a.example/", HTTP, TEXT("")), "! 1 0 neither an HTTP header nor the end of one\n");
}

static void lengths_that_lie(void **state)
{
    static const char fields[] = "Content-Type: text/html\r\n";
    static const char *const lengths[] = {"0", "3", "6", "7", "12", "100", "300", "100000", "5000000"};
    (void)state;
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        runut_slice bad = record_of_length("resource", "http://a.example/", fields, TEXT("<p>satu"), lengths[i]);
        gives(JOIN(bad, page("http://b.example/", "dua")),
              "H 1 http://a.example/  <p>satu\nH 2 http://b.example/ utf-8 <html><p>dua\n");
    }
    runut_slice huge = record_of_length("resource", "http://a.example/", fields, TEXT("<p>satu"), "99999999999999");
    gives(JOIN(huge, page("http://b.example/", "dua")),
          "! 1 0 record longer than its file or its member\nH 2 http://b.example/ utf-8 <html><p>dua\n");
    huge = record_of_length("metadata", "http://a.example/", fields, TEXT("x"), "99999999999999");
    gives(JOIN(huge, page("http://b.example/", "dua")),
          "! 1 0 record longer than its file or its member\nH 2 http://b.example/ utf-8 <html><p>dua\n");
    gives(huge, "! 1 0 record longer than its file or its member\n");
    gives(record_of_length("resource", "http://a.example/", fields, TEXT("<p>satu"), "50"),
          "! 1 0 record ends in the middle\n");
}

static void a_record_that_is_too_large(void **state)
{
    (void)state;
    runut_slice bad = response("http://a.example/", "Content-Type: text/html\r\n", blanks(200000));
    runut_slice film = response("http://a.example/", "Content-Type: video/mp4\r\n", blanks(200000));
    runut_slice all = JOIN(JOIN(bad, film), page("http://b.example/", "dua"));
    assert_string_equal(
        runut_test_captures(arena, all, 100000).at,
        "! 1 0 record larger than the limit\nH 3 http://b.example/ utf-8 <html><p>dua\nskipped: type 1\n");
}

static void rubbish_between_records(void **state)
{
    (void)state;
    runut_slice rubbish = runut_slice_part(blanks(300000), 0, 300000);
    runut_slice all = JOIN(page("http://a.example/", "satu"), JOIN(TEXT("x\nWARC/x"), rubbish));
    all = JOIN(JOIN(all, TEXT("\n\n")), page("http://b.example/", "dua"));
    const char *text = runut_test_captures(arena, all, 0).at;
    assert_non_null(strstr(text, "here no record begins"));
    assert_non_null(strstr(text, "H 2 http://b.example/ utf-8 <html><p>dua\n"));
    assert_null(strstr(strstr(text, "! ") + 1, "! ")); /* told once */
}

static void a_damaged_member_does_not_stop_the_others(void **state)
{
    runut_slice (*const packs[])(runut_arena *, runut_slice) = {runut_test_gzip, runut_test_zstd};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        runut_slice first = packs[i](arena, page("http://a.example/", "satu"));
        char *second = (char *)packs[i](arena, page("http://b.example/", "dua dan lagi")).at;
        runut_slice bad = packs[i](arena, page("http://b.example/", "dua dan lagi"));
        memset(second + bad.size / 2, 0x55, 12);
        bad.at = second;
        runut_slice all = JOIN(JOIN(first, bad), packs[i](arena, page("http://c.example/", "tiga")));
        const char *text = runut_test_captures(arena, all, 0).at;
        assert_non_null(strstr(text, "H 1 http://a.example/ utf-8 <html><p>satu\n"));
        assert_non_null(strstr(text, i ? "damaged zstd data" : "damaged gzip data"));
        assert_non_null(strstr(text, "http://c.example/ utf-8 <html><p>tiga\n"));
    }
}

static void every_beginning_is_survived(void **state)
{
    runut_slice all = JOIN(all_types(), page("http://e.example/", "lima"));
    runut_slice packed = JOIN(runut_test_gzip(arena, all_types()), runut_test_zstd(arena, all));
    (void)state;
    for (size_t size = 0; size < all.size; size += 7)
        assert_non_null(runut_test_captures(arena, runut_slice_part(all, 0, size), 0).at);
    for (size_t size = 0; size < packed.size; size += 3)
        assert_non_null(runut_test_captures(arena, runut_slice_part(packed, 0, size), 0).at);
}

static void old_and_odd_ways_of_writing(void **state)
{
    (void)state;
    gives(TEXT("WARC/0.18\nwarc-type: resource\nWARC-Target-URI: <http://a.example/x y>\ncontent-type: "
               "text/html\ncontent-length: 7\n\n<p>satu\n\n"
               "WARC/1.0\r\nContent-Length: 7\r\nContent-Type: text/html\r\nWARC-Type: "
               "resource\r\n\r\n<p>duaa\r\n\r\n\r\n\r\n"),
          "H 1 http://a.example/x y  <p>satu\nH 2   <p>duaa\n");
}

static void what_the_crawler_cut_is_taken_as_it_is(void **state)
{
    static const char fields[] = HTTP "WARC-Truncated: length\r\n";
    runut_slice body = runut_test_gzip(arena, TEXT("<p>satu dua tiga"));
    runut_slice head = TEXT("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n");
    (void)state;
    gives(record("response", "http://a.example/", fields, JOIN(head, runut_slice_part(body, 0, body.size - 8))),
          "H 1 http://a.example/  <p>satu dua tiga\n");
    head = TEXT("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n<p>satu");
    gives(record("response", "http://a.example/", fields, head), "H 1 http://a.example/  <p>satu\n");
}

static void arc_files(void **state)
{
    static const char head[] = "filedesc://a.arc 0.0.0.0 20140216050221 text/plain 22\n1 0 Some Archive\n1234\n\n";
    static const char head2[] =
        "filedesc://a.arc 0.0.0.0 20140216050221 text/plain 200 - - 0 a.arc 22\n2 0 Some Archive\n1234\n\n";
    static const char message[] = "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>satu";
    runut_slice one = runut_arena_printf(arena, "http://a.example/x y 1.2.3.4 20140216050222 text/html %zu\n%s\n",
                                         sizeof message - 1, message);
    runut_slice two =
        runut_arena_printf(arena, "http://a.example/ 1.2.3.4 20140216050222 text/html 200 abc - 9 a.arc %zu\n%s\n",
                           sizeof message - 1, message);
    (void)state;
    gives(JOIN(TEXT(head), one), "H 2 http://a.example/x y  <p>satu\n");
    gives(JOIN(runut_test_gzip(arena, TEXT(head)), runut_test_gzip(arena, one)), "H 2 http://a.example/x y  <p>satu\n");
    gives(JOIN(TEXT(head), JOIN(TEXT("http://b.example/ 1.2.3.4 20140216050222 text/html -1\n\nx\n"), one)),
          "! 2 77 here no record begins\nH 2 http://a.example/x y  <p>satu\n");
    gives(JOIN(TEXT(head2), two), "H 2 http://a.example/  <p>satu\n");
    gives(JOIN(TEXT(head), TEXT("http://b.example/ 1.2.3.4 20140216050222 text/html 99\n<p>")),
          "! 2 77 record ends in the middle\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(records_of_all_types, reset),
        cmocka_unit_test_setup(packed_as_a_whole, reset),
        cmocka_unit_test_setup(each_record_packed, reset),
        cmocka_unit_test_setup(a_dictionary_stands_before_the_first_frame, reset),
        cmocka_unit_test_setup(what_is_no_report_is_counted, reset),
        cmocka_unit_test_setup(json_with_the_keys_of_an_article, reset),
        cmocka_unit_test_setup(a_type_that_says_nothing, reset),
        cmocka_unit_test_setup(chunks, reset),
        cmocka_unit_test_setup(content_codings, reset),
        cmocka_unit_test_setup(codings_in_chunks, reset),
        cmocka_unit_test_setup(bombs_are_rejected_one_by_one, reset),
        cmocka_unit_test_setup(headers_that_are_broken, reset),
        cmocka_unit_test_setup(lengths_that_lie, reset),
        cmocka_unit_test_setup(a_record_that_is_too_large, reset),
        cmocka_unit_test_setup(rubbish_between_records, reset),
        cmocka_unit_test_setup(a_damaged_member_does_not_stop_the_others, reset),
        cmocka_unit_test_setup(every_beginning_is_survived, reset),
        cmocka_unit_test_setup(old_and_odd_ways_of_writing, reset),
        cmocka_unit_test_setup(what_the_crawler_cut_is_taken_as_it_is, reset),
        cmocka_unit_test_setup(arc_files, reset),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    runut_arena_free(arena);
    return failed;
}
