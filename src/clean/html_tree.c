#include "clean/html_tree.h"

#include "base/buffer.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "clean/html_element.h"
#include "clean/html_token.h"

enum { MOST_OPEN_MARKS = 32, MOST_TITLE = 800, MOST_META = 4000, MOST_NOTE = 8 };

typedef struct open_mark {
    uint32_t mark;
    uint8_t tag;
    uint8_t depth; /* of the stack of nodes when it opened */
} open_mark;

typedef struct builder {
    runut_arena *arena;
    runut_html_tree *tree;
    runut_html_tokenizer tokens;
    runut_html_token token;
    runut_html_classes *classes;
    runut_buffer text;
    uint32_t stack[RUNUT_HTML_MOST_DEPTH]; /* open nodes; stack[0] is the root */
    size_t depth;
    size_t beyond;                  /* elements opened beyond the cap and not yet closed */
    uint32_t open[RUNUT_TAG_COUNT]; /* how many of each tag are on the stack */
    bool missing[RUNUT_TAG_COUNT];  /* there is no end tag of it further on */
    open_mark marks[MOST_OPEN_MARKS];
    size_t open_marks;
    runut_html_block block; /* the one being filled */
    size_t block_start;     /* its text in `text` */
    size_t link_depth;      /* stack depth at which the open link began + 1; 0 = none */
    uint32_t bold;
    size_t inline_others; /* unknown elements opened inside a paragraph and not yet closed */
    size_t note_start;    /* where the open <sup> began in `text`; SIZE_MAX = none is open */
    bool note_link;       /* a link to a place of this page stands in it */
    bool space, line;     /* white space or a single <br> is due before the next word */
    bool in_head;
} builder;

static runut_html_node *top(builder *self)
{
    return &self->tree->nodes.at[self->stack[self->depth - 1]];
}

/* Ends the block being filled; an empty one is no block. */
static void end_block(builder *self)
{
    if (self->text.size > self->block_start) {
        self->block.node = self->stack[self->depth - 1];
        self->block.text = (runut_slice){(const char *)self->block_start, self->text.size - self->block_start};
        RUNUT_PUSH(self->arena, self->tree->blocks, self->block);
        runut_buffer_byte(&self->text, '\n');
        self->block = (runut_html_block){0};
    }
    self->block_start = self->text.size;
    self->space = self->line = false;
}

static void before_word(builder *self)
{
    if (self->text.size > self->block_start && (self->line || self->space))
        runut_buffer_byte(&self->text, self->line ? '\n' : ' ');
    self->block.breaks += self->line && self->text.size > self->block_start && !self->open[RUNUT_TAG_PRE];
    self->space = self->line = false;
}

/* Words with a blank between each two, `blanks` in all. */
static void add_words(builder *self, runut_slice words, size_t blanks)
{
    before_word(self);
    runut_buffer_add(&self->text, words);
    uint32_t bytes = (uint32_t)(words.size - blanks);
    self->block.bytes += bytes;
    self->block.link_bytes += self->link_depth ? bytes : 0;
    self->block.bold_bytes += self->bold ? bytes : 0;
}

/* Bytes at `at` that are white space or not to be seen: 0, or how many; *wide is set where they part words. */
static size_t blank_at(runut_slice text, size_t at, bool *parts)
{
    unsigned char c = (unsigned char)text.at[at];
    *parts = true;
    if (c <= ' ')
        return 1;
    if (c < 0xC2 || c == 0x7F)
        return 0;
    runut_slice rest = runut_slice_part(text, at, at + 3);
    if (runut_slice_starts(rest, RUNUT_LITERAL("\xC2\xA0")))
        return 2;
    if (runut_slice_is(rest, "\xE2\x80\xA8") || runut_slice_is(rest, "\xE2\x80\xA9") ||
        runut_slice_is(rest, "\xE3\x80\x80") ||
        (c == 0xE2 && rest.size == 3 && (unsigned char)rest.at[1] == 0x80 && (unsigned char)rest.at[2] <= 0x8A))
        return 3;
    *parts = false;
    if (runut_slice_starts(rest, RUNUT_LITERAL("\xC2\xAD")))
        return 2;
    return runut_slice_is(rest, "\xE2\x80\x8B") || runut_slice_is(rest, "\xEF\xBB\xBF") ? 3 : 0;
}

