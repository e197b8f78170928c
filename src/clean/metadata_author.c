/* Authors. What metadata names is believed first where the same name stands on the page near the report; then a
 * by-line that says it is one; then metadata alone; then an element that calls itself the author's. 'admin', 'Redaksi'
 * and the site's own name write nothing. */
#include "base/data.h"
#include "base/map.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "clean/byline.h"
#include "clean/metadata.h"
#include "clean/stage.h"

enum {
    MOST_NAME = 80,
    MOST_NAME_WORDS = 7,
    MOST_LINE = 200,
    BEFORE_HEADLINE = 5,
    AFTER_BODY = 12,
    UNDER_HEADLINE = 4,
    INTO_BODY = 3,
    MOST_AUTHORS = 10
};

typedef struct search {
    const runut_metadata *metadata;
    runut_arena *arena;
    runut_metadata_span body;
    bool loose; /* desks and companies count too */
} search;

static bool contains(runut_slice text, const char *word)
{
    return runut_slice_find_nocase(text, runut_slice_of(word), 0) != SIZE_MAX;
}

static bool is_among(runut_slice word, const char *const *words)
{
    for (; *words; words++)
        if (runut_slice_equal_nocase(word, runut_slice_of(*words)))
            return true;
    return false;
}

/* Words that make a 'name' the program's, which is never an author, … */
static bool is_program_word(runut_slice word)
{
    static const char *const words[] = {
        "admin",     "administrator", "redaksi",   "redaktur",  "redaktion", "redaction", "redaccion", "redaccao",
        "redazione", "redactie",      "webmaster", "anonymous", "unknown",   "user",      "root",      "superuser",
        "http",      "https",         "www",       "guest",     "subscribe", "follow",    NULL};
    return is_among(word, words);
}

/* … and those that make it a desk or a company, which is one where nobody else is named. */
static bool is_desk_word(runut_slice word)
{
    static const char *const words[] = {
        "editor",   "editors",       "editorial",   "staff",        "team",      "tim",      "desk",
        "newsroom", "news",          "contributor", "contributors", "author",    "authors",  "writer",
        "writers",  "correspondent", "reporter",    "reporters",    "penulis",   "office",   "communications",
        "press",    "media",         "blog",        "company",      "inc",       "magazine", "kontributor",
        "wartawan", "pewarta",       "com",         "agency",       "agencies",  "bureau",   "service",
        "wire",     "online",        "digital",     "group",        "marketing", "support",  "articles",
        "by",       "posts",         NULL};
    return is_among(word, words);
}

static runut_slice strip_prefix(runut_slice name)
{
    static const char *const heads[] = {"by ",           "by: ",
                                        "by:",           "written by ",
                                        "posted by ",    "author: ",
                                        "author ",       "oleh: ",
                                        "oleh ",         "penulis: ",
                                        "words by ",     "words: ",
                                        "story by ",     "von ",
                                        "par ",          "por ",
                                        "di ",           "door ",
                                        "text: ",        "reporter: ",
                                        "published by ", "created by ",
                                        "about ",        "meet ",
                                        "posts by ",     "view all posts by "};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (runut_slice_starts_nocase(name, runut_slice_of(heads[i])))
            return runut_slice_trim(runut_slice_part(name, strlen(heads[i]), name.size));
    return name;
}

static bool has_digit(runut_slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (runut_is_digit((unsigned char)text.at[i]))
            return true;
    return false;
}

static bool has_letter(runut_slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.at[i] >= 0xC3 || runut_is_alpha((unsigned char)text.at[i]))
            return true;
    return false;
}

/* Words that follow a name on its line: months, "Last updated", "on". */
static runut_slice strip_tail(runut_slice name)
{
    static const char *const tails[] = {"last",      "updated", "published", "posted",   "on",       "in",
                                        "at",        "get",     "bio",       "-",        "\xC2\xB7", "january",
                                        "february",  "march",   "april",     "june",     "july",     "august",
                                        "september", "october", "november",  "december", NULL};
    for (;;) {
        size_t start = name.size;
        while (start > 0 && name.at[start - 1] != ' ')
            start--;
        if (start == 0 || !is_among(runut_slice_part(name, start, name.size), tails))
            return name;
        name = runut_slice_trim(runut_slice_part(name, 0, start));
    }
}

