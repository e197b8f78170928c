/* Pages whose report stands only in a script: what a page's own program would have shown (Next.js's __NEXT_DATA__,
 * states of Redux and Apollo, Arc's content_elements, rich text of Contentful, Slate, Draft.js, JSON-LD's articleBody).
 *
 *     scripts ─ JSON, read forgivingly ─→ values ─ words below each ─→ the best unit ─→ HTML ─→ cleaned like any page
 *
 * A unit is a long string, or an array whose elements are paragraphs: things with some words that have no title or
 * address of their own (those are teasers, pictures, links). It counts for more where an object around it holds the
 * page's headline, and where its key says what it is; keys such as "comments" or "related" around it exclude it. What
 * comes of it is markup that page.c judges as it judges a page.
 *
 * Every value is looked at a bounded number of times; children come after their parents, so that sums over all that is
 * below a value are one walk from the last to the first. */
#include "clean/page_json.h"

#include "base/buffer.h"
#include "base/slice.h"
#include "clean/metadata_json.h"

enum {
    MOST_BYTES = 16 << 20, /* of all scripts together */
    LOOK_FOR_VALUE = 300,  /* bytes of a program until its value begins */
    NESTED_LEAST = 200,    /* a string that long may hold JSON itself */
    STRING_LEAST = 40,     /* words of a unit */
    PARAGRAPH_MOST = 600,  /* words; more of them are a report of its own */
    LEVELS = 5,            /* around a unit that are looked at */
    MOST_MEMBERS = 60,
    MOST_UNITS = 300,
    TITLED = 40, /* words of a unit that will do: beside the page's headline */
    KEYED = 80,  /* under a telling key */
    PLAIN = 150, /* otherwise */
    MOST_NESTING = 12
};

typedef struct finder {
    runut_arena *arena;
    runut_slice headline;
    runut_jsons values;
    float *words;    /* per value: of all texts below it */
    bool *paragraph; /* per value: may be an element of a unit */
} finder;

typedef struct unit {
    uint32_t value;
    float score;
} unit;

/* ---- where JSON begins in a script ---- */

static size_t past_blanks(runut_slice text, size_t at)
{
    while (at < text.size && (runut_is_space((unsigned char)text.at[at]) || text.at[at] == '('))
        at++;
    return at;
}

static bool opens(runut_slice text, size_t at)
{
    return at < text.size && (text.at[at] == '{' || text.at[at] == '[');
}

/* "{…}", "window.state = {…}", "x.push([…])", "x = JSON.parse("…")"; empty where there is no such thing. */
static runut_slice value_of(runut_slice script)
{
    static const char parse[] = "JSON.parse(";
    size_t at = past_blanks(script, 0);
    if (opens(script, at))
        return runut_slice_part(script, at, script.size);
    for (; at < script.size && at < LOOK_FOR_VALUE; at++) {
        if (script.at[at] != '=' && script.at[at] != '(')
            continue;
        size_t next = past_blanks(script, at + 1);
        runut_slice rest = runut_slice_part(script, next, script.size);
        if (runut_slice_starts(rest, RUNUT_LITERAL(parse)))
            return runut_slice_part(rest, sizeof parse - 1, rest.size);
        if (opens(script, next) && !runut_slice_starts(rest, RUNUT_LITERAL("[]")))
            return rest;
    }
    return (runut_slice){"", 0};
}

/* JSON inside a string, as JSON.parse and React's streamed trees have it: one level of it is read, below the string. */
static void read_nested(finder *self)
{
    size_t count = self->values.size;
    for (uint32_t i = 1; i < count; i++) {
        runut_slice text = self->values.at[i].text;
        if (self->values.at[i].kind != RUNUT_JSON_TEXT || text.size < NESTED_LEAST)
            continue;
        runut_slice head = runut_slice_part(text, 0, LOOK_FOR_VALUE);
        size_t at = past_blanks(head, 0);
        bool json = opens(head, at) || runut_slice_find(head, RUNUT_LITERAL("[\"$\""), 0) != SIZE_MAX;
        if (!json)
            continue;
        self->values.at[i].kind = RUNUT_JSON_ARRAY;
        runut_json_read(self->arena, text, &self->values, i);
    }
}

static void read_all(finder *self, const runut_slices *scripts)
{
    size_t bytes = 0;
    RUNUT_PUSH(self->arena, self->values, ((runut_json){.kind = RUNUT_JSON_ARRAY}));
    for (size_t i = 0; i < scripts->size; i++) {
        runut_slice value = value_of(scripts->at[i]);
        bytes += value.size;
        if (value.size && bytes <= MOST_BYTES)
            runut_json_read(self->arena, value, &self->values, 0);
    }
    read_nested(self);
}

