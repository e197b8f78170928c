/* What the formats of runut_export_as share. Each gets whole articles as export has them. */
#ifndef RUNUT_ENGINE_EXPORT_H
#define RUNUT_ENGINE_EXPORT_H

#include <stdbool.h>

#include "runut/export.h"

typedef struct runut_export_out {
    runut_export_put put;
    void *context;
} runut_export_out;

/* The text at `key`, NULL where there is none. Borrowed. */
const char *runut_export_text(struct json_object *item, const char *key);

/* Is it an address that a reader may follow without harm, and that needs no escapes? */
bool runut_export_is_web(const char *url);

/* Is it letters, digits and hyphens, as a language's tag is? */
bool runut_export_is_tag(const char *language);

/* Each writes all that the filter wants. */
int runut_export_csv(runut *self, const runut_filter *filter, const runut_export_out *out, runut_error *error);
int runut_export_html(runut *self, const runut_filter *filter, bool indonesian, const runut_export_out *out,
                      runut_error *error);
int runut_export_atom(runut *self, const runut_filter *filter, const runut_export_out *out, runut_error *error);

#endif
