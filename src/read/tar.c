/* A header of 512 bytes, the file's bytes, zeros up to the next multiple of 512; a header of zeros ends the archive.
 * Names longer than a header holds, and sizes past 8 GiB, come in headers of their own before it: 'x' (pax: "LENGTH
 * key=value\n"), 'L' (GNU: the name). A header with a wrong checksum is damage: what follows is searched, block by
 * block, for the next sound one. Sparse files are refused: their bytes are not those of the file. */
#include "read/tar.h"

#include <string.h>

#include "base/error.h"
#include "base/slice.h"

enum { BLOCK = 512, MOST_EXTENSION = 1 << 20 };

enum { NAME = 0, SIZE = 124, CHECKSUM = 148, TYPE = 156, MAGIC = 257, PREFIX = 345 };

typedef struct tar {
    runut_reading *reading;
    runut_input *input;
    runut_slice file;
    uint64_t members;
    bool lost, told;
    bool has_size, sparse; /* what extensions say of the member to come */
    uint64_t size;
    runut_scratch name; /* as extensions have it, else empty */
    runut_scratch label;
} tar;

/* Octal digits between blanks, or GNU's base 256 where the first bit is set. */
static bool read_number(const char *at, size_t size, uint64_t *number)
{
    size_t i = 0;
    bool any = false;
    *number = 0;
    if ((unsigned char)at[0] == 0x80) {
        for (i = 1; i < size; i++) {
            if (*number >> 54)
                return false;
            *number = *number << 8 | (unsigned char)at[i];
        }
        return true;
    }
    while (i < size && at[i] == ' ')
        i++;
    for (; i < size && at[i] >= '0' && at[i] <= '7'; i++, any = true)
        *number = *number << 3 | (uint64_t)(at[i] - '0');
    return any && (i == size || at[i] == ' ' || at[i] == '\0');
}

/* The sum of a header's bytes, its own field taken for blanks; some old programs took bytes for signed. */
static bool is_header(runut_slice block)
{
    uint64_t said;
    uint32_t sum = 8 * ' ';
    int32_t other = 8 * ' ';
    if (block.size < BLOCK || !read_number(block.at + CHECKSUM, 8, &said))
        return false;
    for (size_t i = 0; i < BLOCK; i++)
        if (i < CHECKSUM || i >= CHECKSUM + 8) {
            sum += (unsigned char)block.at[i];
            other += (signed char)block.at[i];
        }
    return sum == said || (other >= 0 && (uint32_t)other == said);
}

bool runut_tar_is(runut_slice start)
{
    return start.size >= BLOCK && start.at[0] != '\0' && is_header(start);
}

static bool is_zero(runut_slice block)
{
    for (size_t i = 0; i < block.size; i++)
        if (block.at[i])
            return false;
    return true;
}

static void reject(tar *self, uint64_t byte, const char *why)
{
    runut_error error;
    runut_error_set(&error, RUNUT_ERR_INPUT, "%s", why);
    runut_reading_reject(self->reading, self->file, self->members, byte, &error);
}

static runut_slice field(const char *at, size_t size)
{
    const char *end = memchr(at, '\0', size);
    return (runut_slice){at, end ? (size_t)(end - at) : size};
}

/* ---- names and sizes in headers of their own ---- */

static bool take_name(tar *self, runut_slice name)
{
    runut_scratch_reset(&self->name);
    return runut_scratch_add(&self->name, name);
}

static bool take_pax_field(tar *self, runut_slice key, runut_slice value)
{
    if (runut_slice_is(key, "path") || runut_slice_is(key, "GNU.sparse.name"))
        return take_name(self, value);
    if (runut_slice_starts(key, RUNUT_LITERAL("GNU.sparse.")))
        self->sparse = true;
    if (!runut_slice_is(key, "size"))
        return true;
    self->size = 0;
    self->has_size = true;
    for (size_t i = 0; i < value.size; i++)
        if (runut_is_digit((unsigned char)value.at[i]) && self->size >> 58 == 0)
            self->size = self->size * 10 + (uint64_t)(value.at[i] - '0');
        else
            self->has_size = false;
    return true;
}

/* Broken lines end it: what was read so far counts. False when memory is out. */
static bool read_pax(tar *self, runut_slice text)
{
    while (text.size) {
        uint32_t size;
        runut_slice rest = runut_slice_part(text, 0, 16), digits;
        if (!runut_slice_field(&rest, ' ', &digits) || !runut_slice_number(digits, &size) || size > text.size ||
            size <= digits.size + 2 || text.at[size - 1] != '\n')
            return true;
        runut_slice value = runut_slice_part(text, digits.size + 1, size - 1), key;
        const char *equal = memchr(value.at, '=', value.size);
        if (!equal)
            return true;
        key = runut_slice_part(value, 0, (size_t)(equal - value.at));
        if (!take_pax_field(self, key, runut_slice_part(value, key.size + 1, value.size)))
            return false;
        text = runut_slice_part(text, size, text.size);
    }
    return true;
}