/* Words of the page's own furniture: "Share", "Email", "Full bio". */
static bool is_furniture(runut_arena *arena, runut_slice name)
{
    static const char *const others[] = {"full bio", "bio",  "link",   "links",   "categories",
                                         "last",     "more", "author", "about",   "email",
                                         "share",    "home", "menu",   "profile", NULL};
    runut_slice fields[2], folded = runut_utf8_fold(arena, name);
    return is_among(name, others) || runut_data_find(runut_data("page_cues.tsv"), folded, fields, 2) > 0;
}

/* A person's name, tidied; empty where it can be none. */
static runut_slice person(const search *self, runut_slice name)
{
    runut_slice none = {"", 0};
    name = strip_prefix(runut_utf8_collapse(self->arena, runut_slice_part(name, 0, 4 * MOST_NAME)));
    size_t cut = name.size;
    for (size_t i = 0; i < name.size && cut == name.size; i++)
        if (name.at[i] == '|' || name.at[i] == '(' || name.at[i] == '\n')
            cut = i;
    name = runut_slice_trim(runut_slice_part(name, 0, cut));
    while (name.size && strchr(",;:-", name.at[name.size - 1]))
        name = runut_slice_trim(runut_slice_part(name, 0, name.size - 1));
    if (is_furniture(self->arena, name))
        return none;
    name = strip_tail(name);
    if (name.size < 2 || name.size > MOST_NAME || !has_letter(name) || is_furniture(self->arena, name) ||
        has_digit(name) || memchr(name.at, '@', name.size) || memchr(name.at, '/', name.size))
        return none;
    if (!self->loose && (runut_metadata_alike(name, self->metadata->publisher) > 0.7F ||
                         runut_metadata_alike(name, self->metadata->site) > 0.7F))
        return none;
    runut_slice rest = name, word;
    size_t words = 0;
    while (runut_slice_field(&rest, ' ', &word)) {
        words += word.size > 0;
        if (is_program_word(word) || (!self->loose && is_desk_word(word)))
            return none;
    }
    bool formed = runut_utf8_starts_upper(name) || words == 1 || (self->loose && words <= 3);
    return words <= MOST_NAME_WORDS && formed ? name : none;
}

/* Does a word say what one does, so that the part that has it is a role and no further name? */
static bool is_role(runut_slice part)
{
    static const char *const words[] = {
        "director",    "manager",     "editor",       "attorney",   "lawyer",     "consultant",    "coordinator",
        "ceo",         "cto",         "founder",      "co-founder", "leader",     "senior",        "junior",
        "specialist",  "expert",      "writer",       "reporter",   "journalist", "correspondent", "columnist",
        "contributor", "dietitian",   "nutritionist", "analyst",    "professor",  "lecturer",      "researcher",
        "research",    "marketing",   "development",  "strategy",   "engineer",   "educator",      "representative",
        "president",   "vice",        "chief",        "officer",    "physician",  "nurse",         "therapist",
        "advisor",     "adviser",     "planner",      "designer",   "developer",  "staff",         "technology",
        "university",  "institute",   "clinic",       "hospital",   "department", "certified",     "licensed",
        "master",      "wartawan",    "jurnalis",     "redaktur",   "direktur",   "dosen",         "peneliti",
        "redakteur",   "redakteurin", "journaliste",  "periodista", "hardware",   "software",      NULL};
    runut_slice word;
    while (runut_slice_field(&part, ' ', &word)) {
        while (word.size && strchr(",.;:()", word.at[word.size - 1]))
            word.size--;
        if (is_among(word, words))
            return true;
    }
    return false;
}

static bool has_blank(runut_slice text)
{
    text = runut_slice_trim(text);
    return memchr(text.at, ' ', text.size) != NULL;
}

static void add(const search *self, runut_slice name, runut_slices *out)
{
    name = person(self, name);
    if (!self->loose && has_blank(name) && is_role(name))
        return;
    for (size_t i = 0; i < out->size; i++)
        if (runut_slice_equal_nocase(out->at[i], name))
            return;
    if (name.size && out->size < MOST_AUTHORS)
        RUNUT_PUSH(self->arena, *out, name);
}

/* A word without a capital among those of a name tells of a role ("head of research"). */
static bool has_lower_word(runut_slice text)
{
    runut_slice word;
    while (runut_slice_field(&text, ' ', &word))
        if (word.size && word.at[0] >= 'a' && word.at[0] <= 'z')
            return true;
    return false;
}

