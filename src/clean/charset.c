#include "base/utf8.h"
#include "clean/stage.h"
runut_slice runut_charset_decode(runut_arena *arena, runut_slice bytes, runut_slice declared, bool html, bool *binary) { (void)declared; (void)html; *binary = false; return runut_utf8_repair(arena, bytes); }
