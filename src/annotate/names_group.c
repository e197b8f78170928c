/* Mentions that mean the same one.
 *
 *     segments → mentions, each with its words folded and without accents ("rui falcao teixeira")
 *     brackets → a short form behind a name is that name's: "Nusa Tenggara Timur (NTT)"
 *     forms    → mentions of the same words and kind are one form; a form whose words another kind claims more, changes
 * sides longer   → a form that is part of longer ones stands for one of them: "Rudi" of "Rudi Prasojo", "Samudra" of
 *                "Samudra Tegal FC"; where several fit, the one mentioned last before
 *     names    → forms by key: a known place has one key in all languages
 *
 * Everything is looked up by word; lists of forms that share a word are cut at SHARED_MOST. */
#include <utf8proc.h>

#include "annotate/names_parts.h"
#include "base/slice.h"
#include "base/utf8.h"

enum {
    WORDS_MOST = 12,  /* words of a form that are compared */
    SHARED_MOST = 24, /* forms looked at per word */
    NOBODY = -1
};

typedef struct form {
    names_label label;
    runut_slice words[WORDS_MOST]; /* folded, no accents, no marks */
    uint32_t size;
    runut_slice normal; /* the words, joined */
    runut_slice bare;   /* places: without "Kabupaten", "Island" */
    const names_entry *known;
    uint32_t mentions, best; /* best: segment printed best */
    uint32_t best_words;
    uint32_t last_seen; /* number of the mention, 1 + */
    int32_t longer[4];  /* forms that this one may stand for */
    uint32_t longer_count;
    int32_t alias;          /* form that this short form was explained to be; NOBODY */
    int32_t name;           /* index into the annotation's names; NOBODY */
    float of[NAMES_LABELS]; /* scores of its mentions */
} form;

typedef struct mention {
    uint32_t first, end;
    names_label label;
    float score;
    uint32_t form;
    int32_t explained; /* mention of which this is the short form in brackets; NOBODY */
} mention;

typedef struct group {
    names_text *text;
    RUNUT_VECTOR(mention) mentions;
    RUNUT_VECTOR(form) forms;
    runut_map *by_normal; /* label byte + normal → form */
    runut_map *by_word;   /* label byte + word → list */
    RUNUT_VECTOR(struct {
        uint32_t forms[SHARED_MOST];
        uint32_t size;
    })
    lists;
} group;

static bool is_name(names_label label)
{
    return label == NAMES_PERSON || label == NAMES_ORG || label == NAMES_PLACE;
}

/* ---- mentions ---- */

/* Do the tokens [first, end) spell the outlet's name? Hostnames without their end count, too. */
static bool is_publisher(const names_text *text, uint32_t first, uint32_t end)
{
    runut_slice publisher = text->annotation->article->publisher;
    size_t dot = runut_slice_find(publisher, RUNUT_LITERAL("."), 1);
    runut_slice printed = runut_names_text(text, first, end);
    return publisher.size > 2 &&
           (runut_slice_equal_nocase(printed, publisher) ||
            (dot != SIZE_MAX && runut_slice_equal_nocase(printed, runut_slice_part(publisher, 0, dot))));
}

/* A dateline names its outlet: "AMBON, KABAR KITA – ". That is no organization of the report. */
static bool is_dateline_outlet(const names_text *text, const names_segment *segment)
{
    if (!text->words[segment->first].dateline)
        return false;
    if (segment->label != NAMES_PLACE)
        return segment->first == 0 || !runut_names_mark(text, segment->first - 1, "(");
    for (uint32_t first = segment->first > 3 ? segment->first - 3 : 0; first <= segment->first; first++)
        for (uint32_t end = segment->end; end < segment->end + 4 && end <= text->count; end++)
            if (is_publisher(text, first, end))
                return true;
    return false;
}

static void add_mention(group *self, uint32_t first, uint32_t end, names_label label, float score, int32_t explained)
{
    RUNUT_PUSH(self->text->arena, self->mentions, ((mention){first, end, label, score, 0, explained}));
}

/* Is `i` the bracket before a short form? Short forms are one word of capitals: "(NTT)", "(Basarnas)". */
static bool short_form_at(const names_text *text, uint32_t i)
{
    return i + 2 < text->count && runut_names_mark(text, i, "(") && text->tokens[i + 1].kind == RUNUT_TOKEN_WORD &&
           runut_names_mark(text, i + 2, ")") && text->tokens[i + 1].upper;
}

