#include <json-c/json.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "engine/worker.h"
#include "support.h"

const char fuzz_reports[] =
    "{\"id\":\"one\",\"url\":\"https://kabar.example/1\",\"publisher\":\"Kabar Teluk\",\"headline\":\"Kapal Tenggelam "
    "di "
    "Teluk Wira, 17 Orang Tewas\",\"datePublished\":\"2025-09-01\",\"articleBody\":\"WIRA (Antara) - Sebuah kapal "
    "tenggelam di Teluk Wira, Senin (1/9/2025). Sebanyak 17 orang tewas dan 4 hilang.\\n\\\"Cuaca buruk,\\\" kata "
    "Kepala "
    "Pelabuhan, Darto Wibowo, kepada Reuters. Tim penyelamat dari Surabaya tiba sore hari dengan dua perahu.\"}\n"
    "{\"id\":\"two\",\"publisher\":\"Harian Selat\",\"headline\":\"Kapal Tenggelam di Teluk Wira, 19 Orang Tewas\","
    "\"datePublished\":\"2025-09-02\",\"articleBody\":\"Sebuah kapal tenggelam di Teluk Wira, Senin (1/9/2025). "
    "Sebanyak 19 orang tewas, lapor Antara.\\n\\\"Cuaca buruk,\\\" kata Darto Wibowo. Tim penyelamat dari Surabaya "
    "tiba "
    "sore hari dengan dua perahu. Pencarian dilanjutkan hari Selasa.\"}\n"
    "{\"id\":\"three\",\"publisher\":\"The Strait\",\"headline\":\"Kim Jong Un sends a letter to "
    "Putin\",\"datePublished\":"
    "\"2023-08-15\",\"articleBody\":\"North Korean leader Kim Jong Un sent a letter to Russian President Vladimir "
    "Putin "
    "on Tuesday, KCNA reported. \\\"Our friendship was forged in 1945,\\\" Kim wrote.\"}\n";

/* ---- stores ---- */

runut *fuzz_store_new(runut *before, const char *path)
{
    runut *r = NULL;
    runut_error error;
    if (runut_open(path, 0, &r, &error) == RUNUT_OK && before) { /* what takes long to load */
        r->annotator = before->annotator;
        r->tokenizer = before->tokenizer;
        r->workers = before->workers;
        r->worker_count = before->worker_count;
        before->annotator = before->tokenizer = NULL;
        before->workers = NULL;
        before->worker_count = 0;
    }
    fuzz_check(r != NULL);
    runut_close(before);
    return r;
}

bool fuzz_store_add(runut *r, runut_slice bytes)
{
    char path[FUZZ_PATH];
    int fd;
    runut_error error = {0};
    runut_add_options options = {.jobs = 1};
    runut_add_input input = {path, "input"};
    fuzz_file(bytes, path, &fd);
    int code = runut_add_inputs(r, &input, 1, &options, NULL, &error);
    close(fd);
    return code == RUNUT_OK;
}

/* ---- what export promises ---- */

static runut_slice text_of(struct json_object *object, const char *key)
{
    struct json_object *value = NULL;
    if (!json_object_object_get_ex(object, key, &value) || !json_object_is_type(value, json_type_string))
        return (runut_slice){NULL, 0};
    return (runut_slice){json_object_get_string(value), (size_t)json_object_get_string_len(value)};
}

static bool number_of(struct json_object *object, const char *key, int64_t *number)
{
    struct json_object *value = NULL;
    bool found = json_object_object_get_ex(object, key, &value) && value;
    *number = found ? json_object_get_int64(value) : -1;
    return found;
}

