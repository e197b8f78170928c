/* Not a test: what the feed reader makes of each file named on standard input, one JSON object a line. */
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "read/feed.h"

typedef struct dump {
    struct json_object *entries, *feed;
} dump;

static void put(struct json_object *to, const char *name, runut_slice text)
{
    if (text.size)
        json_object_object_add(to, name, json_object_new_string_len(text.at, (int)text.size));
}

static int on_item(void *context, const runut_feed *feed, const runut_feed_item *item)
{
    dump *self = context;
    struct json_object *entry = json_object_new_object(), *authors = json_object_new_array();
    put(entry, "title", item->title);
    put(entry, "link", item->link);
    put(entry, "base", item->base);
    put(entry, "id", item->guid);
    put(entry, "published", item->published);
    put(entry, "updated", item->updated);
    put(entry, "language", item->language);
    put(entry, "publisher", item->publisher);
    put(entry, "content", item->content);
    put(entry, "summary", item->summary);
    for (size_t i = 0; i < item->authors.size; i++)
        json_object_array_add(authors,
                              json_object_new_string_len(item->authors.at[i].at, (int)item->authors.at[i].size));
    json_object_object_add(entry, "authors", authors);
    json_object_array_add(self->entries, entry);
    put(self->feed, "title", feed->title);
    put(self->feed, "link", feed->link);
    put(self->feed, "language", feed->language);
    put(self->feed, "publisher", feed->publisher);
    return 0;
}

static void on_bad_item(void *context, const runut_error *error)
{
    (void)context;
    fprintf(stderr, "%s\n", error->message);
}

/* Feeds without items have titles too. */
static int read_xml(dump *self, runut_slice bytes, runut_error *error)
{
    runut_feed_reader *reader = runut_feed_reader_new(bytes, (runut_slice){"", 0}, 1 << 20, on_item, on_bad_item, self);
    int code = runut_feed_push(reader, bytes, true, error);
    const runut_feed *feed = runut_feed_reader_feed(reader);
    put(self->feed, "title", feed->title);
    put(self->feed, "link", feed->link);
    put(self->feed, "language", feed->language);
    put(self->feed, "publisher", feed->publisher);
    runut_feed_reader_free(reader);
    return code;
}

static void dump_file(const char *path)
{
    static char bytes[1 << 20];
    FILE *f = fopen(path, "rb");
    runut_slice all = {bytes, f ? fread(bytes, 1, sizeof bytes, f) : 0};
    runut_error error = {0};
    dump self = {json_object_new_array(), json_object_new_object()};
    struct json_object *out = json_object_new_object();
    if (f)
        fclose(f);
    int code = all.size && all.at[0] == '{'
                   ? runut_feed_parse(all, (runut_slice){"", 0}, 1 << 20, on_item, on_bad_item, &self, &error)
                   : read_xml(&self, all, &error);
    json_object_object_add(out, "feed", self.feed);
    json_object_object_add(out, "entries", self.entries);
    json_object_object_add(out, "told", json_object_new_boolean(runut_feed_is_xml(all)));
    if (code != RUNUT_OK)
        json_object_object_add(out, "error", json_object_new_string(error.message));
    puts(json_object_to_json_string_ext(out, JSON_C_TO_STRING_PLAIN));
    json_object_put(out);
}

int main(void)
{
    char path[4096];
    while (fgets(path, sizeof path, stdin)) {
        path[strcspn(path, "\n")] = '\0';
        dump_file(path);
    }
    return 0;
}