/* Do the letters of `small` occur in `large` in this order, from its first one on? */
static bool letters_within(runut_slice small, runut_slice large)
{
    size_t k = 0;
    for (size_t i = 0; i < large.size && k < small.size; i++)
        k += large.at[i] == small.at[k] && (k > 0 || i == 0);
    return k == small.size;
}

/* Is the word in brackets behind the name a short form of it? */
static bool explains(const names_text *text, const names_segment *segment)
{
    uint32_t i = segment->end;
    if (!short_form_at(text, i) || (segment->label != NAMES_ORG && segment->label != NAMES_PLACE))
        return false;
    const names_word *word = &text->words[i + 1];
    const names_entry *known = runut_names_known(text, i + 1, i + 2),
                      *own = runut_names_known(text, segment->first, segment->end);
    if (known && own && known->key_size && runut_slice_equal(names_key(known), names_key(own)))
        return true;
    bool within = letters_within(word->normal, text->words[segment->first].normal) ||
                  letters_within(word->normal,
                                 runut_utf8_fold(text->arena, runut_names_text(text, segment->first, segment->end)));
    if (text->tokens[i + 1].all_upper && segment->label == NAMES_ORG)
        return true; /* directly behind a body's name it is hardly anything else */
    if (text->tokens[i + 1].all_upper && segment->end - segment->first >= 3)
        return within || !known || known->known == NAMES_LISTED_ORG;
    return within;
}

static void collect(group *self)
{
    const names_text *text = self->text;
    uint32_t behind = 0; /* tokens before this one are taken */
    for (size_t s = 0; s < text->segments.size; s++) {
        const names_segment *segment = &text->segments.at[s];
        if (!is_name(segment->label) || segment->first < behind || is_dateline_outlet(text, segment))
            continue;
        add_mention(self, segment->first, segment->end, segment->label, segment->score, NOBODY);
        behind = segment->end;
        if (explains(text, segment)) {
            add_mention(self, segment->end + 1, segment->end + 2, segment->label, segment->score,
                        (int32_t)self->mentions.size - 1);
            behind = segment->end + 2;
        }
    }
}

/* ---- forms ---- */

static void add_words(const group *self, form *f, uint32_t first, uint32_t end)
{
    const names_text *text = self->text;
    for (uint32_t i = first; i < end; i++) {
        runut_slice rest = runut_utf8_plain(text->arena, text->words[i].normal), word;
        if (runut_names_mark(text, i, "(") && i + 2 < end && f->size > 0) { /* "(PN)", "(Persero)" */
            i += 2;
            continue;
        }
        if (text->tokens[i].kind == RUNUT_TOKEN_NUMBER)
            rest = text->tokens[i].folded;
        while (f->size < WORDS_MOST && runut_slice_field(&rest, ' ', &word))
            if (word.size > 0)
                f->words[f->size++] = word;
    }
}

/* "Polda Sulbar" is "Polda Sulawesi Barat": short forms of places inside of longer names are written out. */
static void write_out(const group *self, form *f)
{
    form out = *f;
    out.size = 0;
    for (uint32_t i = 0; i < f->size; i++) {
        const names_entry *entry = runut_names_find(self->text->lexicon, self->text->language, f->words[i]);
        bool full =
            f->size > 1 && i > 0 && entry && entry->known == NAMES_LISTED_PLACE && !entry->capitals && entry->full_size;
        runut_slice rest = full ? runut_utf8_fold(self->text->arena, names_full(entry)) : f->words[i], word;
        while (out.size < WORDS_MOST && runut_slice_field(&rest, ' ', &word))
            out.words[out.size++] = word;
    }
    *f = out;
}

static runut_slice joined(runut_arena *arena, const runut_slice *words, uint32_t size, char label)
{
    runut_buffer out = runut_buffer_new(arena, 4096);
    runut_buffer_byte(&out, label);
    for (uint32_t i = 0; i < size; i++) {
        if (i > 0)
            runut_buffer_byte(&out, ' ');
        runut_buffer_add(&out, words[i]);
    }
    return runut_buffer_slice(&out);
}

static uint32_t classes_of(const group *self, runut_slice word)
{
    return runut_names_classes(self->text->lexicon, self->text->language, word);
}

