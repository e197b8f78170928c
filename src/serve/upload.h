/* POST /articles: captures come in, as a form with any number of files or as one body. */
#ifndef RUNUT_SERVE_UPLOAD_H
#define RUNUT_SERVE_UPLOAD_H

#include "runut/engine.h"
#include "serve/request.h"

bool runut_upload_admit(runut_request *request);
bool runut_upload_take(runut_request *request, const char *data, size_t size);
void runut_upload_answer(runut *store, runut_request *request);

#endif
