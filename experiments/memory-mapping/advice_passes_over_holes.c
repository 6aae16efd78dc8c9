/* SPDX-License-Identifier: MIT */
/*
 * Advice passes over holes, and tells of them
 * ===========================================
 *
 * Most calls stop at the first address where nothing is mapped. madvise(2) does not: it advises
 * whatever is mapped in its range, on either side of the hole, and answers -1 with ENOMEM none the
 * less. So an ENOMEM does not mean that nothing was done. For MADV_DONTNEED it means that
 * everything was done that could be.
 *
 *      before       | a | b | c |   hole   | f | g | h |
 *      the range        [-------------------------]
 *      after        | a | 0 | 0 |   hole   | 0 | 0 | h |      and ENOMEM
 *
 * Look with: nothing but eyes.
 * Read on:   madvise(2) ERRORS and VERSIONS; munmap(2), which does not mind holes at all.
 */
#include <errno.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Advice passes over holes, and tells of them");

enum { PAGES = 8, HOLE = 3, HOLES = 2, BEHIND = HOLE + HOLES };

/* Each page holds a pattern of its own; pages 3 and 4 are not mapped. */
static char *pages_with_a_hole(void)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	for (unsigned i = 0; i < PAGES; i++) {
		write_pattern(page(area, i), page_size(), i + 1);
	}
	arrange(munmap(page(area, HOLE), HOLES * page_size()) == 0);
	return area;
}

/* Of what is mapped, the pages from first up to end are zeros, and the others as they were. */
static void assert_given_back(const char *area, unsigned first, unsigned end)
{
	for (unsigned i = 0; i < PAGES; i++) {
		if (i >= HOLE && i < BEHIND) {
			continue;
		}
		if (i >= first && i < end) {
			assert_all_bytes(page(area, i), page_size(), 0, "a page in the range");
		} else {
			assert_pattern(page(area, i), page_size(), i + 1, "a page beside it");
		}
	}
}

static int give_back(char *area, size_t first, size_t end)
{
	return madvise(page(area, first), (end - first) * page_size(), MADV_DONTNEED);
}

CLAIM(both_sides_are_advised, "madvise-06",
      "Over a hole the call says ENOMEM, and what is mapped on both sides of it is advised")
{
	char *area = pages_with_a_hole();

	assert_refused(give_back(area, 1, PAGES - 1), ENOMEM);
	assert_given_back(area, 1, PAGES - 1);
}

CLAIM(a_hole_at_an_end_is_told_as_well, "madvise-06",
      "A range that begins or ends in a hole is advised where it is mapped, and says ENOMEM")
{
	char *area = pages_with_a_hole();

	assert_refused(give_back(area, HOLE + 1, PAGES - 1), ENOMEM);
	assert_given_back(area, BEHIND, PAGES - 1);
	area = pages_with_a_hole();
	assert_refused(give_back(area, 1, HOLE + 1), ENOMEM);
	assert_given_back(area, 1, HOLE);
}

CLAIM(nothing_but_a_hole_is_told_too, "madvise-06",
      "Advice for a hole alone says ENOMEM, and leaves the pages beside it as they are")
{
	char *area = pages_with_a_hole();

	for (int round = 0; round < 2; round++) {
		assert_refused(give_back(area, HOLE, BEHIND), ENOMEM);
		assert_refused(give_back(area, BEHIND - 1, BEHIND), ENOMEM);
		assert_given_back(area, 0, 0);
	}
	assert_equals(try_load(page(area, HOLE)).signal, SIGSEGV, "signal of a load in the hole");
}

CONTROL(without_a_hole_nothing_is_told, "madvise-06",
	"Beside the hole, and where it was filled again, the same advice is accepted")
{
	char *area = pages_with_a_hole();

	assert_accepted(give_back(area, 1, HOLE));
	assert_accepted(give_back(area, BEHIND, PAGES - 1));
	arrange(mmap(page(area, HOLE), HOLES * page_size(), PROT_READ,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == page(area, HOLE));
	assert_accepted(give_back(area, 1, PAGES - 1));
	assert_given_back(area, 1, PAGES - 1);
}