/* Bytes that blank_at may say something of: white space and what begins the wide kinds of it. */
static bool may_be_blank(char c)
{
    static const bool may[256] = {[0 ... ' '] = true, [0xC2] = true, [0xE2] = true, [0xE3] = true, [0xEF] = true};
    return may[(unsigned char)c];
}

/* Inside <pre> a line end is one. */
static void add_text(builder *self, runut_slice text)
{
    size_t from = 0, blanks = 0; /* words from there on, and single blanks between them, are yet to be added */
    for (size_t at = 0; at < text.size;) {
        char c = text.at[at];
        if (!may_be_blank(c)) {
            at++;
            continue;
        }
        bool parts, single = c == ' ' && at > from && at + 1 < text.size && !may_be_blank(text.at[at + 1]);
        size_t blank = single ? 0 : blank_at(text, at, &parts);
        if (blank == 0) {
            blanks += single;
            at++;
            continue;
        }
        if (at > from)
            add_words(self, runut_slice_part(text, from, at), blanks);
        self->space |= parts;
        self->line |= (c == '\n' || c == '\r') && self->open[RUNUT_TAG_PRE];
        at += blank;
        from = at;
        blanks = 0;
    }
    if (text.size > from)
        add_words(self, runut_slice_part(text, from, text.size), blanks);
}

static void close_mark(builder *self)
{
    const open_mark *m = &self->marks[--self->open_marks];
    self->tree->marks.at[m->mark].end = (uint32_t)self->text.size;
}

static void close_marks_above(builder *self, size_t depth)
{
    while (self->open_marks && self->marks[self->open_marks - 1].depth > depth)
        close_mark(self);
}

static void pop(builder *self)
{
    end_block(self);
    runut_html_node *node = top(self);
    node->end = (uint32_t)self->tree->blocks.size;
    self->open[node->tag]--;
    self->depth--;
    close_marks_above(self, self->depth);
    if (self->link_depth > self->depth)
        self->link_depth = 0;
    self->bold = 0;
}

static void pop_to(builder *self, size_t depth)
{
    while (self->depth > depth && self->depth > 1)
        pop(self);
    self->beyond = 0;
}

/* The depth of the innermost open `tag` that no element of `scope` (a trait) hides; 0 where there is none. */
static size_t find_open(const builder *self, runut_html_tag tag, unsigned scope)
{
    if (!self->open[tag])
        return 0;
    for (size_t i = self->depth; i > 1; i--) {
        uint8_t at = self->tree->nodes.at[self->stack[i - 1]].tag;
        if (at == tag)
            return i;
        if (runut_html_tag_traits((runut_html_tag)at) & scope)
            return 0;
    }
    return 0;
}

/* Closes the open element among `a`, `b`, unless `stop` or `stop2` stands between. */
static void imply_end(builder *self, runut_html_tag a, runut_html_tag b, runut_html_tag stop, runut_html_tag stop2)
{
    if (!self->open[a] && !self->open[b])
        return;
    for (size_t i = self->depth; i > 1; i--) {
        uint8_t at = self->tree->nodes.at[self->stack[i - 1]].tag;
        if (at == a || at == b) {
            pop_to(self, i - 1);
            return;
        }
        if (at == stop || at == stop2)
            return;
    }
}

static bool is_heading(unsigned tag)
{
    return tag >= RUNUT_TAG_H1 && tag <= RUNUT_TAG_H6;
}

