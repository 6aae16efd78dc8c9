/* SPDX-License-Identifier: MIT */
/*
 * mincore(2) and /proc/PID/status. Functions return 0 or a negative errno.
 */
#ifndef INSTRUMENTS_RESIDENCY_H
#define INSTRUMENTS_RESIDENCY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * How many of count pages from start are in memory. -ENOMEM: part of the range is not mapped;
 * -EINVAL: start is not a page's first byte. Of a file that the caller neither owns nor may write,
 * the kernel says that every page is (since 5.2).
 */
int residency_count(const void *start, size_t count, size_t *in_memory);

/* The figure of one line ("VmPTE") of a status text, in bytes. -ENOENT: no such line;
 * -EINVAL: not a figure in kB; -EOVERFLOW: more than 64 bits of bytes. */
int residency_figure(const char *text, size_t length, const char *name, uint64_t *bytes);
/* The same of this process, now. */
int residency_status(const char *name, uint64_t *bytes);

/* VmSize follows a mapping by exactly its length, and VmPTE grows when it is touched. */
bool residency_proves_status(void);

#endif
