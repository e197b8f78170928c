/* Sessions of browsers where the server wants a token: POST /session takes the token once and gives a cookie, which
 * says nothing but a random value. They are forgotten when the server ends. MHD's thread only. */
#ifndef RUNUT_SERVE_SESSION_H
#define RUNUT_SERVE_SESSION_H

#include "runut/engine.h"
#include "serve/request.h"

typedef struct runut_sessions runut_sessions;

/* `port` goes into the cookie's name: browsers do not tell the servers of one host apart. NULL when memory is out. */
runut_sessions *runut_sessions_new(unsigned port);
void runut_sessions_free(runut_sessions *self);

/* Does the request show the cookie of a session? */
bool runut_session_shown(runut_sessions *self, const runut_request *request);

bool runut_session_admit(runut_request *request);
bool runut_session_take(runut_request *request, const char *data, size_t size);
void runut_session_answer_post(runut *store, runut_request *request);
void runut_session_answer_delete(runut *store, runut_request *request);

/* ---- for tests: without a request ---- */

enum { RUNUT_SESSION_SIZE = 64 }; /* of a value, in hexadecimal */

/* Makes a session: its value. False where there is no randomness to be had. */
bool runut_session_open(runut_sessions *self, char value[RUNUT_SESSION_SIZE + 1], int64_t now);

/* Is `cookies`, a Cookie field, one that has a session's value? */
bool runut_session_in(runut_sessions *self, const char *cookies, int64_t now);

#endif
