/* What an element's attributes say of it. */
#ifndef RUNUT_CLEAN_HTML_ELEMENT_H
#define RUNUT_CLEAN_HTML_ELEMENT_H

#include "clean/html_token.h"

/* Is the element not to be seen (style, hidden, aria-hidden)? */
bool runut_html_hides(const runut_html_token *token);

/* Does the link lead to a page about an author (rel, or a folder of its address)? */
bool runut_html_is_author_link(const runut_html_token *token);

/* Is it a frame in which another site's post is shown? */
bool runut_html_is_embed(const runut_html_token *token);

#endif
