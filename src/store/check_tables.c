/* Do the tables agree with one another? References by one query each, which gives the place and what is wrong with it;
 * the sums of events and stories by making them again (sum.c) and comparing. */
#include <stdio.h>
#include <string.h>

#include "store/check_parts.h"

#define NO_ARTICLE(of) "NOT EXISTS (SELECT 1 FROM article WHERE number = " of ")"

/* Not from year 1 to 9999. */
#define NO_DAY "(typeof(day) <> 'integer' OR day NOT BETWEEN -719162 AND 2932896)"

static const char *const references[] = {
    "SELECT 'a' || n.article, 'is not there, but has ' || count(*) || ' names' FROM name n WHERE " NO_ARTICLE(
        "n.article") " GROUP BY n.article",
    "SELECT 'a' || d.article, 'is not there, but has disagreements' FROM dispute d WHERE " NO_ARTICLE(
        "d.article") " GROUP BY d.article",
    "SELECT 'a' || l.article, 'is not there, but has lines of its capture' FROM line l WHERE " NO_ARTICLE("l.article"),
    "SELECT 'a' || c.article, 'is not there, but has a checksum' FROM checksum c WHERE " NO_ARTICLE("c.article"),
    "SELECT 'a' || m.article, 'is not there, but came to another event' FROM move m WHERE " NO_ARTICLE(
        "m.article") " GROUP BY m.article",
    "SELECT 'a' || t.id, 'is not there, but is in the full text index' FROM article_text_docsize t WHERE " NO_ARTICLE(
        "t.id"),
    "SELECT 'a' || number, 'is not in the full text index' FROM article a"
    " WHERE NOT EXISTS (SELECT 1 FROM article_text_docsize WHERE id = a.number)",
    "SELECT 'a' || number, CASE WHEN event = 0 THEN 'is of no event' ELSE 'is of event e' || event ||"
    " ', which is not there' END FROM article a WHERE NOT EXISTS (SELECT 1 FROM event WHERE number = a.event)",
    "SELECT 'a' || number, 'is told to take its text from a' || reuse_of || ', which is not there' FROM article a"
    " WHERE reuse_of <> 0 AND " NO_ARTICLE("a.reuse_of"),
    "SELECT 'a' || number, 'has a day that is none' FROM article"
    " WHERE day IS NOT NULL AND " NO_DAY,
    "SELECT 'e' || number, 'has a day that is none' FROM event WHERE (day IS NOT NULL AND " NO_DAY ") OR"
    " year NOT BETWEEN 0 AND 9999 OR month NOT BETWEEN 0 AND 12",
    "SELECT 'e' || number, 'has the headline of a' || title || ', which is not one of its articles' FROM event e"
    " WHERE NOT EXISTS (SELECT 1 FROM article WHERE number = e.title AND event = e.number)",
    "SELECT 'e' || number, 'has origins that are no JSON' FROM event"
    " WHERE CASE WHEN json_valid(origins) THEN json_type(origins) <> 'array' ELSE 1 END",
    "SELECT 'e' || number, 'is of story s' || story || ', which is not there' FROM event e"
    " WHERE NOT EXISTS (SELECT 1 FROM story WHERE number = e.story)",
    "SELECT 's' || number, 'has no event' FROM story s WHERE NOT EXISTS (SELECT 1 FROM event WHERE story = s.number)",
    "SELECT n, 'this counter is not there' FROM (SELECT 'generation' AS n UNION SELECT 'lines' UNION SELECT 'versions')"
    " WHERE n NOT IN (SELECT name FROM counter)",
    "SELECT 'a' || number, 'is not found by its address' FROM article a WHERE address(url) <> 0"
    " AND NOT EXISTS (SELECT 1 FROM address WHERE hash = address(a.url) AND article = a.number)",
    "SELECT 'a' || d.article, 'is found by an address that is not its own' FROM address d LEFT JOIN article a"
    " ON a.number = d.article WHERE a.number IS NULL OR address(a.url) <> d.hash",
    "SELECT 'a' || v.article, 'is told to be a version of a' || v.replaces || ', but one of them is not there'"
    " FROM version v WHERE " NO_ARTICLE("v.article") " OR " NO_ARTICLE("v.replaces"),
    "SELECT 'a' || replaces, 'has ' || count(*) || ' newer versions' FROM version GROUP BY replaces HAVING count(*) > "
    "1",
    "SELECT 'a' || article, 'is told to be a version of itself, by others' FROM version WHERE article NOT IN ("
    "WITH RECURSIVE chain(article) AS (SELECT replaces FROM version WHERE replaces NOT IN (SELECT article FROM version)"
    " UNION SELECT v.article FROM chain c JOIN version v ON v.replaces = c.article) SELECT article FROM chain)",
    "SELECT 'arrival', 'a' || first || ' arrived, but is not there' FROM arrival"
    " WHERE first < 1 OR first > (SELECT ifnull(max(number), 0) FROM article)",
};

