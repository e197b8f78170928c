#include "engine/export_words.h"

#include <string.h>

const runut_export_words runut_export_languages[2] = {
    {"en", "Stories and their reports",
     "Numbers such as “byte 120” are places in the text of the report, where the words stand. Both sides of a "
     "disagreement are shown, without a verdict. ≠: they contradict each other. ←: the value moved on with time.",
     "Text of the report", "News from", "Origins", "The reports differ", "undated", "speaker not found", "byte",
     "Reprint of", "Rewrite of", "Translation of"},
    {"id", "Cerita dan beritanya",
     "Angka seperti “bita 120” menunjuk tempat kata-kata itu dalam teks berita. Kedua sisi perbedaan ditampilkan, "
     "tanpa "
     "penilaian. ≠: saling bertentangan. ←: nilainya berubah seiring waktu.",
     "Teks berita", "Sumber berita", "Asal", "Berita-berita ini berbeda", "tanpa tanggal", "penutur tidak ditemukan",
     "bita", "Cetak ulang dari", "Tulis ulang dari", "Terjemahan dari"},
};

const char *runut_export_reuse_word(const runut_export_words *words, const char *kind)
{
    if (kind && strcmp(kind, "translation") == 0)
        return words->translation;
    return kind && strcmp(kind, "rewrite") == 0 ? words->rewrite : words->reprint;
}
