/* SPDX-License-Identifier: MIT */
/*
 * Reclaim stops when the demand is met
 * ====================================
 *
 * "When memory gets tight, a modern OS typically does not immediately swap everything" (document 004,
 * 12.4). That is what swapping meant once: a whole process went, and came back as a whole (12.1). Now
 * pages go, and as few as are wanted, in batches of some dozens. Who asks for 64 frames more than
 * there are makes some 64 pages go, and who asks for more makes more go.
 *
 *      limit           |<----------- 1024 pages ----------->|
 *      touched before  |mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm
 *      64 more         |~~mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm
 *      512 more        |~~~~~~~~~~~~~~~~~~mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm
 *
 * Look with: bit 62 of /proc/PID/pagemap, page by page.
 * Read on:   cgroups(7), proc(5) "pagemap"; document 004 sections 12.1, 12.2 and 12.4.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Reclaim stops when the demand is met");

enum { LIMIT = 1024, LITTLE = 64, MUCH = LIMIT / 2, ROOM = 2 * LIMIT, SEED = 7 };

/* So many pages touched in a group of our own; how many of them are in swap then. */
static size_t swapped_of(const char *what, size_t count)
{
	guard_swap_area(SWAP_ON_ZRAM, ROOM * page_size());

	struct memory_group group = guard_memory_group(LIMIT * page_size());
	size_t swapped = 0;

	enter_memory_group(&group);

	char *area = filled_pages(count, MAP_PRIVATE, SEED);

	swapped = count_swapped(observe_pages(what, area, count));
	evidence("pages in swap", "%zu of %zu", swapped, count);
	assert_pattern(area, count * page_size(), SEED, "all that was touched");
	return swapped;
}

CLAIM(a_small_excess_takes_a_small_part, "pressure-03",
      "Of a process that wants a sixteenth more than there is, that goes to swap, and not half",
      .needs = MEMORY_CGROUP | SWAP_AREA | PAGE_STATES, .alone = "swap")
{
	size_t swapped = swapped_of("a little too much", LIMIT + LITTLE);

	assert_at_least(swapped, LITTLE, "pages in swap");
	assert_at_most(swapped, LIMIT / 4, "pages in swap, of 1088");
}

CLAIM(a_lower_limit_takes_what_is_above_it, "pressure-03",
      "When a limit is lowered by an eighth, about that goes to swap at once, and the rest stays",
      .needs = MEMORY_CGROUP | SWAP_AREA | PAGE_STATES, .alone = "swap")
{
	guard_swap_area(SWAP_ON_ZRAM, ROOM * page_size());

	struct memory_group group = guard_memory_group(2 * LIMIT * page_size());

	enter_memory_group(&group);

	char *area = filled_pages(LIMIT, MAP_PRIVATE, SEED);

	assert_equals(count_swapped(observe_pages("with room", area, LIMIT)), 0,
		      "pages in swap while there is room");
	limit_memory_group(&group, (LIMIT - LIMIT / 8) * page_size());

	size_t swapped = count_swapped(observe_pages("under a lower limit", area, LIMIT));

	assert_at_least(swapped, LIMIT / 8, "pages in swap under a lower limit");
	assert_at_most(swapped, LIMIT / 2, "pages in swap under a lower limit, of 1024");
	limit_memory_group(&group, 2 * LIMIT * page_size());
	assert_pattern(area, LIMIT * page_size(), SEED, "all that was touched");
}

CONTROL(a_large_excess_takes_a_large_part, "pressure-03",
	"Of a process that wants half as much again as there is, that goes to swap",
	.needs = MEMORY_CGROUP | SWAP_AREA | PAGE_STATES, .alone = "swap")
{
	assert_at_least(swapped_of("far too much", LIMIT + MUCH), MUCH, "pages in swap");
}