/* "A and B", "A, B dan C": separate names; ", MD" and the like stay with theirs. */
static void add_list(const search *self, runut_slice text, runut_slices *out)
{
    static const char *const ands[] = {" and ", " & ", " dan ", " und ", " et ", " y ", " e ", ";", " en "};
    text = runut_slice_part(text, 0, 4 * MOST_NAME);
    for (size_t i = 0; i < sizeof ands / sizeof *ands; i++) {
        size_t at = runut_slice_find(text, runut_slice_of(ands[i]), 0);
        if (at == SIZE_MAX)
            continue;
        runut_slice left = runut_slice_part(text, 0, at), one;
        runut_slice right = runut_slice_part(text, at + strlen(ands[i]), text.size);
        if (is_role(left) || is_role(right))
            break; /* "Research & Development" */
        if (!has_blank(left) && !has_blank(right) && out->size == 0) {
            add(self, text, out); /* a couple: "Ann & Bob" */
            return;
        }
        while (runut_slice_field(&left, ',', &one))
            add(self, one, out);
        add_list(self, right, out);
        return;
    }
    runut_slice rest = text, one;
    size_t parts = 0, full = 0;
    while (runut_slice_field(&rest, ',', &one)) {
        parts++;
        full += memchr(runut_slice_trim(one).at, ' ', runut_slice_trim(one).size) != NULL;
    }
    rest = text;
    if (parts > 1 && is_role(text)) {
        runut_slice_field(&rest, ',', &one);
        if (!is_role(one)) {
            add(self, one, out);
            return;
        }
        rest = text;
    }
    if ((parts > 2 && full == parts) || (parts == 2 && full == parts && !has_lower_word(text)))
        while (runut_slice_field(&rest, ',', &one))
            add(self, one, out);
    else
        add(self, text, out);
}

static bool is_near(const search *self, uint32_t block)
{
    uint32_t head = self->metadata->headline_block;
    uint32_t from = head != UINT32_MAX && head < self->body.first ? head : self->body.first;
    return (block + BEFORE_HEADLINE >= from && block <= self->body.first + INTO_BODY) ||
           (block + 1 >= self->body.end && block < self->body.end + AFTER_BODY);
}

static bool is_elsewhere(const search *self, uint32_t node)
{
    const runut_html_tree *tree = self->metadata->tree;
    const uint32_t set = RUNUT_CLASS_BIT(COMMENT) | RUNUT_CLASS_BIT(RELATED) | RUNUT_CLASS_BIT(POPULAR) |
                         RUNUT_CLASS_BIT(CAPTION) | (self->loose ? 0 : RUNUT_CLASS_BIT(CARD));
    for (int up = 0; up < 6 && node; up++, node = tree->nodes.at[node].parent) {
        unsigned tag = tree->nodes.at[node].tag;
        if (tag == RUNUT_TAG_NAV || tag == RUNUT_TAG_FOOTER || tag == RUNUT_TAG_FIGCAPTION ||
            (up < 4 && tree->nodes.at[node].classes & set))
            return true;
    }
    return false;
}

/* Not near, or near but of other things. */
static bool is_foreign(const search *self, uint32_t block, uint32_t node)
{
    uint32_t head = self->metadata->headline_block;
    bool between = head != UINT32_MAX && block > head && block < self->body.first;
    return !is_near(self, block) || (!between && is_elsewhere(self, node));
}

static bool on_page(const search *self, runut_slice name)
{
    const runut_html_tree *tree = self->metadata->tree;
    for (uint32_t i = 0; i < tree->blocks.size; i++) {
        if (i >= self->body.first + 2 && i + 2 < self->body.end)
            continue;
        runut_slice text = tree->blocks.at[i].text;
        if (text.size <= 4 * MOST_LINE && runut_slice_find_nocase(text, name, 0) != SIZE_MAX)
            return true;
    }
    return false;
}

static void from_metadata(const search *self, runut_slices *out)
{
    static const char *const names[] = {"author",
                                        "article:author",
                                        "byl",
                                        "dc.creator",
                                        "dcterms.creator",
                                        "dc.contributor",
                                        "parsely-author",
                                        "sailthru.author",
                                        "og:article:author",
                                        "authors",
                                        "cxenseparse:author",
                                        "citation_author",
                                        "twitter:data1",
                                        NULL};
    for (size_t i = 0; i < self->metadata->json_authors.size; i++)
        add_list(self, self->metadata->json_authors.at[i], out);
    if (self->loose)
        add(self, self->metadata->json_desk, out);
    for (size_t k = 0; names[k] && out->size == 0; k++) {
        if (runut_slice_is(runut_slice_of(names[k]), "twitter:data1") &&
            !contains(runut_html_meta_named(self->metadata->tree, "twitter:label1"), "written by"))
            continue;
        for (size_t i = 0; i < self->metadata->tree->metas.size; i++)
            if (runut_slice_equal_nocase(self->metadata->tree->metas.at[i].name, runut_slice_of(names[k])) &&
                !contains(self->metadata->tree->metas.at[i].content, "://"))
                add_list(self, self->metadata->tree->metas.at[i].content, out);
    }
}

