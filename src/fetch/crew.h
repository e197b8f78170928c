/* Several seats at work, each in a thread of its own: requests are handed out and come back by one thread, which is the
 * only one that knows of the crew. */
#ifndef RUNUT_FETCH_CREW_H
#define RUNUT_FETCH_CREW_H

#include "fetch/fetcher.h"

typedef struct runut_crew runut_crew;

/* `most` seats; threads are started when they are needed. NULL when memory is out. */
runut_crew *runut_crew_new(runut_fetcher *fetcher, unsigned most);
/* Waits for what is under way. */
void runut_crew_free(runut_crew *self);

/* Hands out a request, which is copied; false where all seats are taken. `tag` comes back with the answer. */
bool runut_crew_send(runut_crew *self, const runut_fetch_request *request, void *tag);
bool runut_crew_has_room(const runut_crew *self);
size_t runut_crew_busy(const runut_crew *self);

typedef struct runut_crew_done {
    void *tag;
    runut_learned robots;      /* learned: robots.txt was asked for, and nothing else */
    runut_visit_answer *visit; /* else */
    size_t seat;
} runut_crew_done;

/* Waits so many milliseconds at most for a request to be done; false = none is. What is done is valid until it is given
 * back. */
bool runut_crew_next(runut_crew *self, uint64_t milliseconds, runut_crew_done *done);
void runut_crew_give_back(runut_crew *self, const runut_crew_done *done);

#endif
