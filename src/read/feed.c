/* Feeds as a state machine over XML's events. Of each open element it is known what it means (`fields`); one that means
 * nothing where it stands is passed over with all that it holds (`hidden`), so that the title of an image or of the
 * feed that an entry was taken from is never the entry's own. While an element's text is collected, elements in it are
 * markup of that text. An item's text lives in an arena that every item has to itself. */
#include "read/feed.h"

#include <json-c/json.h>
#include <stdlib.h>

#include "base/slice.h"
#include "base/url.h"
#include "base/utf8.h"
#include "read/feed_names.h"
#include "read/feed_scope.h"
#include "read/json_line.h"
#include "read/markup.h"
#include "read/mime.h"
#include "read/rfc_date.h"
#include "read/xml.h"

enum { MOST_STATED = 1024, MOST_AUTHORS = 64, PLAIN_RANK = 1 << 7 };

typedef enum stated { FEED_TITLE, FEED_LINK, FEED_LANGUAGE, FEED_PUBLISHER, FEED_BASE, STATED } stated;

/* The text that is being collected. */
typedef struct taking {
    const runut_feed_name *what; /* NULL = none is */
    size_t depth;
    bool plain;  /* its text is no markup */
    bool base64; /* HTML so packed */
    bool inside; /* its markup is the document's own, so its text must be escaped (XHTML in Atom) */
    runut_buffer text;
} taking;

struct runut_feed_reader {
    runut_xml *xml;
    runut_on_item on_item;
    runut_on_bad_item on_bad_item;
    void *context;
    size_t most;
    runut_arena *arena; /* of one item, or of one text of the feed's own */
    runut_feed feed;
    char stated[STATED][MOST_STATED];
    size_t stated_size[STATED];
    bool atom; /* its own elements are Atom's */
    bool no_feed;
    int code; /* of what ended it */
    runut_feed_scope scope;
    size_t depth, hidden; /* 0 = nothing is */
    uint8_t fields[RUNUT_XML_MOST_DEPTH + 2];
    size_t item_depth; /* 0 = none is open */
    bool too_large, guid_is_link;
    uint64_t number;
    runut_feed_item item;
    uint8_t ranks[RUNUT_FIELDS]; /* of what the item or the feed has */
    uint8_t feed_ranks[RUNUT_FIELDS];
    taking taking;
};

static runut_slice attribute(const char *const *attributes, const char *name)
{
    for (; *attributes; attributes += 2)
        if (strcmp(attributes[0], name) == 0)
            return runut_slice_of(attributes[1]);
    return (runut_slice){"", 0};
}

/* ---- what is known of the feed ---- */

static runut_slice *feed_slice(runut_feed_reader *self, stated what)
{
    runut_slice *const slices[] = {&self->feed.title, &self->feed.link, &self->feed.language, &self->feed.publisher};
    return what < FEED_BASE ? slices[what] : NULL;
}

static void state(runut_feed_reader *self, stated what, runut_slice text)
{
    if (text.size == 0)
        return;
    size_t size = text.size < MOST_STATED ? text.size : MOST_STATED;
    while (size < text.size && size && ((unsigned char)text.at[size] & 0xC0) == 0x80)
        size--; /* not in the middle of a character */
    text = runut_slice_part(text, 0, size);
    memcpy(self->stated[what], text.at, text.size);
    for (char *mark = self->stated[what];
         what == FEED_LANGUAGE && (mark = memchr(mark, '_', text.size - (size_t)(mark - self->stated[what])));)
        *mark = '-';
    self->stated_size[what] = text.size;
    if (feed_slice(self, what))
        *feed_slice(self, what) = (runut_slice){self->stated[what], text.size};
}

/* Is this text of more use than what there is for the field? Then it counts from now on. */
static bool wins(uint8_t *ranks, const runut_feed_name *what)
{
    if (ranks[what->field] && ranks[what->field] <= what->rank)
        return false;
    ranks[what->field] = what->rank;
    return true;
}

