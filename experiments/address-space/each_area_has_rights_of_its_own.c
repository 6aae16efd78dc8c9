/* SPDX-License-Identifier: MIT */
/*
 * Each area has rights of its own, up to its last byte
 * ====================================================
 *
 * An area is a range of pages with one set of rights (document 003). Areas that lie side by side
 * do not lend each other any: what may be done changes at the very byte at which the next
 * one begins.
 *
 *       start            border           border           border            end
 *         |       r--p      |      rw-p      |      r-xp      |      ---p      |
 *      load   ok          ok|ok            ok|ok            ok|no             no
 *      store  no          no|ok            ok|no            no|no             no
 *
 * Look with: refused accesses on either side of each border; /proc/self/maps.
 * Read on:   mprotect(2), proc(5) maps; documents 002 "User-Level Memory Mapping", 003.
 */
#include <signal.h>

#include <touchstone/experiment.h>

EXPERIMENT("Each area has rights of its own, up to its last byte");

enum { READ_WRITE = PROT_READ | PROT_WRITE, PAGES = 4, SEED = 2 };

/* Rights for areas side by side, one page each, given from the first on, or from the last. */
static void give_rights(char *area, const int rights[PAGES], bool upwards)
{
	for (size_t i = 0; i < PAGES; i++) {
		size_t at = upwards ? i : PAGES - 1 - i;

		assert_accepted(mprotect(page(area, at), page_size(), rights[at]));
	}
}

/* A load, and a store of what is there already, at an address where just these rights hold. */
static void assert_rights(char *address, int rights)
{
	struct trap loaded = try_load(address), stored = try_store(address, loaded.loaded);

	if (rights & PROT_READ) {
		assert_no_trap(loaded);
	} else {
		assert_trap(loaded, SIGSEGV, SEGV_ACCERR, address);
	}
	if (rights & PROT_WRITE) {
		assert_no_trap(stored);
	} else {
		assert_trap(stored, SIGSEGV, SEGV_ACCERR, address);
	}
}

CLAIM(rights_end_at_the_border, "vma-02",
      "Beside areas with other rights each one keeps its own, up to the last byte on either side")
{
	const int rights[][PAGES] = {{PROT_READ, READ_WRITE, PROT_READ, PROT_NONE},
				     {PROT_NONE, PROT_READ, READ_WRITE, PROT_NONE},
				     {READ_WRITE, PROT_NONE, READ_WRITE, PROT_READ}};

	for (size_t i = 0; i < 6; i++) {
		char *area = fresh_pages(PAGES, MAP_PRIVATE);

		write_pattern(area, PAGES * page_size(), SEED);
		give_rights(area, rights[i / 2], i % 2);
		assert_rights(area - 1, PROT_NONE);
		for (size_t at = 0; at < PAGES; at++) {
			assert_rights(page(area, at), rights[i / 2][at]);
			assert_rights(page(area, at + 1) - 1, rights[i / 2][at]);
		}
		assert_rights(page(area, PAGES), PROT_NONE);
		arrange(mprotect(area, PAGES * page_size(), PROT_READ) == 0);
		assert_pattern(area, PAGES * page_size(), SEED, "all four pages after that");
	}
}

CLAIM(executable_is_a_right_like_the_others, "vma-02",
      "An area that may be executed lies beside one that may be written, and neither gets both",
      .needs = EXECUTABLE_MEMORY | NO_EXECUTE)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE), *code = page(area, 2);

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
	assert_rights(code - 1, READ_WRITE);
	assert_rights(code, PROT_READ);
	assert_rights(page(area, 3) - 1, PROT_READ);
	assert_rights(page(area, 3), READ_WRITE);
}

CLAIM(the_map_lists_each_with_its_rights, "vma-02",
      "The map has a line for each area, with the letters of its rights",
      .needs = AREA_LIST | EXECUTABLE_MEMORY)
{
	const int rights[PAGES] = {PROT_READ, READ_WRITE, PROT_READ | PROT_EXEC, PROT_NONE};
	const char *const letters[PAGES] = {"r--p", "rw-p", "r-xp", "---p"};
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	/* Its last page is to stay apart from the inaccessible one behind it. */
	arrange(munmap(page(area, PAGES), page_size()) == 0);
	give_rights(area, rights, true);
	for (size_t i = 0; i < PAGES; i++) {
		struct area seen = observe_area(page(area, i));

		ck_assert_str_eq(seen.permissions, letters[i]);
		assert_address(seen.start, page(area, i), "where the area starts");
		assert_address(seen.end, page(area, i + 1), "where it ends");
	}
}

CONTROL(equal_rights_make_one_area, "vma-02",
	"With the same rights throughout the pages are one line, and every access goes through",
	.needs = AREA_LIST)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);
	const int rights[PAGES] = {READ_WRITE, READ_WRITE, READ_WRITE, READ_WRITE};

	give_rights(area, rights, true);
	assert_address(observe_area(area).end, page(area, PAGES), "where the area ends");
	for (size_t at = 0; at < PAGES; at++) {
		assert_rights(page(area, at), READ_WRITE);
		assert_rights(page(area, at + 1) - 1, READ_WRITE);
	}
}
