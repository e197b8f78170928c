/* The lexicon of names as tools/pack_names.c lays it out at build time and names_lexicon.c reads it: one block of
 * bytes, the machine's own byte order, nothing in it to be relocated.
 *
 *     head    sizes; the languages' tags; where each language's endings begin
 *     slots   open addressing, linear probing: eight bits of an edge's hash and 24 of 1 + its node; 0 = free
 *     nodes   a trie over words: a node is a phrase's beginning
 *     endings of words, by language
 *     text    the words, keys and full forms, each once
 *
 * An edge is the number of a node (below NAMES_LANGUAGES_MOST: of a language) and the word that follows. */
#ifndef RUNUT_ANNOTATE_NAMES_TABLE_H
#define RUNUT_ANNOTATE_NAMES_TABLE_H

#include "annotate/names_parts.h"
#include "base/slice.h"

enum { NAMES_LANGUAGES_MOST = 64, NAMES_ANY = 0 /* number of "every language" */, NAMES_NODE_BITS = 24 };

typedef struct names_node {
    names_entry entry;
    uint32_t parent;
    uint32_t word; /* its last word: bytes from the text's start */
    uint8_t word_size;
    bool is_entry; /* is a phrase, not only the beginning of one */
    bool goes_on;  /* is the beginning of longer ones */
} names_node;

typedef struct names_ending {
    uint32_t classes, word, word_size;
} names_ending;

typedef struct names_head {
    char magic[4]; /* "RNL1" */
    uint32_t slots, nodes, endings, text;
    uint32_t languages; /* [0] is empty */
    char language[NAMES_LANGUAGES_MOST][8];
    uint32_t first_ending[NAMES_LANGUAGES_MOST + 1];
} names_head;

/* `word_hash`: runut_slice_hash of the word. */
static inline uint64_t names_edge_hash(uint32_t parent, uint64_t word_hash)
{
    uint64_t mixed = (word_hash ^ parent * 0x9E3779B97F4A7C15u) * 0xFF51AFD7ED558CCDu;
    return mixed ^ mixed >> 32;
}

/* Where the edge is looked for first, and what a slot says of it. */
static inline uint32_t names_edge_slot(uint64_t hash, uint32_t slots)
{
    return (uint32_t)((hash >> 32) * slots >> 32);
}

static inline uint32_t names_edge_mark(uint64_t hash)
{
    return (uint32_t)hash << NAMES_NODE_BITS;
}

#endif
