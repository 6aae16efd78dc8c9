/* SPDX-License-Identifier: MIT */
/*
 * Nobody swaps while there is room
 * ================================
 *
 * Swap is not there to be filled. "When memory gets tight, a modern OS typically does not immediately swap
 * everything" (document 004, section 12.4), and while it is not tight the kernel does not look for
 * pages to push out at all, however long they have lain idle: an idle page costs nothing, as long as
 * nobody wants its frame.
 *
 *      with room     [idle][idle][idle][busy][busy][busy][    ][    ]    swap: nothing
 *      without       [idle][busy][busy][busy]                            swap: idle idle
 *
 * Look with: bits 62 and 63 of /proc/PID/pagemap; how often a cgroup came up against its limit.
 * Read on:   cgroups(7), proc_sys_vm(5) swappiness; document 004 sections 12.3 and 12.4.
 */
#include <sys/mman.h>
#include <sys/sysinfo.h>

#include <touchstone/experiment.h>

EXPERIMENT("Nobody swaps while there is room");

enum { IDLE = 256, BUSY = 512, TIGHT = BUSY + IDLE / 2, ROOMY = 16 * BUSY, SEED = 1 };

/* Swap has room for all, and so has the machine's memory. */
static void have_swap_and_memory(void)
{
	struct sysinfo machine;

	arrange(sysinfo(&machine) == 0);
	if ((uint64_t)machine.freeram * machine.mem_unit < 4 * (IDLE + BUSY) * page_size()) {
		undecided("needs free memory: end some other programs");
	}
	guard_quick_swap((IDLE + BUSY) * page_size());
}

/* Writes to other pages, over and over, while the area lies idle. */
static void be_busy(void)
{
	char *busy = fresh_pages(BUSY, MAP_PRIVATE);

	for (unsigned times = 1; times <= 4; times++) {
		write_pattern(busy, BUSY * page_size(), SEED + times);
	}
	assert_pattern(busy, BUSY * page_size(), SEED + 4, "what the busy pages hold");
}

CLAIM(idle_pages_stay, "swap-26",
      "While there is free memory idle pages stay in it, and none of them goes to swap",
      .needs = SWAP | PAGE_STATES, .alone = "swap")
{
	have_swap_and_memory();

	char *idle = filled_pages(IDLE, MAP_PRIVATE, SEED);

	be_busy();
	assert_strip(observe_pages("idle pages", idle, IDLE), "p");
	assert_pattern(idle, IDLE * page_size(), SEED, "what they hold");
}

CLAIM(idle_pages_stay_below_a_limit, "swap-26",
      "In a cgroup with room idle pages stay in memory, and its limit is never hit",
      .needs = SWAP | MEMORY_CGROUP | PAGE_STATES, .alone = "swap")
{
	have_swap_and_memory();

	struct memory_group group = guard_memory_group(ROOMY * page_size());

	enter_memory_group(&group);

	char *idle = filled_pages(IDLE, MAP_PRIVATE, SEED);

	be_busy();
	assert_strip(observe_pages("idle pages", idle, IDLE), "p");
	assert_equals(memory_group_limit_hits(&group), 0, "times the limit was hit");
}

CONTROL(where_room_is_short_they_go, "swap-26",
	"In a cgroup that is too small for both the limit is hit, and idle pages go to swap",
	.needs = SWAP | MEMORY_CGROUP | PAGE_STATES, .alone = "swap")
{
	have_swap_and_memory();

	struct memory_group group = guard_memory_group(TIGHT * page_size());

	enter_memory_group(&group);

	char *idle = filled_pages(IDLE, MAP_PRIVATE, SEED);

	be_busy();
	assert_at_least(memory_group_limit_hits(&group), 1, "times the limit was hit");
	assert_at_least(count_swapped(observe_pages("idle pages", idle, IDLE)), 1,
			"idle pages in swap");
	assert_pattern(idle, IDLE * page_size(), SEED, "what they hold");
}
