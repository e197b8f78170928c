/* The library as a stranger uses it: public headers only, a store in a folder of its own. Prints TAP. */
#include <runut/engine.h>
#include <runut/filter.h>

#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int number, failed;

static void check(int good, const char *what)
{
    printf("%s %d - %s\n", good ? "ok" : "not ok", ++number, what);
    failed += !good;
}

static int count(void *context, struct json_object *item)
{
    ++*(int *)context;
    return !json_object_object_get(item, "story");
}

static int count_marks(void *context, const runut_filtered *result)
{
    *(int *)context += strstr(result->text, "\"duplicateOf\":") != NULL;
    return 0;
}

int main(void)
{
    char folder[] = "/tmp/runut-public-XXXXXX", text[64], db[64];
    if (!mkdtemp(folder))
        return 1;
    snprintf(text, sizeof text, "%s/a.txt", folder);
    snprintf(db, sizeof db, "%s/a.db", folder);
    FILE *f = fopen(text, "w");
    fputs("Banjir Rendam Tiga Desa\n\nHujan deras merendam tiga desa di tepi sungai sejak Senin malam, kata camat.\n",
          f);
    fclose(f);

    runut *r = NULL;
    runut_error error;
    const char *paths[] = {text};
    runut_add_report report;
    int stories = 0;
    struct json_object *article = NULL;
    check(runut_open(db, RUNUT_READ_ONLY, &r, &error) == RUNUT_ERR_IO && !r,
          "a store that is not there is not opened for reading");
    check(*error.message != '\0', "and the error says why");
    check(runut_open(db, 0, &r, NULL) == RUNUT_OK, "it is made when opened for writing");
    check(runut_add(r, paths, 1, NULL, &report, &error) == RUNUT_OK && report.stored == 1, "a capture is stored");
    check(runut_add(r, paths, 1, NULL, &report, NULL) == RUNUT_OK && report.known == 1, "and known the second time");
    check(runut_stories(r, NULL, count, &stories, &error) == RUNUT_OK && stories == 1, "it is a story");
    check(runut_article_of(r, "a1", &article, &error) == RUNUT_OK, "it is found by its short name");
    check(article && json_object_object_get(article, "articleBody") != NULL, "and has a body");
    json_object_put(article);
    check(runut_article_of(r, "a2", &article, &error) == RUNUT_ERR_NOT_FOUND && !article, "another is not");
    check(runut_story(r, "nonsense", &article, &error) == RUNUT_ERR_USE && !article, "a name of no form is wrong use");
    runut_close(r);
    runut_close(NULL);

    const char *twice[] = {text, text};
    int marks = 0;
    runut_dedup_report seen;
    check(runut_dedup_all(twice, 2, NULL, count_marks, &marks, &seen, &error) == RUNUT_OK && marks == 1,
          "a copy is marked");
    check(seen.passed == 2 && seen.duplicates == 1 && seen.rejected == 0, "and counted");
    printf("1..%d\n", number);
    snprintf(text, sizeof text, "rm -rf %s", folder);
    return system(text) != 0 || failed;
}