/* The place without the head or tail that only says what it is. `any`: also heads that make another place of it. */
static runut_slice bare_place(const group *self, const form *f, bool any)
{
    const names_text *text = self->text;
    uint32_t classes = any ? NAMES_PLACE_HEAD | NAMES_ADMIN : NAMES_ADMIN, first = 0, end = f->size;
    for (uint32_t n = 1; n < f->size && n <= 3; n++) {
        runut_slice head = runut_slice_part(joined(text->arena, f->words, n, 'x'), 1, SIZE_MAX);
        if (classes_of(self, head) & classes)
            first = n;
    }
    uint32_t tail = f->size > 1 ? classes_of(self, f->words[end - 1]) : 0;
    bool drop = first == 0 && tail & (any ? NAMES_PLACE_TAIL | NAMES_ADMIN : NAMES_ADMIN) &&
                runut_slice_starts(text->annotation->language, RUNUT_LITERAL("en"));
    return runut_slice_part(joined(text->arena, f->words + first, end - first - drop, 'x'), 1, SIZE_MAX);
}

/* Rank of a printed form: words count, small letters beat capitals. */
static uint32_t printed_rank(const group *self, const mention *m, uint32_t words)
{
    const names_text *text = self->text;
    bool capitals = text->tokens[m->first].all_upper && (m->end - m->first > 1 || text->words[m->first].dateline);
    return words * 4 + (capitals ? 0 : 2);
}

static uint32_t form_of(group *self, const mention *m, uint32_t number)
{
    form f = {.alias = NOBODY, .name = NOBODY, .best = number, .label = m->label};
    add_words(self, &f, m->first, m->end);
    uint32_t rank = printed_rank(self, m, f.size);
    write_out(self, &f);
    runut_slice key = joined(self->text->arena, f.words, f.size, (char)('0' + m->label));
    bool is_new;
    uint32_t *at = runut_map_put(self->by_normal, key, &is_new);
    if (is_new) {
        *at = (uint32_t)self->forms.size;
        f.normal = runut_slice_part(key, 1, key.size);
        f.known = runut_names_known(self->text, m->first, m->end);
        f.best_words = rank;
        RUNUT_PUSH(self->text->arena, self->forms, f);
    }
    form *held = &self->forms.at[*at];
    if (rank > held->best_words) {
        held->best = number;
        held->best_words = rank;
    }
    held->mentions++;
    held->of[m->label] += m->score;
    return *at;
}

/* The same words under two kinds: the kind with less behind it gives way. */
static void settle(group *self)
{
    for (size_t i = 0; i < self->forms.size; i++) {
        form *f = &self->forms.at[i];
        for (names_label label = NAMES_PERSON; label <= NAMES_PLACE; label++) {
            runut_slice key = joined(self->text->arena, f->words, f->size, (char)('0' + label));
            const uint32_t *other = label == f->label ? NULL : runut_map_get(self->by_normal, key);
            if (other && self->forms.at[*other].of[label] > f->of[f->label] && f->alias == NOBODY)
                f->alias = (int32_t)*other;
        }
    }
}

static void explained_forms(group *self)
{
    for (size_t i = 0; i < self->mentions.size; i++) {
        const mention *m = &self->mentions.at[i];
        if (m->explained == NOBODY)
            continue;
        uint32_t full = self->mentions.at[m->explained].form;
        for (names_label label = NAMES_PERSON; label <= NAMES_PLACE;
             label++) { /* whatever it was taken for elsewhere */
            const form *f = &self->forms.at[m->form];
            const uint32_t *same =
                runut_map_get(self->by_normal, joined(self->text->arena, f->words, f->size, (char)('0' + label)));
            if (same && *same != full)
                self->forms.at[*same].alias = (int32_t)full;
        }
    }
}

/* ---- longer forms ---- */

static bool same_word(runut_slice shorter, runut_slice longer)
{
    return runut_slice_equal(shorter, longer) ||
           (shorter.size == 1 && longer.size > 1 && shorter.at[0] == longer.at[0]);
}

/* Are the words of `a` in `b`, in the same order? `together`: without gaps. Returns 1 + where they begin, 0 = no. */
static uint32_t part_of(const form *a, const form *b, bool together)
{
    uint32_t k = 0, start = 0;
    for (uint32_t i = 0; i < b->size && k < a->size; i++) {
        if (same_word(a->words[k], b->words[i])) {
            start = k == 0 ? i + 1 : start;
            k++;
        } else if (together && k > 0) {
            return 0;
        }
    }
    return k == a->size ? start : 0;
}