static void take_for_feed(runut_feed_reader *self, const runut_feed_name *what, runut_slice text)
{
    stated where = what->field == RUNUT_FIELD_TITLE       ? FEED_TITLE
                   : what->field == RUNUT_FIELD_LINK      ? FEED_LINK
                   : what->field == RUNUT_FIELD_LANGUAGE  ? FEED_LANGUAGE
                   : what->field == RUNUT_FIELD_PUBLISHER ? FEED_PUBLISHER
                                                          : STATED;
    if (what->field == RUNUT_FIELD_TTL && !runut_slice_number(text, &self->feed.ttl))
        self->feed.ttl = 0;
    if (where != STATED && wins(self->feed_ranks, what))
        state(self, where, text);
}

/* ---- items ---- */

/* "en_US" is en-US. */
static runut_slice language_of(runut_arena *arena, runut_slice text)
{
    runut_buffer out = runut_buffer_new(arena, text.size);
    for (size_t i = 0; i < text.size; i++)
        runut_buffer_byte(&out, text.at[i] == '_' ? '-' : text.at[i]);
    return runut_buffer_slice(&out);
}

static void take_author(runut_feed_reader *self, const runut_feed_name *what, runut_slice text)
{
    text = runut_mime_person(text);
    uint8_t *rank = &self->ranks[RUNUT_FIELD_AUTHOR];
    if (text.size == 0 || (*rank && *rank < what->rank) || self->item.authors.size == MOST_AUTHORS)
        return;
    if (*rank > what->rank)
        self->item.authors.size = 0;
    *rank = what->rank;
    for (size_t i = 0; i < self->item.authors.size; i++)
        if (runut_slice_equal(self->item.authors.at[i], text))
            return;
    RUNUT_PUSH(self->arena, self->item.authors, text);
}

static void take_for_item(runut_feed_reader *self, const runut_feed_name *what, runut_slice text, bool plain)
{
    runut_feed_item *item = &self->item;
    runut_slice *const slices[RUNUT_FIELDS] = {
        [RUNUT_FIELD_TITLE] = &item->title,         [RUNUT_FIELD_LINK] = &item->link,
        [RUNUT_FIELD_GUID] = &item->guid,           [RUNUT_FIELD_PUBLISHED] = &item->published,
        [RUNUT_FIELD_UPDATED] = &item->updated,     [RUNUT_FIELD_LANGUAGE] = &item->language,
        [RUNUT_FIELD_PUBLISHER] = &item->publisher, [RUNUT_FIELD_CONTENT] = &item->content,
        [RUNUT_FIELD_SUMMARY] = &item->summary};
    if (what->field == RUNUT_FIELD_AUTHOR) {
        take_author(self, what, text);
        return;
    }
    if (!slices[what->field] || !wins(self->ranks, what))
        return;
    bool date = what->field == RUNUT_FIELD_PUBLISHED || what->field == RUNUT_FIELD_UPDATED;
    *slices[what->field] = date                                  ? runut_rfc_date(self->arena, text)
                           : what->field == RUNUT_FIELD_LANGUAGE ? language_of(self->arena, text)
                                                                 : text;
    if (what->field == RUNUT_FIELD_CONTENT)
        item->content_plain = plain;
    if (what->field == RUNUT_FIELD_SUMMARY)
        item->summary_plain = plain;
}

static void begin_item(runut_feed_reader *self, const char *const *attributes)
{
    runut_arena_reset(self->arena);
    self->item = (runut_feed_item){.number = ++self->number, .byte = runut_xml_byte(self->xml)};
    memset(self->ranks, 0, sizeof self->ranks);
    self->item_depth = self->depth;
    self->too_large = self->guid_is_link = false;
    self->item.base = (runut_slice){self->stated[FEED_BASE], self->stated_size[FEED_BASE]};
    runut_slice base = attribute(attributes, "xml:base");
    if (base.size)
        self->item.base = runut_arena_copy(self->arena, base);
    self->item.language = language_of(self->arena, attribute(attributes, "xml:lang"));
    self->item.guid = runut_arena_copy(self->arena, runut_slice_trim(attribute(attributes, "rdf:about")));
}