/* `start` and `end` stand between characters of the body, and what is told as `text` there stands there. */
static void check_span(struct json_object *object, runut_slice body, bool words)
{
    int64_t start, end;
    runut_slice text = text_of(object, "text");
    bool begins = number_of(object, "start", &start), ends = number_of(object, "end", &end);
    if (!begins || !ends)
        return;
    fuzz_check(start >= 0 && start <= end && end <= (int64_t)body.size);
    runut_slice part = runut_slice_part(body, (size_t)start, (size_t)end);
    fuzz_check(runut_utf8_valid(part) && runut_utf8_valid(runut_slice_part(body, 0, (size_t)start)));
    fuzz_check(!words || !text.at || runut_slice_equal(text, part));
}

static void check_list(struct json_object *article, const char *key, runut_slice body, bool words)
{
    struct json_object *list = NULL, *item, *inner;
    if (!json_object_object_get_ex(article, key, &list) || !json_object_is_type(list, json_type_array))
        return;
    for (size_t i = 0; i < json_object_array_length(list); i++) {
        item = json_object_array_get_idx(list, i);
        check_span(item, body, words);
        check_list(item, "words", body, false); /* of changes */
        if (json_object_object_get_ex(item, "role", &inner) && inner)
            check_span(inner, body, true);
        check_list(item, "mentions", body, true);
    }
}

static int check_article(void *context, struct json_object *article)
{
    static const char *const spoken[] = {"quotes",        "reported", "refused", "people",
                                         "organizations", "places",   "changes"};
    static const char *const told[] = {"dateEvidence", "sourceEvidence", "disagreements", "novel"};
    runut_slice body = text_of(article, "articleBody");
    struct json_object *reuse = NULL;
    (void)context;
    fuzz_check(body.at != NULL);
    for (size_t i = 0; i < sizeof spoken / sizeof *spoken; i++)
        check_list(article, spoken[i], body, true);
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        check_list(article, told[i], body, false);
    if (json_object_object_get_ex(article, "reuse", &reuse) && reuse)
        check_list(reuse, "spans", body, false);
    const char *printed = json_object_to_json_string_ext(article, JSON_C_TO_STRING_PLAIN);
    fuzz_check(runut_utf8_valid(runut_slice_of(printed)));
    return 0;
}

void fuzz_check_export(runut *r)
{
    runut_error error;
    fuzz_check(runut_export(r, NULL, check_article, NULL, &error) == RUNUT_OK);
}

/* ---- what any store must bear ---- */

static int on_item(void *context, struct json_object *item)
{
    *(size_t *)context += json_object_object_length(item);
    return 0;
}

static void ask_one(runut *r, const char *article, const char *event, const char *story)
{
    struct json_object *answer = NULL;
    runut_article_of(r, article, &answer, NULL);
    json_object_put(answer);
    runut_lines_of(r, article, &answer, NULL);
    json_object_put(answer);
    runut_event_of(r, event, &answer, NULL);
    json_object_put(answer);
    runut_story(r, story, &answer, NULL);
    json_object_put(answer);
}

void fuzz_ask_all(runut *r)
{
    size_t seen = 0;
    const runut_filter words = {.words = "kapal OR tewas"}, by = {.by = "Darto", .reported = 1},
                       place = {.place = "wira"};
    struct json_object *answer = NULL;
    runut_export(r, NULL, on_item, &seen, NULL);
    runut_stories(r, &place, on_item, &seen, NULL);
    runut_search(r, &words, on_item, &seen, NULL);
    runut_quotes(r, &by, on_item, &seen, NULL);
    for (int what = 0; what <= RUNUT_LIST_QUOTES; what++) {
        runut_page(r, (runut_listing)what, what == RUNUT_LIST_FOUND ? &words : NULL, &answer, NULL);
        json_object_put(answer);
    }
    runut_values(r, "place", "w", 0, &answer, NULL);
    json_object_put(answer);
    runut_between(r, "Kim Jong Un", "Putin", NULL, &answer, NULL);
    json_object_put(answer);
    runut_counts(r, &answer, NULL);
    json_object_put(answer);
    ask_one(r, "a1", "e1", "s1");
    ask_one(r, "two", "e2", "s2");
}
