#include "read/record_keys.h"

#include "base/slice.h"

#define KEYS(name, ...)                                                                                                \
    static const char *const name##_names[] = {__VA_ARGS__};                                                           \
    const runut_record_keys name = {name##_names, sizeof name##_names / sizeof *name##_names}

KEYS(runut_record_texts, "articleBody", "text", "maintext", "body", "content", "full_text", "fulltext", "article_text",
     "cleaned_text", "bodyText", "article");
KEYS(runut_record_pages, "html", "raw_html", "content_html", "body_html");
KEYS(runut_record_ids, "id", "@id", "identifier", "_id", "article_id", "uuid", "guid");
KEYS(runut_record_urls, "url", "source-url", "link", "canonical_link", "canonical_url", "webUrl", "web_url", "URL",
     "permalink");

const size_t runut_record_plain = 3;

int runut_record_is_missing(runut_slice text)
{
    static const char *const words[] = {"None", "nan", "NaN", "NaT", "null", "NULL", "N/A", "<NA>", "[]"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (runut_slice_is(text, words[i]))
            return 1;
    return 0;
}