static void emit(runut_feed_reader *self)
{
    runut_feed_item *item = &self->item;
    runut_error error;
    if (self->too_large) {
        runut_error_set(&error, RUNUT_ERR_INPUT, "item larger than %zu MiB, the limit for one record",
                        self->most >> 20);
        error.record = item->number;
        error.byte = item->byte;
        self->on_bad_item(self->context, &error);
        return;
    }
    if (item->link.size == 0 && runut_url_is_web(item->guid) &&
        (self->guid_is_link || self->feed.kind == RUNUT_FEED_RSS))
        item->link = item->guid;
    if (self->feed.kind == RUNUT_FEED_SITEMAP_INDEX)
        item->leads_to = RUNUT_LINK_SITEMAP;
    if (self->on_item(self->context, &self->feed, item)) {
        self->code = RUNUT_ERR_STOPPED;
        runut_xml_stop(self->xml);
    }
}

static void end_item(runut_feed_reader *self)
{
    self->item_depth = 0;
    emit(self);
}

/* ---- text ---- */

static bool ends_with_xml(runut_slice type)
{
    return runut_slice_is(type, "xhtml") || runut_slice_is(type, "application/xhtml+xml") ||
           runut_slice_is(type, "application/xml") || runut_slice_is(type, "text/xml");
}

static bool is_octets(runut_slice type)
{
    return runut_slice_is(type, "application/octet-stream");
}

/* RSS holds HTML; Atom says what it holds, and holds text where it says nothing. */
static void begin_text(runut_feed_reader *self, const runut_feed_name *what, const char *const *attributes)
{
    runut_slice type = attribute(attributes, "type"), mode = attribute(attributes, "mode");
    bool atom = what->space == RUNUT_SPACE_ATOM,
         inside = what->space == RUNUT_SPACE_XHTML || (atom && ends_with_xml(type));
    bool html = runut_slice_is(type, "html") || runut_slice_is(type, "text/html") || runut_slice_is(mode, "escaped");
    if (self->item_depth == 0) {
        runut_arena_reset(self->arena);
        self->too_large = false;
    }
    self->taking = (taking){.what = what,
                            .depth = self->depth,
                            .inside = inside && !runut_slice_is(mode, "escaped"),
                            .plain = atom && !html && !inside,
                            .base64 = atom && (runut_slice_is(mode, "base64") || is_octets(type)),
                            .text = runut_buffer_new(self->arena, self->most)};
    if (what->field == RUNUT_FIELD_GUID)
        self->guid_is_link = !runut_slice_is(attribute(attributes, "isPermaLink"), "false");
    bool report = what->field == RUNUT_FIELD_CONTENT || what->field == RUNUT_FIELD_SUMMARY;
    runut_slice language = attribute(attributes, "xml:lang");
    if (report && self->item_depth && language.size)
        self->item.language = language_of(self->arena, language);
}

static bool is_markup_field(unsigned field)
{
    return field == RUNUT_FIELD_TITLE || field == RUNUT_FIELD_AUTHOR || field == RUNUT_FIELD_PUBLISHER;
}

static void end_text(runut_feed_reader *self)
{
    taking *t = &self->taking;
    const runut_feed_name *what = t->what;
    runut_slice text = runut_slice_trim(runut_buffer_slice(&t->text));
    t->what = NULL;
    self->too_large |= t->text.full;
    if (t->base64) {
        text = runut_utf8_repair(self->arena, runut_slice_trim(runut_mime_base64(self->arena, text)));
        t->plain = false;
    }
    if (is_markup_field(what->field))
        text =
            runut_slice_trim(t->plain ? runut_utf8_collapse(self->arena, text) : runut_markup_text(self->arena, text));
    if (text.size == 0 || self->too_large)
        return;
    if (self->item_depth)
        take_for_item(self, what, text, t->plain);
    else if (!what->only_in_item)
        take_for_feed(self, what, text);
}

