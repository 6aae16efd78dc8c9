/* SPDX-License-Identifier: MIT */
/*
 * Each mapping is a range of whole pages
 * ======================================
 *
 * An address space is a list of areas (VMAs, document 003): ranges of addresses for which the
 * kernel knows what is behind them and what may be done with them. Areas begin and end on pages, so
 * a program that asks for one byte gets an area of one page, and may use all of it. The range is
 * half open: its end is the first address that is no longer in it. Areas never overlap.
 *
 *      asked for    1 byte             page + 1 bytes
 *      listed       [start, +1 page)   [start, +2 pages)
 *
 *                   |#...............|                        # asked for
 *                   |#################|#...............|      . usable as well
 *                  ^ no                                ^ no
 *
 * Look with: /proc/self/maps; refused accesses on either side.
 * Read on:   proc(5) maps, mmap(2); documents 002 "User-Level Memory Mapping", 003.
 */
#include <signal.h>
#include <stdlib.h>

#include <touchstone/experiment.h>

EXPERIMENT("Each mapping is a range of whole pages");

enum { PAGES = 4, SEED = 2 };

/* So many bytes of anonymous memory, alone in a hole between two areas. */
static char *map_bytes(size_t length)
{
	char *place = reserve(PAGES), *start = page(place, 1);

	arrange(munmap(place, PAGES * page_size()) == 0);
	assert_address(mmap(start, length, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0),
		       start, "where it was mapped");
	return start;
}

CLAIM(it_is_listed_as_whole_pages, "vma-01",
      "A mapping of any length is listed from the page it starts on to the end of its last page",
      .needs = AREA_LIST)
{
	const size_t size = page_size();
	const size_t lengths[] = {1, size - 1, size, size + 1, 2 * size};
	const size_t pages[] = {1, 1, 1, 2, 2};

	for (size_t i = 0; i < 5; i++) {
		char *start = map_bytes(lengths[i]), *end = start + pages[i] * size;
		char *in_it[] = {start, start + size - 1, end - size, end - 1};

		for (size_t at = 0; at < 4; at++) {
			assert_address(observe_area(in_it[at]).start, start, "where it starts");
			assert_address(observe_area(in_it[at]).end, end, "where it ends");
		}
		assert_equals(observe_area(start - 1).exists, false, "areas before it");
		assert_equals(observe_area(end).exists, false, "areas behind it");
	}
}

CLAIM(all_of_its_last_page_belongs_to_it, "vma-01",
      "Of a mapping of one byte each byte of the page can be used, and not one beside it")
{
	char *start = map_bytes(1), *end = page(start, 1);

	write_pattern(start, page_size(), SEED);
	assert_pattern(start, page_size(), SEED, "the page");
	assert_trap(try_load(start - 1), SIGSEGV, SEGV_MAPERR, start - 1);
	assert_trap(try_store(start - 1, 1), SIGSEGV, SEGV_MAPERR, start - 1);
	assert_trap(try_load(end), SIGSEGV, SEGV_MAPERR, end);
	assert_trap(try_store(end, 1), SIGSEGV, SEGV_MAPERR, end);
}

CLAIM(areas_are_in_order_and_never_overlap, "vma-01",
      "Each line of the map begins and ends on a page, and not before the last one's end",
      .needs = AREA_LIST)
{
	struct area_list list = observe_areas();
	unsigned long long before = 0;
	size_t lines = 0;

	for (const char *line = list.text, *end;
	     (end = memchr(line, '\n', list.length - (size_t)(line - list.text))); line = end + 1) {
		char *dash;
		unsigned long long first = strtoull(line, &dash, 16);
		unsigned long long last = strtoull(dash + 1, NULL, 16);

		ck_assert_int_eq(*dash, '-');
		ck_assert_uint_eq(first % page_size(), 0);
		ck_assert_uint_eq(last % page_size(), 0);
		ck_assert_uint_ge(first, before);
		ck_assert_uint_gt(last, first);
		before = last;
		lines++;
	}
	assert_at_least(lines, 3, "lines of the map: code, data and stack at least");
}

CONTROL(what_was_unmapped_is_listed_no_more, "vma-01",
	"After munmap the same addresses are in no area, and its neighbours' ends have not moved",
	.needs = AREA_LIST)
{
	char *start = map_bytes(2 * page_size());

	assert_equals(observe_area(start).exists, true, "there is an area after mmap");
	assert_accepted(munmap(start, 2 * page_size()));
	assert_equals(observe_area(start).exists, false, "there is one after munmap");
	assert_equals(observe_area(page(start, 1)).exists, false, "there is one on its other page");
	assert_address(observe_area(start - page_size() - 1).end, start - page_size(),
		       "where the area below ends");
	assert_address(observe_area(page(start, PAGES - 1)).start, page(start, PAGES - 1),
		       "where the area above starts");
}
