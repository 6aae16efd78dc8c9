/* SPDX-License-Identifier: MIT */
/*
 * Each area is a range of whole pages, with rights of its own
 * ===========================================================
 *
 * An address space is a list of areas (VMAs, document 003): ranges of addresses for which the
 * kernel knows what is behind them and what may be done with them. A program that asks for one byte
 * gets an area of one page, for areas begin and end on pages. The range is half open: its end
 * is the first address that is no longer in it. Areas never overlap, and each carries its own
 * rights, up to the very byte at which the next one begins:
 *
 *       start            border           border           border            end
 *         |       r--p      |      rw-p      |      r-xp      |      ---p      |
 *      load   ok          ok|ok            ok|ok            ok|no             no
 *      store  no          no|ok            ok|no            no|no             no
 *
 * Look with: /proc/self/maps; refused accesses on either side of each border.
 * Read on:   proc(5) maps, mmap(2), mprotect(2); documents 002 "User-Level Memory Mapping", 003.
 */
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Each area is a range of whole pages, with rights of its own");

enum { READ_WRITE = PROT_READ | PROT_WRITE, PAGES = 4, SEED = 2 };

/* So many bytes of anonymous memory, at a place between two that are mapped. */
static char *area_of(size_t length)
{
	char *place = reserve(PAGES);

	arrange(length <= PAGES * page_size());
	arrange(munmap(place, PAGES * page_size()) == 0);
	assert_equals(observe_area(place).exists, false, "there is an area before mmap");
	assert_address(
		mmap(place, length, READ_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0),
		place, "where it was mapped");
	return place;
}

CLAIM(a_mapping_is_a_range_of_whole_pages, "vma-01",
      "A mapping of any length is listed from the page it starts on to the end of its last page",
      .needs = AREA_LIST)
{
	const size_t size = page_size();
	const size_t lengths[] = {1, size - 1, size, size + 1, 3 * size};
	const size_t pages[] = {1, 1, 1, 2, 3};

	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		char *start = area_of(lengths[i]), *end = start + pages[i] * size;

		for (char *at = start; at < end; at += size / 2 - 1) {
			struct area area = observe_area(at);

			assert_address(area.start, start, "the start of the area");
			assert_address(area.end, end, "its end");
		}
		assert_equals(observe_area(end - 1).end == (uintptr_t)end, true,
			      "the last byte is in it");
		assert_equals(observe_area(end).exists, false, "the address behind that is");
	}
}