/* "Klub Samudra Tegal" without "Klub". */
static form without_head(const group *self, const form *f)
{
    form rest = *f;
    if (f->size > 2 && classes_of(self, f->words[0]) & NAMES_ORG_HEAD) {
        rest.size--;
        memmove(rest.words, rest.words + 1, rest.size * sizeof *rest.words);
    }
    return rest;
}

static bool org_stands_for(const group *self, const form *a, const form *b)
{
    bool generic = a->size == 1 && classes_of(self, a->words[0]) & NAMES_ORG_HEAD;
    if (a->known && !generic)
        return false;
    if (a->size < b->size) {
        uint32_t start = part_of(a, b, true);
        if (start == 1 || (start == 2 && a->size > 1 && classes_of(self, b->words[0]) & NAMES_ORG_HEAD))
            return true;
    }
    form rest = without_head(self, a);
    return rest.size < a->size && rest.size < b->size && part_of(&rest, b, true) == 1 &&
           classes_of(self, b->words[b->size - 1]) & NAMES_ORG_TAIL;
}

/* May `a` stand for the longer `b`? */
static bool stands_for(const group *self, const form *a, const form *b)
{
    if (b->alias != NOBODY)
        return false;
    if (a->label == NAMES_ORG)
        return org_stands_for(self, a, b);
    if (a->size >= b->size || part_of(a, b, a->label != NAMES_PERSON) == 0)
        return false;
    /* a known place is no short form of another one */
    return a->label == NAMES_PERSON || (!a->known && !b->known && runut_slice_equal(a->normal, b->bare));
}

/* An unknown person or place that is how an organization's name begins is short for it: "Samudra Tegal" where there is
 * a "Samudra Tegal FC". The end must be one of an organization. */
static void begins_org(group *self, form *f)
{
    const form *best = NULL;
    const uint32_t *at = runut_map_get(self->by_word, joined(self->text->arena, f->words, 1, (char)('0' + NAMES_ORG)));
    for (uint32_t i = 0; at && !best && i < self->lists.at[*at].size; i++) {
        const form *org = &self->forms.at[self->lists.at[*at].forms[i]];
        bool tail = org->size > f->size && classes_of(self, org->words[f->size]) & NAMES_ORG_TAIL;
        if (tail && part_of(f, org, true) == 1)
            best = org;
    }
    if (best)
        f->alias = (int32_t)(best - self->forms.at);
}

static void list_words(group *self)
{
    for (uint32_t i = 0; i < self->forms.size; i++) {
        form *f = &self->forms.at[i];
        if (f->alias != NOBODY)
            continue;
        f->bare = f->label == NAMES_PLACE ? bare_place(self, f, true) : f->normal;
        for (uint32_t k = 0; k < f->size; k++) {
            bool is_new;
            uint32_t *at = runut_map_put(self->by_word,
                                         joined(self->text->arena, &f->words[k], 1, (char)('0' + f->label)), &is_new);
            if (is_new) {
                *at = (uint32_t)self->lists.size;
                RUNUT_APPEND(self->text->arena, self->lists);
            }
            if (self->lists.at[*at].size < SHARED_MOST)
                self->lists.at[*at].forms[self->lists.at[*at].size++] = i;
        }
    }
}

static void find_longer_with(group *self, uint32_t number, runut_slice word)
{
    form *f = &self->forms.at[number];
    const uint32_t *at = runut_map_get(self->by_word, joined(self->text->arena, &word, 1, (char)('0' + f->label)));
    for (uint32_t i = 0; at && i < self->lists.at[*at].size; i++) {
        uint32_t other = self->lists.at[*at].forms[i];
        if (other == number || !stands_for(self, f, &self->forms.at[other]))
            continue;
        bool covered = false; /* keep the longest of a chain only */
        for (uint32_t k = 0; k < f->longer_count; k++) {
            form *had = &self->forms.at[f->longer[k]];
            if (stands_for(self, had, &self->forms.at[other]))
                f->longer[k] = (int32_t)other, covered = true;
            else if (stands_for(self, &self->forms.at[other], had))
                covered = true;
        }
        if (!covered && f->longer_count < 4)
            f->longer[f->longer_count++] = (int32_t)other;
    }
}

static void find_longer(group *self, uint32_t number)
{
    const form *f = &self->forms.at[number];
    if (f->size == 0 || f->alias != NOBODY)
        return;
    find_longer_with(self, number, f->words[0]);
    if (f->label == NAMES_ORG && f->longer_count == 0 && f->size > 2 && classes_of(self, f->words[0]) & NAMES_ORG_HEAD)
        find_longer_with(self, number, f->words[1]);
}

