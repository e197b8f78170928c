/* Behaviour cases as text. A case file:
 *
 *     # comment
 *     === name of the case
 *     input, any number of lines
 *     ---
 *     what must come out
 *
 * White space at the end of lines and of the whole is not compared. Output is TAP. */
#ifndef RUNUT_TESTS_CASES_H
#define RUNUT_TESTS_CASES_H

#include "base/arena.h"

/* Turns a case's input into what came out, in `arena`. */
typedef runut_slice (*runut_case_run)(runut_arena *arena, runut_slice input);

/* Runs every case of the files named on the command line; returns main's exit status. */
int runut_cases_main(int argc, char **argv, runut_case_run run);

#endif
