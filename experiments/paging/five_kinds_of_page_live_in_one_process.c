/* SPDX-License-Identifier: MIT */
/*
 * Five kinds of page live in one process
 * ======================================
 *
 * Behind "a large, private, contiguous memory region" document 004 (5.2) finds five kinds of
 * page: some are in memory and belong to the process, some are shared, some come from a file,
 * some have not been loaded yet, and some are no more than a promise. All of them lie side by
 * side here, and whoever walks over them notices nothing.
 *
 *      page      0 1      2 3       4 5      6 7           8 9
 *      kind      private  shared    file's   not loaded    promised
 *      strip     o o      s s       o o      . .           . .
 *      of file   no       yes       yes      (yes)         (no)
 *
 * Look with: /proc/self/pagemap: bit 63 (present), 61 (of a file or shared), 56 (mapped once).
 * Read on:   proc(5) "pagemap", Documentation/admin-guide/mm/pagemap.rst; document 004 section 5.2.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Five kinds of page live in one process");

enum { EACH = 2, PRIVATE = 0, SHARED = EACH, FILES = 2 * EACH, COMING = 3 * EACH };
enum { PROMISED = 4 * EACH, PAGES = 5 * EACH, SEED = 1 };

/* Pages of a new file, over those of the area from a number on. */
static void map_file(char *area, size_t first, int fd, int sharing)
{
	arrange(mmap(page(area, first), EACH * page_size(), PROT_READ | PROT_WRITE,
		     sharing | MAP_FIXED, fd, 0) == page(area, first));
}

/* All five kinds side by side. */
static char *prepare(bool shared)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);
	int fd = memory_file(EACH, SEED + SHARED);

	write_pattern(page(area, PRIVATE), EACH * page_size(), SEED + PRIVATE);
	map_file(area, SHARED, fd, MAP_SHARED);
	load_each(page(area, SHARED), EACH);
	if (shared) {
		load_each(fresh_mapping(EACH, MAP_SHARED, fd), EACH);
	}
	map_file(area, FILES, memory_file(EACH, SEED + FILES), MAP_PRIVATE);
	load_each(page(area, FILES), EACH);
	map_file(area, COMING, memory_file(EACH, SEED + COMING), MAP_PRIVATE);
	return area;
}

CLAIM(the_five_kinds_can_be_told_apart, "paging-16",
      "Own, shared and file's pages are present, not loaded and promised ones are not, as prepared",
      .needs = FRAME_IDENTITY)
{
	struct pages seen = observe_pages("five kinds", prepare(true), PAGES);

	assert_strip(seen, "oossoo....");
	assert_equals(count_present(seen), 3 * EACH, "pages that are present");
	for (size_t i = 0; i < EACH; i++) {
		assert_equals(page_is_of_file(seen, PRIVATE + i), false, "whether own is a file's");
		assert_equals(page_is_of_file(seen, SHARED + i), true, "whether shared is");
		assert_equals(page_is_of_file(seen, FILES + i), true, "whether a file's page is");
	}
}

CLAIM(a_walk_notices_no_difference, "paging-16",
      "A walk over all of them meets the bytes of each: a pattern, four times, and then zeros")
{
	char *area = prepare(true);

	for (unsigned kind = PRIVATE; kind < PROMISED; kind += EACH) {
		assert_pattern(page(area, kind), EACH * page_size(), SEED + kind,
			       "pages of a kind");
	}
	assert_all_bytes(page(area, PROMISED), EACH * page_size(), 0, "pages that were promised");
}

CLAIM(stores_turn_three_kinds_into_one, "paging-16",
      "A store makes a page of the file, not loaded or promised an own one, and not a shared one",
      .needs = FRAME_IDENTITY)
{
	char *area = prepare(true);

	store_each(area, PAGES, 'w');

	struct pages seen = observe_pages("all written", area, PAGES);

	assert_strip(seen, "oossoooooo");
	assert_equals(count_of_file(seen), EACH, "pages of a file, which are the shared ones");
}

CONTROL(without_sharing_there_are_four, "paging-16",
	"With no second address in use the same strip has no shared page, and all else is the same",
	.needs = FRAME_IDENTITY)
{
	assert_strip(observe_pages("four kinds", prepare(false), PAGES), "oooooo....");
}
