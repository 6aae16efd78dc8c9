/* SPDX-License-Identifier: MIT */
/*
 * Reading borrows a huge page of zeros
 * ====================================
 *
 * Who reads fresh memory is lent the kernel's page of zeros. Where huge pages are asked for (document 004,
 * section 18.5) there is a huge one of these as well: the first load maps all of the stretch, and costs the
 * program no frame. The first store ends the loan. What follows is a huge page of the program's own or,
 * where none is free, small pages as ever.
 *
 *      loaded    [ z  z  z  z  ...  z  z ]     one huge page of zeros, everybody's
 *      stored    [ 0  0  x  0  ...  0  0 ]     one's own
 *
 * Look with: /proc/PID/pagemap and /proc/PID/smaps: present, and yet nothing resident.
 * Read on:   the kernel's transhuge.rst, use_zero_page; documents 002, 004 section 18.5.
 */
#include <touchstone/experiment.h>
#include <touchstone/huge_pages.h>

EXPERIMENT("Reading borrows a huge page of zeros");

enum { TRIES = 4 };

/* The administrator may have forbidden it; all kernels that have huge pages have the setting. */
static bool is_lent(void)
{
	return setting_letter("/sys/kernel/mm/transparent_hugepage/use_zero_page") == '1';
}

/* A stretch of which one byte in the middle was loaded, and with it all of it became present. */
static char *borrowed_stretch(void)
{
	size_t huge = huge_page_size(), count = huge / page_size();

	for (int i = 0; i < TRIES && is_lent(); i++) {
		char *area = huge_stretch();

		arrange(madvise(area, huge, MADV_HUGEPAGE) == 0);
		assert_equals(load(area + huge / 2 + 3), 0, "the byte loaded");
		if (count_present(observe_pages("loaded", area, count)) == count) {
			return area;
		}
	}
	undecided("needs the huge page of zeros: use_zero_page set to 1, and free memory");
}

CLAIM(a_load_costs_no_frame, "opt-01",
      "A load brings all of the stretch, and yet nothing is resident: it is lent a page of zeros",
      .needs = HUGE_PAGES | AREA_USAGE | PAGE_STATES)
{
	size_t huge = huge_page_size(), count = huge / page_size();
	char *area = borrowed_stretch();
	struct usage usage = observe_usage("loaded", area, huge);

	assert_equals(count_exclusive(observe_pages("loaded", area, count)), 0,
		      "pages that are this process's alone");
	assert_equals(usage.rss, 0, "bytes resident");
	assert_equals(usage.anonymous, 0, "bytes of its own");
	assert_all_bytes(area, huge, 0, "the stretch");
}

CLAIM(a_store_ends_the_loan, "opt-01",
      "The first store changes one byte of one's own, and no other; the zeros stay zeros for "
      "others",
      .needs = HUGE_PAGES | AREA_USAGE | PAGE_STATES)
{
	size_t huge = huge_page_size(), at = huge / 2 + 3;
	char *area = borrowed_stretch(), *other = borrowed_stretch();

	store(area + at, 'x');
	assert_at_least(observe_usage("stored", area, huge).anonymous, page_size(),
			"bytes of its own");
	assert_equals(observe_usage("the other", other, huge).rss, 0, "bytes of the other one");
	assert_byte(area + at, 'x', "the byte stored");
	assert_all_bytes(area, at, 0, "the bytes before it");
	assert_all_bytes(area + at + 1, huge - at - 1, 0, "the bytes behind it");
	assert_all_bytes(other, huge, 0, "the other stretch, which was only read");
}

CONTROL(who_stores_at_once_borrows_nothing, "opt-01",
	"When the first access is a store, all that becomes present is resident, and its own",
	.needs = HUGE_PAGES | AREA_USAGE | PAGE_STATES)
{
	size_t huge = huge_page_size(), count = huge / page_size();
	char *area = huge_stretch();

	arrange(madvise(area, huge, MADV_HUGEPAGE) == 0);
	store(area + huge / 2 + 3, 'x');
	assert_equals(observe_usage("stored", area, huge).anonymous,
		      count_present(observe_pages("stored", area, count)) * page_size(),
		      "bytes of its own");
}
