/* SPDX-License-Identifier: MIT */
/*
 * What is resident, by the two witnesses that are neither pagemap nor smaps.
 */
#ifndef TOUCHSTONE_RESIDENCY_H
#define TOUCHSTONE_RESIDENCY_H

#include <stddef.h>

/*
 * How many of count pages from start are in memory, mapped or not: mincore(2). For file pages
 * this speaks of the page cache (and says "all" to who neither owns nor may write the file). An error where the range is not mapped.
 */
size_t count_in_memory(const void *start, size_t count);

/*
 * A figure of /proc/self/status in bytes: status_bytes("VmPTE") (proc(5)). VmPTE and VmSize are
 * exact; the Rss* figures are batched before Linux 6.16: use areas.h for those.
 * Needs PROCESS_STATUS; an error where there is no such line.
 */
size_t status_bytes(const char *name);

#endif
