/* SPDX-License-Identifier: MIT */
/*
 * No advice gives up a locked page, but the one that says so
 * ==========================================================
 *
 * A locked page is not chosen by page replacement, and the program itself cannot give it up by
 * mistake either: MADV_DONTNEED, MADV_FREE, MADV_COLD, MADV_PAGEOUT and MADV_REMOVE are all refused
 * with EINVAL for an area that is locked. What lies before it in the range is advised, what lies
 * behind is not reached. Who means it says munlock(2) first, or MADV_DONTNEED_LOCKED, which empties
 * the pages and leaves the area locked.
 *
 *      range           a b | C D | e f        capitals: locked
 *      DONTNEED        0 0 | C D | e f        EINVAL
 *      DONTNEED_LOCKED 0 0 | 0 0 | 0 0        and the middle is locked still
 *
 * Look with: nothing but eyes; /proc/PID/pagemap.
 * Read on:   madvise(2) ERRORS and MADV_DONTNEED_LOCKED (Linux 5.18); mlock(2).
 */
#include <errno.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("No advice gives up a locked page, but the one that says so");

#ifndef MADV_DONTNEED_LOCKED
#define MADV_DONTNEED_LOCKED 24
#endif

enum { PAGES = 6, FIRST = 2, LOCKED = 2, BEHIND = FIRST + LOCKED };

/* Each page holds a pattern of its own; two in the middle are locked. */
static char *partly_locked(int sharing)
{
	char *area = fresh_pages(PAGES, sharing);

	for (unsigned i = 0; i < PAGES; i++) {
		write_pattern(page(area, i), page_size(), i + 1);
	}
	arrange(mlock(page(area, FIRST), LOCKED * page_size()) == 0);
	return area;
}

/* The pages up to end are zeros, and the others as they were. */
static void assert_given_up(const char *area, unsigned end)
{
	for (unsigned i = 0; i < PAGES; i++) {
		if (i < end) {
			assert_all_bytes(page(area, i), page_size(), 0, "a page given back");
		} else {
			assert_pattern(page(area, i), page_size(), i + 1, "a page that was kept");
		}
	}
}

CLAIM(what_is_locked_is_kept, "madvise-47",
      "Advice to give pages up is refused with EINVAL where they are locked, and they keep all",
      .needs = LOCKABLE_MEMORY)
{
	const int advice[] = {MADV_DONTNEED, MADV_FREE, MADV_COLD, MADV_PAGEOUT};
	char *area = partly_locked(MAP_PRIVATE);

	for (size_t i = 0; i < sizeof advice / sizeof *advice; i++) {
		assert_refused(madvise(page(area, FIRST), page_size(), advice[i]), EINVAL);
		assert_refused(madvise(page(area, BEHIND - 1), page_size(), advice[i]), EINVAL);
		assert_given_up(area, 0);
	}
}

CLAIM(locked_shared_memory_is_kept, "madvise-47",
      "Locked shared memory is neither given back, nor pushed out, nor removed: EINVAL each time",
      .needs = LOCKABLE_MEMORY)
{
	const int advice[] = {MADV_DONTNEED, MADV_COLD, MADV_PAGEOUT, MADV_REMOVE};
	char *area = partly_locked(MAP_SHARED);

	if (madvise(fresh_pages(1, MAP_SHARED), page_size(), MADV_REMOVE) != 0) {
		undecided("needs MADV_REMOVE for shared memory");
	}
	for (size_t i = 0; i < sizeof advice / sizeof *advice; i++) {
		assert_refused(madvise(page(area, FIRST), LOCKED * page_size(), advice[i]), EINVAL);
		assert_given_up(area, 0);
	}
}

CLAIM(locked_pages_stay_present, "madvise-47",
      "Whatever is said, the locked pages stay present in the page table",
      .needs = LOCKABLE_MEMORY | PAGE_STATES)
{
	const int advice[] = {MADV_DONTNEED, MADV_COLD, MADV_PAGEOUT, MADV_REMOVE, MADV_FREE};
	char *areas[] = {partly_locked(MAP_PRIVATE), partly_locked(MAP_SHARED),
			 fresh_mapping(PAGES, MAP_SHARED, scratch_file(PAGES, 1))};

	arrange(mlock(page(areas[2], FIRST), LOCKED * page_size()) == 0);
	for (size_t i = 0; i < 3; i++) {
		for (size_t j = 0; j < sizeof advice / sizeof *advice; j++) {
			(void)madvise(areas[i], PAGES * page_size(), advice[j]);
			assert_strip(observe_pages("advised", areas[i], PAGES), "??pp??");
		}
	}
}

CLAIM(the_range_is_advised_up_to_the_lock, "madvise-48",
      "A range with locked pages is given back up to them, and neither they nor what is behind",
      .needs = LOCKABLE_MEMORY)
{
	char *area = partly_locked(MAP_PRIVATE);

	for (int round = 0; round < 2; round++) {
		assert_refused(madvise(area, PAGES * page_size(), MADV_DONTNEED), EINVAL);
		assert_given_up(area, FIRST);
	}
	assert_accepted(munlock(page(area, FIRST), page_size()));
	assert_refused(madvise(area, PAGES * page_size(), MADV_DONTNEED), EINVAL);
	assert_given_up(area, FIRST + 1);
}

CLAIM(who_says_so_gives_them_up, "madvise-49",
      "MADV_DONTNEED_LOCKED empties locked pages like others, and they are locked none the less",
      .needs = LOCKABLE_MEMORY | AREA_USAGE)
{
	char *area = partly_locked(MAP_PRIVATE);

	if (madvise(fresh_pages(1, MAP_PRIVATE), page_size(), MADV_DONTNEED_LOCKED) != 0) {
		undecided("needs MADV_DONTNEED_LOCKED: Linux 5.18");
	}
	for (int round = 0; round < 2; round++) {
		assert_accepted(madvise(area, BEHIND * page_size(), MADV_DONTNEED_LOCKED));
		struct usage usage = observe_usage("emptied", page(area, FIRST), page_size());
		assert_equals(usage_has_flag(&usage, "lo"), true, "it is locked still");
		assert_equals(usage.locked, 0, "bytes locked and resident");
		assert_given_up(area, BEHIND);
		store_each(page(area, FIRST), LOCKED, 'x');
		usage = observe_usage("touched", page(area, FIRST), LOCKED * page_size());
		assert_equals(usage.locked, LOCKED * page_size(), "bytes locked after a touch");
	}
}

CONTROL(what_is_unlocked_is_given_up, "madvise-47 madvise-48 madvise-49",
	"After munlock the same advice is accepted, and empties every page",
	.needs = LOCKABLE_MEMORY)
{
	char *area = partly_locked(MAP_PRIVATE);

	arrange(munlock(area, PAGES * page_size()) == 0);
	assert_accepted(madvise(area, PAGES * page_size(), MADV_DONTNEED));
	assert_given_up(area, PAGES);
}
