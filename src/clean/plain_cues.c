/* What each line says of itself: cues at its start, end and inside, by-lines, dates, captions, datelines. */
#include "base/slice.h"
#include "base/utf8.h"
#include "clean/cues.h"
#include "clean/plain.h"
#include "clean/stage.h"

enum {
    SHORT_WORDS = 45,
    LAST_WORDS = 6,
    MOST_DATELINE = 110,
    DATE_WORDS = 16,
    MOST_HEAD_WORDS = 9,
    NAME_WORDS = 14,
    MOST_WHOLE = 12,
    BUTTON_WORDS = 5,
    RUNNING_WORDS = 12,
    NEAR_BEFORE = 25,
    NEAR_AFTER = 8
};

/* Of which a by-line has one, where it is more than a few words. */
enum {
    LABELS = RUNUT_CUE_BY | RUNUT_CUE_WRITER | RUNUT_CUE_EDITOR | RUNUT_CUE_PHOTO | RUNUT_CUE_CREDIT |
             RUNUT_CUE_PUBLISHED | RUNUT_CUE_ROLE | RUNUT_CUE_NOTNAME
};

static bool is_letter_or_digit(uint32_t code)
{
    return runut_code_is_letter(code) || runut_code_is_digit(code);
}

/* With a blank wherever a small letter meets a capital ("Previous articleTwo die"), then folded. */
static runut_slice unglued(runut_arena *arena, runut_slice text)
{
    text = runut_slice_part(text, 0, 60);
    char *at = runut_arena_alloc(arena, 2 * text.size + 1);
    size_t size = 0;
    bool lower = false;
    for (size_t i = 0; i < text.size;) {
        size_t start = i;
        uint32_t code = runut_utf8_next(text, &i);
        if (lower && runut_code_is_upper(code))
            at[size++] = ' ';
        memcpy(at + size, text.at + start, i - start);
        size += i - start;
        lower = runut_code_is_lower(code);
    }
    return runut_utf8_fold(arena, (runut_slice){at, size});
}

/* Does a colon, or its like, follow at `end`? */
static bool colon_follows(runut_slice folded, size_t end)
{
    while (end < folded.size && folded.at[end] == ' ')
        end++;
    if (end >= folded.size)
        return false;
    uint32_t code = runut_utf8_next(folded, &end);
    return code == ':' || code == 0xFF1A || code == 0x2236 || code == '=';
}

static void read_start(runut_plain *self, runut_plain_line *line)
{
    size_t from = 0;
    while (from < line->folded.size) { /* bullets, arrows, brackets */
        size_t next = from;
        uint32_t code = runut_utf8_next(line->folded, &next);
        if (is_letter_or_digit(code) || code == 0xA9 || code == 0x24D2 || code == '(')
            break;
        from = next;
    }
    if (from >= line->folded.size)
        from = 0;
    size_t end = from;
    line->first = runut_cue_at(line->folded, from, &end);
    if (!line->first && line->folded.size > 1 && line->folded.at[from] == '(')
        line->first = runut_cue_at(line->folded, from + 1, &end);
    line->first_size = end - from;
    line->label = line->first && colon_follows(line->folded, end);
    if (line->words <= MOST_WHOLE)
        line->whole = runut_cue_whole(line->folded);
    if (!line->whole && from && line->words <= MOST_WHOLE)
        line->whole = runut_cue_whole(runut_slice_part(line->folded, from, line->folded.size));
    if (!line->first) {
        runut_slice split = unglued(self->arena, line->text);
        uint32_t kinds = runut_cue_at(split, 0, &end);
        bool button = line->words <= BUTTON_WORDS && !line->stop;
        line->glued = (kinds & (RUNUT_CUE_PREVNEXT | RUNUT_CUE_SHARE | (button ? RUNUT_CUE_AD : 0u))) && end > 5;
        if (line->glued)
            line->first = kinds;
    }
}

