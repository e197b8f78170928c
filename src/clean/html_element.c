#include "clean/html_element.h"

#include "base/slice.h"

/* "display:none", also with a blank after the colon. */
static bool is_undisplayed(runut_slice style)
{
    runut_slice name = RUNUT_LITERAL("display"), none = RUNUT_LITERAL("none");
    for (size_t at = 0; at < style.size; at++) {
        const char *colon = memchr(style.at + at, ':', style.size - at);
        if (!colon)
            return false;
        at = (size_t)(colon - style.at);
        size_t value = at + 1 + (at + 1 < style.size && style.at[at + 1] == ' ');
        if (at >= name.size && runut_slice_starts_nocase(runut_slice_part(style, at - name.size, at), name) &&
            runut_slice_starts_nocase(runut_slice_part(style, value, style.size), none))
            return true;
    }
    return false;
}

bool runut_html_hides(const runut_html_token *token)
{
    const runut_html_attribute *style = runut_html_find(token, "style"), *aria = runut_html_find(token, "aria-hidden");
    return (style && is_undisplayed(style->value)) || runut_html_find(token, "hidden") ||
           (aria && runut_slice_equal_nocase(aria->value, RUNUT_LITERAL("true")));
}

/* Is `folder` what sites call the pages of those who write? */
static bool is_author_folder(runut_slice folder)
{
    static const runut_slice names[] = {{"author", 6},  {"authors", 7},      {"penulis", 7},      {"profile", 7},
                                        {"people", 6},  {"staff", 5},        {"by", 2},           {"autor", 5},
                                        {"auteur", 6},  {"writer", 6},       {"reporter", 8},     {"wartawan", 8},
                                        {"autoren", 7}, {"contributor", 11}, {"contributors", 12}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (runut_slice_equal(folder, names[i]))
            return true;
    return false;
}

bool runut_html_is_author_link(const runut_html_token *token)
{
    const runut_html_attribute *rel = runut_html_find(token, "rel"), *href = runut_html_find(token, "href");
    if (rel && runut_slice_find_nocase(runut_slice_part(rel->value, 0, 100), RUNUT_LITERAL("author"), 0) != SIZE_MAX)
        return true;
    runut_slice rest = href ? runut_slice_part(href->value, 0, 200) : (runut_slice){NULL, 0}, folder;
    for (size_t i = 0; runut_slice_field(&rest, '/', &folder); i++)
        if (i > 0 && rest.at && is_author_folder(folder)) /* between two slashes */
            return true;
    return false;
}

/* The frames in which the scripts of other sites show a post, as their makers name them. */
bool runut_html_is_embed(const runut_html_token *token)
{
    static const char *const names[] = {"twitter-tweet",   "twitter-video",    "instagram-media", "tiktok-embed",
                                        "bluesky-embed",   "mastodon-embed",   "reddit-embed",    "reddit-card",
                                        "text-post-media", "imgur-embed-pub",  "fb-xfbml",        "fb-post",
                                        "telegram-post",   "wp-embedded-cont", "threads-embed",   "truthsocial-embed"};
    const runut_html_attribute *class = runut_html_find(token, "class");
    for (size_t i = 0; class && i < sizeof names / sizeof *names; i++)
        if (runut_slice_find(runut_slice_part(class->value, 0, 200), runut_slice_of(names[i]), 0) != SIZE_MAX)
            return true;
    return false;
}