/* ---- words ---- */

static bool key_holds(runut_slice key, const char *const *parts, size_t count)
{
    key = runut_slice_part(key, 0, 60);
    for (size_t i = 0; i < count; i++)
        if (runut_slice_find_nocase(key, runut_slice_of(parts[i]), 0) != SIZE_MAX)
            return true;
    return false;
}

static bool key_is(runut_slice key, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (runut_slice_equal_nocase(key, runut_slice_of(names[i])))
            return true;
    return false;
}

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* Keys under which the words of a paragraph stand; array elements have none. */
static bool is_text_key(runut_slice key)
{
    static const char *const names[] = {"content",   "text", "value", "html", "children", "rendered",
                                        "paragraph", "p",    "items", "body", "raw"};
    return key.size == 0 || key_is(key, names, COUNT(names));
}

static bool is_body_key(runut_slice key)
{
    static const char *const parts[] = {"body",      "content", "html",   "fulltext", "full_text", "paragraph",
                                        "rendered",  "story",   "konten", "isi",      "texto",     "contenu",
                                        "contenido", "inhalt",  "corpo",  "corps"};
    static const char *const names[] = {"text", "blocks", "children", "document", "richtext"};
    return key_holds(key, parts, COUNT(parts)) || key_is(key, names, COUNT(names));
}

static bool is_other_key(runut_slice key)
{
    static const char *const parts[] = {
        "comment",  "related",  "recommend", "popular",  "sidebar",  "footer", "consent", "cookie",
        "privacy",  "terms",    "newslet",   "trending", "latest",   "i18n",   "transla", "locale",
        "message",  "advert",   "promo",     "teaser",   "caption",  "descri", "summary", "excerpt",
        "abstract", "style",    "css",       "query",    "mostread", "author", "bio",     "copyright",
        "license",  "disclaim", "config",    "menu",     "review",   "faq",    "label",   "credit"};
    return key_holds(key, parts, COUNT(parts));
}

static bool is_address(runut_slice text)
{
    return memchr(text.at, ' ', text.size) == NULL && runut_slice_find(text, RUNUT_LITERAL("/"), 0) != SIZE_MAX;
}

/* Words outside tags; scripts written without blanks have about one word in two letters. */
static float count_words(runut_slice text)
{
    float words = 0;
    bool inside = false, tag = false;
    for (size_t at = 0; at < text.size; at++) {
        unsigned char c = (unsigned char)text.at[at];
        tag = c == '<' || (tag && c != '>');
        bool letter =
            !tag && (c >= 0x80 || runut_is_alpha(c) || runut_is_digit(c) || (inside && (c == '\'' || c == '-')));
        words += letter && !inside;
        words += c >= 0xE3 && c <= 0xED ? 0.5F : 0; /* Chinese, Japanese, Korean */
        inside = letter;
    }
    return words;
}

/* An object with a title or an address is no paragraph but a teaser, a picture, a link. */
static bool is_teaser(const runut_jsons *values, uint32_t object)
{
    static const char *const names[] = {"headline", "title", "headlines", "url",           "href",
                                        "link",     "slug",  "permalink", "src",           "canonical",
                                        "image",    "name",  "excerpt",   "canonical_url", "datePublished"};
    int members = 0;
    for (uint32_t at = values->at[object].child; at && members < MOST_MEMBERS; at = values->at[at].next, members++)
        if (key_is(values->at[at].key, names, COUNT(names)) &&
            (values->at[at].kind != RUNUT_JSON_TEXT || values->at[at].text.size))
            return true;
    return false;
}

/* React's streamed elements: ["$", tag, key, {"children": …}]. */
static bool is_element(const runut_jsons *values, uint32_t array)
{
    uint32_t first = values->at[array].child;
    return first && values->at[first].kind == RUNUT_JSON_TEXT && runut_slice_is(values->at[first].text, "$");
}

static bool counts(const finder *self, uint32_t value)
{
    const runut_json *v = &self->values.at[value];
    if (v->kind == RUNUT_JSON_TEXT && is_element(&self->values, v->parent))
        return false;
    return v->kind != RUNUT_JSON_OTHER && is_text_key(v->key);
}

