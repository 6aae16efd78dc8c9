/* SPDX-License-Identifier: MIT */
/*
 * An order may be told to replace nothing
 * =======================================
 *
 * A hint is too weak for some purposes, since the mapping may end up elsewhere; MAP_FIXED is too
 * strong, since it destroys what it finds. MAP_FIXED_NOREPLACE is the middle way: there or nowhere.
 * If a single page of the range is taken, in whatever way, the answer is EEXIST and nothing
 * has changed. Two threads that look for room at the same place cannot both believe that they have
 * got it.
 *
 *           | taken |   free, six pages   | taken |
 *      (1)          [          ]                        granted
 *      (2)                     [          ]             granted
 *      (3)      [        ]                              EEXIST: its first page
 *      (4)                           [        ]         EEXIST: its last page
 *      (5)      [                             ]         EEXIST: both
 *
 * A page that is only reserved (PROT_NONE) is taken like any other.
 *
 * Look with: the answer, errno, every byte of the neighbours, /proc/self/maps.
 * Read on:   mmap(2) MAP_FIXED_NOREPLACE.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("An order may be told to replace nothing");

#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000
#endif

enum { SIDE = 2, FREE = 6, PAGES = SIDE + FREE + SIDE, BELOW = 1, ABOVE = 2 };

static void *map_there(char *at, size_t length)
{
	return mmap(at, length, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
}

/* The first of six free pages with two pages that are taken on either side. */
static char *free_pages(void)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	write_pattern(area, SIDE * page_size(), BELOW);
	write_pattern(page(area, SIDE + FREE), SIDE * page_size(), ABOVE);
	arrange(munmap(page(area, SIDE), FREE * page_size()) == 0);
	return page(area, SIDE);
}

static void assert_neighbours_whole(const char *hole)
{
	assert_pattern(hole - SIDE * page_size(), SIDE * page_size(), BELOW, "the pages below");
	assert_pattern(page(hole, FREE), SIDE * page_size(), ABOVE, "the pages above");
}

/* Every range that takes at least one page of a neighbour: where it starts, and where it ends. */
static void assert_all_collisions_refused(char *hole)
{
	for (int first = -SIDE; first < FREE; first++) {
		for (int end = first + 1; end <= FREE + SIDE; end++) {
			char *start = hole + first * (long)page_size();
			size_t length = (size_t)(end - first) * page_size();

			if (first < 0 || end > FREE) {
				assert_refused(map_there(start, length), EEXIST);
				assert_refused(map_there(start, length - page_size() + 1), EEXIST);
			}
		}
	}
}

CLAIM(a_collision_is_refused, "mmap-05",
      "A range of which a single page is taken is refused with EEXIST, wherever that page lies")
{
	char *hole = free_pages(), *last = page(hole, FREE) - 1;

	assert_all_collisions_refused(hole);
	assert_neighbours_whole(hole);
	assert_trap(try_load(hole), SIGSEGV, SEGV_MAPERR, hole);
	assert_trap(try_load(last), SIGSEGV, SEGV_MAPERR, last);
}

CLAIM(a_collision_changes_no_area, "mmap-05",
      "After all those collisions every line of the map is as before", .needs = AREA_LIST)
{
	char *hole = free_pages();
	struct area_list before = observe_areas();

	assert_all_collisions_refused(hole);
	assert_same_areas(observe_areas(), before, "the map");
}

CLAIM(a_forbidden_page_is_taken, "mmap-05",
      "A reserved page and a mapped file stand in the way as well, and so does what was just "
      "mapped")
{
	char *hole = free_pages();

	arrange(mmap(page(hole, 1), page_size(), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED,
		     -1, 0) != MAP_FAILED);
	arrange(mmap(page(hole, 4), page_size(), PROT_READ, MAP_SHARED | MAP_FIXED,
		     memory_file(1, 3), 0) != MAP_FAILED);
	assert_refused(map_there(hole, FREE * page_size()), EEXIST);
	assert_refused(map_there(page(hole, 1), page_size()), EEXIST);
	assert_refused(map_there(page(hole, 3), 2 * page_size()), EEXIST);
	assert_address(map_there(page(hole, 2), 2 * page_size()), page(hole, 2), "between the two");
	assert_refused(map_there(page(hole, 3), 1), EEXIST);
	assert_pattern(page(hole, 4), page_size(), 3, "the file");
}

CLAIM(a_crooked_order_is_refused_here_too, "mmap-05",
      "An address inside a page is refused with EINVAL, be the page free or taken")
{
	char *hole = free_pages();

	assert_refused(map_there(page(hole, 2) + 1, page_size()), EINVAL);
	assert_refused(map_there(page(hole, 3) - 1, page_size()), EINVAL);
	assert_refused(map_there(hole - 1, page_size()), EINVAL);
	assert_neighbours_whole(hole);
}

CONTROL(what_is_free_is_granted, "mmap-05",
	"In the free pages the order is obeyed, from the first to the last, right up to the "
	"neighbours")
{
	char *hole = free_pages();

	assert_address(map_there(hole, FREE * page_size() - 1), hole, "all of the hole");
	assert_all_bytes(hole, FREE * page_size(), 0, "the new pages");
	arrange(munmap(hole, FREE * page_size()) == 0);
	assert_address(map_there(page(hole, 3), 3 * page_size()), page(hole, 3), "its upper half");
	assert_address(map_there(hole, 3 * page_size()), hole, "its lower half");
	write_pattern(hole, FREE * page_size(), 3);
	assert_neighbours_whole(hole);
}