/* The form that mention number `m` means. */
static uint32_t meant(group *self, uint32_t m)
{
    uint32_t number = self->mentions.at[m].form;
    for (int hops = 0; hops < 4 && self->forms.at[number].alias != NOBODY; hops++)
        number = (uint32_t)self->forms.at[number].alias;
    for (int hops = 0; hops < 4 && self->forms.at[number].longer_count > 0; hops++) {
        const form *f = &self->forms.at[number];
        uint32_t best = (uint32_t)f->longer[0];
        for (uint32_t k = 1; k < f->longer_count; k++) {
            const form *a = &self->forms.at[f->longer[k]], *b = &self->forms.at[best];
            if (a->last_seen > b->last_seen || (a->last_seen == b->last_seen && a->mentions > b->mentions))
                best = (uint32_t)f->longer[k];
        }
        number = best;
    }
    self->forms.at[number].last_seen = m + 1;
    return number;
}

/* ---- names ---- */

static runut_slice key_of(const group *self, const form *f)
{
    if (f->label == NAMES_PLACE && f->size > 1) { /* "Kota Tegal" is "Tegal", where that is named, too */
        runut_slice bare = bare_place(self, f, false);
        const uint32_t *at =
            runut_map_get(self->by_normal, joined(self->text->arena, &bare, 1, (char)('0' + NAMES_PLACE)));
        const form *other = at ? &self->forms.at[*at] : NULL;
        if (other && other != f && other->known && other->known->known <= NAMES_LISTED_PLACE)
            return names_key(other->known);
    }
    if (f->known && f->known->key_size &&
        (f->label == NAMES_PLACE ? f->known->known <= NAMES_LISTED_PLACE : f->known->known == NAMES_LISTED_ORG))
        return names_key(f->known);
    if (f->label != NAMES_PLACE)
        return f->normal;
    runut_slice bare = bare_place(self, f, false);
    const names_entry *known = runut_names_find(self->text->lexicon, self->text->language, bare);
    bool place = known && known->known >= NAMES_COUNTRY && known->known <= NAMES_LISTED_PLACE && !known->capitals;
    return place ? names_key(known) : bare;
}

static runut_slice printed(const group *self, const mention *m)
{
    const names_text *text = self->text;
    runut_span span = {text->tokens[m->first].span.start, text->tokens[m->end - 1].span.end};
    runut_slice all = runut_slice_part(text->annotation->body, span.start, span.end);
    if (text->words[m->end - 1].normal.size && runut_slice_starts(text->annotation->language, RUNUT_LITERAL("en")) &&
        (runut_slice_ends(all, RUNUT_LITERAL("'s")) || runut_slice_ends(all, RUNUT_LITERAL("\xE2\x80\x99s"))))
        all.size -= all.at[all.size - 2] == '\'' ? 2 : 4;
    const names_word *last = &text->words[m->end - 1];
    if (last->suffixed && last->base.size && last->base.size < last->normal.size)
        all.size -= last->normal.size - last->base.size;                     /* Korean "에서" */
    if (runut_slice_starts(text->annotation->language, RUNUT_LITERAL("tr"))) /* "Ankara'ya" */
        for (size_t i = all.size; i > all.size - (all.size < 12 ? all.size : 12); i--)
            if (all.at[i - 1] == '\'' || (i > 2 && memcmp(all.at + i - 3, "\xE2\x80\x99", 3) == 0)) {
                all.size = all.at[i - 1] == '\'' ? i - 1 : i - 3;
                break;
            }
    return all;
}

/* With a capital at every word's beginning. */
static runut_slice titled(runut_arena *arena, runut_slice folded)
{
    runut_buffer out = runut_buffer_new(arena, folded.size * 3 + 8);
    bool begins = true;
    for (size_t i = 0; i < folded.size;) {
        size_t start = i;
        uint32_t code = runut_utf8_next(folded, &i);
        if (begins)
            runut_buffer_code(&out, (uint32_t)utf8proc_toupper((int32_t)code));
        else
            runut_buffer_add(&out, runut_slice_part(folded, start, i));
        begins = code == ' ';
    }
    return runut_buffer_slice(&out);
}

