/* SPDX-License-Identifier: MIT */
/*
 * CLOCK_MONOTONIC in nanoseconds: what the races of touchstone/timing.h are timed with.
 */
#ifndef INSTRUMENTS_STOPWATCH_H
#define INSTRUMENTS_STOPWATCH_H

#include <stdbool.h>
#include <stdint.h>

/* 0 where there is no such clock. */
uint64_t stopwatch_ns(void);

/* The clock moves, never backwards, and most of its steps are below 10 microseconds. */
bool stopwatch_proves_itself(void);

#endif
