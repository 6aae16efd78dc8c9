/* SPDX-License-Identifier: MIT */
/* What the harness itself needs of specimens: touchstone/specimens.h has the words. */
#ifndef ARRANGE_SPECIMENS_H
#define ARRANGE_SPECIMENS_H

#include <stdbool.h>

/* A need's probe: an unnamed file of one kind or another may be executed. */
bool specimens_can_run(void);

/*
 * Where a test makes a wrong machine: called when a specimen was written to its file, and when that
 * was run. NULL everywhere else.
 */
extern void (*specimens_written)(int file);
extern void (*specimens_ran)(int file);

#endif
