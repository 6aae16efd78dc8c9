/* SPDX-License-Identifier: MIT */
/*
 * CLOCK_MONOTONIC in nanoseconds, and the race of touchstone/timing.h.
 */
#ifndef INSTRUMENTS_STOPWATCH_H
#define INSTRUMENTS_STOPWATCH_H

#include <stdbool.h>
#include <stdint.h>

uint64_t stopwatch_ns(void);

/* The clock moves, never backwards, in steps below 10 microseconds. */
bool stopwatch_proves_itself(void);

#endif
