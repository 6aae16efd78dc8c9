/* SPDX-License-Identifier: MIT */
/*
 * munmap removes whole pages
 * ==========================
 *
 * Document 002 says that munmap deletes the area that starts at an address and has the next length
 * bytes. Bytes are not what is deleted, and neither are areas. Every page that the range so much
 * as touches goes, to its last byte; a page that it does not touch stays, though it belongs to the
 * same area. An area may lose its first page, its last, or some in the middle, and is two then.
 *
 *         munmap(page 1, one byte)              munmap(page 1, a page and a byte)
 *
 *     +--------+        +--------+--------+     +--------+                 +--------+
 *     | page 0 |        | page 2 | page 3 |     | page 0 |                 | page 3 |
 *     +--------+        +--------+--------+     +--------+                 +--------+
 *
 * Look with: walks over the area, upwards from its first byte and downwards from its last,
 *            until they are stopped; and every byte of what is left.
 * Read on:   munmap(2); document 002 "User-Level Memory Mapping".
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("munmap removes whole pages");

enum { PAGES = 5 };

/* Five pages, each filled with a pattern of its own. */
static char *five_pages(void)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	for (unsigned i = 0; i < PAGES; i++) {
		write_pattern(page(area, i), page_size(), i);
	}
	return area;
}

static void assert_pages(char *area, size_t first, size_t end)
{
	for (size_t i = first; i < end; i++) {
		assert_pattern(page(area, i), page_size(), (unsigned)i, "a page that is left");
	}
}

/* So many pages are gone from there on, to the byte, and all the others are whole. */
static void assert_gone(char *area, size_t first, size_t count)
{
	size_t size = page_size(), above = PAGES - first - count;
	char *gone = page(area, first), *last = page(area, first + count) - 1;

	assert_trap(try_load(gone), SIGSEGV, SEGV_MAPERR, gone);
	assert_trap(try_load(last), SIGSEGV, SEGV_MAPERR, last);
	assert_equals(bytes_until_trap(LOAD, area, PAGES * size, 1), first * size,
		      "bytes left below");
	assert_equals(bytes_until_trap(LOAD, page(area, PAGES) - 1, PAGES * size, -1), above * size,
		      "bytes left above");
	assert_pages(area, 0, first);
	assert_pages(area, first + count, PAGES);
	assert_equals(bytes_until_trap(STORE, area, PAGES * size, 1), first * size, "to write to");
}

CLAIM(every_page_that_the_range_touches_goes, "munmap-03",
      "A length of one byte removes one page, a page and a byte remove two, and none beside them")
{
	size_t lengths[] = {1, page_size() - 1, page_size(), page_size() + 1, 2 * page_size()};
	size_t removed[] = {1, 1, 1, 2, 2};

	for (size_t i = 0; i < 5; i++) {
		char *area = five_pages();

		assert_accepted(munmap(page(area, 1), lengths[i]));
		assert_gone(area, 1, removed[i]);
	}
}

CLAIM(either_end_of_an_area_may_go, "munmap-03",
      "The first page of an area can be removed alone, and so can the last")
{
	size_t ends[] = {0, PAGES - 1};

	for (size_t i = 0; i < 2; i++) {
		char *area = five_pages(), *removed = page(area, ends[i]);

		assert_accepted(munmap(removed, 1));
		assert_trap(try_load(removed), SIGSEGV, SEGV_MAPERR, removed);
		assert_trap(try_load(removed + page_size() - 1), SIGSEGV, SEGV_MAPERR,
			    removed + page_size() - 1);
		assert_pages(area, i == 0, PAGES - (i == 1));
	}
}

CLAIM(an_area_is_split_in_two, "munmap-03",
      "In the map, an area that loses pages from its middle becomes two that end where they begin",
      .needs = AREA_LIST)
{
	char *place = fresh_pages(PAGES, MAP_PRIVATE);

	assert_equals(count_areas(place, PAGES * page_size()), 1, "areas before");
	assert_accepted(munmap(page(place, 1), page_size() + 1));

	struct area below = observe_area(place), above = observe_area(page(place, 3));

	assert_address(below.start, place, "the start of the area below");
	assert_address(below.end, page(place, 1), "its end");
	assert_address(above.start, page(place, 3), "the start of the area above");
	assert_address(above.end, page(place, PAGES), "its end");
	assert_equals(count_areas(place, PAGES * page_size()), 2, "areas after");
}

CONTROL(without_munmap_nothing_goes, "munmap-03",
	"The same walks over an area from which nothing was removed are not stopped")
{
	char *area = five_pages();
	size_t all = PAGES * page_size();

	assert_equals(bytes_until_trap(LOAD, area, all, 1), all, "bytes, upwards");
	assert_equals(bytes_until_trap(LOAD, page(area, PAGES) - 1, all, -1), all,
		      "bytes, downwards");
	assert_pages(area, 0, PAGES);
}

CONTROL(a_forbidden_page_is_still_an_area, "munmap-03",
	"Pages that mprotect forbids stop the walk at the same byte, but trap otherwise")
{
	char *area = five_pages(), *barred = page(area, 1);

	arrange(mprotect(barred, page_size() + 1, PROT_NONE) == 0);
	assert_trap(try_load(barred), SIGSEGV, SEGV_ACCERR, barred);
	assert_equals(bytes_until_trap(LOAD, area, PAGES * page_size(), 1), page_size(),
		      "bytes, upwards");
	arrange(mprotect(barred, page_size() + 1, PROT_READ | PROT_WRITE) == 0);
	assert_pages(area, 0, PAGES);
}
