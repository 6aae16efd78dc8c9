/* SPDX-License-Identifier: MIT */
/*
 * The start address given to mmap is merely a hint
 * ================================================
 *
 * Document 002 says so, and it is true three times over. In free space the hint is honoured to the
 * page. Where something is mapped already, be it only in part, the kernel looks for another
 * place and harms nothing. And an address inside a page is no error: it is rounded down. Only
 * MAP_FIXED turns the hint into an order; then whatever lies there is replaced without a word, and
 * a crooked address is refused.
 *
 *              hint                          hint                        MAP_FIXED
 *               v                             v                              v
 *     |  free   :  free   |         |  free   |  taken  |          |  free   |  taken  |
 *               +---------+                   +---------+                    +---------+
 *               |   new   |                   |  whole  |                    |   new   |
 *               +---------+                   +---------+                    +---------+
 *                                        new: elsewhere               what was there: lost
 *
 * Look with: the returned address, and every byte of what was there before. The free space is made
 *            by unmapping the middle of a reserved stretch: a constant address would be free on one
 *            machine and not on the next.
 * Read on:   mmap(2); document 002 "User-Level Memory Mapping".
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("The start address given to mmap is merely a hint");

enum { RESERVED = 12, HOLE = 3, HOLE_PAGES = 6, BELOW = 1, ABOVE = 2 };

/* A mapping of so many bytes wherever the flags and the hint lead it. */
static char *map_at(void *hint, size_t length, int flags)
{
	return mmap(hint, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | flags, -1,
		    0);
}

/* The first page of a hole in the address space, with occupied pages on either side. */
static char *hole(void)
{
	char *stretch = reserve(RESERVED);

	arrange(map_at(stretch, RESERVED * page_size(), MAP_FIXED) == stretch);
	write_pattern(stretch, HOLE * page_size(), BELOW);
	write_pattern(page(stretch, HOLE + HOLE_PAGES), HOLE * page_size(), ABOVE);
	arrange(munmap(page(stretch, HOLE), HOLE_PAGES * page_size()) == 0);
	return page(stretch, HOLE);
}

static void assert_neighbours_whole(const char *hole)
{
	assert_pattern(hole - HOLE * page_size(), HOLE * page_size(), BELOW,
		       "pages below the hole");
	assert_pattern(page(hole, HOLE_PAGES), HOLE * page_size(), ABOVE, "pages above the hole");
}

/* It is a mapping of its own: fresh, writable, and not where the hint led. */
static void assert_elsewhere(char *area, size_t length, const char *hint)
{
	ck_assert_ptr_ne(area, MAP_FAILED);
	assert_differs((uintptr_t)area, (uintptr_t)hint, "the place chosen");
	assert_equals((uintptr_t)area % page_size(), 0, "that, modulo the page size");
	assert_all_bytes(area, length, 0, "the new mapping");
	write_pattern(area, length, BELOW + ABOVE);
}

CLAIM(a_hint_in_free_space_is_honoured, "map-02",
      "A hint that leads into free space is honoured, at its edges as in its middle")
{
	char *free = hole();

	assert_address(map_at(page(free, 2), page_size(), 0), page(free, 2), "in the middle");
	assert_address(map_at(free, 2 * page_size(), 0), free, "from its first page");
	assert_address(map_at(page(free, 3), 3 * page_size(), 0), page(free, 3), "up to its last");
	assert_all_bytes(free, HOLE_PAGES * page_size(), 0, "the hole, filled by three mappings");
	assert_neighbours_whole(free);
}

CLAIM(an_occupied_hint_harms_nothing, "map-03",
      "A hint that leads to occupied pages, all or only the last, moves the new mapping elsewhere")
{
	char *free = hole(), *occupied = free - page_size();
	size_t too_long = (HOLE_PAGES + 1) * page_size();

	assert_elsewhere(map_at(free, too_long, 0), too_long, free);
	assert_elsewhere(map_at(occupied, page_size(), 0), page_size(), occupied);
	assert_elsewhere(map_at(occupied, 2 * page_size(), 0), 2 * page_size(), occupied);
	assert_neighbours_whole(free);
}

CONTROL(an_order_replaces_what_is_there, "map-02 map-03",
	"MAP_FIXED at the same occupied page takes its place, and its content is lost")
{
	char *free = hole(), *occupied = free - page_size();

	assert_address(map_at(occupied, page_size(), MAP_FIXED), occupied, "the place taken");
	assert_all_bytes(occupied, page_size(), 0, "what is there now");
	assert_pattern(page(free, 0) - HOLE * page_size(), (HOLE - 1) * page_size(), BELOW,
		       "the pages below it");
}

CONTROL(an_order_that_may_not_replace_is_refused, "map-03",
	"MAP_FIXED_NOREPLACE there is refused with EEXIST, though the kernel obeys it in the hole")
{
	char *free = hole();

	assert_address(map_at(free, page_size(), MAP_FIXED_NOREPLACE), free, "the place ordered");
	assert_refused(map_at(free - page_size(), page_size(), MAP_FIXED_NOREPLACE), EEXIST);
	assert_neighbours_whole(free);
}

CLAIM(a_crooked_hint_is_rounded_down, "map-04",
      "A hint inside a page counts as the start of that page, from its second byte to its last")
{
	size_t inside[] = {0, 1, page_size() / 2 + 3, page_size() - 1};
	char *free = hole();

	for (size_t i = 0; i < 4; i++) {
		assert_address(map_at(page(free, i) + inside[i], page_size(), 0), page(free, i),
			       "the place chosen");
	}
	assert_neighbours_whole(free);
}

CONTROL(a_crooked_order_is_refused, "map-04",
	"With MAP_FIXED the same address is refused, and nothing is mapped or lost")
{
	char *free = hole();

	assert_refused(map_at(page(free, 2) + 1, page_size(), MAP_FIXED), EINVAL);
	assert_refused(map_at(page(free, 2) + page_size() - 1, page_size(), MAP_FIXED), EINVAL);
	assert_refused(map_at(free - 1, page_size(), MAP_FIXED), EINVAL);
	assert_trap(try_load(page(free, 2)), SIGSEGV, SEGV_MAPERR, page(free, 2));
	assert_neighbours_whole(free);
}
