#include "clean/stage.h"
void runut_clean_plain(runut_arena *arena, runut_slice text, runut_article *article) { (void)arena; article->body = text; }