/* Of articles whose relation is no JSON that is told; here they have none. */
#define DISPUTES                                                                                                       \
    "SELECT DISTINCT a.number, ifnull(json_extract(d.value, '$.about'), '') FROM article a,"                           \
    " json_each(CASE WHEN json_valid(a.relation) THEN a.relation ELSE '{}' END, '$.disagreements') d"

static const char *const sums[] = {
    "SELECT text, 'is counted ' || sum(have) || ' times and stands in ' || sum(want) || ' articles' FROM ("
    "SELECT kind, key, text, articles AS have, 0 AS want FROM value UNION ALL"
    " SELECT kind, key, text, 0, count(*) FROM name GROUP BY kind, key, text UNION ALL"
    " SELECT 16, '', publisher, 0, count(*) FROM article WHERE publisher <> '' GROUP BY publisher UNION ALL"
    " SELECT 17, '', language, 0, count(*) FROM article WHERE language <> '' GROUP BY language)"
    " GROUP BY kind, key, text HAVING sum(have) <> sum(want)",
    "SELECT text, 'is folded as ' || folded FROM value WHERE folded <> fold(text)",
    "SELECT 'a' || article, 'has disagreements that its relation does not tell' FROM"
    " (SELECT article, about FROM dispute EXCEPT " DISPUTES ") GROUP BY article",
    "SELECT 'a' || column1, 'tells disagreements that are not counted' FROM (SELECT number AS column1, about FROM"
    " (SELECT a.number AS number, ifnull(json_extract(d.value, '$.about'), '') AS about FROM article a,"
    " json_each(CASE WHEN json_valid(a.relation) THEN a.relation ELSE '{}' END, '$.disagreements') d)"
    " EXCEPT SELECT article, about FROM dispute) GROUP BY column1",
};

static const char *text_of(sqlite3_stmt *s, int at)
{
    const char *text = (const char *)sqlite3_column_text(s, at);
    return text ? text : "";
}

static int tell_rows(runut_store_check *self, const char *sql)
{
    sqlite3_stmt *s = NULL;
    int code;
    while (runut_store_check_row(self, &s, sql, &code))
        runut_store_check_tell(self, text_of(s, 0), "%s", text_of(s, 1));
    return code;
}

/* ---- the sums of events and stories ---- */

typedef int (*differs)(runut_store *store, uint32_t number, const char **what, runut_error *error);

static int check_sums_of(runut_store_check *self, const char *sql, char letter, differs differ, uint64_t *count)
{
    sqlite3_stmt *s = NULL;
    int code;
    while (runut_store_check_row(self, &s, sql, &code)) {
        char place[16];
        const char *what = NULL;
        runut_error error;
        uint32_t number = (uint32_t)sqlite3_column_int64(s, 0);
        snprintf(place, sizeof place, "%c%u", letter, number);
        code = differ(self->store, number, &what, &error);
        if (code != RUNUT_OK)
            code = runut_store_check_failed(self, sqlite3_extended_errcode(self->store->db), place);
        else if (what)
            runut_store_check_tell(self, place, "its sums are not right: %s", what);
        if (code != RUNUT_OK)
            break;
        runut_store_check_progress(self, ++*count, 0);
    }
    sqlite3_finalize(s);
    return code;
}

/* Sums are made of days: of what is none no sum is. */
static int days_are_days(runut_store_check *self, bool *good)
{
    sqlite3_stmt *s = NULL;
    int code;
    *good = true;
    while (runut_store_check_row(self, &s, "SELECT 1 FROM article WHERE day IS NOT NULL AND " NO_DAY " LIMIT 1", &code))
        *good = false;
    return code;
}

static int check_sums(runut_store_check *self)
{
    bool days;
    int code = days_are_days(self, &days);
    runut_store_check_part(self, "sums");
    for (size_t i = 0; i < sizeof sums / sizeof *sums && code == RUNUT_OK; i++)
        code = tell_rows(self, sums[i]);
    if (code != RUNUT_OK || !days)
        return code;
    if (code == RUNUT_OK)
        code = check_sums_of(self, "SELECT number FROM event", 'e', runut_store_event_differs, &self->counts.events);
    if (code == RUNUT_OK)
        code = check_sums_of(self, "SELECT number FROM story", 's', runut_store_story_differs, &self->counts.stories);
    return code;
}

int runut_store_check_tables(runut_store_check *self)
{
    int code = RUNUT_OK;
    runut_store_check_part(self, "references");
    for (size_t i = 0; i < sizeof references / sizeof *references && code == RUNUT_OK; i++) {
        code = tell_rows(self, references[i]);
        runut_store_check_progress(self, i + 1, sizeof references / sizeof *references);
    }
    return code == RUNUT_OK ? check_sums(self) : code;
}