static void sum_words(finder *self)
{
    size_t count = self->values.size;
    self->words = runut_arena_alloc(self->arena, count * sizeof *self->words);
    self->paragraph = runut_arena_alloc(self->arena, count * sizeof *self->paragraph);
    for (size_t i = count; i-- > 1;) {
        const runut_json *v = &self->values.at[i];
        if (v->kind == RUNUT_JSON_TEXT && !is_address(v->text))
            self->words[i] = count_words(v->text);
        bool teaser = v->kind == RUNUT_JSON_OBJECT && is_teaser(&self->values, (uint32_t)i);
        self->paragraph[i] = self->words[i] > 0 && self->words[i] <= PARAGRAPH_MOST && !teaser;
        if (counts(self, (uint32_t)i))
            self->words[v->parent] += self->words[i];
    }
}

/* ---- the best unit ---- */

/* The words of the paragraphs of an array; 0 where it is none of paragraphs. */
static float words_of_array(const finder *self, uint32_t array)
{
    float sum = 0, long_ones = 0;
    for (uint32_t at = self->values.at[array].child; at; at = self->values.at[at].next)
        if (self->paragraph[at]) {
            sum += self->words[at];
            long_ones += self->words[at] >= 8;
        }
    return long_ones >= 2 && !is_element(&self->values, array) ? sum : 0;
}

/* Does an object around the value hold the page's headline? */
static bool is_titled(const finder *self, uint32_t value)
{
    static const char *const names[] = {"headline", "title", "name",  "basic",   "judul",
                                        "titulo",   "titre", "titel", "heading", "seoTitle"};
    for (int up = 0; up < LEVELS && value && self->headline.size; up++, value = self->values.at[value].parent) {
        int members = 0;
        for (uint32_t at = self->values.at[value].child; at && members < MOST_MEMBERS;
             at = self->values.at[at].next, members++) {
            const runut_json *v = &self->values.at[at];
            if (v->kind == RUNUT_JSON_OBJECT && key_is(v->key, names, COUNT(names)) && v->child)
                v = &self->values.at[v->child]; /* {"headlines": {"basic": …}}, {"title": {"rendered": …}} */
            else if (!key_is(v->key, names, COUNT(names)))
                continue;
            if (v->kind == RUNUT_JSON_TEXT && v->text.size < 400 &&
                runut_metadata_alike(v->text, self->headline) > 0.6F)
                return true;
        }
    }
    return false;
}

static bool is_excluded(const finder *self, uint32_t value)
{
    for (int up = 0; up < LEVELS && value; up++, value = self->values.at[value].parent)
        if (is_other_key(self->values.at[value].key))
            return true;
    return false;
}

static float score(const finder *self, uint32_t value, float words)
{
    const runut_json *v = &self->values.at[value];
    if (is_excluded(self, value))
        return 0;
    bool keyed = is_body_key(v->key) || (v->key.size == 0 && is_body_key(self->values.at[v->parent].key));
    bool titled = is_titled(self, value);
    if (words < (titled ? TITLED : keyed ? KEYED : PLAIN))
        return 0;
    return words * (titled ? 3 : 1) * (keyed ? 1.5F : 1);
}

static uint32_t best_unit(const finder *self)
{
    unit best = {0, 0};
    int units = 0;
    for (uint32_t i = 1; i < self->values.size && units < MOST_UNITS; i++) {
        runut_json_kind kind = self->values.at[i].kind;
        float words = kind == RUNUT_JSON_TEXT ? self->words[i] : kind == RUNUT_JSON_ARRAY ? words_of_array(self, i) : 0;
        if (words < STRING_LEAST)
            continue;
        units++;
        float found = score(self, i, words);
        if (found > best.score)
            best = (unit){i, found};
    }
    return best.value;
}

/* ---- as markup ---- */

static bool has_markup(runut_slice text)
{
    for (size_t at = 0; at + 1 < text.size; at++)
        if (text.at[at] == '<' && (runut_is_alpha((unsigned char)text.at[at + 1]) || text.at[at + 1] == '/'))
            return true;
    return false;
}

/* Plain text: each line a paragraph where `lines`. */
static void put_plain(runut_buffer *out, runut_slice text, bool lines)
{
    for (size_t at = 0; at < text.size; at++)
        if (text.at[at] == '<')
            runut_buffer_text(out, "&lt;");
        else if (text.at[at] == '\n' && lines)
            runut_buffer_text(out, "\n<p>");
        else
            runut_buffer_byte(out, text.at[at]);
}

static void put_text(runut_buffer *out, runut_slice text, bool lines)
{
    if (has_markup(text))
        runut_buffer_add(out, text);
    else
        put_plain(out, text, lines);
}

