/* SPDX-License-Identifier: MIT */
/*
 * New memory counts as written
 * ============================
 *
 * Who watches a process through its soft-dirty bits could be deceived: it unmaps a page and maps a
 * new one at the same place, and the new page, never written to, has no mark. The contents have
 * changed all the same, to zeros. So the kernel marks all memory that is new or was added, and
 * what was moved, touched or not; the mark goes with the next clearing.
 *
 *      cleared               - - - - - -
 *      munmap, mmap of two   - - X X - -       nothing is behind them yet, and they count
 *      cleared               - - - - - -
 *
 * Look with: /proc/PID/pagemap, bit 55, which a page has even where bit 63 says it is absent.
 * Read on:   the kernel's soft-dirty.rst.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>
#include <touchstone/soft_dirty.h>

EXPERIMENT("New memory counts as written");

enum { PAGES = 6, FIRST = 2, NEW = 2, NEEDED = SOFT_DIRTY | PAGE_STATES };

static size_t count_marks(const char *area, size_t count)
{
	struct pages seen = observe_pages("marks", area, count);
	size_t marks = 0;

	for (size_t i = 0; i < count; i++) {
		marks += page_has_mark(seen, i);
	}
	return marks;
}

CLAIM(a_new_mapping_is_marked, "softdirty-06",
      "Each page of a new mapping has the mark before anybody touched it, until it is cleared",
      .needs = NEEDED)
{
	char *areas[] = {fresh_pages(PAGES, MAP_PRIVATE), fresh_pages(PAGES, MAP_SHARED)};

	for (size_t i = 0; i < 2; i++) {
		assert_equals(count_present(observe_pages("new", areas[i], PAGES)), 0,
			      "pages present");
		assert_equals(count_marks(areas[i], PAGES), PAGES, "pages with the mark");
	}
	clear_marks();
	for (size_t i = 0; i < 2; i++) {
		assert_equals(count_marks(areas[i], PAGES), 0, "pages with the mark, once cleared");
	}
}

CLAIM(what_is_mapped_anew_is_marked, "softdirty-06",
      "A part that is unmapped and mapped anew is marked again, with all its contents gone",
      .needs = NEEDED)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	clear_marks();
	arrange(munmap(page(area, FIRST), NEW * page_size()) == 0);
	arrange(mmap(page(area, FIRST), NEW * page_size(), PROT_READ,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == page(area, FIRST));
	assert_equals(count_marks(page(area, FIRST), NEW), NEW, "new pages with the mark");
	assert_equals(count_marks(area, FIRST), 0, "pages before them with the mark");
	assert_all_bytes(page(area, FIRST), NEW * page_size(), 0, "the new pages");
}

CLAIM(what_is_moved_is_marked, "softdirty-07",
      "Pages that mremap moves are marked at their new place, written or not", .needs = NEEDED)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1), *place = reserve(PAGES);
	size_t length = PAGES * page_size();

	clear_marks();
	arrange(mremap(area, length, length, MREMAP_MAYMOVE | MREMAP_FIXED, place) == place);
	assert_equals(count_marks(place, PAGES), PAGES, "moved pages with the mark");
	assert_pattern(place, length, 1, "what was moved");
}

CONTROL(what_was_there_is_not_marked, "softdirty-06 softdirty-07",
	"After clearing, memory that stays mapped has no mark, whatever is mapped elsewhere",
	.needs = NEEDED)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1),
	     *untouched = fresh_pages(PAGES, MAP_PRIVATE);

	clear_marks();
	fresh_pages(PAGES, MAP_PRIVATE);
	assert_equals(count_marks(area, PAGES), 0, "filled pages with the mark");
	assert_equals(count_marks(untouched, PAGES), 0, "untouched pages with the mark");
	load_each(untouched, PAGES);
	assert_equals(count_marks(untouched, PAGES), 0, "pages only read with the mark");
}
