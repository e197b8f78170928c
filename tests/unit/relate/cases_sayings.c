/* Which quotations are the same words. Each line of a case is one: day (or "-"), article (with "*": a copy), speaker
 * ("~": only described, "?": unknown), text; parted by "|". Out comes, from the earliest to the latest, what each is:
 *
 *     a1 first
 *     a2 shortened of a1
 *     a3 altered of a1: [here/first]
 */
#include <stdlib.h>

#include "base/buffer.h"
#include "base/vector.h"
#include "relate/sayings.h"
#include "support/cases.h"

static runut_saying read_one(runut_slice line)
{
    runut_slice day = {"", 0}, article = {"", 0}, speaker = {"", 0};
    runut_slice_field(&line, '|', &day);
    runut_slice_field(&line, '|', &article);
    runut_slice_field(&line, '|', &speaker);
    runut_saying s = {.text = line, .day = runut_slice_is(day, "-") ? RUNUT_NO_DAY : runut_day_parse(day)};
    if (runut_slice_ends(article, RUNUT_LITERAL("*"))) {
        s.copy = true;
        article.size--;
    }
    runut_slice_number(article, &s.article);
    s.named = speaker.size && speaker.at[0] != '~' && speaker.at[0] != '?';
    s.speaker = s.named ? speaker : runut_slice_part(speaker, 1, speaker.size);
    return s;
}

static void tell(runut_buffer *out, runut_arena *arena, const runut_saying *all, const runut_saying_link *link,
                 uint32_t i)
{
    static const char *const changes[] = {"first", "same", "shortened", "fuller", "altered"};
    runut_slice text = runut_arena_printf(arena, "a%u %s", all[i].article, changes[link->change]);
    if (link->first != i)
        text = runut_arena_printf(arena, "%s of a%u%s", text.at, all[link->first].article,
                                  link->other_speaker ? " by another" : "");
    runut_buffer_add(out, text);
    for (size_t k = 0; k < link->differences.size; k++) {
        runut_buffer_text(out, k ? " [" : ": [");
        runut_buffer_add(out, link->differences.at[k].here);
        runut_buffer_byte(out, '/');
        runut_buffer_add(out, link->differences.at[k].first);
        runut_buffer_byte(out, ']');
    }
    runut_buffer_byte(out, '\n');
}

static runut_slice run(runut_arena *arena, runut_slice input)
{
    RUNUT_VECTOR(runut_saying) all = {0};
    runut_buffer out = runut_buffer_new(arena, 1u << 20);
    for (runut_slice line; runut_slice_line(&input, &line);)
        if (line.size)
            RUNUT_PUSH(arena, all, read_one(line));
    uint32_t *order;
    const runut_saying_link *links = runut_sayings_join(arena, all.at, all.size, &order);
    for (size_t i = 0; i < all.size; i++)
        tell(&out, arena, all.at, &links[order[i]], order[i]);
    return runut_buffer_slice(&out);
}

int main(int argc, char **argv)
{
    return runut_cases_main(argc, argv, run);
}
