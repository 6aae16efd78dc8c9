/* SPDX-License-Identifier: MIT */
/*
 * Waiting for a slow swap area is sleeping
 * ========================================
 *
 * Among the symptoms of thrashing document 004 (21.2) names a "CPU not necessarily fully utilized in
 * useful computation". What the processor does meanwhile depends on where the pages are. A disk takes its
 * time: the process that misses a page sleeps until it has come, and the processor is free for
 * others, or idle. Where swap is compressed memory nobody waits: the processor itself unpacks
 * the page. It is busy then, but not usefully.
 *
 *      swap on a disk            |touch|.... asleep ....|touch|.... asleep ....|
 *      swap in memory (zram)     |touch|unpack|touch|unpack|touch|unpack|
 *
 * The device's worker may take the processor before the process has fallen asleep: pushed aside it
 * waits as well.
 *
 * Look with: getrusage(2) ru_nvcsw, how often the process has given the processor up by itself, and
 *            ru_nivcsw, how often it was taken.
 * Read on:   getrusage(2), Documentation/admin-guide/blockdev/zram.rst; document 004 section 21.2.
 */
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>

#include <touchstone/experiment.h>

EXPERIMENT("Waiting for a slow swap area is sleeping");

enum {
	LIMIT = 512,
	ABOVE = LIMIT / 2 * 3,
	ROOM = 2 * ABOVE,
	ATTEMPTS = 5,
	HARDLY_EVER = 2,
	SEED = 7
};

struct cost {
	long major, sleeps, pushes;
};

static double ms(clockid_t clock)
{
	struct timespec now;

	arrange(clock_gettime(clock, &now) == 0);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static struct cost cost_of_thrashing(const char *area)
{
	struct rusage before, after;
	double wall = ms(CLOCK_MONOTONIC), busy = ms(CLOCK_PROCESS_CPUTIME_ID);

	arrange(getrusage(RUSAGE_SELF, &before) == 0);
	load_each(area, ABOVE);
	arrange(getrusage(RUSAGE_SELF, &after) == 0);
	evidence("milliseconds", "%.1f, of which the processor was busy %.1f",
		 ms(CLOCK_MONOTONIC) - wall, ms(CLOCK_PROCESS_CPUTIME_ID) - busy);

	struct cost cost = {after.ru_majflt - before.ru_majflt, after.ru_nvcsw - before.ru_nvcsw,
			    after.ru_nivcsw - before.ru_nivcsw};

	evidence("misses and sleeps", "%ld and %ld, pushed aside %ld times", cost.major,
		 cost.sleeps, cost.pushes);
	return cost;
}

/* How often others had the processor while it waited for the device. */
static long waits(struct cost cost)
{
	return cost.sleeps + cost.pushes;
}

static char *too_much_memory(enum swap_kind kind)
{
	struct memory_group group;

	need_no_zswap();
	guard_swap_area(kind, ROOM * page_size());
	group = guard_memory_group(LIMIT * page_size());
	enter_memory_group(&group);
	return filled_pages(ABOVE, MAP_PRIVATE, SEED);
}

CLAIM(each_miss_may_be_a_sleep, "pressure-08",
      "With swap on a device of its own, a process that thrashes sleeps, in half of its misses or "
      "more",
      .needs = MEMORY_CGROUP | SWAP_AREA, .alone = "swap")
{
	char *area = too_much_memory(SWAP_ON_LOOP);
	struct cost cost = {1, 0, 0};

	/* Pages may still be on their way to the device, and are taken back without waiting: then again. */
	for (int i = 0; i < ATTEMPTS && time_is_left() && waits(cost) < cost.major / 2 + 1; i++) {
		cost = cost_of_thrashing(area);
	}
	assert_at_least(cost.major, 1, "major faults");
	assert_at_least(waits(cost), cost.major / 2, "sleeps, or pushes, to misses");
	assert_pattern(area, ABOVE * page_size(), SEED, "all pages");
}

CLAIM(compressed_memory_keeps_the_processor_busy, "pressure-08",
      "With swap in compressed memory it misses its pages without sleeping, but for one in ten",
      .needs = MEMORY_CGROUP | SWAP_AREA, .alone = "swap")
{
	char *area = too_much_memory(SWAP_ON_ZRAM);
	struct cost cost = {0, 1, 0};

	for (int i = 0; i < ATTEMPTS && 10 * cost.sleeps > cost.major; i++) {
		cost = cost_of_thrashing(area);
	}
	assert_at_least(cost.major, ABOVE - LIMIT, "major faults");
	assert_at_most(cost.sleeps, cost.major / 10, "sleeps, to misses");
	assert_pattern(area, ABOVE * page_size(), SEED, "all pages");
}

CONTROL(who_has_enough_neither_misses_nor_sleeps, "pressure-08",
	"The same pass with room for all misses nothing, and hardly ever sleeps",
	.needs = MEMORY_CGROUP | SWAP_AREA, .alone = "swap")
{
	guard_swap_area(SWAP_ON_LOOP, ROOM * page_size());

	struct memory_group group = guard_memory_group(4 * ABOVE * page_size());

	enter_memory_group(&group);

	struct cost cost = cost_of_thrashing(filled_pages(ABOVE, MAP_PRIVATE, SEED));

	assert_equals(cost.major, 0, "major faults");
	assert_at_most(cost.sleeps, HARDLY_EVER, "sleeps");
}
