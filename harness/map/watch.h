/* SPDX-License-Identifier: MIT */
/* A command run under ptrace(2), and looked at when it begins and before it ends. */
#ifndef MAP_WATCH_H
#define MAP_WATCH_H

#include <sys/types.h>

#include "map/space.h"

/*
 * Executes argv, reads its address space just after execve into *first and just before it ends into
 * *last (either may be NULL), and waits for it. 0; a negative errno where it cannot be executed or
 * traced, or *last could not be read, because it was killed.
 */
int watch_command(char **argv, struct space *first, struct space *last);

#endif