static void read_inside(runut_plain_line *line)
{
    runut_slice folded = line->folded;
    size_t word = 0;
    if (line->words > SHORT_WORDS)
        return;
    bool inside = false;
    for (size_t i = 0; i < folded.size;) {
        size_t start = i;
        uint32_t code = runut_utf8_next(folded, &i);
        bool now = is_letter_or_digit(code) || code == 0xA9;
        bool solid = code >= 0xE00 && now && !(code >= 0x10A0 && code < 0x1780) && !(code >= 0x1E00 && code < 0x2E80) &&
                     code < 0xA000;
        if (now && (!inside || solid)) {
            size_t end = start;
            uint32_t kinds = runut_cue_at(folded, start, &end);
            line->any |= kinds;
            line->promos += (kinds & RUNUT_CUE_PROMO) != 0;
            line->navs += (kinds & RUNUT_CUE_NAV) != 0;
            if (++word + LAST_WORDS > line->words || end == folded.size)
                line->ending |= kinds;
            if (kinds & (RUNUT_CUE_PROMO | RUNUT_CUE_NAV | RUNUT_CUE_SHARE))
                i = end > i ? end : i;
        }
        inside = now;
    }
}

/* A round bracket that ends the line: what is in it; empty where there is none. */
static runut_slice closing_bracket(runut_slice text)
{
    if (text.size && text.at[text.size - 1] == '.')
        text.size--;
    if (text.size < 3 || text.at[text.size - 1] != ')')
        return (runut_slice){"", 0};
    size_t open = text.size - 1;
    while (open > 0 && text.size - open < 90 && text.at[open] != '(')
        open--;
    if (text.at[open] != '(')
        return (runut_slice){"", 0};
    return runut_slice_part(text, open + 1, text.size - 1);
}

static size_t count_blanks(runut_slice text)
{
    size_t blanks = 0;
    for (size_t i = 0; i < text.size; i++)
        blanks += text.at[i] == ' ';
    return blanks;
}

/* Does the last sentence or part look like a picture's credit: "FOTO: Kabar/AF", "(Dok. Klub)", "/ MATEO IBÁÑEZ"? */
static bool ends_in_credit(runut_plain *self, const runut_plain_line *line)
{
    runut_slice text = line->text, bracket = closing_bracket(text);
    if (bracket.size && !runut_byline_initials(self->arena, text, &(runut_slices){0}, NULL)) {
        uint32_t kinds = runut_cue_at(runut_utf8_fold(self->arena, bracket), 0, NULL);
        bool slash = memchr(bracket.at, '/', bracket.size) && !memchr(bracket.at, ' ', bracket.size);
        for (size_t i = 1; slash && i < bracket.size; i++)
            slash = !runut_is_digit((unsigned char)bracket.at[i]);
        return (kinds & RUNUT_CUE_PHOTO) || slash;
    }
    size_t from = text.size > 60 ? text.size - 60 : 0;
    while (from > 0 && from < text.size && ((unsigned char)text.at[from] & 0xC0) == 0x80)
        from++;
    runut_slice tail = runut_slice_part(text, from, text.size), folded = runut_utf8_fold(self->arena, tail);
    for (size_t i = 1; i < folded.size; i++) {
        if (folded.at[i - 1] != ' ' && folded.at[i - 1] != '(' && folded.at[i - 1] != '/')
            continue;
        size_t end = i;
        if (!(runut_cue_at(folded, i, &end) & RUNUT_CUE_PHOTO))
            continue;
        bool marked =
            colon_follows(folded, end) || (end < folded.size && (folded.at[end] == '/' || folded.at[end] == '.'));
        bool capital = folded.size == tail.size && runut_is_alpha((unsigned char)tail.at[i]) && tail.at[i] < 'a' &&
                       tail.at[i + 1] < 'a' && runut_is_alpha((unsigned char)tail.at[i + 1]);
        if (marked || capital || (folded.at[i - 1] == '/' && end >= folded.size))
            return true;
    }
    size_t slash = runut_slice_find(tail, RUNUT_LITERAL(". / "), 0);
    return slash != SIZE_MAX && !line->stop &&
           runut_byline_is_name(self->arena, runut_slice_part(tail, slash + 4, tail.size));
}

static bool is_caption(runut_plain *self, const runut_plain_line *line)
{
    if (line->words > 60)
        return false;
    bool comma = line->first_size > 8 && line->text.size > line->first_size && line->text.at[line->first_size] == ',';
    if ((line->first & RUNUT_CUE_PHOTO) &&
        (line->label || comma || (line->text.at[line->first_size] == '.' && line->words > 3)))
        return true;
    if (line->words <= 2)
        return false;
    if (ends_in_credit(self, line))
        return true;
    runut_slice bracket = closing_bracket(line->text); /* "The flags of both. (Agency)": after a full stop, no number */
    size_t before = line->text.size > bracket.size + 3 ? line->text.size - bracket.size - 3 : 0;
    return bracket.size && before && line->text.at[before] == ' ' && strchr(".!?", line->text.at[before - 1]) &&
           count_blanks(bracket) <= 3 && runut_utf8_starts_upper(bracket) && line->words <= 30;
}

