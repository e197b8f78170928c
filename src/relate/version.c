/* An edit keeps most of the words of the shorter text, whatever it adds, or keeps the headline and some of the words.
 * Of one happening it must tell still: a page of today's prices keeps its sentences and changes its figures, its day
 * and mostly its headline. A front page or a ticker whose address serves the next happening keeps its frame alone. */
#include "relate/version.h"

#include "base/slice.h"
#include "relate/align.h"

static const float MOSTLY = .5f, SOME = .2f, NEARLY_ALL = .9f;

static bool same_headline(const runut_digest *a, const runut_digest *b)
{
    return a->headline.size && runut_slice_equal_nocase(runut_slice_trim(a->headline), runut_slice_trim(b->headline));
}

/* "Harga emas hari ini, 12 Maret 2024" of that day: of the next one it is another report, whatever else is the same. */
static bool names_its_day(const runut_digest *d)
{
    int year, month, day;
    if (d->published == RUNUT_NO_DAY)
        return false;
    runut_day_split(d->published, &year, &month, &day);
    for (size_t i = 0; i < d->headline.size; i++) {
        size_t start = i;
        int number = 0;
        while (i < d->headline.size && runut_is_digit((unsigned char)d->headline.at[i]) && i - start < 3)
            number = number * 10 + (d->headline.at[i++] - '0');
        if (i > start && number == day)
            return true;
    }
    return false;
}

bool runut_version_judge(runut_comparer *comparer, runut_arena *arena, const runut_digest *a, const runut_digest *b)
{
    if (!runut_same_language(a, b))
        return false;
    if (a->published != b->published && names_its_day(a) && names_its_day(b))
        return false;
    const runut_comparison *c = runut_compare_digests(comparer, arena, a, b, NULL, NULL);
    float share = c->a_share > c->b_share ? c->a_share : c->b_share;
    bool headline = same_headline(a, b);
    if (share >= NEARLY_ALL && headline)
        return true;
    return c->same_event && (share >= MOSTLY || (headline && share >= SOME));
}