/* End tags that the start of `tag` implies. */
static void imply_ends(builder *self, runut_html_tag tag)
{
    if ((runut_html_tag_traits(tag) & RUNUT_HTML_ENDS_P) && top(self)->tag == RUNUT_TAG_P && self->beyond == 0)
        pop(self);
    if (is_heading(tag) && is_heading(top(self)->tag))
        pop(self);
    if (tag == RUNUT_TAG_LI)
        imply_end(self, RUNUT_TAG_LI, RUNUT_TAG_LI, RUNUT_TAG_UL, RUNUT_TAG_OL);
    else if (tag == RUNUT_TAG_DT || tag == RUNUT_TAG_DD)
        imply_end(self, RUNUT_TAG_DT, RUNUT_TAG_DD, RUNUT_TAG_DL, RUNUT_TAG_TABLE);
    else if (tag == RUNUT_TAG_TD || tag == RUNUT_TAG_TH)
        imply_end(self, RUNUT_TAG_TD, RUNUT_TAG_TH, RUNUT_TAG_TR, RUNUT_TAG_TABLE);
    else if (tag == RUNUT_TAG_TR)
        imply_end(self, RUNUT_TAG_TR, RUNUT_TAG_TR, RUNUT_TAG_TABLE, RUNUT_TAG_TABLE);
    else if (tag == RUNUT_TAG_TBODY || tag == RUNUT_TAG_THEAD || tag == RUNUT_TAG_TFOOT)
        imply_end(self, RUNUT_TAG_TBODY, RUNUT_TAG_THEAD, RUNUT_TAG_TABLE, RUNUT_TAG_TABLE);
}

static uint32_t classes_of(builder *self, uint32_t *hash)
{
    const runut_html_attribute *names = runut_html_find(&self->token, "class"),
                               *id = runut_html_find(&self->token, "id"), *role = runut_html_find(&self->token, "role");
    uint32_t set = 0;
    if (names) {
        set |= runut_html_classes_of(self->classes, names->value);
        *hash = *hash * 31 + (uint32_t)runut_slice_hash(names->value);
    }
    if (id)
        set |= runut_html_classes_of(self->classes, id->value);
    if (role)
        set |= runut_html_classes_of(self->classes, role->value);
    if (runut_html_hides(&self->token))
        set |= RUNUT_CLASS_BIT(HIDDEN);
    return set;
}

/* Leaves a mark where the element says something of the report. */
static void mark(builder *self, runut_html_tag tag, uint32_t classes)
{
    const uint32_t wanted =
        RUNUT_CLASS_BIT(AUTHOR) | RUNUT_CLASS_BIT(DATE) | RUNUT_CLASS_BIT(TITLE) | RUNUT_CLASS_BIT(LOGO);
    const runut_html_attribute *itemprop = self->token.attributes ? runut_html_find(&self->token, "itemprop") : NULL;
    if (!itemprop && self->token.attributes)
        itemprop = runut_html_find(&self->token, "property"); /* RDFa says the same in other words */
    bool author = tag == RUNUT_TAG_A && runut_html_is_author_link(&self->token);
    if ((!itemprop && !author && tag != RUNUT_TAG_TIME && !(classes & wanted)) ||
        self->tree->marks.size >= RUNUT_HTML_MOST_MARKS)
        return;
    uint32_t at = (uint32_t)self->text.size;
    runut_slice value = runut_html_value(self->arena, &self->token,
                                         tag == RUNUT_TAG_TIME  ? "datetime"
                                         : tag == RUNUT_TAG_IMG ? "alt"
                                                                : "content");
    if (value.size == 0 && itemprop)
        value = runut_html_value(self->arena, &self->token, "datetime");
    runut_html_mark m = {.tag = (uint8_t)tag,
                         .author_rel = author,
                         .classes = classes,
                         .block = (uint32_t)self->tree->blocks.size,
                         .node = self->stack[self->depth - 1],
                         .start = at,
                         .end = at,
                         .value = value,
                         .itemprop = itemprop ? itemprop->value : (runut_slice){"", 0}};
    RUNUT_PUSH(self->arena, self->tree->marks, m);
    bool closes = !(runut_html_tag_traits(tag) & RUNUT_HTML_VOID) && self->beyond == 0;
    if (closes && self->open_marks < MOST_OPEN_MARKS)
        self->marks[self->open_marks++] =
            (open_mark){(uint32_t)self->tree->marks.size - 1, (uint8_t)tag, (uint8_t)self->depth};
}

static void push(builder *self, runut_html_tag tag, uint32_t classes, uint32_t hash)
{
    if (self->depth == RUNUT_HTML_MOST_DEPTH || self->tree->nodes.size >= RUNUT_HTML_MOST_NODES) {
        self->beyond++;
        return;
    }
    uint32_t at = (uint32_t)self->tree->blocks.size;
    runut_html_node node = {.parent = self->depth ? self->stack[self->depth - 1] : 0,
                            .first = at,
                            .end = at,
                            .classes = classes,
                            .signature = hash * 31 + tag,
                            .tag = (uint8_t)tag,
                            .depth = (uint8_t)self->depth};
    self->stack[self->depth++] = (uint32_t)self->tree->nodes.size;
    self->open[tag]++;
    RUNUT_PUSH(self->arena, self->tree->nodes, node);
}