/* A tag inside of a text: markup. Prefixes of XHTML are left out. */
static void write_tag(runut_feed_reader *self, const char *name, const char *const *attributes)
{
    runut_buffer *out = &self->taking.text;
    runut_slice local = runut_slice_of(name);
    if (runut_feed_scope_space(&self->scope, &local) != RUNUT_SPACE_XHTML)
        local = runut_slice_of(name);
    self->taking.plain = false;
    runut_buffer_text(out, attributes ? "<" : "</");
    runut_buffer_add(out, local);
    for (; attributes && *attributes; attributes += 2) {
        if (strncmp(attributes[0], "xmlns", 5) == 0)
            continue;
        runut_buffer_text(out, " ");
        runut_buffer_text(out, attributes[0]);
        runut_buffer_text(out, "=\"");
        runut_markup_escape(out, runut_slice_of(attributes[1]));
        runut_buffer_text(out, "\"");
    }
    runut_buffer_text(out, ">");
}

/* ---- links ---- */

static bool leads_elsewhere(const char *const *attributes)
{
    runut_slice rel = attribute(attributes, "rel");
    return rel.size && !runut_slice_equal_nocase(rel, RUNUT_LITERAL("alternate"));
}

/* <link href=…>: the page that an item is about; what else there is (comments, sound, the feed itself) is not. */
static void take_link(runut_feed_reader *self, const char *const *attributes)
{
    runut_slice type = attribute(attributes, "type");
    runut_feed_name what = {.field = RUNUT_FIELD_LINK, .rank = 2};
    if (leads_elsewhere(attributes))
        return;
    if (type.size && !runut_slice_holds_nocase(type, "html"))
        what.rank = 4;
    runut_slice link = runut_arena_copy(self->arena, runut_slice_trim(attribute(attributes, "href")));
    if (self->item_depth)
        take_for_item(self, &what, link, true);
    else
        take_for_feed(self, &what, link);
}

/* A line of OPML: a feed, or a page; lines that only part others are neither. */
static void take_outline(runut_feed_reader *self, const char *const *attributes)
{
    runut_slice feed = runut_slice_trim(attribute(attributes, "xmlUrl"));
    runut_slice page = runut_slice_trim(attribute(attributes, "url"));
    if (feed.size == 0 && runut_slice_equal_nocase(attribute(attributes, "type"), RUNUT_LITERAL("rss")))
        feed = page;
    if (page.size == 0)
        page = runut_slice_trim(attribute(attributes, "htmlUrl"));
    if (feed.size == 0 && page.size == 0)
        return;
    begin_item(self, attributes);
    runut_slice title = attribute(attributes, "title");
    self->item.title = runut_markup_text(self->arena, title.size ? title : attribute(attributes, "text"));
    self->item.link = runut_arena_copy(self->arena, feed.size ? feed : page);
    self->item.language = runut_arena_copy(self->arena, attribute(attributes, "language"));
    self->item.leads_to = feed.size ? RUNUT_LINK_FEED : RUNUT_LINK_PAGE;
    end_item(self);
}

/* ---- elements ---- */

static runut_feed_kind kind_of(runut_slice root)
{
    static const struct {
        const char *name;
        runut_feed_kind kind;
    } roots[] = {{"rss", RUNUT_FEED_RSS},
                 {"rdf", RUNUT_FEED_RSS},
                 {"channel", RUNUT_FEED_RSS},
                 {"feed", RUNUT_FEED_ATOM},
                 {"opml", RUNUT_FEED_OPML},
                 {"urlset", RUNUT_FEED_SITEMAP},
                 {"sitemapindex", RUNUT_FEED_SITEMAP_INDEX}};
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
        if (runut_slice_equal_nocase(root, runut_slice_of(roots[i].name)))
            return roots[i].kind;
    return RUNUT_FEED_UNKNOWN;
}

static runut_feed_field open_root(runut_feed_reader *self, runut_slice local, const char *const *attributes)
{
    self->feed.kind = kind_of(local);
    self->atom = self->feed.kind == RUNUT_FEED_ATOM;
    state(self, FEED_LANGUAGE, attribute(attributes, "xml:lang"));
    state(self, FEED_BASE, attribute(attributes, "xml:base"));
    self->feed_ranks[RUNUT_FIELD_LANGUAGE] = self->feed.language.size ? PLAIN_RANK : 0;
    if (self->feed.kind != RUNUT_FEED_UNKNOWN)
        return self->atom || runut_slice_equal_nocase(local, RUNUT_LITERAL("channel")) ? RUNUT_FIELD_CHANNEL
                                                                                       : RUNUT_FIELD_ROOT;
    self->no_feed = true;
    runut_xml_stop(self->xml);
    return RUNUT_FIELD_NONE;
}

