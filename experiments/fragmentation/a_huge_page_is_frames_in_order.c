/* SPDX-License-Identifier: MIT */
/*
 * A huge page is frames in order, and all of them
 * ===============================================
 *
 * Linux hands out frames in blocks of powers of two, each aligned to its size (document 004, section 4.3).
 * Mostly that is hidden, for any frame can stand behind any page. A huge page cannot hide it: one entry
 * maps all of it, so that its frames follow each other, and the first is a multiple of their number.
 *
 *      small pages    [7] [2] [9] [4] ...            any frames
 *      a huge page    [512][513][514] ... [1023]     one aligned block, taken or not taken
 *
 * Being one block it cannot be had in part either. Where only a byte of such a stretch is used, the rest
 * of it is waste: "internal fragmentation" once more (18.5), and now of two megabytes.
 *
 * Here small pages are collapsed into a huge one, for that is an order and no favour.
 *
 * Look with: /proc/PID/pagemap, the frame numbers; /proc/PID/smaps, Rss.
 * Read on:   madvise(2) MADV_COLLAPSE (Linux 6.1); document 004 sections 4.3, 9.4 and 18.5.
 */
#include <touchstone/experiment.h>
#include <touchstone/huge_pages.h>

EXPERIMENT("A huge page is frames in order, and all of them");

enum { TRIES = 4 };

/* One byte of the stretch is stored, and then all of it made a huge page. */
static char *collapsed_stretch(void)
{
	char *area = huge_stretch();
	size_t huge = huge_page_size();

	arrange(madvise(area, huge, MADV_NOHUGEPAGE) == 0);
	store(area + huge / 2, 'x');
	arrange(madvise(area, huge, MADV_HUGEPAGE) == 0);
	collapse(area, huge);
	return area;
}

/* The number of pages that do not have the frame behind that of the page before. */
static size_t breaks_in_order(struct pages seen)
{
	size_t breaks = 0;

	for (size_t i = 1; i < seen.count; i++) {
		breaks += page_frame(seen, i) != page_frame(seen, 0) + i;
	}
	return breaks;
}

CLAIM(its_frames_follow_each_other, "frag-09",
      "The frames of a huge page are consecutive, and the first is a multiple of their number",
      .needs = HUGE_PAGES | FRAME_NUMBERS)
{
	size_t count = huge_page_size() / page_size();

	for (int i = 0; i < TRIES; i++) {
		struct pages seen = observe_pages("collapsed", collapsed_stretch(), count);

		assert_differs(page_frame(seen, 0), 0, "its first frame");
		assert_equals(breaks_in_order(seen), 0, "pages whose frame does not follow");
		assert_equals(page_frame(seen, 0) % count, 0, "frames behind a multiple of that");
	}
}

CLAIM(one_byte_keeps_all_of_it, "frag-13",
      "A stretch in which one byte is used occupies a whole huge page once it is one",
      .needs = HUGE_PAGES | AREA_USAGE | PAGE_STATES)
{
	size_t huge = huge_page_size();
	char *area = collapsed_stretch();

	assert_equals(observe_usage("collapsed", area, huge).rss, huge, "bytes resident");
	assert_strip(observe_pages("collapsed", area, huge / page_size()), "p");
	assert_byte(area + huge / 2, 'x', "the byte that is used");
	assert_all_bytes(area, huge / 2, 0, "the waste before it");
	assert_all_bytes(area + huge / 2 + 1, huge / 2 - 1, 0, "the waste behind it");
}

CONTROL(one_byte_keeps_a_small_page, "frag-13",
	"In small pages the same byte occupies one page, and the others are not there",
	.needs = HUGE_PAGES | AREA_USAGE | PAGE_STATES)
{
	size_t huge = huge_page_size(), count = huge / page_size();
	char *area = huge_stretch();

	arrange(madvise(area, huge, MADV_NOHUGEPAGE) == 0);
	store(area + huge / 2, 'x');
	assert_equals(observe_usage("small pages", area, huge).rss, page_size(), "bytes resident");
	assert_equals(count_present(observe_pages("small pages", area, count)), 1, "pages there");
}

CONTROL(where_all_is_used_it_wastes_nothing, "frag-13",
	"A stretch in which every page is used occupies as much in small pages as in a huge one",
	.needs = HUGE_PAGES | AREA_USAGE)
{
	size_t huge = huge_page_size();
	char *small = huge_stretch(), *large = collapsed_stretch();

	arrange(madvise(small, huge, MADV_NOHUGEPAGE) == 0);
	write_pattern(small, huge, 1);
	write_pattern(large, huge, 1);
	assert_equals(observe_usage("small pages", small, huge).rss, huge, "bytes resident");
	assert_equals(observe_usage("a huge page", large, huge).rss, huge, "bytes resident");
	assert_pattern(large, huge, 1, "the huge page");
}

CONTROL(small_pages_take_any_frames, "frag-09",
	"Two small pages that have changed places break the order, and hold what they held",
	.needs = FRAME_NUMBERS)
{
	char *area = filled_pages(8, MAP_PRIVATE, 1), *aside = fresh_pages(1, MAP_PRIVATE);
	char *const from[] = {page(area, 2), page(area, 5), aside};
	char *const to[] = {aside, page(area, 2), page(area, 5)};

	for (size_t i = 0; i < 3; i++) {
		arrange(mremap(from[i], page_size(), page_size(), MREMAP_MAYMOVE | MREMAP_FIXED,
			       to[i]) == to[i]);
	}
	assert_at_least(breaks_in_order(observe_pages("exchanged", area, 8)), 1,
			"pages whose frame does not follow");
}
