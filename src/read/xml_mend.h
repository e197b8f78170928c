/* XML as people write it to XML as it should be, piece by piece. What is no report is left out (comments, processing
 * instructions, document types with all that they declare: no entity of a document is ever expanded); what a strict
 * parser would give up at is mended where there is no doubt: entities of HTML, a bare '&' or '<', control characters,
 * white space before the first tag, references to characters that there are none of. */
#ifndef RUNUT_READ_XML_MEND_H
#define RUNUT_READ_XML_MEND_H

#include <stdbool.h>

#include "read/places.h"
#include "read/transcode.h"

enum {
    RUNUT_XML_AHEAD = 48,                                             /* bytes that a decision may wait for */
    RUNUT_XML_MENDED = 5 * (RUNUT_TRANSCODED + RUNUT_XML_AHEAD) + 64, /* "&amp;" for '&' */
    RUNUT_XML_LONGEST_TAG = 1 << 20
};

typedef enum runut_xml_place {
    RUNUT_XML_BEFORE, /* the first tag */
    RUNUT_XML_TEXT,
    RUNUT_XML_TAG,
    RUNUT_XML_CDATA,
    RUNUT_XML_COMMENT,
    RUNUT_XML_INSTRUCTION,
    RUNUT_XML_DOCTYPE,
    RUNUT_XML_SUBSET, /* the part of a document type in brackets */
    RUNUT_XML_SUBSET_COMMENT
} runut_xml_place;

typedef struct runut_xml_mender {
    runut_xml_place place;
    runut_xml_place after; /* a comment or an instruction */
    char quote;            /* that is open in a tag or a document type; 0 = none */
    size_t inside;         /* bytes of the tag or document type so far */
    size_t held;           /* bytes that wait for more, in `in` */
    uint64_t read, written;
    runut_places places;
    char in[RUNUT_TRANSCODED + RUNUT_XML_AHEAD + 8];
    char out[RUNUT_XML_MENDED];
    size_t size;
} runut_xml_mender;

/* `self` is zeroed but for its arrays. */
void runut_xml_mend_begin(runut_xml_mender *self);

/* At most RUNUT_TRANSCODED bytes of text in; out what there is of it, valid until the next call. False where a tag is
 * longer than RUNUT_XML_LONGEST_TAG. */
bool runut_xml_mend(runut_xml_mender *self, runut_slice text, bool last, runut_slice *mended);

#endif
