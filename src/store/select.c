#include "store/select.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"

void runut_select_add(runut_select *self, const char *text)
{
    size_t size = strlen(text);
    if (size < RUNUT_SELECT_SQL - self->size) {
        memcpy(self->sql + self->size, text, size + 1);
        self->size += size;
    }
}

void runut_select_text(runut_select *self, runut_slice text)
{
    self->bound[self->count].is_text = true;
    self->bound[self->count++].text = text;
}

void runut_select_number(runut_select *self, int64_t number)
{
    self->bound[self->count].is_text = false;
    self->bound[self->count++].number = number;
}

char *runut_select_words(runut_slice words)
{
    char *out = malloc(words.size * 4 + 8), *end = out;
    if (!out)
        return NULL;
    bool phrase = false, open = false;
    for (size_t i = 0; i < words.size; i++) {
        char c = words.at[i];
        bool ends = c == '"' || c == '\0' || (!phrase && runut_is_space((unsigned char)c));
        if (c == '"')
            phrase = !phrase;
        if (ends && open) {
            *end++ = '"';
            *end++ = ' ';
            open = false;
        }
        if (ends)
            continue;
        if (!open)
            *end++ = '"';
        open = true;
        *end++ = c;
    }
    if (open)
        *end++ = '"';
    *end = '\0';
    return out;
}

/* A name as it is stored, or a part of one, case and accents aside. Distinct names are few: they are looked through,
 * and then their articles are known. */
static void name_condition(runut_select *self, int kind, runut_slice text)
{
    if (text.size == 0)
        return;
    runut_select_add(self, " AND a.number IN (SELECT n.article FROM value v CROSS JOIN name n ON n.key = v.key"
                           " AND n.kind = v.kind AND n.text = v.text WHERE v.kind = ?"
                           " AND (v.key = ? OR instr(v.folded, fold(?))))");
    runut_select_number(self, kind);
    runut_select_text(self, text);
    runut_select_text(self, text);
}

void runut_select_common(runut_select *self, int kind, runut_slice text)
{
    runut_select_add(self, " AND EXISTS (SELECT 1 FROM name n WHERE n.article = a.number AND n.kind = ?"
                           " AND (n.key = ? OR instr(fold(n.text), fold(?))))");
    runut_select_number(self, kind);
    runut_select_text(self, text);
    runut_select_text(self, text);
}

bool runut_select_narrows(const runut_store_filter *f)
{
    return f->words.size || f->since != RUNUT_NO_DAY || f->until != RUNUT_NO_DAY || f->publisher.size ||
           f->language.size || f->person.size || f->organization.size || f->place.size || f->event || f->story;
}

void runut_select_conditions(runut_select *self, const runut_store_filter *filter)
{
    runut_select_add(self, "1");
    if (self->words) {
        runut_select_add(self, " AND article_text MATCH ?");
        runut_select_text(self, runut_slice_of(self->words));
    }
    if (filter->since != RUNUT_NO_DAY) {
        runut_select_add(self, " AND a.day >= ?");
        runut_select_number(self, filter->since);
    }
    if (filter->until != RUNUT_NO_DAY) {
        runut_select_add(self, " AND a.day <= ?");
        runut_select_number(self, filter->until);
    }
    if (filter->publisher.size) {
        runut_select_add(self, " AND a.publisher = ? COLLATE NOCASE");
        runut_select_text(self, filter->publisher);
    }
    if (filter->language.size) {
        runut_select_add(self, " AND a.language = ? COLLATE NOCASE");
        runut_select_text(self, filter->language);
    }
    name_condition(self, RUNUT_PERSON, filter->person);
    name_condition(self, RUNUT_ORGANIZATION, filter->organization);
    name_condition(self, RUNUT_PLACE, filter->place);
    if (filter->event) {
        runut_select_add(self, " AND a.event = ?");
        runut_select_number(self, filter->event);
    }
    if (filter->story) {
        runut_select_add(self, " AND a.event IN (SELECT number FROM event WHERE story = ?)");
        runut_select_number(self, filter->story);
    }
}

void runut_select_limit(runut_select *self, uint32_t most)
{
    if (most) {
        runut_select_add(self, " LIMIT ?");
        runut_select_number(self, most);
    }
}

int runut_select_prepare(runut_store *self, runut_select *q, sqlite3_stmt **s, runut_error *error)
{
    if (q->words && !*q->words) /* nothing but quotation marks, say */
        return runut_error_set(error, RUNUT_ERR_USE, "nothing to search for");
    int code = sqlite3_prepare_v2(self->db, q->sql, -1, s, NULL);
    if (code != SQLITE_OK)
        return runut_store_fail(self, code, error);
    for (int i = 0; i < q->count; i++) {
        if (q->bound[i].is_text)
            runut_store_bind(*s, i + 1, q->bound[i].text);
        else
            sqlite3_bind_int64(*s, i + 1, q->bound[i].number);
    }
    return RUNUT_OK;
}

int runut_select_rows(runut_store *store, sqlite3_stmt *s, void (*read)(sqlite3_stmt *s, runut_row *row),
                      runut_on_row on_row, void *context, uint32_t *count, runut_error *error)
{
    int step, code = RUNUT_OK;
    while (code == RUNUT_OK && (step = sqlite3_step(s)) != SQLITE_DONE) {
        runut_row row;
        if (step != SQLITE_ROW) {
            code = runut_store_fail(store, step, error);
            break;
        }
        read(s, &row);
        if (count)
            ++*count;
        if (on_row(context, &row))
            code = runut_error_set(error, RUNUT_ERR_STOPPED, "stopped");
    }
    sqlite3_finalize(s);
    return code;
}
