/* SPDX-License-Identifier: MIT */
/*
 * The heap is bought wholesale
 * ============================
 *
 * An allocator serves a request "from already-owned memory, or it may ask the kernel for more pages"
 * (document 004, 3.3). So that it seldom has to ask, it asks for more than it needs. When its heap
 * has run out glibc moves the break by 128 KiB and what the one object takes, to the end of
 * a page, and comes back when that has been handed out:
 *
 *      break                                                             break
 *        |                                                                 |
 *        |##|..............................................................|
 *         1000 bytes                  more than 127 others fit in here
 *
 * Look with: sbrk(0), strace(1).
 * Read on:   brk(2), mallopt(3) M_TOP_PAD; document 004 sections 3.3 and 4.4.
 */
#include <stdlib.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("The heap is bought wholesale");

enum { THOUSAND = 1000, STEP = 128 * 1024, LIMIT = 16 * 1024 * 1024 };

/* volatile: nothing that the compiler may reason about, or leave out. */
static char *allocate(size_t length)
{
	char *volatile block = malloc(length);

	arrange(block);
	return block;
}

/* Allocates blocks of this length until the break moves, and tells how many it had without. */
static int blocks_until_the_break_moves(size_t length)
{
	char *before = sbrk(0);

	for (size_t i = 0; i * length < LIMIT; i++) {
		allocate(length);
		if (sbrk(0) != before) {
			return (int)i;
		}
	}
	undecided("needs a heap that brk enlarges: raise ulimit -d");
}

CLAIM(the_heap_is_bought_wholesale, "heap-02",
      "When it runs out glibc moves the break by 128 KiB and the pages that one object needs",
      .needs = GNU_MALLOC)
{
	char *before = sbrk(0);

	blocks_until_the_break_moves(THOUSAND);
	for (int round = 0; round < 3; round++) {
		size_t step = (size_t)((char *)sbrk(0) - before);

		assert_equals((uintptr_t)sbrk(0) % page_size(), 0,
			      "bytes of the break beyond a page");
		assert_at_least(step, STEP, "bytes by which the break moved");
		assert_at_most(step, STEP + 1024 + page_size(), "bytes by which the break moved");
		before = sbrk(0);
		assert_at_least(blocks_until_the_break_moves(THOUSAND), STEP / 1024,
				"objects of 1000 bytes served without the kernel");
	}
}

CONTROL(what_does_not_fit_moves_the_break, "heap-02",
	"Objects of 100000 bytes move the break at least every second time", .needs = GNU_MALLOC)
{
	blocks_until_the_break_moves(100 * THOUSAND);
	for (int round = 0; round < 3; round++) {
		assert_at_most(blocks_until_the_break_moves(100 * THOUSAND), 1,
			       "objects served without the kernel");
	}
}
