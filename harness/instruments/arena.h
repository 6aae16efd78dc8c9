/* SPDX-License-Identifier: MIT */
/*
 * Memory for what was observed: a fixed array of the program, handed out from its start and never
 * taken back. Observing therefore maps nothing, moves no program break, and cannot meet the
 * areas that an experiment looks at. A claim is a fresh process, so nothing is ever freed.
 */
#ifndef HARNESS_ARENA_H
#define HARNESS_ARENA_H

#include <stddef.h>

/* length bytes, aligned to 16, zeroed; NULL when so much is not left. 0 takes nothing. */
void *arena_take(size_t length);

/* What is left of it. */
size_t arena_left(void);

#endif
