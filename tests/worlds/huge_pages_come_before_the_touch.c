/* SPDX-License-Identifier: MIT */
/*
 * Where huge pages are asked for they come one by one, but each before anybody touches it; here,
 * whenever faults are about to be counted.
 */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static char *next, *end;

/* As much as a page table describes, which is what a huge page stands for. */
static size_t huge(void)
{
	return page_size() * (page_size() / sizeof(long));
}

static int advise(void *address, size_t length, int advice)
{
	if (advice == MADV_HUGEPAGE) {
		end = (char *)address + length;
		next = (char *)address + (huge() - (size_t)address % huge()) % huge();
	}
	return madvise(address, length, advice);
}

static struct faults bring_and_count(void)
{
	if (next && next + huge() <= end) {
		store(next, 0);
		next += huge();
	}
	return faults_now();
}

WORLD("A machine whose huge pages come before the touch",
      .breaks = "a_huge_page_takes_one_fault one_byte_brings_all_of_it",
      .spares = "a_huge_page_starts_as_zeros one_byte_brings_one_frame", .madvise = advise,
      .faults_now = bring_and_count);
