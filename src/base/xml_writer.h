/* A small writer of XML 1.0. What is not a character of it (control characters, broken UTF-8) never comes through. */
#ifndef RUNUT_BASE_XML_WRITER_H
#define RUNUT_BASE_XML_WRITER_H

#include <stdbool.h>
#include <stddef.h>

typedef struct runut_xml {
    char *at; /* malloc'd */
    size_t size, room;
    bool failed; /* out of memory: what follows is dropped */
} runut_xml;

/* Markup as it stands. */
void runut_xml_put(runut_xml *self, const char *markup);
void runut_xml_bytes(runut_xml *self, const char *markup, size_t size);

/* Escaped, for an element's content or an attribute's value; NULL = nothing. */
void runut_xml_text(runut_xml *self, const char *text);

/* <name>text</name>, with a line end. */
void runut_xml_element(runut_xml *self, const char *name, const char *text);

#endif