/* An element that may hold others: what it is to those; NONE where it may not stand here. */
static runut_feed_field open_holder(runut_feed_reader *self, unsigned field, unsigned parent,
                                    const char *const *attributes)
{
    bool outside = parent == RUNUT_FIELD_ROOT || parent == RUNUT_FIELD_CHANNEL;
    switch (field) {
    case RUNUT_FIELD_ITEM:
        if (outside)
            begin_item(self, attributes);
        return outside ? RUNUT_FIELD_ITEM : RUNUT_FIELD_NONE;
    case RUNUT_FIELD_CHANNEL:
        return parent == RUNUT_FIELD_ROOT ? RUNUT_FIELD_CHANNEL : RUNUT_FIELD_NONE;
    case RUNUT_FIELD_GROUP:
        return parent;
    case RUNUT_FIELD_OUTLINE:
        if (self->feed.kind != RUNUT_FEED_OPML || parent != RUNUT_FIELD_ROOT)
            return RUNUT_FIELD_NONE;
        take_outline(self, attributes);
        return parent;
    case RUNUT_FIELD_PERSON:
        return parent == RUNUT_FIELD_ITEM ? RUNUT_FIELD_PERSON : RUNUT_FIELD_NONE;
    default:
        return RUNUT_FIELD_NONE;
    }
}

static bool is_text_field(unsigned field)
{
    return field >= RUNUT_FIELD_TITLE;
}

/* What an element means here; 0 = it is passed over. Elements with text are collected from now on. */
static runut_feed_field open_element(runut_feed_reader *self, runut_slice name, const char *const *attributes)
{
    static const runut_feed_name person = {"name", RUNUT_SPACE_ATOM, RUNUT_FIELD_AUTHOR, 1, true};
    unsigned parent = self->fields[self->depth - 1];
    runut_feed_space space = runut_feed_scope_space(&self->scope, &name);
    if (self->depth == 1)
        return open_root(self, name, attributes);
    if (parent == RUNUT_FIELD_PERSON) {
        if (!runut_slice_equal_nocase(name, RUNUT_LITERAL("name")))
            return RUNUT_FIELD_NONE;
        begin_text(self, &person, attributes);
        return RUNUT_FIELD_AUTHOR;
    }
    const runut_feed_name *what = runut_feed_name_of(space, name, self->atom);
    if (!what)
        return RUNUT_FIELD_NONE;
    if (!is_text_field(what->field))
        return open_holder(self, what->field, parent, attributes);
    if (parent != RUNUT_FIELD_ITEM && parent != RUNUT_FIELD_CHANNEL)
        return RUNUT_FIELD_NONE;
    if (what->field == RUNUT_FIELD_LINK && attribute(attributes, "href").size) {
        take_link(self, attributes);
        return RUNUT_FIELD_NONE;
    }
    if (what->field == RUNUT_FIELD_LINK && leads_elsewhere(attributes))
        return RUNUT_FIELD_NONE;
    begin_text(self, what, attributes);
    return (runut_feed_field)what->field;
}

/* The arena of the item is full. What was collected is void; open elements are known all the same. */
static void give_up_item(runut_feed_reader *self)
{
    self->too_large = true;
    if (self->taking.what)
        self->hidden = self->taking.depth;
    self->taking.what = NULL;
}

static void on_start(void *context, const char *name, const char *const *attributes)
{
    runut_feed_reader *self = context;
    self->fields[++self->depth] = RUNUT_FIELD_NONE;
    runut_feed_scope_open(&self->scope, attributes, self->depth);
    if (self->hidden)
        return;
    if (self->too_large && self->item_depth) {
        self->hidden = self->depth;
        return;
    }
    if (RUNUT_ARENA_TRY(self->arena) != 0) {
        give_up_item(self);
        return;
    }
    if (self->taking.what) {
        write_tag(self, name, attributes);
        return;
    }
    self->fields[self->depth] = (uint8_t)open_element(self, runut_slice_of(name), attributes);
    if (!self->fields[self->depth])
        self->hidden = self->depth;
}

