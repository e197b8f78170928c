/* Each member has a header before its bytes, and all of them once more in the central directory behind the last one,
 * which only who may seek can read first. The headers suffice: where a writer did not know the size before it wrote,
 * deflate tells where it ends, and the sizes follow (a data descriptor). A stored member without a size is the one
 * thing that cannot be read so; it is told, and reading goes on at the next header, as after all that is broken. */
#define _GNU_SOURCE /* memmem */
#include "read/zip.h"

#include <string.h>

#include "base/error.h"
#include "base/slice.h"

enum { HEADER = 30, STEP = 64 * 1024, STORED = 0, DEFLATED = 8, BZIPPED = 12, ZSTANDARD = 93, XZ = 95 };

typedef struct member {
    uint64_t byte, packed;
    unsigned flags, method;
    uint32_t crc;
    runut_slice name; /* in the zip's scratch */
    bool descriptor;  /* sizes follow */
    bool sized;       /* `packed` is known */
} member;

typedef struct zip {
    runut_reading *reading;
    runut_input *input;
    runut_slice file;
    uint64_t members;
    runut_scratch header;
} zip;

static uint64_t little(const char *at, size_t size)
{
    uint64_t number = 0;
    for (size_t i = size; i-- > 0;)
        number = number << 8 | (unsigned char)at[i];
    return number;
}

static bool is_signature(runut_slice there, const char *kind)
{
    return there.size >= 4 && there.at[0] == 'P' && there.at[1] == 'K' && there.at[2] == kind[0] &&
           there.at[3] == kind[1];
}

bool runut_zip_is(runut_slice start)
{
    return is_signature(start, "\3\4") || is_signature(start, "\5\6") ||
           (is_signature(start, "\7\10") && is_signature(runut_slice_part(start, 4, 8), "\3\4"));
}

static bool is_next(runut_slice there)
{
    return is_signature(there, "\3\4") || is_signature(there, "\1\2") || is_signature(there, "\5\6") ||
           is_signature(there, "\6\6");
}

static void reject(zip *self, const member *m, const char *why)
{
    runut_error error;
    runut_error_set(&error, RUNUT_ERR_INPUT, "%s%s%.200s%s", why, m->name.size ? " (" : "",
                    m->name.size ? m->name.at : "", m->name.size ? ")" : "");
    runut_reading_reject(self->reading, self->file, self->members, m->byte, &error);
}

/* Passes over bytes up to the next header of a member, or of the central directory. */
static void seek_next(zip *self)
{
    for (;;) {
        runut_slice there = runut_input_ahead(self->input, STEP);
        const char *found = there.size ? memmem(there.at, there.size, "PK", 2) : NULL;
        size_t at = found ? (size_t)(found - there.at) : there.size;
        runut_input_take(self->input, at);
        if (!found && there.size < STEP)
            return;
        if (found && is_next(runut_input_ahead(self->input, 4)))
            return;
        runut_input_take(self->input, found != NULL);
    }
}

/* ---- headers ---- */

/* The sizes that did not fit: field 1 of the extra ones. */
static void read_zip64(runut_slice extra, const char *header, member *m)
{
    while (extra.size >= 4) {
        size_t size = (size_t)little(extra.at + 2, 2);
        runut_slice field = runut_slice_part(extra, 4, 4 + size);
        size_t at = little(header + 22, 4) == UINT32_MAX ? 8 : 0;
        if (little(extra.at, 2) == 1 && field.size >= at + 8) {
            m->packed = little(field.at + at, 8);
            m->sized = true;
        }
        extra = runut_slice_part(extra, 4 + size, extra.size);
    }
}

/* The header that begins here; RUNUT_ERR_INPUT where it is cut off. */
static int read_header(zip *self, member *m)
{
    runut_slice there = runut_input_ahead(self->input, HEADER);
    size_t name = there.size < HEADER ? 0 : (size_t)little(there.at + 26, 2);
    size_t size = there.size < HEADER ? HEADER : HEADER + name + (size_t)little(there.at + 28, 2);
    there = runut_slice_part(runut_input_ahead(self->input, size), 0, size);
    runut_scratch_reset(&self->header);
    if (there.size < size)
        return RUNUT_ERR_INPUT;
    if (!runut_scratch_add(&self->header, there) || !runut_scratch_add(&self->header, (runut_slice){"", 1}))
        return RUNUT_ERR_MEMORY;
    runut_input_take(self->input, size);
    const char *at = self->header.at;
    m->flags = (unsigned)little(at + 6, 2);
    m->method = (unsigned)little(at + 8, 2);
    m->crc = (uint32_t)little(at + 14, 4);
    m->descriptor = m->flags & 8;
    m->packed = little(at + 18, 4);
    m->sized = (m->packed || !m->descriptor) && m->packed != UINT32_MAX;
    m->name = (runut_slice){at + HEADER, name};
    if (m->packed == UINT32_MAX)
        read_zip64((runut_slice){at + HEADER + name, size - HEADER - name}, at, m);
    if (m->packed == 0 && m->descriptor)
        m->sized = false;
    self->header.at[HEADER + name] = '\0'; /* behind the name: what stood there is read */
    return RUNUT_OK;
}