CLAIM(all_of_the_last_page_belongs_to_it, "vma-01",
      "Of a mapping of one byte each byte of the page can be used, and not one beside it")
{
	char *place = reserve(PAGES), *start = page(place, 1), *end = page(place, 2);

	arrange(munmap(place, PAGES * page_size()) == 0);
	assert_address(mmap(start, 1, READ_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0),
		       start, "where it was mapped");
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
	const char *line = list.text, *newline;
	unsigned long long before = 0;
	size_t lines = 0;

	for (; (newline = memchr(line, '\n', list.length - (size_t)(line - list.text)));
	     line = newline + 1) {
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

/* Four areas side by side, one page each, made from the first on, or from the last. */
static char *side_by_side(const int rights[PAGES], bool upwards)
{
	char *area = reserve(PAGES);

	arrange(mprotect(area, PAGES * page_size(), READ_WRITE) == 0);
	write_pattern(area, PAGES * page_size(), SEED);
	for (size_t i = 0; i < PAGES; i++) {
		size_t at = upwards ? i : PAGES - 1 - i;

		assert_accepted(mprotect(page(area, at), page_size(), rights[at]));
	}
	return area;
}

/* A load, and a store of what is there already, at an address where just these rights hold. */
static void assert_rights(char *address, int rights)
{
	struct trap loaded = try_load(address);

	if (rights & PROT_READ) {
		assert_no_trap(loaded);
	} else {
		assert_trap(loaded, SIGSEGV, SEGV_ACCERR, address);
	}
	if (rights & PROT_WRITE) {
		assert_no_trap(try_store(address, loaded.loaded));
	} else {
		assert_trap(try_store(address, loaded.loaded), SIGSEGV, SEGV_ACCERR, address);
	}
}

/* At the first byte of each page and at its last; and those beside all four, which are closed. */
static void assert_rights_of_pages(char *area, const int rights[PAGES])
{
	for (size_t i = 0; i < PAGES; i++) {
		assert_rights(page(area, i), rights[i]);
		assert_rights(page(area, i + 1) - 1, rights[i]);
	}
	assert_rights(area - 1, PROT_NONE);
	assert_rights(page(area, PAGES), PROT_NONE);
	arrange(mprotect(area, PAGES * page_size(), PROT_READ) == 0);
	assert_pattern(area, PAGES * page_size(), SEED, "all four pages after that");
}

CLAIM(rights_end_at_the_border, "vma-02",
      "Beside areas with other rights each one keeps its own, up to the last byte on either side")
{
	const int rights[][PAGES] = {{PROT_READ, READ_WRITE, PROT_READ, PROT_NONE},
				     {PROT_NONE, PROT_READ, READ_WRITE, PROT_NONE},
				     {READ_WRITE, PROT_NONE, READ_WRITE, PROT_READ}};

	for (size_t i = 0; i < 3; i++) {
		assert_rights_of_pages(side_by_side(rights[i], true), rights[i]);
		assert_rights_of_pages(side_by_side(rights[i], false), rights[i]);
	}
}

CLAIM(executable_is_a_right_like_the_others, "vma-02",
      "An area that may be executed lies beside one that may be written, and neither gets both",
      .needs = EXECUTABLE_MEMORY | NO_EXECUTE)
{
	char *area = reserve(PAGES), *code = page(area, 2);

	arrange(mprotect(area, PAGES * page_size(), READ_WRITE) == 0);
	for (size_t i = 0; i < PAGES; i++) {
		size_t length = copy_return_function(page(area, i));

		__builtin___clear_cache(page(area, i), page(area, i) + length);
	}
	assert_accepted(mprotect(area, page_size(), PROT_READ));
	assert_accepted(mprotect(code, page_size(), PROT_READ | PROT_EXEC));
	assert_trap(try_call(area), SIGSEGV, SEGV_ACCERR, area);
	assert_trap(try_call(page(area, 1)), SIGSEGV, SEGV_ACCERR, page(area, 1));
	assert_no_trap(try_call(code));
	assert_trap(try_call(page(area, 3)), SIGSEGV, SEGV_ACCERR, page(area, 3));
	assert_trap(try_store(code, 1), SIGSEGV, SEGV_ACCERR, code);
	assert_no_trap(try_store(code - 1, 1));
	assert_no_trap(try_store(page(area, 3), 1));
}

/* Four pages that nobody has touched, with these rights; the map's letters of each are expected. */
static void assert_letters(const int rights[PAGES], const char *const letters[PAGES], size_t areas)
{
	char *area = reserve(PAGES);

	for (size_t i = 0; i < PAGES; i++) {
		arrange(mprotect(page(area, i), page_size(), rights[i]) == 0);
	}
	for (size_t i = 0; i < PAGES; i++) {
		ck_assert_str_eq(observe_area(page(area, i)).permissions, letters[i]);
	}
	/* Of inaccessible neighbours one could join. */
	arrange(munmap(area - page_size(), page_size()) == 0);
	arrange(munmap(page(area, PAGES), page_size()) == 0);
	assert_equals(count_areas(area, PAGES * page_size()), areas,
		      "lines of the map for four pages");
}

CLAIM(the_map_lists_each_with_its_rights, "vma-02",
      "The map has a line for each area, with the letters of its rights",
      .needs = AREA_LIST | EXECUTABLE_MEMORY)
{
	const int rights[PAGES] = {PROT_READ, READ_WRITE, PROT_READ | PROT_EXEC, PROT_NONE};
	const char *const letters[PAGES] = {"r--p", "rw-p", "r-xp", "---p"};

	assert_letters(rights, letters, PAGES);
}

CONTROL(what_was_unmapped_is_listed_no_more, "vma-01",
	"After munmap the same addresses are in no area, and its neighbours' ends have not moved",
	.needs = AREA_LIST)
{
	char *start = area_of(3 * page_size());

	assert_equals(observe_area(start).exists, true, "there is an area after mmap");
	assert_accepted(munmap(start, 3 * page_size()));
	for (size_t i = 0; i < 3; i++) {
		assert_equals(observe_area(page(start, i)).exists, false,
			      "there is one after munmap");
	}
	assert_address(observe_area(start - 1).end, start, "where the area below ends");
	assert_address(observe_area(page(start, PAGES)).start, page(start, PAGES),
		       "where the area above starts");
}

CONTROL(equal_rights_make_one_area, "vma-02",
	"With the same rights throughout the pages are one line, and every access goes through",
	.needs = AREA_LIST)
{
	const int rights[PAGES] = {READ_WRITE, READ_WRITE, READ_WRITE, READ_WRITE};
	const char *const letters[PAGES] = {"rw-p", "rw-p", "rw-p", "rw-p"};

	assert_letters(rights, letters, 1);
	assert_rights_of_pages(side_by_side(rights, true), rights);
}
