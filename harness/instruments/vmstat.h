/* SPDX-License-Identifier: MIT */
/* Counters of the whole machine: /proc/vmstat (proc(5)). */
#ifndef INSTRUMENTS_VMSTAT_H
#define INSTRUMENTS_VMSTAT_H

#include <stddef.h>

/* The counter of that name since the machine runs; -1 where there is none, or it is not told. */
long long vmstat_count(const char *name);

/* The same of several counters, read at once. */
void vmstat_counts(size_t count, const char *const names[], long long counts[]);

#endif