/* The printed form, without a short form inside: "Pengadilan Negeri (PN) Mamuju". */
static runut_slice canonical_of(const group *self, const mention *m, const form *f)
{
    const names_text *text = self->text;
    if (f->label == NAMES_PLACE && f->known && f->known->full_size && m->end - m->first == 1)
        return names_full(f->known);
    runut_buffer out = runut_buffer_new(text->arena, 1024);
    if (f->label == NAMES_PLACE && m->end - m->first == 1 && text->words[m->first].base.size)
        return titled(text->arena, text->words[m->first].base);
    runut_slice all = printed(self, m);
    for (uint32_t i = m->first; i + 3 < m->end; i++)
        if (runut_names_mark(text, i, "(") && text->tokens[i + 1].all_upper &&
            text->words[i + 1].classes & NAMES_ORG_HEAD) {
            runut_slice body = text->annotation->body;
            runut_buffer_add(&out,
                             runut_slice_part(body, text->tokens[m->first].span.start, text->tokens[i].span.start));
            runut_buffer_add(&out, runut_slice_trim(runut_slice_part(body, text->tokens[i + 2].span.end,
                                                                     text->tokens[m->end - 1].span.end)));
            return runut_buffer_slice(&out);
        }
    return runut_utf8_collapse(text->arena, all);
}

static runut_name_kind kind_of(names_label label)
{
    return label == NAMES_PERSON ? RUNUT_PERSON : label == NAMES_ORG ? RUNUT_ORGANIZATION : RUNUT_PLACE;
}

/* The name of a form, made where no form of the same key has one. */
static uint32_t name_of(group *self, runut_map *by_key, uint32_t number)
{
    form *f = &self->forms.at[number];
    runut_annotation *annotation = self->text->annotation;
    runut_slice key = key_of(self, f);
    bool is_new;
    uint32_t *at = runut_map_put(by_key, joined(self->text->arena, &key, 1, (char)('0' + f->label)), &is_new);
    if (is_new) {
        *at = (uint32_t)annotation->names.size;
        runut_name *name = RUNUT_APPEND(self->text->arena, annotation->names);
        name->kind = kind_of(f->label);
        name->key = key;
    }
    f->name = (int32_t)*at;
    return *at;
}

static void finish_name(group *self, runut_name *name, const form *f, const mention *m, uint32_t least, uint32_t *rank)
{
    if (f->best_words + 1 > *rank) {
        name->canonical = canonical_of(self, &self->mentions.at[f->best], f);
        *rank = f->best_words + 1;
    }
    if (name->kind == RUNUT_PERSON && name->role.size == 0) {
        name->role = runut_names_role(self->text, least, m->first, m->end);
        uint32_t start = name->role.size ? (uint32_t)(name->role.at - self->text->annotation->body.at) : 0;
        name->role_span = (runut_span){start, start + (uint32_t)name->role.size};
    }
    float confidence = m->score <= 0 ? 0.3f : m->score / (m->score + 0.8f);
    name->confidence = confidence > name->confidence ? confidence : name->confidence;
    name->mentions++;
}

static void make_names(group *self)
{
    runut_annotation *annotation = self->text->annotation;
    runut_map *by_key = runut_map_new(self->text->arena);
    uint32_t *ranks = runut_arena_alloc(self->text->arena, (self->forms.size + 1) * sizeof *ranks);
    uint32_t least = 0; /* behind the person before */
    for (uint32_t i = 0; i < self->mentions.size; i++) {
        const mention *m = &self->mentions.at[i];
        uint32_t number = meant(self, i), name = name_of(self, by_key, number);
        finish_name(self, &annotation->names.at[name], &self->forms.at[number], m, least, &ranks[name]);
        if (annotation->names.at[name].kind == RUNUT_PERSON)
            least = m->end;
        uint32_t start = self->text->tokens[m->first].span.start;
        runut_mention out = {{start, start + (uint32_t)printed(self, m).size}, name};
        RUNUT_PUSH(self->text->arena, annotation->mentions, out);
    }
}

void runut_names_group(names_text *text)
{
    group self = {.text = text, .by_normal = runut_map_new(text->arena), .by_word = runut_map_new(text->arena)};
    collect(&self);
    for (uint32_t i = 0; i < self.mentions.size; i++)
        self.mentions.at[i].form = form_of(&self, &self.mentions.at[i], i);
    explained_forms(&self);
    settle(&self);
    list_words(&self);
    for (uint32_t i = 0; i < self.forms.size; i++) {
        form *f = &self.forms.at[i];
        if (f->label != NAMES_ORG && !f->known && f->alias == NOBODY && f->size > 0)
            begins_org(&self, f);
        find_longer(&self, i);
    }
    make_names(&self);
}
