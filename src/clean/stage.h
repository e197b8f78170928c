/* The parts of the stage, called by clean.c only. Each works on UTF-8 and runs under the caller's RUNUT_ARENA_TRY. */
#ifndef RUNUT_CLEAN_STAGE_H
#define RUNUT_CLEAN_STAGE_H

#include "clean/article.h"
#include "read/capture.h"

/* charset.c: `bytes` as valid UTF-8. `declared` is the container's charset (may be empty); BOM, then declaration, then
 * (for HTML) meta, then detection; a declaration that the bytes contradict is not believed. *binary is set where this
 * is no text. */
runut_slice runut_charset_decode(runut_arena *arena, runut_slice bytes, runut_slice declared, bool html, bool *binary);

/* page.c: an HTML page. Fills kind, language, url, headline, standfirst, publisher, authors, date_*, body, lines. */
void runut_clean_page(runut_arena *arena, runut_slice html, runut_article *article);

/* plain.c: a plain-text capture, line by line. Fills the same. */
void runut_clean_plain(runut_arena *arena, runut_slice text, runut_article *article);

/* byline.c: shared by both kinds. */

/* Names in a by-line ("Penulis: A dan B", "Laporan Wartawan X, Y", "rds | CNN Indonesia", "By A. Writer and B"),
 * cleaned; pushes onto `authors`. False where the line is no by-line. `labelled_only`: only lines that say that they
 * are one. */
bool runut_byline_parse(runut_arena *arena, runut_slice line, bool labelled_only, runut_slices *authors);

/* printed_date.c: a date line such as "Senin, 15 Agu 2022 14:35 WIB", "July 11, 2022 · 5:12 p.m. WIB", "13/07/2022",
 * "2022-07-11T17:12:00Z"; month names of all languages in data/. ISO 8601 as precise as stated
 * ("2022-08-15T14:35+07:00"), empty where there is no full date (day, month and year). `printed` gets the words it was
 * read from. */
runut_slice runut_printed_date(runut_arena *arena, runut_slice line, runut_slice language, runut_slice *printed);

#endif