/* The tag that an element of the unit becomes; NULL = it is none of the report. */
static const char *tag_of(const finder *self, uint32_t value)
{
    static const char *const keys[] = {"type", "nodeType", "_type", "blockType", "style", "__typename", "tag", "name"};
    static const char *const others[] = {"image",   "video",      "gallery", "embed", "interstitial",
                                         "related", "newsletter", "promo",   "audio", "social"};
    const runut_jsons *values = &self->values;
    for (size_t i = 0; i < COUNT(keys); i++) {
        uint32_t at = runut_json_member(values, value, keys[i]);
        runut_slice type = at && values->at[at].kind == RUNUT_JSON_TEXT ? values->at[at].text : (runut_slice){"", 0};
        if (type.size == 0)
            continue;
        if (key_holds(type, others, COUNT(others)) || runut_slice_equal_nocase(type, RUNUT_LITERAL("ad")))
            return NULL;
        if (runut_slice_starts_nocase(type, RUNUT_LITERAL("head")) ||
            runut_slice_starts_nocase(type, RUNUT_LITERAL("subhead")) ||
            (type.size == 2 && (type.at[0] | 32) == 'h' && runut_is_digit((unsigned char)type.at[1])))
            return "h3";
        if (runut_slice_find_nocase(type, RUNUT_LITERAL("quote"), 0) != SIZE_MAX)
            return "blockquote";
        if (runut_slice_find_nocase(type, RUNUT_LITERAL("list"), 0) != SIZE_MAX)
            return "ul";
    }
    return "p";
}

/* The texts below `value` in order; `item` stands before each element of the outermost array. No recursion: what is
 * nested deeper than MOST_NESTING is left out. */
static void put_below(const finder *self, runut_buffer *out, uint32_t value, const char *item)
{
    uint32_t path[MOST_NESTING], at = self->values.at[value].child;
    size_t depth = 0, items_at = SIZE_MAX;
    while (at || depth) {
        if (!at) {
            at = self->values.at[path[--depth]].next;
            items_at = items_at != SIZE_MAX && depth < items_at ? SIZE_MAX : items_at;
            continue;
        }
        const runut_json *v = &self->values.at[at];
        bool in = counts(self, at) || (*item && v->kind == RUNUT_JSON_ARRAY);
        if (*item && self->values.at[v->parent].kind == RUNUT_JSON_ARRAY && items_at == SIZE_MAX)
            items_at = depth;
        if (in && depth == items_at && *item)
            runut_buffer_text(out, item);
        if (in && v->kind == RUNUT_JSON_TEXT && !is_address(v->text))
            put_text(out, v->text, false);
        if (in && v->child && depth < MOST_NESTING) {
            path[depth++] = at;
            at = v->child;
        } else {
            at = v->next;
        }
    }
}

static void put_element(const finder *self, runut_buffer *out, uint32_t value)
{
    const runut_json *v = &self->values.at[value];
    const char *tag = v->kind == RUNUT_JSON_OBJECT ? tag_of(self, value) : "p";
    if (!tag || !self->paragraph[value])
        return;
    runut_buffer_text(out, "\n<");
    runut_buffer_text(out, tag);
    runut_buffer_text(out, ">");
    if (v->kind == RUNUT_JSON_TEXT)
        put_text(out, v->text, false);
    else
        put_below(self, out, value, *tag == 'u' ? "<li>" : "");
    runut_buffer_text(out, "</");
    runut_buffer_text(out, tag);
    runut_buffer_text(out, ">");
}

runut_slice runut_page_json(runut_arena *arena, const runut_slices *scripts, runut_slice headline)
{
    finder *self = runut_arena_alloc(arena, sizeof *self);
    *self = (finder){.arena = arena, .headline = headline};
    read_all(self, scripts);
    sum_words(self);
    uint32_t best = best_unit(self);
    if (!best)
        return (runut_slice){"", 0};
    runut_buffer out = runut_buffer_new(arena, 4 * (size_t)MOST_BYTES);
    runut_buffer_text(&out, "<main><article><h1>");
    put_plain(&out, headline, false);
    runut_buffer_text(&out, "</h1><div class=article-body>");
    if (self->values.at[best].kind == RUNUT_JSON_TEXT) {
        runut_buffer_text(&out, "<p>");
        put_text(&out, self->values.at[best].text, true);
    }
    for (uint32_t at = self->values.at[best].kind == RUNUT_JSON_ARRAY ? self->values.at[best].child : 0; at;
         at = self->values.at[at].next)
        put_element(self, &out, at);
    runut_buffer_text(&out, "</div></article></main>");
    return runut_buffer_slice(&out);
}
