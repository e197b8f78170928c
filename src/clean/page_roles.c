/* The roles of what is not body: told by the element, its class, or what it says. */
#include "base/slice.h"
#include "clean/page.h"

enum { ASIDE_WORDS = 30, SHORT_WORDS = 12 };

void runut_page_set_role(runut_line *line, runut_line_role role, const char *why)
{
    line->role = role;
    line->why = why;
}

void runut_page_name_role(const runut_page *self, size_t i, runut_line *line)
{
    const runut_block_text *t = &self->texts[i];
    runut_slice text = self->tree->blocks.at[i].text;
    bool ahead =
        i < self->span.first && (self->metadata->headline_block == UINT32_MAX || i > self->metadata->headline_block);
    if (runut_page_in_tag(self, i, RUNUT_TAG_FIGCAPTION, 3) ||
        runut_page_in_classes(self, i, RUNUT_CLASS_BIT(CAPTION), 2))
        runut_page_set_role(line, RUNUT_LINE_CAPTION, "caption element");
    else if (t->leads == RUNUT_CUE_CREDIT && t->words <= ASIDE_WORDS)
        runut_page_set_role(line, RUNUT_LINE_CAPTION, "picture credit");
    else if (runut_page_is_credit(self, i))
        runut_page_set_role(line, RUNUT_LINE_CREDIT, "source line");
    else if (ahead && t->words <= SHORT_WORDS &&
             (t->leads == RUNUT_CUE_BYLINE || runut_page_in_classes(self, i, RUNUT_CLASS_BIT(AUTHOR), 2)))
        runut_page_set_role(line, RUNUT_LINE_BYLINE, "by-line");
    else if (ahead && t->words <= SHORT_WORDS &&
             (t->leads == RUNUT_CUE_DATE || runut_page_in_classes(self, i, RUNUT_CLASS_BIT(DATE), 2)))
        runut_page_set_role(line, RUNUT_LINE_DATE, "date line");
    else if (ahead && t->words >= 5 &&
             (runut_page_in_classes(self, i, RUNUT_CLASS_BIT(SUMMARY), 2) ||
              runut_metadata_alike(text, self->metadata->description) > 0.8F))
        runut_page_set_role(line, RUNUT_LINE_STANDFIRST, "summary under the headline");
    else if (self->metadata->publisher.size && runut_slice_equal_nocase(text, self->metadata->publisher))
        runut_page_set_role(line, RUNUT_LINE_PUBLISHER, "the site's name");
    else
        runut_page_set_role(line, RUNUT_LINE_BOILERPLATE,
                            runut_page_link_share(&self->tree->blocks.at[i]) > 0.5F ? "links" : "not like the report");
}
