#include "clean/metadata.h"

#include "base/slice.h"
#include "base/utf8.h"
#include "clean/html_token.h"
#include "clean/metadata_json.h"

enum { MOST_SCRIPTS = 60, MOST_ARTICLES = 30, MOST_AUTHORS = 20, MOST_IDS = 400, MOST_STRING = 4000, MOST_TITLE = 800 };

typedef struct json_evidence {
    runut_arena *arena;
    runut_jsons values;
    runut_metadata *out;
} json_evidence;

/* Strings of JSON-LD carry HTML's references as often as not. */
static runut_slice text_of(const json_evidence *self, runut_slice text)
{
    size_t size = text.size < MOST_STRING ? text.size : MOST_STRING;
    while (size > 0 && size < text.size && ((unsigned char)text.at[size] & 0xC0) == 0x80)
        size--;
    return runut_utf8_collapse(self->arena,
                               runut_html_decode(self->arena, runut_slice_part(text, 0, size), RUNUT_HTML_BOTH));
}

static bool type_is(const json_evidence *self, uint32_t object, bool (*test)(runut_slice))
{
    uint32_t type = runut_json_member(&self->values, object, "@type");
    if (!type)
        return false;
    if (self->values.at[type].kind == RUNUT_JSON_TEXT)
        return test(self->values.at[type].text);
    for (uint32_t at = self->values.at[type].child; at; at = self->values.at[at].next)
        if (test(self->values.at[at].text))
            return true;
    return false;
}

static bool is_article(runut_slice type)
{
    return runut_slice_ends(type, RUNUT_LITERAL("Article")) || runut_slice_ends(type, RUNUT_LITERAL("Posting")) ||
           runut_slice_ends(type, RUNUT_LITERAL("Report")) || runut_slice_ends(type, RUNUT_LITERAL("Review"));
}

static bool is_site(runut_slice type)
{
    return runut_slice_ends(type, RUNUT_LITERAL("WebSite")) || runut_slice_ends(type, RUNUT_LITERAL("Organization"));
}

static bool is_organization(runut_slice type)
{
    return runut_slice_ends(type, RUNUT_LITERAL("Organization"));
}

static bool is_page(runut_slice type)
{
    return runut_slice_ends(type, RUNUT_LITERAL("WebPage"));
}

static runut_slice string_member(const json_evidence *self, uint32_t object, const char *key)
{
    uint32_t at = runut_json_member(&self->values, object, key);
    if (at && self->values.at[at].kind == RUNUT_JSON_ARRAY)
        at = self->values.at[at].child;
    return at && self->values.at[at].kind == RUNUT_JSON_TEXT ? text_of(self, self->values.at[at].text)
                                                             : (runut_slice){"", 0};
}

/* An object that only points ("@id") stands for the one of that id elsewhere in the page's JSON-LD. */
static uint32_t resolve(const json_evidence *self, uint32_t object)
{
    if (runut_json_member(&self->values, object, "name"))
        return object;
    uint32_t id = runut_json_member(&self->values, object, "@id");
    if (!id)
        return object;
    int tried = 0;
    for (uint32_t i = 1; i < self->values.size && tried < MOST_IDS; i++) {
        const runut_json *v = &self->values.at[i];
        if (v->kind != RUNUT_JSON_TEXT || !runut_slice_is(v->key, "@id"))
            continue;
        tried++;
        if (v->parent != object && runut_slice_equal(v->text, self->values.at[id].text) &&
            runut_json_member(&self->values, v->parent, "name"))
            return v->parent;
    }
    return object;
}

static void add_author(json_evidence *self, uint32_t value)
{
    const runut_json *v = &self->values.at[value];
    runut_slice name = {"", 0};
    if (v->kind == RUNUT_JSON_TEXT)
        name = text_of(self, v->text);
    else if (v->kind == RUNUT_JSON_OBJECT) {
        uint32_t object = resolve(self, value);
        name = string_member(self, object, "name");
        if (name.size && type_is(self, object, is_organization)) {
            self->out->json_desk = name;
            return;
        }
    }
    if (name.size && self->out->json_authors.size < MOST_AUTHORS) {
        if (v->kind == RUNUT_JSON_OBJECT || runut_slice_is(self->values.at[v->parent].key, "name"))
            self->out->json_persons |= 1u << self->out->json_authors.size;
        RUNUT_PUSH(self->arena, self->out->json_authors, name);
    }
}

/* "author": [{"name": ["A", "B"]}] */
static void add_names(json_evidence *self, uint32_t value)
{
    uint32_t name =
        self->values.at[value].kind == RUNUT_JSON_OBJECT ? runut_json_member(&self->values, value, "name") : 0;
    if (!name || self->values.at[name].kind != RUNUT_JSON_ARRAY) {
        add_author(self, value);
        return;
    }
    int n = 0;
    for (uint32_t at = self->values.at[name].child; at && n++ < MOST_AUTHORS; at = self->values.at[at].next)
        add_author(self, at);
}