/* The first line of an element that names somebody: what follows is a role, a date, a biography. */
static void add_lines(const search *self, runut_slice text, runut_slices *out)
{
    size_t before = out->size;
    for (runut_slice line; out->size == before && runut_slice_line(&text, &line);) {
        line = runut_slice_trim(line);
        runut_slices found = {0};
        if (line.size && runut_byline_parse(self->arena, line, true, &found))
            for (size_t i = 0; i < found.size; i++)
                add(self, found.at[i], out);
        else if (line.size && line.size <= MOST_NAME)
            add_list(self, line, out);
    }
}

/* Elements that say that they hold the author: `strong` = rel, itemprop; else class words. */
static void from_marks(const search *self, bool strong, runut_slices *out)
{
    const runut_html_tree *tree = self->metadata->tree;
    uint32_t last = 0;
    for (size_t i = 0; i < tree->marks.size && out->size < MOST_AUTHORS; i++) {
        const runut_html_mark *m = &tree->marks.at[i];
        bool said = m->author_rel || contains(m->itemprop, "author") || contains(m->itemprop, "creator");
        bool named = m->classes & RUNUT_CLASS_BIT(AUTHOR);
        if (!(strong ? said : named && !said) || is_foreign(self, m->block, m->node))
            continue;
        runut_slice text = runut_html_mark_text(tree, m);
        if (text.size == 0 || text.size > MOST_LINE)
            continue;
        if (out->size && m->block > last + 2)
            return; /* those of a second place are its editors, reviewers or other articles' authors */
        if (contains(text, "reviewed") || contains(text, "edited by") || contains(text, "fact check"))
            continue;
        size_t before = out->size;
        last = m->block;
        add_lines(self, text, out);
        if (!strong && out->size > before)
            return;
    }
}

/* A line such as "Name · Monday, 8 March 2023, 16:41 · 6 comments" names its author without saying so. */
static bool is_info_line(const search *self, uint32_t block)
{
    const runut_html_tree *tree = self->metadata->tree;
    const runut_html_node *node = &tree->nodes.at[tree->blocks.at[block].node];
    uint32_t head = self->metadata->headline_block;
    bool between = head != UINT32_MAX && block > head && block < self->body.first;
    runut_slice printed;
    return between && (node->classes & (RUNUT_CLASS_BIT(META) | RUNUT_CLASS_BIT(AUTHOR)) ||
                       runut_printed_date(self->arena, tree->blocks.at[block].text, tree->language, &printed).size);
}

/* The by-line inside a line: "Published August 7, 2023 by Ann Example", "Diposting oleh Om Contoh di 20.12"; the line
 * itself where it says no such thing. */
static runut_slice byline_in(const search *self, runut_slice line)
{
    static const char *const marks[] = {" by ", " By ", " oleh ", " Oleh "};
    line = runut_slice_part(line, 0, runut_slice_find(line, RUNUT_LITERAL("\n"), 0));
    if (line.size > 4 && runut_slice_starts_nocase(line, RUNUT_LITERAL("by")) && line.at[2] >= 'A' &&
        line.at[2] <= 'Z' && line.at[3] >= 'a' && line.at[3] <= 'z') /* "ByAnn Example": the blank was a margin */
        return runut_arena_printf(self->arena, "By %.*s", (int)line.size - 2, line.at + 2);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t at = runut_slice_find(line, runut_slice_of(marks[i]), 0);
        if (at == SIZE_MAX)
            continue;
        runut_slice part = runut_slice_part(line, at + 1, line.size);
        size_t end = strlen(marks[i]) - 1;
        while (end < part.size && !runut_is_digit((unsigned char)part.at[end]))
            end++;
        part = runut_slice_trim(runut_slice_part(part, 0, end));
        static const char *const tails[] = {" di", " on", " at", " in", " pada", " am", " le", " el", " -", " |"};
        static const char *const stops[] = {" on ", " pada ", " in: ", " | ", " - ", " \xE2\x80\xA2 ", " \xC2\xB7 "};
        for (size_t k = 0; k < sizeof stops / sizeof *stops; k++)
            part = runut_slice_trim(runut_slice_part(part, 0, runut_slice_find(part, runut_slice_of(stops[k]), 0)));
        for (size_t k = 0; k < sizeof tails / sizeof *tails; k++)
            if (end < line.size && runut_slice_ends(part, runut_slice_of(tails[k])))
                part.size -= strlen(tails[k]);
        return part;
    }
    return line;
}