/* What the words before a dash or colon are, for a dateline. */
typedef struct head_form {
    size_t words, capitals, domains, brackets, commas, numbers, bad;
} head_form;

static void read_head_word(runut_slice word, head_form *form)
{
    size_t letters = 0, upper = 0;
    bool digit = false, first_upper = runut_utf8_starts_upper(word), cased = false;
    form->brackets += memchr(word.at, '(', word.size) != NULL;
    form->commas += word.at[word.size - 1] == ',';
    while (word.size && strchr("(),.;", word.at[word.size - 1]))
        word.size--;
    while (word.size && word.at[0] == '(')
        word = runut_slice_part(word, 1, word.size);
    for (size_t i = 0; i < word.size;) {
        uint32_t code = runut_utf8_next(word, &i);
        letters += runut_code_is_letter(code);
        upper += runut_code_is_upper(code);
        cased |= runut_code_is_upper(code) || runut_code_is_lower(code);
        digit |= runut_code_is_digit(code);
    }
    form->words++;
    bool domain = runut_byline_is_domain(word);
    form->domains += domain;
    form->numbers += digit && !domain;
    form->capitals += !digit && letters >= 3 && upper == letters;
    bool beside_number = form->numbers > 0 && letters >= 3; /* "5 мая", "3 nov" */
    if (letters && cased && !first_upper && !domain && !beside_number && letters > 3)
        form->bad++;
}

/* Where the dash or colon of a dateline stands, 0 where there is none; `*after` is where the text begins. */
static size_t dateline_mark(runut_slice text, size_t from, size_t *after, bool *colon)
{
    for (size_t i = from; i < text.size && i < MOST_DATELINE;) {
        size_t start = i;
        uint32_t code = runut_utf8_next(text, &i);
        bool dash = code == 0x2013 || code == 0x2014 || code == '-' || code == 0x2212 || code == 0x2015;
        bool blank = start > 0 && text.at[start - 1] == ' ';
        bool next_blank = i >= text.size || text.at[i] == ' ' || text.at[i] == '-';
        *colon = (code == ':' || code == 0xFF1A) && next_blank;
        if ((dash && next_blank && (blank || code != '-' || i < text.size)) || *colon) {
            while (i < text.size && (text.at[i] == '-' || text.at[i] == ' '))
                i++;
            *after = i;
            return start;
        }
    }
    return 0;
}

static head_form read_head(runut_slice head)
{
    head_form form = {0};
    runut_slice word;
    while (form.words <= MOST_HEAD_WORDS && runut_slice_field(&head, ' ', &word))
        if (word.size)
            read_head_word(word, &form);
    return form;
}

/* Long text after it, which begins like a sentence. */
static bool text_follows(runut_slice text, size_t after)
{
    if (after >= text.size)
        return true;
    runut_slice rest = runut_slice_part(text, after, text.size);
    size_t i = 0;
    uint32_t code = runut_utf8_next(rest, &i);
    bool begins = !runut_code_is_lower(code) &&
                  (runut_code_is_letter(code) || runut_code_is_digit(code) || code == '"' || code == 0x201C ||
                   code == 0x2018 || code == '\'' || code == 0xAB || code == 0x201E);
    return begins && (rest.size > 60 || count_blanks(rest) >= 8);
}

/* 【共同】, (서울=연합뉴스), （新华社北京4月3日电）, [Agency]: brackets before long text. */
static float bracket_dateline(const runut_plain_line *line, size_t *size)
{
    static const char *const pairs[] = {"【", "】", "(", ")", "（", "）", "[", "]"};
    for (size_t i = 0; i < 8; i += 2) {
        runut_slice open = runut_slice_of(pairs[i]), close = runut_slice_of(pairs[i + 1]);
        if (!runut_slice_starts(line->text, open))
            continue;
        size_t end = runut_slice_find(runut_slice_part(line->text, 0, 80), close, 0);
        if (end == SIZE_MAX || line->text.size < end + 60 || !line->stop)
            return 0;
        *size = end + close.size;
        return i == 0 || runut_slice_find(runut_slice_part(line->text, 0, end), RUNUT_LITERAL("="), 0) != SIZE_MAX
                   ? 4.0f
                   : 1.5f;
    }
    return 0;
}

