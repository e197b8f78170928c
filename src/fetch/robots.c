/* Rules and paths are brought to one form first: what need not be escaped is not, all else is, so that they can be
 * compared byte by byte. A pattern is then cut at its stars: the first piece must begin the path, each other one is
 * looked for behind the one before it, the leftmost place being as good as any. So a pattern costs what it and the path
 * are long, however many stars it has. */
#include "fetch/robots.h"

#include "base/buffer.h"
#include "base/slice.h"

enum { MOST_DELAY = 3600 };

/* ---- one form ---- */

static int hex(unsigned char c)
{
    return runut_is_digit(c) ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

static bool is_unreserved(unsigned char c)
{
    return runut_is_alpha(c) || runut_is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

static void add_escaped(runut_buffer *out, unsigned char c)
{
    runut_buffer_byte(out, '%');
    runut_buffer_byte(out, "0123456789ABCDEF"[c >> 4]);
    runut_buffer_byte(out, "0123456789ABCDEF"[c & 15]);
}

static runut_slice normal(runut_arena *arena, runut_slice text, bool is_pattern)
{
    runut_buffer out = runut_buffer_new(arena, SIZE_MAX / 2);
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.at[i];
        bool special = is_pattern && (c == '*' || (c == '$' && i + 1 == text.size));
        int high = c == '%' && i + 2 < text.size ? hex((unsigned char)text.at[i + 1]) : -1;
        int low = high >= 0 ? hex((unsigned char)text.at[i + 2]) : -1;
        if (low >= 0) {
            c = (unsigned char)(high << 4 | low);
            i += 2;
        }
        if (is_unreserved(c) || (low < 0 && (special || (c != '*' && c != '$' && c > 32 && c < 127))))
            runut_buffer_byte(&out, (char)c);
        else
            add_escaped(&out, c);
    }
    return runut_buffer_slice(&out);
}

/* ---- reading ---- */

typedef struct reading {
    runut_arena *arena;
    runut_slice product;
    runut_robots ours, others;
    bool named;              /* some group is ours by name */
    bool in_ours, in_others; /* whom the group in hand is for */
    bool agents;             /* its lines that say so are being read */
} reading;

/* "Runut/1.0 (…)": the name is what stands before anything that no name has. */
static runut_slice product_of(runut_slice value)
{
    size_t end = 0;
    while (end < value.size &&
           (runut_is_alpha((unsigned char)value.at[end]) || value.at[end] == '_' || value.at[end] == '-'))
        end++;
    return runut_slice_part(value, 0, end);
}

static void take_agent(reading *self, runut_slice value)
{
    if (!self->agents)
        self->in_ours = self->in_others = false;
    self->agents = true;
    self->in_others |= value.size && value.at[0] == '*';
    self->in_ours |= runut_slice_equal_nocase(product_of(value), self->product);
    self->named |= self->in_ours;
}

static void take_rule(reading *self, runut_slice value, bool allow)
{
    self->agents = false;
    if (value.size == 0) /* "Disallow:" forbids nothing */
        return;
    runut_robots_rule rule = {normal(self->arena, value, true), allow};
    if (self->in_ours)
        RUNUT_PUSH(self->arena, self->ours.rules, rule);
    if (self->in_others)
        RUNUT_PUSH(self->arena, self->others.rules, rule);
}

/* Milliseconds of "2", "0.5"; 0 where it is no number. */
static uint32_t milliseconds(runut_slice value)
{
    uint64_t sum = 0, unit = 1000;
    size_t i = 0;
    for (; i < value.size && runut_is_digit((unsigned char)value.at[i]); i++)
        sum = sum > MOST_DELAY ? sum : sum * 10 + (uint64_t)(value.at[i] - '0');
    sum *= 1000;
    if (i < value.size && value.at[i] == '.')
        for (i++; i < value.size && runut_is_digit((unsigned char)value.at[i]) && unit > 1; i++)
            sum += (uint64_t)(value.at[i] - '0') * (unit /= 10);
    return (uint32_t)(sum < MOST_DELAY * 1000 ? sum : MOST_DELAY * 1000);
}

/* Other records must not part groups (RFC 9309, 2.2.4), so neither does this one. */
static void take_delay(reading *self, runut_slice value)
{
    uint32_t delay = milliseconds(value);
    if (self->in_ours && delay > self->ours.delay)
        self->ours.delay = delay;
    if (self->in_others && delay > self->others.delay)
        self->others.delay = delay;
}

static void take_line(reading *self, runut_slice line)
{
    const char *comment = line.size ? memchr(line.at, '#', line.size) : NULL;
    if (comment)
        line.size = (size_t)(comment - line.at);
    const char *colon = line.size ? memchr(line.at, ':', line.size) : NULL;
    if (!colon)
        return;
    size_t at = (size_t)(colon - line.at);
    runut_slice key = runut_slice_trim(runut_slice_part(line, 0, at));
    runut_slice value = runut_slice_trim(runut_slice_part(line, at + 1, line.size));
    if (runut_slice_equal_nocase(key, RUNUT_LITERAL("user-agent")))
        take_agent(self, value);
    else if (runut_slice_equal_nocase(key, RUNUT_LITERAL("disallow")))
        take_rule(self, value, false);
    else if (runut_slice_equal_nocase(key, RUNUT_LITERAL("allow")))
        take_rule(self, value, true);
    else if (runut_slice_equal_nocase(key, RUNUT_LITERAL("crawl-delay")))
        take_delay(self, value);
}

runut_robots runut_robots_read(runut_arena *arena, runut_slice text, runut_slice product)
{
    reading self = {.arena = arena, .product = product};
    text = runut_slice_part(text, 0, RUNUT_ROBOTS_MOST);
    if (runut_slice_starts(text, RUNUT_LITERAL("\xEF\xBB\xBF")))
        text = runut_slice_part(text, 3, text.size);
    for (runut_slice line; runut_slice_line(&text, &line);)
        take_line(&self, line);
    return self.named ? self.ours : self.others;
}

/* ---- asking ---- */

static bool fits(runut_slice pattern, runut_slice target)
{
    bool whole = pattern.size && pattern.at[pattern.size - 1] == '$', first = true;
    size_t at = 0;
    if (whole)
        pattern.size--;
    for (;;) {
        const char *star = pattern.size ? memchr(pattern.at, '*', pattern.size) : NULL;
        size_t end = star ? (size_t)(star - pattern.at) : pattern.size;
        runut_slice piece = runut_slice_part(pattern, 0, end), rest = runut_slice_part(target, at, target.size);
        if (!star && whole)
            return first ? runut_slice_equal(rest, piece) : runut_slice_ends(rest, piece);
        size_t found = first ? (runut_slice_starts(rest, piece) ? 0 : SIZE_MAX) : runut_slice_find(rest, piece, 0);
        if (found == SIZE_MAX)
            return false;
        at += found + piece.size;
        if (!star)
            return true;
        pattern = runut_slice_part(pattern, end + 1, pattern.size);
        first = false;
    }
}

bool runut_robots_allow(const runut_robots *self, runut_arena *arena, runut_slice target)
{
    const runut_robots_rule *best = NULL;
    if (runut_slice_is(target, "/robots.txt"))
        return true;
    target = normal(arena, target, false);
    for (size_t i = 0; i < self->rules.size; i++) {
        const runut_robots_rule *rule = &self->rules.at[i];
        bool longer = !best || rule->pattern.size > best->pattern.size ||
                      (rule->pattern.size == best->pattern.size && rule->allow);
        if (longer && fits(rule->pattern, target))
            best = rule;
    }
    return !best || best->allow;
}
