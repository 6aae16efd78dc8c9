/* SPDX-License-Identifier: MIT */
/*
 * A pointer outlives its frame
 * ============================
 *
 * Before there was translation, who moved a program in memory broke all the pointers in it
 * (document 004, sections 1, 4.1 and 5.1). With translation a pointer names a page, and what
 * stands behind the page is the kernel's business: it may be another frame from one access to the
 * next.
 *
 *      pointer -->  page 3          pointer -->  page 3         the same pointer
 *                     |      a store               |
 *                   [ 9 ]   ------->             [ 14 ]         another frame
 *
 * Here a child writes to the pages that it shares with its parent, and so gets another frame
 * behind each. They are full of pointers into one another. The other way of moving is tried as
 * well: the bytes go to other addresses, and no pointer is right any more.
 *
 * Look with: a list that leads through all the pages; pagemap.
 * Read on:   fork(2), proc(5) "pagemap"; document 004 sections 1, 4.1 and 5.1.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A pointer outlives its frame");

enum { PAGES = 8 };

struct cell {
	struct cell *next;
	size_t number, visits, spare; /* four words, so that cells fill a page */
};

static size_t count_cells(void)
{
	return PAGES * page_size() / sizeof(struct cell);
}

/* Cells everywhere: the first leads to the last, that to the second, and so on to the middle. */
static struct cell *make_list(void)
{
	struct cell *cells = (struct cell *)fresh_pages(PAGES, MAP_PRIVATE);
	size_t count = count_cells();

	for (size_t i = 0; i < count; i++) {
		size_t next = i < count / 2 ? count - 1 - i : count - i;

		cells[i] = (struct cell){next == i ? NULL : &cells[next], i, 0, i ^ count};
	}
	return cells;
}

/* Follows the pointers, notes each visit, and comes by all cells. */
static void walk(struct cell *cells, size_t visits)
{
	size_t count = count_cells(), seen = 0;

	for (struct cell *cell = cells; cell && seen < count; cell = cell->next, seen++) {
		ck_assert_uint_eq(cell->number, seen % 2 ? count - 1 - seen / 2 : seen / 2);
		ck_assert_uint_eq(cell->spare, cell->number ^ count);
		ck_assert_uint_eq(cell->visits, visits);
		cell->visits++;
	}
	assert_equals(seen, count, "cells of the list");
}

CLAIM(the_list_is_whole_in_other_frames, "paging-08",
      "Pointers into memory that gets other frames while they are followed lead where they did")
{
	struct cell *cells = make_list();

	walk(cells, 0);
	IN_CHILD {
		walk(cells, 1); /* copies each page */
		walk(cells, 2);
	}
	walk(cells, 1);
}

CLAIM(the_frames_are_others, "paging-08",
      "Behind the same pointers stands a shared frame before the walk, and an own one after it",
      .needs = FRAME_IDENTITY)
{
	struct cell *cells = make_list();

	IN_CHILD {
		struct pages before = observe_pages("before", cells, PAGES);

		assert_strip(before, "s");
		walk(cells, 0);

		struct pages after = observe_pages("after", cells, PAGES);

		assert_strip(after, "o");
		if (before.numbered) {
			assert_equals(count_frames_kept(after, before), 0, "frames that were kept");
		}
		walk(cells, 1);
	}
}

CONTROL(moved_bytes_lose_their_pointers, "paging-08",
	"Bytes that are copied to other addresses keep pointers to where they were, which trap "
	"there")
{
	struct cell *cells = make_list(), *moved = (struct cell *)fresh_pages(PAGES, MAP_PRIVATE);
	size_t count = count_cells(), leading_back = 0;

	memcpy(moved, cells, PAGES * page_size());
	arrange(munmap(cells, PAGES * page_size()) == 0);
	for (size_t i = 0; i < count; i++) {
		leading_back += moved[i].next >= cells && moved[i].next < cells + count;
	}
	assert_equals(leading_back, count - 1, "pointers that lead to the old place");
	assert_trap(try_load(moved->next), SIGSEGV, SEGV_MAPERR, moved->next);
}
