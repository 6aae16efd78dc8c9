/* SPDX-License-Identifier: MIT */
/*
 * What is resident, by the two witnesses that are neither pagemap nor smaps.
 */
#ifndef TOUCHSTONE_RESIDENCY_H
#define TOUCHSTONE_RESIDENCY_H

#include <stddef.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include <touchstone/memory.h>
#include <touchstone/outcome.h>

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

/*
 * The largest size that a process has ever had resident, in bytes: ru_maxrss of getrusage(2), for
 * RUSAGE_SELF or RUSAGE_CHILDREN. The kernel counts resident pages in batches, for each processor, so it may
 * lag behind by some pages.
 */
static inline size_t largest_size(int who)
{
	struct rusage usage;

	arrange(getrusage(who, &usage) == 0);
	evidence("ru_maxrss", "%ld kB", usage.ru_maxrss);
	return (size_t)usage.ru_maxrss * 1024;
}

/* So many bytes that neither a small program nor what a batch leaves out comes near the half of it. */
static inline size_t large_length(void)
{
	const size_t pages = 2048 * page_size(), bytes = 20 * 1024 * 1024;

	return pages > bytes ? pages : bytes;
}

/* So many bytes resident, and given back again. */
static inline void be_large(size_t length)
{
	char *area = fresh_pages(length / page_size(), MAP_PRIVATE);

	store_each(area, length / page_size(), 'b');
	arrange(munmap(area, length) == 0);
}

/* Undecided where the program itself is so large that a large_length() drowns in it. */
static inline void be_small_at_first(void)
{
	size_t largest = largest_size(RUSAGE_SELF);

	if (largest == 0 || largest >= large_length() * 3 / 8) {
		undecided("needs an ru_maxrss that is kept, and a program that begins small");
	}
}

#endif
