/* Atom 1.0 (RFC 4287): what was added last to a story, or of what a search finds. */
#ifndef RUNUT_SERVE_ATOM_H
#define RUNUT_SERVE_ATOM_H

#include "runut/engine.h"
#include "serve/request.h"

void runut_atom_answer_story(runut *store, runut_request *request);
void runut_atom_answer_search(runut *store, runut_request *request);

#endif
