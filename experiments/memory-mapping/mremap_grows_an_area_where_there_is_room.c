/* SPDX-License-Identifier: MIT */
/*
 * mremap grows an area where there is room, and moves it only by leave
 * ====================================================================
 *
 * realloc(3) for pages. If the pages behind an area are free, mremap(2) makes it longer where it is.
 * If they are not, it needs leave to move the area elsewhere (MREMAP_MAYMOVE); without that it
 * answers ENOMEM, and nothing has happened. To make an area shorter needs neither room nor
 * leave: the tail is unmapped. Lengths are rounded up to whole pages.
 *
 *                           | area |  free  |           | area | taken |
 *      longer, flags 0      |   area   |                ENOMEM
 *      longer, MAYMOVE      |   area   |                moved; the old place is free
 *      shorter              | ar |                      | ar |
 *
 * New pages are what pages of such an area are before they are touched: zeros, for memory.
 *
 * Look with: the address returned, every byte, and a trap at either border.
 * Read on:   mremap(2).
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("mremap grows an area where there is room, and moves it only by leave");

enum { PAGES = 4, ROOM = 6 };

static size_t bytes(size_t pages)
{
	return pages * page_size();
}

/* Four filled pages with six free ones behind them; then comes one that is taken. */
static char *area_with_room(void)
{
	char *area = filled_pages(PAGES + ROOM, MAP_PRIVATE, 1);

	arrange(munmap(page(area, PAGES), bytes(ROOM)) == 0);
	return area;
}

/* The area is so many pages long, to the byte: what was filled first, and zeros behind it. */
static void assert_length(char *area, size_t filled, size_t pages)
{
	char *end = page(area, pages);

	assert_pattern(area, bytes(filled), 1, "what was there before");
	assert_all_bytes(page(area, filled), bytes(pages - filled), 0, "what is new");
	assert_trap(try_load(end), SIGSEGV, SEGV_MAPERR, end);
	store(end - 1, load(end - 1));
}

CLAIM(it_grows_where_it_is, "mremap-01",
      "With room behind it an area grows where it is, by a page and by all, with zeros at its end")
{
	const int flags[] = {0, MREMAP_MAYMOVE};

	for (size_t i = 0; i < 2; i++) {
		char *area = area_with_room();

		assert_address(mremap(area, bytes(PAGES), bytes(PAGES) + 1, flags[i]), area,
			       "the area, a byte longer");
		assert_length(area, PAGES, PAGES + 1);
		assert_address(mremap(area, bytes(PAGES + 1), bytes(PAGES + ROOM - 1), flags[i]),
			       area, "the area, longer by almost all that is free");
		assert_length(area, PAGES, PAGES + ROOM - 1);
		write_pattern(page(area, PAGES), bytes(ROOM - 1), 2);
		assert_pattern(area, bytes(PAGES), 1, "what was there, after all this");
	}
}

CLAIM(its_end_grows_alone, "mremap-01",
      "If only its last page is named, that grows, and the pages below are part of it as before")
{
	char *area = area_with_room();

	assert_address(mremap(page(area, PAGES - 1), page_size(), bytes(2), 0),
		       page(area, PAGES - 1), "the last page, now two");
	assert_length(area, PAGES, PAGES + 1);
}

CLAIM(without_room_and_leave_it_fails, "mremap-02",
      "Without room, and without leave to move, ENOMEM is the answer, and no byte has changed")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1), *end = page(area, PAGES);

	assert_refused(mremap(area, bytes(PAGES), bytes(PAGES) + 1, 0), ENOMEM);
	assert_refused(mremap(area, bytes(1), bytes(2), 0), ENOMEM); /* its own next page */
	assert_pattern(area, bytes(PAGES), 1, "the area");
	assert_trap(try_load(end), SIGSEGV, SEGV_ACCERR, end);
	area = area_with_room();
	assert_refused(mremap(area, bytes(PAGES), bytes(PAGES + ROOM) + 1, 0), ENOMEM);
	assert_length(area, PAGES, PAGES);
}

CLAIM(by_leave_it_moves, "mremap-02",
      "With leave to move it grows elsewhere, all its bytes with it, and its old place is free")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1), *last = page(area, PAGES) - 1;
	char *moved = mremap(area, bytes(PAGES), bytes(PAGES + ROOM), MREMAP_MAYMOVE);

	ck_assert_ptr_ne(moved, MAP_FAILED);
	ck_assert_ptr_ne(moved, area);
	assert_pattern(moved, bytes(PAGES), 1, "what was there before");
	assert_all_bytes(page(moved, PAGES), bytes(ROOM), 0, "what is new");
	write_pattern(moved, bytes(PAGES + ROOM), 2);
	assert_trap(try_load(area), SIGSEGV, SEGV_MAPERR, area);
	assert_trap(try_load(last), SIGSEGV, SEGV_MAPERR, last);
	assert_trap(try_load(last + 1), SIGSEGV, SEGV_ACCERR, last + 1);
}

CLAIM(it_shrinks_where_it_is, "mremap-03",
      "A shorter area stays where it is, and loses its tail; what was given up is not kept for "
      "later")
{
	char *area = area_with_room();

	assert_address(mremap(area, bytes(PAGES), bytes(PAGES), 0), area, "as long as before");
	assert_length(area, PAGES, PAGES);
	assert_address(mremap(area, bytes(PAGES), bytes(2) + 1, 0), area, "three pages");
	assert_length(area, PAGES - 1, PAGES - 1);
	assert_address(mremap(area, bytes(PAGES - 1), 1, MREMAP_MAYMOVE), area, "one page");
	assert_length(area, 1, 1);
	assert_address(mremap(area, bytes(1), bytes(PAGES), 0), area, "all pages again");
	assert_length(area, 1, PAGES);
}

CONTROL(a_mapping_there_takes_the_room, "mremap-01 mremap-02 mremap-03",
	"With one page in the way an area grows up to that page, and not over it")
{
	char *area = area_with_room(), *taken = page(area, PAGES + 1);

	arrange(mmap(taken, page_size(), PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == taken);
	store(taken, 't');
	assert_refused(mremap(area, bytes(PAGES), bytes(PAGES + 2), 0), ENOMEM);
	assert_address(mremap(area, bytes(PAGES), bytes(PAGES + 1), 0), area, "a page longer");
	assert_pattern(area, bytes(PAGES), 1, "the area");
	assert_all_bytes(page(area, PAGES), page_size(), 0, "what is new");
	assert_byte(taken, 't', "the page in the way");
}
