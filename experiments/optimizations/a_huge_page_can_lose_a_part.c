/* SPDX-License-Identifier: MIT */
/*
 * A huge page can lose a part, and is huge no more
 * ================================================
 *
 * Huge pages have "reduced placement flexibility", says document 004 (section 18.5). Flexible they are, but at
 * a price. When one small page of a huge one is given back, the kernel replaces the one entry by a table
 * of small ones, and the page is gone from the program at once:
 *
 *      before     [              one entry              ]
 *      after      [ o  o  o  .  o  o  o  o  ...  o  o  o ]      a table, and one page less
 *
 * What is seen here is what the program has. The frame is in the middle of a block that is still in use,
 * and becomes free for others when the kernel has come round to splitting the block, or all of it is free.
 *
 * Look with: /proc/PID/smaps, AnonHugePages and Rss.
 * Read on:   madvise(2) MADV_DONTNEED; the kernel's transhuge.rst; document 004 section 18.5.
 */
#include <touchstone/experiment.h>
#include <touchstone/huge_pages.h>

EXPERIMENT("A huge page can lose a part, and is huge no more");

enum { TRIES = 4 };

/* A stretch full of a pattern that is one huge page. */
static char *filled_huge_page(void)
{
	size_t huge = huge_page_size();

	for (int i = 0; i < TRIES; i++) {
		char *area = huge_stretch();

		arrange(madvise(area, huge, MADV_HUGEPAGE) == 0);
		write_pattern(area, huge, 1);
		if (observe_usage("filled", area, huge).huge == huge) {
			return area;
		}
	}
	undecided("needs a free huge page: more free memory, in larger pieces");
}

/* All but one page hold their part of the pattern, and that page is zero. */
static void assert_lost(char *area, size_t lost)
{
	static char expected[64 * 1024];
	size_t count = huge_page_size() / page_size();

	arrange(page_size() <= sizeof expected);
	for (size_t i = 0; i < count; i++) {
		if (i == lost) {
			continue;
		}
		pattern_bytes(expected, page_size(), 1, i * page_size());
		assert_same_bytes(page(area, i), expected, page_size(), "a page that stayed");
	}
	assert_all_bytes(page(area, lost), page_size(), 0, "the page that was given back");
}

CLAIM(one_page_of_it_can_go, "opt-03",
      "MADV_DONTNEED of one small page in a huge one takes that page, be it first, last or between",
      .needs = HUGE_PAGES | AREA_USAGE)
{
	size_t count = huge_page_size() / page_size();
	const size_t each[] = {0, count / 2 + 1, count - 1};

	for (size_t i = 0; i < 3; i++) {
		char *area = filled_huge_page();

		assert_accepted(madvise(page(area, each[i]), page_size(), MADV_DONTNEED));
		assert_lost(area, each[i]);
	}
}

CLAIM(what_stays_is_small_pages, "opt-03",
      "After that nothing of it is a huge page, and a small page less is resident",
      .needs = HUGE_PAGES | AREA_USAGE)
{
	size_t huge = huge_page_size();
	char *area = filled_huge_page();
	struct usage after;

	assert_accepted(madvise(page(area, 3), page_size(), MADV_DONTNEED));
	after = observe_usage("after", area, huge);
	assert_equals(after.huge, 0, "bytes in huge pages");
	assert_equals(after.rss, huge - page_size(), "bytes resident");
	assert_accepted(madvise(area, huge, MADV_DONTNEED));
	assert_equals(observe_usage("all of it", area, huge).rss, 0, "bytes resident in the end");
}

CONTROL(rights_of_a_part_take_nothing, "opt-03",
	"When only the rights of that page are changed all of it stays, and every byte",
	.needs = HUGE_PAGES | AREA_USAGE)
{
	size_t huge = huge_page_size();
	char *area = filled_huge_page();

	assert_accepted(mprotect(page(area, 3), page_size(), PROT_READ));
	assert_equals(observe_usage("after", area, huge).rss, huge, "bytes resident");
	assert_pattern(area, huge, 1, "the stretch");
}