/* What stands before the date on a line: "Ann Example, Thursday 4 April 2019". */
static runut_slice before_date(const search *self, runut_slice line)
{
    runut_slice printed = {"", 0};
    runut_printed_date(self->arena, line, self->metadata->tree->language, &printed);
    size_t at = printed.size ? runut_slice_find(line, printed, 0) : SIZE_MAX;
    line = at == SIZE_MAX ? (runut_slice){"", 0} : runut_slice_trim(runut_slice_part(line, 0, at));
    while (line.size && strchr(",|-(:", line.at[line.size - 1]))
        line = runut_slice_trim(runut_slice_part(line, 0, line.size - 1));
    return line;
}

static void from_lines(const search *self, bool labelled, runut_slices *out)
{
    const runut_html_tree *tree = self->metadata->tree;
    for (uint32_t i = 0; i < tree->blocks.size && out->size == 0; i++) {
        runut_slices found = {0};
        const runut_html_block *b = &tree->blocks.at[i];
        if (i == self->metadata->headline_block || b->text.size > MOST_LINE || is_foreign(self, i, b->node))
            continue;
        if (!labelled && !is_info_line(self, i))
            continue;
        if (runut_byline_parse(self->arena, b->text, labelled, &found) ||
            runut_byline_parse(self->arena, labelled ? byline_in(self, b->text) : before_date(self, b->text), labelled,
                               &found))
            for (size_t k = 0; k < found.size; k++)
                add(self, found.at[k], out);
    }
}

/* Initials in brackets that close the report: "(abc)", "(hks/mhs)". */
static void closing_initials(const search *self, runut_slices *out)
{
    const runut_html_tree *tree = self->metadata->tree;
    for (uint32_t i = self->body.end + 1 < tree->blocks.size ? self->body.end + 1 : self->body.end;
         i-- > 0 && i + 2 >= self->body.end;) {
        runut_slice text = tree->blocks.at[i].text, one;
        size_t open = text.size;
        while (open > 0 && text.size - open < 24 && text.at[open - 1] != '(')
            open--;
        if (text.size < 4 || text.at[text.size - 1] != ')' || open == 0 || text.at[open - 1] != '(')
            continue;
        text = runut_slice_part(text, open, text.size - 1);
        bool good = true;
        for (size_t k = 0; k < text.size && good; k++)
            good = (text.at[k] >= 'a' && text.at[k] <= 'z') || text.at[k] == '/';
        for (runut_slice rest = text; good && runut_slice_field(&rest, '/', &one);)
            good = one.size >= 2 && one.size <= 4;
        while (good && runut_slice_field(&text, '/', &one))
            if (out->size < MOST_AUTHORS)
                RUNUT_PUSH(self->arena, *out, one);
        if (good)
            return;
    }
}

/* Does a word of the line belong to the page's furniture ("Share", "Bagikan")? */
static bool has_cue_word(runut_arena *arena, runut_slice text)
{
    runut_slice fields[2], word, table = runut_data("page_cues.tsv");
    while (runut_slice_field(&text, ' ', &word))
        if (word.size && runut_data_find(table, runut_utf8_fold(arena, word), fields, 2) > 0)
            return true;
    return false;
}

/* A name and nothing else on its line? */
static bool is_lone_name(const search *self, runut_slice text)
{
    text = runut_slice_trim(text);
    return text.size >= 5 && text.size <= 40 && has_blank(text) && !has_lower_word(text) && !is_role(text) &&
           runut_byline_is_name(self->arena, text) && !is_furniture(self->arena, text) &&
           !has_cue_word(self->arena, text);
}

