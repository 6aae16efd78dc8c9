/* SPDX-License-Identifier: MIT */
/*
 * A huge page is fetched in small pieces and put together then, which takes a wait, a major fault, and no minor
 * one. What comes is right.
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/touches.h"
#include "worlds/world.h"

#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE 25
#endif

static char *advised;
static size_t advised_length;

/* As large as a page table is, which is what a huge page replaces. */
static size_t huge(void)
{
	return page_size() * (page_size() / sizeof(long));
}

static void serve(char *page, bool writes)
{
	char *stretch = page - (size_t)page % huge();

	(void)writes;
	if (stretch < advised || stretch + huge() > advised + advised_length) {
		give_page(page, NULL);
		return;
	}
	for (size_t i = 0; i < huge(); i += page_size()) {
		give_page(stretch + i, NULL);
	}
	madvise(stretch, huge(), MADV_COLLAPSE);
}

static int advise(void *address, size_t length, int advice)
{
	int answer = madvise(address, length, advice);

	if (answer == 0 && advice == MADV_HUGEPAGE) {
		advised = address;
		advised_length = length;
		serve_touches(address, length, serve);
	}
	return answer;
}

WORLD("A machine that pieces huge pages together",
      .breaks = "a_huge_page_takes_one_fault one_byte_brings_all_of_it",
      .spares = "a_huge_page_starts_as_zeros one_byte_brings_one_frame", .madvise = advise);
