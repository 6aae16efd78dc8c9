/* SPDX-License-Identifier: MIT */
/*
 * Variables of an experiment, for worlds that are wrong before any of its code runs.
 */
#ifndef WORLDS_SYMBOLS_H
#define WORLDS_SYMBOLS_H

#include <stddef.h>

/* The program's variable of that name, of size bytes at least; undecided where it was stripped. */
void *variable_named(const char *name, size_t size);

#endif