/* What follows the date on a line: "Dec. 19, 2025 · Ann Example in Science". */
static runut_slice after_date(const search *self, runut_slice line)
{
    static const char *const stops[] = {" on ", " in ", " | ", " \xE2\x80\xA2 ", " \xC2\xB7 ", "\n"};
    runut_slice printed = {"", 0};
    runut_printed_date(self->arena, line, self->metadata->tree->language, &printed);
    size_t at = printed.size ? runut_slice_find(line, printed, 0) : SIZE_MAX;
    line = at == SIZE_MAX ? (runut_slice){"", 0} : runut_slice_part(line, at + printed.size, line.size);
    while (line.size && !runut_utf8_starts_upper(line))
        line = runut_slice_part(line, 1, line.size);
    for (size_t k = 0; k < sizeof stops / sizeof *stops; k++)
        line = runut_slice_part(line, 0, runut_slice_find(line, runut_slice_of(stops[k]), 0));
    return runut_slice_trim(line);
}

/* The table has rows of names parted by '|'. */
static bool has_given_name(const search *self, runut_slice name)
{
    runut_slice word, table = runut_data("person_names.tsv");
    runut_slice_field(&name, ' ', &word);
    word = runut_utf8_fold(self->arena, word);
    for (size_t at = 0; word.size > 1 && (at = runut_slice_find(table, word, at)) != SIZE_MAX; at += word.size)
        if (at > 0 && strchr("|\t", table.at[at - 1]) && at + word.size < table.size &&
            strchr("|\n", table.at[at + word.size]))
            return true;
    return false;
}

static bool is_beside_date(const search *self, uint32_t block)
{
    const runut_html_tree *tree = self->metadata->tree;
    runut_slice printed;
    for (uint32_t i = block - 1; i <= block + 1 && i < tree->blocks.size; i++)
        if (i != block && i != self->metadata->headline_block && tree->blocks.at[i].text.size <= MOST_LINE / 2 &&
            runut_printed_date(self->arena, tree->blocks.at[i].text, tree->language, &printed).size)
            return true;
    return false;
}

/* A line right under the headline that is a name by its form. */
static void from_names(const search *self, runut_slices *out)
{
    const runut_html_tree *tree = self->metadata->tree;
    uint32_t head = self->metadata->headline_block;
    if (head == UINT32_MAX || head >= self->body.first)
        return;
    for (uint32_t i = head + 1;
         i < self->body.first + 2 && i < tree->blocks.size && i <= head + UNDER_HEADLINE && out->size == 0; i++) {
        runut_slice text = tree->blocks.at[i].text;
        uint32_t tag = tree->nodes.at[tree->blocks.at[i].node].tag;
        if (text.size > MOST_LINE || (tag >= RUNUT_TAG_H1 && tag <= RUNUT_TAG_H6))
            continue;
        if (is_lone_name(self, text) && (has_given_name(self, text) || is_beside_date(self, i)))
            add(self, text, out);
        else if (is_lone_name(self, after_date(self, text)))
            add(self, after_date(self, text), out);
    }
}

static bool confirmed(const search *self, const runut_slices *names)
{
    for (size_t i = 0; i < names->size; i++)
        if (on_page(self, names->at[i]))
            return true;
    return false;
}

static runut_slices best_of(const search *self)
{
    runut_slices stated = {0}, marked = {0};
    from_metadata(self, &stated);
    if (confirmed(self, &stated))
        return stated;
    from_marks(self, true, &marked);
    if (marked.size == 0)
        from_lines(self, true, &marked);
    if (marked.size == 0 && stated.size == 0)
        from_marks(self, false, &marked);
    if (marked.size == 0 && stated.size == 0)
        from_lines(self, false, &marked);
    return marked.size ? marked : stated;
}

void runut_metadata_authors(const runut_metadata *self, runut_metadata_span body, runut_slices *authors)
{
    search *s = runut_arena_alloc(self->tree->arena, sizeof *s);
    *s = (search){self, self->tree->arena, body, false};
    *authors = best_of(s);
    closing_initials(s, authors);
    if (authors->size)
        return;
    s->loose = true;
    runut_slices desks = best_of(s);
    bool site = false;
    for (size_t i = 0; i < desks.size; i++)
        site = site || runut_metadata_alike(desks.at[i], self->publisher) > 0.7F ||
               runut_metadata_alike(desks.at[i], self->site) > 0.7F;
    if ((desks.size && !site) || confirmed(s, &desks))
        *authors = desks;
    else
        from_names(s, authors);
    if (authors->size == 0 && is_lone_name(s, self->publisher) && has_given_name(s, self->publisher))
        add(s, self->publisher, authors); /* one's own site */
}