static int read_extension(tar *self, char type, uint64_t size, uint64_t byte)
{
    if (size > MOST_EXTENSION) {
        reject(self, byte, "tar header with a name of more than 1 MiB");
        runut_input_skip(self->input, size);
        return RUNUT_OK;
    }
    runut_slice text = runut_slice_part(runut_input_ahead(self->input, (size_t)size), 0, (size_t)size);
    bool good = type == 'L' ? take_name(self, field(text.at, text.size)) : read_pax(self, text);
    runut_input_take(self->input, text.size);
    return good ? RUNUT_OK : RUNUT_ERR_MEMORY;
}

/* ---- members ---- */

/* The member's name: from an extension, else from its header. */
static bool make_label(tar *self, const char *header)
{
    runut_slice prefix = field(header + PREFIX, 155);
    bool posix = memcmp(header + MAGIC, "ustar\0", 6) == 0;
    runut_scratch_reset(&self->label);
    if (self->name.size)
        return runut_scratch_add(&self->label, runut_scratch_slice(&self->name));
    if (posix && prefix.size)
        if (!runut_scratch_add(&self->label, prefix) || !runut_scratch_add(&self->label, RUNUT_LITERAL("/")))
            return false;
    return runut_scratch_add(&self->label, field(header + NAME, 100));
}

static int read_member(tar *self, uint64_t size)
{
    runut_error error;
    runut_slice name = runut_scratch_slice(&self->label);
    uint64_t end = runut_input_at(self->input) + size;
    if (name.size == 0 || runut_reading_is_hidden(name)) {
        runut_reading_skip(self->reading, RUNUT_SKIP_MEMBER);
        runut_input_skip(self->input, size);
        return RUNUT_OK;
    }
    runut_input *inner = runut_input_within(self->input, RUNUT_FORM_ANY, size, &error);
    if (!inner)
        return RUNUT_ERR_MEMORY;
    int code = runut_reading_member(self->reading, inner, self->file, name, self->members);
    runut_input_close(inner);
    runut_input_skip(self->input, end - runut_input_at(self->input));
    self->told = runut_input_failure(self->input, NULL) != RUNUT_OK; /* by whoever read the member */
    return code;
}

static void forget_extensions(tar *self)
{
    runut_scratch_reset(&self->name);
    self->has_size = self->sparse = false;
}

/* `header`: a copy. */
static int read_entry(tar *self, const char *header, uint64_t byte)
{
    uint64_t size;
    char type = header[TYPE];
    if (!read_number(header + SIZE, 12, &size)) {
        self->members++;
        reject(self, byte, "tar header with a broken size");
        return RUNUT_OK;
    }
    if (type == 'x' || type == 'L')
        return read_extension(self, type, size, byte);
    if (type == 'g' || type == 'K' || type == 'V') {
        runut_input_skip(self->input, size);
        return RUNUT_OK;
    }
    int code = RUNUT_OK;
    bool is_file = type == '0' || type == '\0' || type == '7', sparse = self->sparse || type == 'S';
    size = self->has_size ? self->size : size;
    self->members += is_file || sparse;
    if (sparse)
        reject(self, byte, "sparse file in a tar archive");
    if (is_file && !sparse)
        code = make_label(self, header) ? read_member(self, size) : RUNUT_ERR_MEMORY;
    else if (type >= '1' && type <= '6' && type != '5')
        runut_reading_skip(self->reading, RUNUT_SKIP_MEMBER);
    else if (type < '1' || type > '6') /* links, devices and folders have no bytes, whatever they say */
        runut_input_skip(self->input, size);
    forget_extensions(self);
    return code;
}

/* After an entry: to the next block. */
static void skip_padding(tar *self, uint64_t start)
{
    uint64_t over = (runut_input_at(self->input) - start) % BLOCK;
    if (over)
        runut_input_skip(self->input, BLOCK - over);
}

static int read_entries(tar *self, uint64_t start)
{
    for (;;) {
        char header[BLOCK];
        uint64_t byte = runut_input_at(self->input);
        runut_slice there = runut_slice_part(runut_input_ahead(self->input, BLOCK), 0, BLOCK);
        if (there.size < BLOCK) /* many archives lack their end */
            return RUNUT_OK;
        memcpy(header, there.at, BLOCK);
        runut_input_take(self->input, BLOCK);
        if (!is_header(there)) {
            if (!self->lost && !is_zero(there))
                reject(self, byte, "broken tar header");
            self->lost |= !is_zero(there);
            continue;
        }
        self->lost = false;
        int code = read_entry(self, header, byte);
        if (code != RUNUT_OK)
            return code;
        skip_padding(self, start);
    }
}

int runut_tar_read(runut_reading *reading, runut_input *input, runut_slice file)
{
    tar self = {.reading = reading, .input = input, .file = file};
    runut_error error = {0};
    int code = read_entries(&self, runut_input_at(input));
    if (code == RUNUT_OK && !self.told && runut_input_failure(input, &error) != RUNUT_OK)
        runut_reading_reject(reading, file, self.members, error.byte, &error);
    runut_scratch_free(&self.name);
    runut_scratch_free(&self.label);
    return code;
}
