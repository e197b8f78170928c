/* Cases of what a page is: article, listing or other. */
#include "base/slice.h"
#include "clean/stage.h"
#include "support/cases.h"

static runut_slice run(runut_arena *arena, runut_slice input)
{
    static const char *const kinds[] = {
        [RUNUT_KIND_ARTICLE] = "article", [RUNUT_KIND_LISTING] = "listing", [RUNUT_KIND_OTHER] = "other"};
    runut_article article = {.date_from = ""};
    runut_clean_page(arena, input, &article);
    return runut_slice_of(kinds[article.kind]);
}

int main(int argc, char **argv)
{
    return runut_cases_main(argc, argv, run);
}