static float dateline_weight(const head_form *form, bool colon)
{
    if (form->bad || form->words == 0 || form->words > MOST_HEAD_WORDS)
        return 0;
    float weight = 3.0f * (float)(form->domains > 0) + 3.0f * (float)(form->capitals > 0) +
                   2.0f * (float)(form->brackets > 0) + 1.0f * (float)(form->commas > 0) +
                   1.0f * (float)(form->numbers > 0);
    if (!colon)
        weight += form->words <= 3 ? 2.0f : 1.0f;
    else if (form->words <= 2)
        weight += 1.0f;
    return weight < 6.0f ? weight : 6.0f;
}

static void read_dateline(runut_plain_line *line)
{
    size_t size = 0, after = 0;
    bool colon = false;
    line->dateline = bracket_dateline(line, &size);
    if (line->dateline > 0) {
        line->dateline_size = size;
        return;
    }
    size = dateline_mark(line->text, 0, &after, &colon);
    if (size == 0 || (line->label && !line->stop))
        return;
    head_form form = read_head(runut_slice_trim(runut_slice_part(line->text, 0, size)));
    if (form.domains && after < line->text.size && !text_follows(line->text, after))
        return;
    if (!text_follows(line->text, after) || (after >= line->text.size && (colon || form.words < 2)))
        return;
    line->dateline = dateline_weight(&form, colon);
    line->dateline_size = size;
    if (line->dateline <= 0 || !line->stop)
        line->dateline = after >= line->text.size ? line->dateline : line->dateline * 0.5f;
    runut_slice rest = runut_slice_part(line->text, after, after + 40);
    /* "KABAR.ID - SEOUL. Text": the place follows the dash */
    size_t dot = runut_slice_find(rest, RUNUT_LITERAL(". "), 0);
    if (form.domains && dot != SIZE_MAX && read_head(runut_slice_part(rest, 0, dot)).capitals)
        line->dateline_size = after + dot;
}

static void read_date(runut_plain *self, runut_plain_line *line)
{
    line->date = (runut_slice){"", 0};
    if (line->words > DATE_WORDS || !line->digits)
        return;
    line->date = runut_printed_date(self->arena, line->text, self->language, &line->printed);
    size_t left = line->text.size - (line->date.size ? line->printed.size : 0);
    bool sentence = line->stop && (line->words > 8 || line->lower >= 4); /* "… began on 14 September 2002." */
    if (line->date.size && left > (sentence ? 30 : 70))
        line->date.size = 0;
}

static bool has_label(const runut_plain_line *line)
{
    return ((line->any | line->first) & LABELS) != 0;
}

static void read_byline(runut_plain *self, runut_plain_line *line)
{
    runut_slice text = line->raw;
    if (text.size > 2 && text.at[0] == '(' && text.at[text.size - 1] == ')' && line->words > 2)
        text = runut_slice_part(text, 1, text.size - 1);
    if (runut_slice_starts(text, RUNUT_LITERAL("【")) && runut_slice_ends(text, RUNUT_LITERAL("】")))
        text = runut_slice_part(text, 3, text.size - 3);
    if (line->words > 28 || line->dateline >= 3 || (line->words > NAME_WORDS && !has_label(line)))
        return;
    line->is_byline = runut_byline_read(self->arena, text, &line->byline);
}

/* By-lines with a label anywhere; names alone only a few lines before running text or right after it, since no other
 * line is dearer to read. */
static void read_bylines(runut_plain *self)
{
    size_t away = SIZE_MAX / 2;
    for (size_t i = self->size; i-- > 0;) {
        runut_plain_line *line = &self->lines[i];
        away = line->words >= RUNNING_WORDS && (line->stop || line->words >= 3 * RUNNING_WORDS) ? 0 : away + 1;
        line->near_text = away <= NEAR_BEFORE;
    }
    away = SIZE_MAX / 2;
    for (size_t i = 0; i < self->size; i++) {
        runut_plain_line *line = &self->lines[i];
        away = line->words >= RUNNING_WORDS && (line->stop || line->words >= 3 * RUNNING_WORDS) ? 0 : away + 1;
        line->near_text |= away <= NEAR_AFTER || i < NEAR_BEFORE;
        if (line->near_text || has_label(line))
            read_byline(self, line);
    }
}

void runut_plain_read(runut_plain *self)
{
    for (size_t i = 0; i < self->size; i++) {
        runut_plain_line *line = &self->lines[i];
        read_start(self, line);
        read_inside(line);
        read_dateline(line);
        read_date(self, line);
        line->caption = is_caption(self, line);
    }
    read_bylines(self);
}
