/* SPDX-License-Identifier: MIT */
/*
 * A change of a part splits an area, and the change back merges it
 * ================================================================
 *
 * Programs "define, modify or remove" regions with mmap, mprotect and munmap (document 003); areas
 * are what the kernel makes of it. mprotect may name any range of pages, and an area has one set of
 * rights. So a call for the middle of an area leaves three areas where there was one. And
 * back again: neighbours that have become alike are made into one, so that the list stays as
 * short as it can be.
 *
 *      +-----------------------------------+
 *      |               rw-p                |       1 area
 *      +-----------------------------------+
 *             mprotect |         ^ mprotect
 *      +-----------+---v---------|-+-------+
 *      |   rw-p    |     r--p      | rw-p  |       3 areas
 *      +-----------+---------------+-------+
 *
 * Which rights hold is promised; how areas are listed is not: those that have been touched may stay
 * apart. Those that are counted here have not been.
 *
 * Look with: /proc/self/maps; the bytes, and refused accesses.
 * Read on:   mprotect(2), proc(5); documents 002 "User-Level Memory Mapping", 003.
 */
#include <signal.h>

#include <touchstone/experiment.h>

EXPERIMENT("A change of a part splits an area, and the change back merges it");

enum { PAGES = 9, FROM = 3, CHANGED = 3, BEHIND = FROM + CHANGED, SEED = 9 };

/* From this page to that one there is exactly one area, and it has these letters. */
static void assert_area(char *area, size_t first, size_t end, const char *letters)
{
	struct area seen = observe_area(page(area, first));

	assert_address(seen.start, page(area, first), "where the area starts");
	assert_address(seen.end, page(area, end), "where it ends");
	ck_assert_str_eq(seen.permissions, letters);
}

static size_t areas_of(const char *area)
{
	return count_areas(area, PAGES * page_size());
}

/* The bytes on either side of the changed pages' borders, and the pages as a whole. */
static void assert_stores(char *area, bool changed_too)
{
	char *inside[] = {page(area, FROM), page(area, BEHIND) - 1};

	assert_no_trap(try_store(page(area, FROM) - 1, load(page(area, FROM) - 1)));
	assert_no_trap(try_store(page(area, BEHIND), load(page(area, BEHIND))));
	for (size_t i = 0; i < 2; i++) {
		struct trap trap = try_store(inside[i], load(inside[i]));

		if (changed_too) {
			assert_no_trap(trap);
		} else {
			assert_trap(trap, SIGSEGV, SEGV_ACCERR, inside[i]);
		}
	}
	assert_pattern(area, PAGES * page_size(), SEED, "all nine pages");
}

CLAIM(a_part_can_be_changed_and_changed_back, "vma-03",
      "mprotect of the middle changes the middle alone, and back again, and no byte in any of it")
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	write_pattern(area, PAGES * page_size(), SEED);
	for (int round = 0; round < 3; round++) {
		assert_stores(area, true);
		assert_accepted(mprotect(page(area, FROM), CHANGED * page_size(), PROT_READ));
		assert_stores(area, false);
		assert_accepted(
			mprotect(page(area, FROM), CHANGED * page_size(), PROT_READ | PROT_WRITE));
	}
	assert_stores(area, true);
}

CLAIM(a_changed_middle_makes_three, "vma-03",
      "One area becomes three when its middle is changed, and one when that is changed back",
      .needs = AREA_LIST)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	for (int round = 0; round < 3; round++) {
		assert_area(area, 0, PAGES, "rw-p");
		assert_accepted(mprotect(page(area, FROM), CHANGED * page_size(), PROT_READ));
		assert_equals(areas_of(area), 3, "areas");
		assert_area(area, 0, FROM, "rw-p");
		assert_area(area, FROM, BEHIND, "r--p");
		assert_area(area, BEHIND, PAGES, "rw-p");
		assert_accepted(
			mprotect(page(area, FROM), CHANGED * page_size(), PROT_READ | PROT_WRITE));
		assert_equals(areas_of(area), 1, "areas");
	}
}

CLAIM(a_changed_end_makes_two, "vma-03",
      "One area becomes two when its first or its last page is changed, and a border can move",
      .needs = AREA_LIST)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	assert_accepted(mprotect(area, page_size(), PROT_READ));
	assert_equals(areas_of(area), 2, "areas after the first page was changed");
	assert_area(area, 0, 1, "r--p");
	assert_area(area, 1, PAGES, "rw-p");
	assert_accepted(mprotect(page(area, 1), page_size(), PROT_READ)); /* joins the one below */
	assert_area(area, 0, 2, "r--p");
	assert_area(area, 2, PAGES, "rw-p");
	assert_accepted(mprotect(area, 2 * page_size(), PROT_READ | PROT_WRITE));
	assert_area(area, 0, PAGES, "rw-p");

	assert_accepted(mprotect(page(area, PAGES - 1), page_size(), PROT_READ));
	assert_equals(areas_of(area), 2, "areas after the last page was changed");
	assert_area(area, 0, PAGES - 1, "rw-p");
	assert_area(area, PAGES - 1, PAGES, "r--p");
}

CONTROL(a_change_of_the_whole_splits_nothing, "vma-03",
	"mprotect of the whole area leaves one, and so does a change to what it is already",
	.needs = AREA_LIST)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	assert_accepted(mprotect(area, PAGES * page_size(), PROT_READ));
	assert_equals(areas_of(area), 1, "areas");
	assert_area(area, 0, PAGES, "r--p");
	assert_accepted(mprotect(page(area, FROM), CHANGED * page_size(), PROT_READ));
	assert_area(area, 0, PAGES, "r--p");
	assert_trap(try_store(area, 1), SIGSEGV, SEGV_ACCERR, area);
}
