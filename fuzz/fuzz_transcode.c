/* Any bytes to UTF-8 piece by piece: the first byte names the charset that is declared, the second how large the pieces
 * are. In pieces and as a whole they give the same valid text. */
#include "read/transcode.h"

#include <string.h>

#include "base/utf8.h"
#include "support.h"

static const char *const labels[] = {"",           "utf-8",  "utf-16",      "utf-16be", "utf-16le", "windows-1252",
                                     "iso-8859-2", "koi8-r", "shift_jis",   "euc-jp",   "gb18030",  "iso-2022-jp",
                                     "big5",       "euc-kr", "windows-874", "nothing"};

typedef struct text {
    uint64_t sum, size;
} text;

static text decode(runut_slice bytes, const char *label, size_t piece)
{
    text out = {0};
    uint64_t before = 0;
    runut_transcoder *self = runut_transcoder_new(bytes, runut_slice_of(label));
    fuzz_check(self != NULL);
    for (size_t at = 0; at < bytes.size || at == 0; at += piece) {
        runut_slice rest = runut_slice_part(bytes, at, piece < bytes.size - at ? at + piece : bytes.size), part;
        bool last = at + rest.size == bytes.size;
        while (runut_transcoder_next(self, &rest, last, &part)) {
            fuzz_check(part.size <= RUNUT_TRANSCODED && runut_utf8_valid(part));
            uint64_t byte = runut_transcoder_byte(self, out.size);
            fuzz_check(byte <= bytes.size && byte >= before);
            before = byte;
            for (size_t i = 0; i < part.size; i++)
                out.sum = out.sum * 31 + (unsigned char)part.at[i];
            out.size += part.size;
        }
        if (last)
            break;
    }
    runut_transcoder_free(self);
    return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    runut_slice bytes = {(const char *)data + 2, size - 2};
    const char *label = labels[data[0] & 15];
    text whole = decode(bytes, label, bytes.size + 1), pieces = decode(bytes, label, data[1] % 32 + 1u);
    fuzz_check(whole.size == pieces.size && whole.sum == pieces.sum);
    return 0;
}