static void line_break(builder *self)
{
    if (self->line)
        end_block(self);
    else
        self->line = true;
}

/* "1884<sup><a href=#n1>1</a></sup>": the mark of a footnote, no part of the text. What was added since <sup> goes. */
static void end_note(builder *self)
{
    size_t start = self->note_start, size = self->text.size;
    self->note_start = SIZE_MAX;
    if (start == SIZE_MAX || !self->note_link || start <= self->block_start || size - start > MOST_NOTE || size < start)
        return;
    uint32_t bytes = (uint32_t)(size - start);
    self->block.bytes -= bytes < self->block.bytes ? bytes : self->block.bytes;
    self->block.link_bytes -= bytes < self->block.link_bytes ? bytes : self->block.link_bytes;
    self->text.size = start;
}

static void start_inline(builder *self, runut_html_tag tag)
{
    uint32_t hash = 0;
    mark(self, tag, self->token.attributes ? classes_of(self, &hash) : 0);
    if (tag == RUNUT_TAG_A) {
        const runut_html_attribute *href = runut_html_find(&self->token, "href");
        self->link_depth = href ? self->depth : 0;
        self->block.links += self->link_depth != 0;
        self->note_link |= href && href->value.size > 1 && href->value.at[0] == '#';
    } else if (tag == RUNUT_TAG_SUP) {
        self->note_start = self->text.size;
        self->note_link = false;
    } else if (tag == RUNUT_TAG_IMG) {
        self->block.images++;
    } else if (tag == RUNUT_TAG_B || tag == RUNUT_TAG_STRONG || tag == RUNUT_TAG_EM || tag == RUNUT_TAG_I ||
               tag == RUNUT_TAG_SMALL) {
        self->bold++;
    }
}

/* Not more than `most` bytes, whole characters. */
static runut_slice cut(runut_slice text, size_t most)
{
    if (text.size <= most)
        return text;
    while (most > 0 && ((unsigned char)text.at[most] & 0xC0) == 0x80)
        most--;
    return runut_slice_part(text, 0, most);
}

static void meta(builder *self)
{
    static const char *const names[] = {"property", "name", "itemprop", "http-equiv"};
    runut_html_tree *tree = self->tree;
    for (size_t i = 0; i < sizeof names / sizeof *names && tree->metas.size < RUNUT_HTML_MOST_METAS; i++) {
        const runut_html_attribute *a = runut_html_find(&self->token, names[i]);
        if (!a)
            continue;
        runut_slice content = runut_html_value(self->arena, &self->token, "content");
        content = runut_utf8_collapse(self->arena, cut(content, MOST_META));
        RUNUT_PUSH(self->arena, tree->metas, ((runut_html_meta){runut_slice_trim(a->value), content}));
    }
}

static void link_element(builder *self)
{
    const runut_html_attribute *rel = runut_html_find(&self->token, "rel");
    if (rel && self->tree->canonical.size == 0 &&
        runut_slice_equal_nocase(runut_slice_trim(rel->value), RUNUT_LITERAL("canonical")))
        self->tree->canonical = runut_slice_trim(runut_html_value(self->arena, &self->token, "href"));
}

/* Elements whose contents are not read as markup; all are left at their end tag, or read on where that is missing. */
static void skip(builder *self, runut_html_tag tag)
{
    runut_slice inside;
    if (self->missing[tag])
        return;
    if (!runut_html_skip_to_end(&self->tokens, runut_slice_of(runut_html_tag_name(tag)), &inside)) {
        self->missing[tag] = true;
        if (tag == RUNUT_TAG_STYLE)
            self->tokens.at = self->tokens.html.size;
        return;
    }
    if (tag == RUNUT_TAG_TITLE && self->tree->title.size == 0)
        self->tree->title =
            runut_utf8_collapse(self->arena, cut(runut_html_decode(self->arena, inside, RUNUT_HTML_BOTH), MOST_TITLE));
}

