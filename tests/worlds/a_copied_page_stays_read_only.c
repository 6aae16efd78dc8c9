/* SPDX-License-Identifier: MIT */
/*
 * The copy is made, and its entry stays read-only: as soon as another page is written, the next
 * write to this one faults again. The fault is a real one, of a page that comes and goes.
 */
#include <stdint.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static char *last, *highest, *spare;

static void protect_the_last(char *page)
{
	if (last && last != page) {
		mprotect(last, page_size(), PROT_READ);
	}
	last = page;
	if ((uintptr_t)page > (uintptr_t)highest) {
		highest = page; /* the first round: the copy itself is a fault */
	} else {
		madvise(spare, page_size(), MADV_DONTNEED);
		store(spare, 1);
	}
}

static void watch_all(void)
{
	if (!spare) {
		spare = mmap(NULL, page_size(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			     -1, 0);
	}
	last = highest = NULL;
	watch_private(PROT_READ, protect_the_last);
}

static void watch_parent(pid_t child)
{
	(void)child;
	watch_all();
}

WORLD("A machine on which a copied page stays read-only",
      .breaks = "cow-04 fork-07 the_permission_comes_back_by_a_fault"
		" munmap_gives_frames_and_tables_back_at_once.forbidding_gives_nothing_back",
      .spares = "fork-04 cow-02 cow-03 cow-07", .born = watch_all, .forked = watch_parent);
