#include "cli.h"
#include "show.h"

static void show_story(term *t, struct json_object *story)
{
    struct json_object *events = show_list(story, "events");
    int64_t reports = 0;
    for (size_t i = 0; i < show_size(events); i++)
        reports += show_number(json_object_array_get_idx(events, i), "articles");
    term_words(t, TERM_ID, show_text(story, "story"));
    term_words(t, TERM_PLAIN, "  ");
    show_count(t, (int64_t)show_size(events), "event", "events");
    term_words(t, TERM_PLAIN, ", ");
    show_count(t, reports, "report", "reports");
    term_line(t);
    for (size_t i = 0; i < show_size(events); i++) {
        struct json_object *event = json_object_array_get_idx(events, i);
        term_line(t);
        show_event_head(t, event);
        term_line(t);
        show_tree(t, show_list(event, "reports"));
    }
}

int cli_story(const cli *self)
{
    return show_one(self, runut_story, show_story);
}
