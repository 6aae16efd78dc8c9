/* SPDX-License-Identifier: MIT */
/*
 * mmap takes the first gap from one end
 * =====================================
 *
 * Document 004 (section 4.1) tells of first, best and worst fit as history. One of them decides every day
 * where a mapping goes that asks for no address. Linux looks for the first gap that is wide enough, in the
 * order of addresses: from the top downwards on most machines, from below where the layout is the
 * old one. It is not the narrowest gap that suffices, and not the widest. (The document speaks of
 * memory; here it is addresses that are given out, and nobody minds what is left over.)
 *
 *      low                                                  high
 *      ...|..4..|##|......8......|##|...6...|##|#############
 *                                    taken for 4 pages,  <---- where the search begins
 *                                    at its upper end
 *
 * Gaps that happen to be nearer to that end are filled first, or they would be found first.
 *
 * Look with: the address that mmap(2) answers, when it was given none.
 * Read on:   mmap(2); the kernel's mm/mmap.c, vm_unmapped_area.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("mmap takes the first gap from one end");

enum { HOLES = 3, WALL = 2, WANTED = 4, REACH = 24, TRIES = 2000 };

static char *map_anywhere(size_t pages)
{
	char *got = mmap(NULL, pages * page_size(), PROT_NONE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	arrange(got != MAP_FAILED);
	return got;
}

/* A stretch with a hole of each size, in the order in which the search comes by. No nearer gap is free. */
struct stretch {
	char *start[HOLES];
	bool upwards;
};

static struct stretch stretch_with_holes(const size_t sizes[HOLES])
{
	const size_t all = REACH + WALL * (HOLES + 1);
	char *before = map_anywhere(all), *area = map_anywhere(all), *next = before;
	struct stretch stretch = {.upwards = (uintptr_t)area > (uintptr_t)before};
	size_t at = WALL;

	/* What is free before the stretch is filled, until the search has come past it. */
	for (int i = 0; i < TRIES && ((uintptr_t)next > (uintptr_t)area) != stretch.upwards; i++) {
		next = map_anywhere(WANTED);
	}
	if (((uintptr_t)next > (uintptr_t)area) != stretch.upwards) {
		undecided("needs an address space with fewer gaps");
	}
	for (size_t i = 0; i < HOLES; i++) {
		stretch.start[i] = page(area, stretch.upwards ? at : all - at - sizes[i]);
		arrange(munmap(stretch.start[i], sizes[i] * page_size()) == 0);
		at += sizes[i] + WALL;
	}
	return stretch;
}

/* Of holes of these sizes the search takes the one with that number, at the end it comes from. */
static void assert_taken(const size_t sizes[HOLES], size_t number)
{
	struct stretch stretch = stretch_with_holes(sizes);
	char *from = stretch.start[number];

	evidence("holes", "%zu %zu %zu pages, searched %s", sizes[0], sizes[1], sizes[2],
		 stretch.upwards ? "upwards" : "downwards");
	assert_address(map_anywhere(WANTED),
		       stretch.upwards ? from : page(from, sizes[number] - WANTED),
		       "where 4 pages are mapped that ask for no address");
}

CLAIM(the_first_that_suffices_is_taken, "frag-07",
      "Of holes of 6, 8 and 4 pages, in any order, the one the search meets first takes 4 pages")
{
	const size_t orders[][HOLES] = {{6, 8, 4}, {6, 4, 8}, {8, 6, 4},
					{8, 4, 6}, {4, 8, 6}, {4, 6, 8}};

	for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
		assert_taken(orders[i], 0);
	}
}

CONTROL(what_is_too_small_is_passed_over, "frag-07",
	"Holes of 3 pages are passed over, and the first that takes 4 pages is found behind them")
{
	const size_t last[HOLES] = {3, 3, 4}, second[HOLES] = {3, 6, 4};

	assert_taken(last, 2);
	assert_taken(second, 1);
}