/* Nothing but the place of a script's text is kept; it is read where the page shows no report. */
static void keep_script(builder *self)
{
    if (self->token.text.size >= RUNUT_HTML_LONG_SCRIPT && self->tree->scripts.size < RUNUT_HTML_MOST_SCRIPTS)
        RUNUT_PUSH(self->arena, self->tree->scripts, self->token.text);
}

static void script(builder *self)
{
    const runut_html_attribute *type = runut_html_find(&self->token, "type");
    bool json =
        type && runut_slice_find_nocase(runut_slice_part(type->value, 0, 100), RUNUT_LITERAL("ld+json"), 0) != SIZE_MAX;
    runut_html_enter(&self->tokens, RUNUT_HTML_SCRIPT, RUNUT_LITERAL("script"));
    size_t at = self->tokens.at;
    if (json && runut_html_next(&self->tokens, &self->token)) {
        if (self->token.kind == RUNUT_HTML_TEXT) {
            RUNUT_PUSH(self->arena, self->tree->json, self->token.text);
            keep_script(self);
        } else
            self->tokens.at = at;
    }
}

static void root(builder *self, runut_html_tag tag)
{
    runut_slice language = runut_slice_trim(runut_html_value(self->arena, &self->token, "lang"));
    if (language.size == 0)
        language = runut_slice_trim(runut_html_value(self->arena, &self->token, "xml:lang"));
    if (self->tree->language.size == 0)
        self->tree->language = language;
    if (tag == RUNUT_TAG_HTML || self->open[tag])
        return;
    end_block(self);
    push(self, tag, 0, 0); /* a body's classes are the theme's, they tell nothing of its text */
}

static void start_block(builder *self, runut_html_tag tag)
{
    uint32_t hash = 0;
    end_block(self);
    imply_ends(self, tag);
    uint32_t classes = self->token.attributes ? classes_of(self, &hash) : 0;
    if (runut_html_tag_traits(tag) & RUNUT_HTML_VOID)
        return;
    push(self, tag, classes, hash);
    if (tag == RUNUT_TAG_BLOCKQUOTE && self->beyond == 0)
        top(self)->embed = runut_html_is_embed(&self->token);
    mark(self, tag, classes);
}

/* Unknown elements are inline there, as a browser shows them; elsewhere they are wrappers of blocks as a rule. */
static bool in_paragraph(const builder *self)
{
    uint8_t tag = self->tree->nodes.at[self->stack[self->depth - 1]].tag;
    return self->beyond == 0 && (tag == RUNUT_TAG_P || is_heading(tag));
}

static void start(builder *self)
{
    runut_html_tag tag = runut_html_tag_named(self->token.name);
    unsigned traits = runut_html_tag_traits(tag);
    if (self->in_head && !(traits & RUNUT_HTML_IN_HEAD)) {
        self->in_head = false;
        pop_to(self, 1);
    }
    if (tag == RUNUT_TAG_SCRIPT)
        script(self);
    else if (traits & RUNUT_HTML_SKIPPED) {
        if (!self->token.self_closing || (tag != RUNUT_TAG_SVG && tag != RUNUT_TAG_MATH))
            skip(self, tag);
    } else if (tag == RUNUT_TAG_META)
        meta(self);
    else if (tag == RUNUT_TAG_LINK)
        link_element(self);
    else if (tag == RUNUT_TAG_BR)
        line_break(self);
    else if (tag == RUNUT_TAG_HTML || tag == RUNUT_TAG_BODY)
        root(self, tag);
    else if (tag == RUNUT_TAG_HEAD)
        self->in_head = self->depth == 1 && self->tree->blocks.size == 0;
    else if (traits & RUNUT_HTML_INLINE)
        start_inline(self, tag);
    else if (tag == RUNUT_TAG_OTHER && in_paragraph(self))
        self->inline_others++;
    else
        start_block(self, tag);
}