/* Is one of the files that only documents, books and programs have the first one? `bytes`: what it begins with. */
static const char *document_of(runut_slice name, runut_slice bytes)
{
    static const char *const folders[] = {"_rels/", "docProps/", "word/", "xl/", "ppt/"};
    if (runut_slice_is(name, "mimetype"))
        return runut_slice_find(bytes, RUNUT_LITERAL("epub"), 0) != SIZE_MAX
                   ? "a book (EPUB): not read"
                   : "an office document (odt, ods, odp): not read";
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (runut_slice_starts(name, runut_slice_of(folders[i])) || runut_slice_is(name, "[Content_Types].xml"))
            return "an office document (docx, xlsx, pptx): not read";
    return runut_slice_starts(name, RUNUT_LITERAL("META-INF/")) ? "a program (jar, apk): not read" : NULL;
}

/* Passes over the sizes behind a member: with or without a signature, of four bytes each or eight. */
static void skip_descriptor(zip *self)
{
    static const size_t sizes[] = {16, 24, 12, 20};
    runut_slice there = runut_input_ahead(self->input, 28);
    for (size_t i = is_signature(there, "\7\10") ? 0 : 2; i < 4; i++)
        if (is_next(runut_slice_part(there, sizes[i], there.size))) {
            runut_input_take(self->input, sizes[i]);
            return;
        }
}

/* ---- members ---- */

static int read_inner(zip *self, const member *m)
{
    runut_error error;
    uint64_t start = runut_input_at(self->input);
    runut_form form = m->method == DEFLATED ? RUNUT_FORM_DEFLATE
                      : m->method == STORED ? RUNUT_FORM_PLAIN
                                            : RUNUT_FORM_ANY; /* as a file of its own */
    runut_input *inner = runut_input_within(self->input, form, m->sized ? m->packed : UINT64_MAX, &error);
    if (!inner)
        return RUNUT_ERR_MEMORY;
    if (!m->descriptor || m->crc)
        runut_input_expect(inner, &m->crc);
    else if (!m->sized)
        runut_input_expect(inner, NULL);
    int code = runut_reading_member(self->reading, inner, self->file, m->name, self->members);
    bool good = code != RUNUT_OK || m->sized || runut_input_finish(inner);
    runut_input_close(inner);
    if (code == RUNUT_OK && m->sized)
        runut_input_skip(self->input, m->packed - (runut_input_at(self->input) - start));
    else if (!good)
        seek_next(self);
    if (code == RUNUT_OK && m->descriptor && good)
        skip_descriptor(self);
    return code;
}

static void skip_member(zip *self, const member *m)
{
    if (m->sized)
        runut_input_skip(self->input, m->packed);
    else
        seek_next(self);
    if (m->descriptor && m->sized)
        skip_descriptor(self);
}

static bool is_folder(runut_slice name)
{
    return name.size && (name.at[name.size - 1] == '/' || name.at[name.size - 1] == '\\');
}

static bool is_known(unsigned method)
{
    return method == STORED || method == DEFLATED || method == BZIPPED || method == ZSTANDARD || method == XZ;
}

/* RUNUT_ERR_NOT_FOUND: nothing of it is wanted. */
static int read_member(zip *self)
{
    member m = {.byte = runut_input_at(self->input), .name = {"", 0}};
    const char *why = NULL;
    int code = read_header(self, &m);
    self->members++;
    if (code == RUNUT_ERR_INPUT && runut_input_failure(self->input, NULL) == RUNUT_OK) {
        reject(self, &m, "zip archive ends in the middle");
        runut_input_skip(self->input, UINT64_MAX);
    }
    if (code != RUNUT_OK)
        return code == RUNUT_ERR_INPUT ? RUNUT_ERR_NOT_FOUND : code;
    const char *document =
        self->members == 1 ? document_of(m.name, runut_slice_part(runut_input_ahead(self->input, 64), 0, 64)) : NULL;
    if (document) {
        m.name = (runut_slice){"", 0};
        reject(self, &m, document);
        return RUNUT_ERR_NOT_FOUND;
    }
    bool skipped = is_folder(m.name) || runut_reading_is_hidden(m.name);
    if (skipped && !is_folder(m.name))
        runut_reading_skip(self->reading, RUNUT_SKIP_MEMBER);
    if (m.flags & 1)
        why = "encrypted member of a zip archive";
    else if (!is_known(m.method))
        why = "member of a zip archive packed in a way that is not known";
    else if (m.method != DEFLATED && !m.sized && !skipped)
        why = "member of a zip archive stored without its size";
    if (why && !skipped)
        reject(self, &m, why);
    if (!why && !skipped)
        return read_inner(self, &m);
    skip_member(self, &m);
    return RUNUT_OK;
}

static int read_members(zip *self)
{
    for (;;) {
        member here = {.byte = runut_input_at(self->input), .name = {"", 0}};
        runut_slice there = runut_input_ahead(self->input, 4);
        if (there.size == 0 || is_signature(there, "\1\2") || is_signature(there, "\5\6") ||
            is_signature(there, "\6\6"))
            return RUNUT_OK;
        if (is_signature(there, "\3\4")) {
            int code = read_member(self);
            if (code != RUNUT_OK)
                return code == RUNUT_ERR_NOT_FOUND ? RUNUT_OK : code;
            continue;
        }
        if (here.byte || !is_signature(there, "\7\10")) /* which may stand before all */
            reject(self, &here, "here no member of the zip archive begins");
        runut_input_take(self->input, 1);
        seek_next(self);
    }
}

int runut_zip_read(runut_reading *reading, runut_input *input, runut_slice file)
{
    zip self = {.reading = reading, .input = input, .file = file};
    runut_error error = {0};
    int code = read_members(&self);
    if (code == RUNUT_OK && runut_input_failure(input, &error) != RUNUT_OK)
        runut_reading_reject(reading, file, self.members, error.byte, &error);
    runut_scratch_free(&self.header);
    return code;
}
