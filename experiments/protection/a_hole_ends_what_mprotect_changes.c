/* SPDX-License-Identifier: MIT */
/*
 * A hole ends what mprotect changes, and what came before it stays changed
 * ========================================================================
 *
 * mprotect(2) wants its range mapped from end to end, and says ENOMEM where it is not. What has
 * become of the rest by then POSIX leaves open. Linux goes through the areas from below, one after
 * the other, and stops at the first address that belongs to none. It does not look ahead, and
 * it takes nothing back.
 *
 *      mprotect(0..5, PROT_READ)
 *            +-----+-----+. . . . .+-----+-----+
 *            | r-- | r-- :  hole   : rw- | rw- |       -1, ENOMEM
 *            +-----+-----+. . . . .+-----+-----+
 *            changed       stops    as it was
 *
 * So a program that is told ENOMEM knows nothing about the rights below the hole. Document 003, which
 * has accesses against the rights "lead to errors", does not mention that the change of rights
 * may err half-way.
 *
 * Look with: errno, and stores into every page.
 * Read on:   mprotect(2) "ERRORS"; document 003.
 */
#include <signal.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A hole ends what mprotect changes, and what came before it stays changed");

enum { PAGES = 6, HOLE = 2, HOLE_PAGES = 2, BEHIND = HOLE + HOLE_PAGES, SEED = 10 };

/* Pages without those of a hole. */
static char *pages_with_hole(size_t first, size_t count)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);

	arrange(munmap(page(area, first), count * page_size()) == 0);
	return area;
}

/* From this page to that one a store into either end of each traps, or goes through. */
static void assert_stores(char *area, size_t first, size_t end, bool permitted)
{
	for (size_t i = first; i < end; i++) {
		char *ends[] = {page(area, i), page(area, i + 1) - 1};

		for (size_t k = 0; k < 2; k++) {
			struct trap trap = try_store(ends[k], load(ends[k]));

			if (permitted) {
				assert_no_trap(trap);
			} else {
				assert_trap(trap, SIGSEGV, SEGV_ACCERR, ends[k]);
			}
		}
	}
}

CLAIM(it_stops_at_the_hole, "prot-34",
      "Over a hole mprotect gives ENOMEM: pages below it are changed, those above it are not")
{
	char *area = pages_with_hole(HOLE, HOLE_PAGES);

	for (int round = 0; round < 2; round++) {
		assert_refused(mprotect(area, PAGES * page_size(), PROT_READ), ENOMEM);
		assert_stores(area, 0, HOLE, false);
		assert_stores(area, BEHIND, PAGES, true);
		/* What was changed is changed for good, until it is changed back in the same way. */
		assert_refused(mprotect(area, PAGES * page_size(), PROT_READ | PROT_WRITE), ENOMEM);
		assert_stores(area, 0, HOLE, true);
		assert_stores(area, BEHIND, PAGES, true);
	}
	assert_pattern(area, HOLE * page_size(), SEED, "the pages below the hole");
}

CLAIM(a_hole_at_the_start_stops_it_at_once, "prot-34",
      "Where the range begins with a hole nothing is changed at all")
{
	char *area = pages_with_hole(0, HOLE);

	assert_refused(mprotect(area, PAGES * page_size(), PROT_READ), ENOMEM);
	assert_refused(mprotect(area, page_size(), PROT_READ), ENOMEM);
	assert_refused(mprotect(page(area, HOLE - 1), 2 * page_size(), PROT_READ), ENOMEM);
	assert_stores(area, HOLE, PAGES, true);
}

CLAIM(a_hole_at_the_end_is_told_when_all_is_done, "prot-34",
      "Where the range ends with a hole everything before it is changed, and the answer is ENOMEM")
{
	char *area = pages_with_hole(PAGES - 1, 1);

	assert_refused(mprotect(area, PAGES * page_size(), PROT_READ), ENOMEM);
	assert_stores(area, 0, PAGES - 1, false);
	assert_pattern(area, (PAGES - 1) * page_size(), SEED, "the pages below the hole");
}

CLAIM(the_first_of_two_holes_ends_it, "prot-34",
      "Of several holes it is the lowest that ends the change, page by page")
{
	for (size_t lowest = 1; lowest < PAGES - 2; lowest++) {
		char *area = pages_with_hole(lowest, 1);

		arrange(munmap(page(area, PAGES - 1), page_size()) == 0);
		assert_refused(mprotect(area, PAGES * page_size(), PROT_READ), ENOMEM);
		assert_stores(area, 0, lowest, false);
		assert_stores(area, lowest + 1, PAGES - 1, true);
	}
}

CONTROL(a_filled_hole_ends_nothing, "prot-34",
	"Once the hole is filled, be it with memory of another kind, the whole range changes")
{
	char *area = pages_with_hole(HOLE, HOLE_PAGES);

	arrange(mmap(page(area, HOLE), HOLE_PAGES * page_size(), PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == page(area, HOLE));
	assert_accepted(mprotect(area, PAGES * page_size(), PROT_READ));
	assert_stores(area, 0, PAGES, false);
	assert_accepted(mprotect(area, PAGES * page_size(), PROT_READ | PROT_WRITE));
	assert_stores(area, 0, PAGES, true);
}