static void end_inline(builder *self, runut_html_tag tag)
{
    for (size_t i = self->open_marks; i > 0 && self->marks[i - 1].depth >= self->depth; i--)
        if (self->marks[i - 1].tag == tag) {
            while (self->open_marks >= i)
                close_mark(self);
            break;
        }
    if (tag == RUNUT_TAG_SUP)
        end_note(self);
    if (tag == RUNUT_TAG_A)
        self->link_depth = 0;
    else if (self->bold && (tag == RUNUT_TAG_B || tag == RUNUT_TAG_STRONG || tag == RUNUT_TAG_EM ||
                            tag == RUNUT_TAG_I || tag == RUNUT_TAG_SMALL))
        self->bold--;
}

static void end(builder *self)
{
    runut_html_tag tag = runut_html_tag_named(self->token.name);
    unsigned traits = runut_html_tag_traits(tag);
    if (tag == RUNUT_TAG_HEAD)
        self->in_head = false;
    if (tag == RUNUT_TAG_BR)
        line_break(self);
    if ((traits & RUNUT_HTML_VOID) || tag == RUNUT_TAG_HTML || tag == RUNUT_TAG_BODY || tag == RUNUT_TAG_HEAD)
        return;
    if (traits & RUNUT_HTML_INLINE) {
        end_inline(self, tag);
        return;
    }
    if (tag == RUNUT_TAG_OTHER && self->inline_others) {
        self->inline_others--;
        return;
    }
    end_block(self);
    if (self->beyond) {
        self->beyond--;
        return;
    }
    size_t found = find_open(self, tag, traits & RUNUT_HTML_SCOPE || tag == RUNUT_TAG_TR ? 0 : RUNUT_HTML_SCOPE);
    if (is_heading(tag) && !found && is_heading(top(self)->tag))
        found = self->depth;
    if (found)
        pop_to(self, found - 1);
}

/* The text buffer moves while it grows; only now do its offsets become addresses. */
static void finish(builder *self)
{
    pop_to(self, 1);
    end_block(self);
    runut_html_tree *tree = self->tree;
    tree->nodes.at[0].end = (uint32_t)tree->blocks.size;
    while (self->open_marks)
        close_mark(self);
    tree->text = runut_buffer_slice(&self->text);
    for (size_t i = 0; i < tree->blocks.size; i++)
        tree->blocks.at[i].text.at = tree->text.at + (size_t)tree->blocks.at[i].text.at;
}

/* Line ends and NUL are white space here, so most texts need no decoding. */
static void take_text(builder *self)
{
    runut_slice text = self->token.text;
    if (self->token.coding != RUNUT_HTML_REFERENCES || memchr(text.at, '&', text.size))
        text = runut_html_decode(self->arena, text, self->token.coding);
    add_text(self, text);
}

runut_html_tree *runut_html_tree_new(runut_arena *arena, runut_slice html)
{
    builder *self = runut_arena_alloc(arena, sizeof *self);
    if (html.size > UINT32_MAX / 4)
        html.size = UINT32_MAX / 4; /* offsets are 32 bits, and an entity may grow */
    self->arena = arena;
    self->tree = runut_arena_alloc(arena, sizeof *self->tree);
    self->tree->arena = arena;
    self->tokens = runut_html_begin(html);
    self->classes = runut_html_classes_new(arena);
    self->text = runut_buffer_new(arena, UINT32_MAX);
    self->note_start = SIZE_MAX;
    push(self, RUNUT_TAG_OTHER, 0, 0);
    while (runut_html_next(&self->tokens, &self->token)) {
        if (self->token.kind == RUNUT_HTML_START)
            start(self);
        else if (self->token.kind == RUNUT_HTML_END)
            end(self);
        else if (self->token.kind == RUNUT_HTML_TEXT && self->tokens.state == RUNUT_HTML_SCRIPT)
            keep_script(self);
        else if (self->token.kind == RUNUT_HTML_TEXT)
            take_text(self);
    }
    finish(self);
    return self->tree;
}

runut_slice runut_html_mark_text(const runut_html_tree *self, const runut_html_mark *mark)
{
    return runut_slice_trim(runut_slice_part(self->text, mark->start, mark->end));
}

runut_slice runut_html_meta_named(const runut_html_tree *self, const char *name)
{
    for (size_t i = 0; i < self->metas.size; i++)
        if (self->metas.at[i].content.size && runut_slice_equal_nocase(self->metas.at[i].name, runut_slice_of(name)))
            return self->metas.at[i].content;
    return (runut_slice){"", 0};
}
