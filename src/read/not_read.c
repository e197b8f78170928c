#include "read/not_read.h"

#include <string.h>

#include "base/error.h"
#include "base/slice.h"

typedef struct signature {
    unsigned at, size;
    const char *bytes, *name;
} signature;

#define AT(at, bytes, name)                                                                                            \
    {                                                                                                                  \
        at, sizeof bytes - 1, bytes, name                                                                              \
    }

static const signature signatures[] = {
    AT(0, "%PDF-", "a PDF file"),
    AT(0, "%!PS", "a PostScript file"),
    AT(0, "{\\rtf", "a rich text file (RTF)"),
    AT(0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old office document (doc, xls, ppt, msg)"),
    AT(0, "\x89PNG\r\n", "an image (PNG)"),
    AT(0, "\xFF\xD8\xFF", "an image (JPEG)"),
    AT(0, "GIF8", "an image (GIF)"),
    AT(8, "WEBP", "an image (WebP)"),
    AT(0, "II*\0", "an image (TIFF)"),
    AT(0, "MM\0*", "an image (TIFF)"),
    AT(4, "ftypavif", "an image (AVIF)"),
    AT(4, "ftypheic", "an image (HEIC)"),
    AT(0, "\0\0\1\0", "an icon"),
    AT(4, "ftyp", "a film or sound (MP4)"),
    AT(0, "\x1A\x45\xDF\xA3", "a film (Matroska, WebM)"),
    AT(0, "ID3", "a sound (MP3)"),
    AT(0, "OggS", "a sound or film (Ogg)"),
    AT(0, "fLaC", "a sound (FLAC)"),
    AT(8, "WAVE", "a sound (WAV)"),
    AT(8, "AVI ", "a film (AVI)"),
    AT(0, "wOFF", "a font"),
    AT(0, "wOF2", "a font"),
    AT(0, "SQLite format 3\0", "a database (SQLite)"),
    AT(0, "PAR1", "a Parquet file"),
    AT(0, "ARROW1", "an Arrow file"),
    AT(0, "Obj\1", "an Avro file"),
    AT(0, "\x89HDF\r\n", "an HDF5 file"),
    AT(0, "\x93NUMPY", "a NumPy file"),
    AT(0, "bplist00", "a binary property list (Safari's web archive)"),
    AT(0, "7z\xBC\xAF\x27\x1C", "a 7z archive"),
    AT(0, "Rar!\x1A\x07", "a rar archive"),
    AT(0, "\x04\x22\x4D\x18", "an lz4 file"),
    AT(0, "\x1F\x9D", "a file of compress (.Z)"),
    AT(0,
       "\x7F"
       "ELF",
       "a program"),
    AT(0, "\xCA\xFE\xBA\xBE", "a program"),
    AT(0, "\xCF\xFA\xED\xFE", "a program"),
    AT(0, "!<arch>\n", "a package or library (ar)"),
    AT(0, "!BDN", "a mailbox of Outlook (pst)"),
    AT(0, "\x80\4\x95", "a pickle of Python"),
    AT(0, "\x80\5\x95", "a pickle of Python"),
};

/* A program of Windows: "MZ", and where its second header stands. */
static bool is_windows_program(runut_slice start)
{
    if (start.size < 64 || memcmp(start.at, "MZ", 2) != 0)
        return false;
    size_t at = (unsigned char)start.at[60] | (size_t)(unsigned char)start.at[61] << 8;
    return at + 4 <= start.size && memcmp(start.at + at, "PE\0\0", 4) == 0;
}

/* An index beside a web archive, CDX or CDXJ: "com,example)/path 20240203040506 {" */
bool runut_not_read_is_index(runut_slice start)
{
    runut_slice line, key, time;
    if (runut_slice_starts(start, RUNUT_LITERAL(" CDX ")))
        return true;
    if (!runut_slice_line(&start, &line))
        return false;
    if (!runut_slice_field(&line, ' ', &key) || !runut_slice_field(&line, ' ', &time))
        return false;
    bool digits = time.size == 14 && line.size && line.at[0] == '{';
    for (size_t i = 0; digits && i < time.size; i++)
        digits = runut_is_digit((unsigned char)time.at[i]);
    return digits && runut_slice_find(key, RUNUT_LITERAL(")/"), 0) != SIZE_MAX;
}

const char *runut_not_read_name(runut_slice start)
{
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++) {
        const signature *s = &signatures[i];
        bool riff = s->at != 8 || runut_slice_starts(start, RUNUT_LITERAL("RIFF"));
        if (riff && start.size >= s->at + s->size && memcmp(start.at + s->at, s->bytes, s->size) == 0)
            return s->name;
    }
    return is_windows_program(start) ? "a program" : NULL;
}

bool runut_not_read_is(runut_slice start)
{
    return runut_not_read_name(start) != NULL;
}

int runut_not_read_index(runut_reading *reading, runut_input *input, runut_slice file)
{
    (void)input;
    (void)file;
    runut_reading_skip(reading, RUNUT_SKIP_RECORD);
    return RUNUT_OK;
}

int runut_not_read_read(runut_reading *reading, runut_input *input, runut_slice file)
{
    runut_error error;
    runut_error_set(&error, RUNUT_ERR_INPUT, "%s: not read", runut_not_read_name(runut_input_peek(input)));
    runut_reading_reject(reading, file, 0, 0, &error);
    return RUNUT_OK;
}
