/* SPDX-License-Identifier: MIT */
/*
 * What was said of an area moves with it
 * ======================================
 *
 * mremap(2) moves more than bytes. What a program has said of its pages, with mprotect(2), madvise(2)
 * and mlock(2), holds at the new address as it did at the old one: which accesses are permitted, that
 * a child is to find zeros there or nothing, that the pages are to stay in memory. And the pages
 * that the area grows by are like the others.
 *
 *      old   | r  | rw, wiped in a child |  rw, locked |
 *                  mremap, each
 *      new   | r  | rw, wiped in a child |  rw, locked |     the old addresses know nothing of it
 *
 * Look with: traps, what a child reads, VmFlags and Locked in /proc/self/smaps.
 * Read on:   mremap(2), madvise(2) MADV_WIPEONFORK, MADV_DONTFORK.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("What was said of an area moves with it");

#ifndef MADV_WIPEONFORK
#define MADV_WIPEONFORK 18
#endif

enum { PAGES = 4, GROWN = PAGES + 2 };

/* Moves four pages to a place of their own, six pages long, and fills the old place anew. */
static char *moved(char *area)
{
	char *to = reserve(GROWN);

	assert_address(mremap(area, PAGES * page_size(), GROWN * page_size(),
			      MREMAP_MAYMOVE | MREMAP_FIXED, to),
		       to, "the new address");
	arrange(mmap(area, PAGES * page_size(), PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == area);
	write_pattern(area, PAGES * page_size(), 2);
	return to;
}

static char *advised(int advice)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	if (madvise(area, PAGES * page_size(), advice) != 0) {
		undecided("needs madvise with advice %d", advice);
	}
	return area;
}

CLAIM(permissions_move, "mremap-14",
      "What could only be read can only be read at the new address, the new pages included")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	arrange(mprotect(area, PAGES * page_size(), PROT_READ) == 0);

	char *to = moved(area), *last = page(to, GROWN) - 1;

	assert_trap(try_store(to, 'x'), SIGSEGV, SEGV_ACCERR, to);
	assert_trap(try_store(last, 'x'), SIGSEGV, SEGV_ACCERR, last);
	assert_pattern(to, PAGES * page_size(), 1, "the pages that were moved");
	assert_all_bytes(page(to, PAGES), (GROWN - PAGES) * page_size(), 0, "the new pages");
}

CLAIM(what_a_child_is_to_find_moves, "mremap-14",
      "Pages that a child is to find wiped, or not at all, are so at the new address, not the old")
{
	char *area = advised(MADV_WIPEONFORK), *to = moved(area), *hidden = advised(MADV_DONTFORK),
	     *hidden_to = moved(hidden), *last = page(hidden_to, GROWN) - 1;

	store_each(page(to, PAGES), GROWN - PAGES, 'n');
	IN_CHILD {
		assert_all_bytes(to, GROWN * page_size(), 0, "wiped pages in a child");
		assert_pattern(area, PAGES * page_size(), 2, "the old addresses of these");
		assert_trap(try_load(hidden_to), SIGSEGV, SEGV_MAPERR, hidden_to);
		assert_trap(try_load(last), SIGSEGV, SEGV_MAPERR, last);
		assert_pattern(hidden, PAGES * page_size(), 2, "the old addresses of those");
	}
	assert_pattern(to, PAGES * page_size(), 1, "the pages in the parent");
	assert_pattern(hidden_to, PAGES * page_size(), 1, "the others in the parent");
}

CLAIM(every_flag_moves, "mremap-14",
      "The VmFlags at the new address are those of the old one, whatever advice was given",
      .needs = AREA_USAGE)
{
	const int advice[] = {MADV_DONTFORK, MADV_DONTDUMP, MADV_RANDOM, MADV_SEQUENTIAL};
	const char *flags[] = {"dc", "dd", "rr", "sr"};

	for (size_t i = 0; i < 4; i++) {
		char *area = advised(advice[i]);
		struct usage before = observe_usage("before", area, PAGES * page_size());
		struct usage after = observe_usage("after", moved(area), GROWN * page_size());

		assert_equals(usage_has_flag(&before, flags[i]), true, "the flag before");
		ck_assert_str_eq(after.flags, before.flags);
	}
}

CLAIM(a_lock_moves, "mremap-15",
      "A locked area is locked at the new address, with its new pages, and its old place is not",
      .needs = AREA_USAGE | LOCKABLE_MEMORY)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	arrange(mlock(area, PAGES * page_size()) == 0);

	char *to = moved(area);
	struct usage after = observe_usage("new place", to, GROWN * page_size());

	assert_equals(after.locked, GROWN * page_size(), "bytes locked at the new place");
	assert_equals(after.rss, GROWN * page_size(), "bytes in memory there");
	assert_equals(observe_usage("old place", area, PAGES * page_size()).locked, 0,
		      "bytes locked at the old place");
}

CONTROL(nothing_said_nothing_moves, "mremap-14 mremap-15",
	"An area of which nothing was said is writable, unlocked and copied to a child when moved")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1), *to = moved(area);

	assert_no_trap(try_store(page(to, GROWN) - 1, 'x'));
	IN_CHILD {
		assert_pattern(to, PAGES * page_size(), 1, "the pages in a child");
	}
	if (mlock(to, page_size()) == 0) { /* which would be refused to what is not there */
		assert_accepted(munlock(to, page_size()));
	}
}