static void read_authors(json_evidence *self, uint32_t article)
{
    static const char *const keys[] = {"author", "creator", "byline"};
    uint32_t author = 0;
    for (size_t i = 0; i < sizeof keys / sizeof *keys && !author; i++)
        author = runut_json_member(&self->values, article, keys[i]);
    if (!author)
        return;
    if (self->values.at[author].kind != RUNUT_JSON_ARRAY) {
        add_names(self, author);
        return;
    }
    int n = 0;
    for (uint32_t at = self->values.at[author].child; at && n++ < MOST_AUTHORS; at = self->values.at[at].next)
        add_names(self, at);
}

static void read_article(json_evidence *self, uint32_t article)
{
    runut_metadata *out = self->out;
    out->json_article = true;
    out->json_headline = string_member(self, article, "headline");
    if (out->json_headline.size == 0)
        out->json_headline = string_member(self, article, "name");
    out->json_published = string_member(self, article, "datePublished");
    if (out->json_published.size == 0)
        out->json_published = string_member(self, article, "dateCreated");
    out->json_modified = string_member(self, article, "dateModified");
    out->json_description = string_member(self, article, "description");
    out->json_language = string_member(self, article, "inLanguage");
    uint32_t publisher = runut_json_member(&self->values, article, "publisher");
    if (publisher && self->values.at[publisher].kind == RUNUT_JSON_OBJECT)
        out->json_publisher = string_member(self, resolve(self, publisher), "name");
    else if (publisher && self->values.at[publisher].kind == RUNUT_JSON_TEXT)
        out->json_publisher = text_of(self, self->values.at[publisher].text);
    read_authors(self, article);
}

/* Of several articles (lists of teasers) the one whose headline is most like the page's title; the first on a tie. */
static void read_json(json_evidence *self, runut_slice title)
{
    uint32_t best = 0, page = 0;
    float best_score = -1;
    int articles = 0;
    for (uint32_t i = 1; i < self->values.size; i++) {
        if (self->values.at[i].kind != RUNUT_JSON_OBJECT)
            continue;
        if (self->out->site.size == 0 && type_is(self, i, is_site))
            self->out->site = string_member(self, i, "name");
        if (!page && type_is(self, i, is_page))
            page = i;
        if (articles == MOST_ARTICLES || !type_is(self, i, is_article))
            continue;
        articles++;
        float score = runut_metadata_alike(string_member(self, i, "headline"), title);
        if (score > best_score) {
            best_score = score;
            best = i;
        }
    }
    if (best)
        read_article(self, best);
    if (page && self->out->json_published.size == 0) /* its own only where the article states none */
        self->out->json_published = string_member(self, page, "datePublished");
    if (page && self->out->json_modified.size == 0)
        self->out->json_modified = string_member(self, page, "dateModified");
    if (page && self->out->json_authors.size == 0 && self->out->json_desk.size == 0)
        read_authors(self, page);
}

static runut_slice first_meta(const runut_html_tree *tree, const char *const *names)
{
    runut_slice found = {"", 0};
    for (; *names && found.size == 0; names++)
        found = runut_html_meta_named(tree, *names);
    return found;
}

static void add_title(runut_metadata *self, runut_slice title, const char *from)
{
    if (title.size == 0 || title.size > MOST_TITLE)
        return;
    RUNUT_PUSH(self->tree->arena, self->titles, title);
    RUNUT_PUSH(self->tree->arena, self->titles_from, from);
}

static void read_titles(runut_metadata *self)
{
    static const char *const names[][2] = {{"og:title", "og:title"},         {"twitter:title", "twitter:title"},
                                           {"dc.title", "meta dc.title"},    {"dcterms.title", "meta dc.title"},
                                           {"title", "meta title"},          {"headline", "meta headline"},
                                           {"sailthru.title", "meta title"}, {"parsely-title", "meta title"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        add_title(self, runut_html_meta_named(self->tree, names[i][0]), names[i][1]);
    add_title(self, self->json_headline, "JSON-LD headline");
    if (self->tree->title.size) {
        RUNUT_PUSH(self->tree->arena, self->titles, self->tree->title);
        RUNUT_PUSH(self->tree->arena, self->titles_from, "title element");
    }
}

runut_metadata *runut_metadata_read(const runut_html_tree *tree)
{
    static const char *const descriptions[] = {"og:description", "description", "twitter:description", "dc.description",
                                               NULL};
    runut_metadata *self = runut_arena_alloc(tree->arena, sizeof *self);
    self->tree = tree;
    json_evidence *json = runut_arena_alloc(tree->arena, sizeof *json);
    json->arena = tree->arena;
    json->out = self;
    (void)RUNUT_APPEND(tree->arena, json->values);
    for (size_t i = 0; i < tree->json.size && i < MOST_SCRIPTS; i++)
        runut_json_read(tree->arena, tree->json.at[i], &json->values, 0);
    runut_slice title = runut_html_meta_named(tree, "og:title");
    read_json(json, title.size ? title : tree->title);
    self->description = first_meta(tree, descriptions);
    if (self->description.size == 0)
        self->description = self->json_description;
    read_titles(self);
    runut_metadata_headline(self);
    runut_metadata_publisher(self);
    return self;
}