static void on_end(void *context, const char *name)
{
    runut_feed_reader *self = context;
    if (RUNUT_ARENA_TRY(self->arena) != 0)
        give_up_item(self);
    else if (self->taking.what && self->taking.depth == self->depth)
        end_text(self);
    else if (self->taking.what)
        write_tag(self, name, NULL);
    if (self->hidden == self->depth)
        self->hidden = 0;
    else if (self->item_depth && self->item_depth == self->depth)
        end_item(self);
    runut_feed_scope_close(&self->scope, self->depth);
    self->depth--;
}

static void on_text(void *context, runut_slice text)
{
    runut_feed_reader *self = context;
    if (!self->taking.what)
        return;
    if (RUNUT_ARENA_TRY(self->arena) != 0)
        give_up_item(self);
    else if (self->taking.inside)
        runut_markup_escape(&self->taking.text, text);
    else
        runut_buffer_add(&self->taking.text, text);
}

/* ---- the reader ---- */

runut_feed_reader *runut_feed_reader_new(runut_slice start, runut_slice charset, size_t most, runut_on_item on_item,
                                         runut_on_bad_item on_bad_item, void *context)
{
    static const runut_xml_events events = {on_start, on_end, on_text};
    enum { ROOM = 1 << 20 };
    runut_feed_reader *self = calloc(1, sizeof *self);
    if (!self)
        return NULL;
    self->on_item = on_item;
    self->on_bad_item = on_bad_item;
    self->context = context;
    self->most = most;
    self->arena = runut_arena_new(4 * most + ROOM); /* a text grows by doubling; beside it there are others */
    self->xml = runut_xml_new(start, charset, &events, self);
    if (self->arena && self->xml)
        return self;
    runut_feed_reader_free(self);
    return NULL;
}

void runut_feed_reader_free(runut_feed_reader *self)
{
    if (!self)
        return;
    runut_xml_free(self->xml);
    runut_arena_free(self->arena);
    free(self);
}

const runut_feed *runut_feed_reader_feed(const runut_feed_reader *self)
{
    return &self->feed;
}

int runut_feed_push(runut_feed_reader *self, runut_slice bytes, bool last, runut_error *error)
{
    int code = runut_xml_push(self->xml, bytes, last, error);
    if (code == RUNUT_ERR_STOPPED && self->no_feed)
        return runut_error_set(error, RUNUT_ERR_INPUT, "XML, but no feed, sitemap or OPML");
    return code;
}

bool runut_feed_is_xml(runut_slice start)
{
    char room[32];
    return kind_of(runut_xml_root(start, room)) != RUNUT_FEED_UNKNOWN;
}

static int parse_json(runut_slice bytes, runut_on_item on_item, void *context, runut_error *error)
{
    struct json_tokener *tokener = json_tokener_new_ex(64);
    if (!tokener)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    struct json_object *object = runut_json_build(tokener, bytes, error);
    int code = !object                      ? RUNUT_ERR_INPUT
               : runut_feed_json_is(object) ? runut_feed_json_read(object, on_item, context)
                                            : runut_error_set(error, RUNUT_ERR_INPUT, "no feed");
    json_object_put(object);
    json_tokener_free(tokener);
    return code;
}

int runut_feed_parse(runut_slice bytes, runut_slice charset, size_t most, runut_on_item on_item,
                     runut_on_bad_item on_bad_item, void *context, runut_error *error)
{
    runut_slice text =
        runut_slice_starts(bytes, RUNUT_LITERAL("\xEF\xBB\xBF")) ? runut_slice_part(bytes, 3, bytes.size) : bytes;
    text = runut_slice_trim(text);
    if (text.size && text.at[0] == '{' && text.size < INT32_MAX)
        return parse_json(text, on_item, context, error);
    runut_feed_reader *self = runut_feed_reader_new(bytes, charset, most, on_item, on_bad_item, context);
    if (!self)
        return runut_error_set(error, RUNUT_ERR_MEMORY, "out of memory");
    int code = runut_feed_push(self, bytes, true, error);
    runut_feed_reader_free(self);
    return code;
}
