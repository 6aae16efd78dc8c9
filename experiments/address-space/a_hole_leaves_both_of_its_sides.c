/* SPDX-License-Identifier: MIT */
/*
 * A hole in an area leaves both of its sides as they were
 * =======================================================
 *
 * munmap need not name what mmap has made: it takes any range of pages out of whatever is there.
 * Document 003 calls that removing a region, and what becomes of the rest it leaves open. Taken
 * out of the middle of one area it leaves two, which do not notice. And who fills the hole with
 * memory of the same kind gets one area again.
 *
 *      +-----------------------------------+
 *      |               rw-p                |       1 area
 *      +-----------------------------------+
 *               munmap |           ^ mmap
 *      +-----------+   v           | +-------+
 *      |   rw-p    |       hole      | rw-p  |     2 areas
 *      +-----------+                 +-------+
 *
 * What is mapped is promised; how areas are listed is not: those that have been touched may stay
 * apart. Those that are counted here have not been.
 *
 * Look with: /proc/self/maps; the bytes, and refused accesses.
 * Read on:   munmap(2), proc(5); documents 002 "User-Level Memory Mapping", 003.
 */
#include <signal.h>

#include <touchstone/experiment.h>

EXPERIMENT("A hole in an area leaves both of its sides as they were");

enum { PAGES = 9, FROM = 3, TAKEN = 3, BEHIND = FROM + TAKEN, SEED = 9 };
enum { LARGEST = 64 * 1024 * (PAGES - BEHIND) };

/* From this page to that one there is exactly one area. */
static void assert_area(char *area, size_t first, size_t end)
{
	struct area seen = observe_area(page(area, first));

	assert_address(seen.start, page(area, first), "where the area starts");
	assert_address(seen.end, page(area, end), "where it ends");
	ck_assert_str_eq(seen.permissions, "rw-p");
}

/* The pages on both sides, each byte of them, and the right to store beside the hole. */
static void assert_sides(char *area)
{
	static char above[LARGEST];
	size_t left = (PAGES - BEHIND) * page_size();
	char *last = page(area, FROM) - 1, *first = page(area, BEHIND);

	arrange(left <= sizeof above);
	pattern_bytes(above, left, SEED, BEHIND * page_size());
	assert_pattern(area, FROM * page_size(), SEED, "the pages below the hole");
	assert_same_bytes(first, above, left, "the pages above it");
	assert_no_trap(try_store(last, load(last)));
	assert_no_trap(try_store(first, load(first)));
}

CLAIM(a_hole_leaves_both_sides, "vma-04",
      "munmap of the middle makes it inaccessible, and leaves each byte on both sides of it")
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE), *hole = page(area, FROM);
	const size_t length = TAKEN * page_size();

	write_pattern(area, PAGES * page_size(), SEED);
	for (int round = 0; round < 2; round++) {
		assert_accepted(munmap(hole, length));
		for (size_t i = FROM; i < BEHIND; i++) {
			char *last = page(area, i + 1) - 1;

			assert_trap(try_load(page(area, i)), SIGSEGV, SEGV_MAPERR, page(area, i));
			assert_trap(try_store(last, 1), SIGSEGV, SEGV_MAPERR, last);
		}
		assert_sides(area);
		assert_address(mmap(hole, length, PROT_READ | PROT_WRITE,
				    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
			       hole, "a new mapping that asks for the hole");
		assert_all_bytes(hole, length, 0, "the refilled hole");
		assert_sides(area);
		write_pattern(hole, length, SEED);
	}
}

CLAIM(a_hole_makes_two_areas, "vma-04",
      "One area becomes two when its middle is unmapped, and one when the hole is filled alike",
      .needs = AREA_LIST)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE), *hole = page(area, FROM);
	const size_t length = TAKEN * page_size();

	for (int round = 0; round < 3; round++) {
		assert_area(area, 0, PAGES);
		assert_accepted(munmap(hole, length));
		assert_area(area, 0, FROM);
		assert_area(area, BEHIND, PAGES);
		assert_equals(count_areas(hole, length), 0, "areas in the hole");
		assert_address(mmap(hole, length, PROT_READ | PROT_WRITE,
				    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0),
			       hole, "what fills it");
	}
	assert_area(area, 0, PAGES);
}

CONTROL(at_an_end_it_leaves_one, "vma-04",
	"munmap of its first or last page leaves one area, a hole filled otherwise makes three",
	.needs = AREA_LIST)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE), *hole = page(area, FROM);

	assert_accepted(munmap(page(area, PAGES - 1), page_size()));
	assert_area(area, 0, PAGES - 1);
	assert_accepted(munmap(area, page_size()));
	assert_area(area, 1, PAGES - 1);

	arrange(mmap(hole, TAKEN * page_size(), PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == hole);
	assert_equals(count_areas(area, PAGES * page_size()), 3,
		      "areas with shared memory in the middle");
}
