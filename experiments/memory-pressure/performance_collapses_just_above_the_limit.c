/* SPDX-License-Identifier: MIT */
/*
 * Performance collapses just above the limit
 * ==========================================
 *
 * "If they do not fit, page faults increase and performance drops" (document 004, 21.1), and the drop is
 * a cliff: who goes round and round over a little more than fits misses not the little that is too
 * much, but nearly all. Whatever was used longest ago is pushed out, and just that is wanted next.
 *
 *      misses     1 |                    o-----------o     going round
 *      for each     |                    |
 *      touch        |                    |         ..x     anywhere: what is too much, and
 *                 0 |o-------------------|..x''''          not a cliff
 *                    +------------------limit--------
 *                      3/4                 9/8     3/2     of the memory
 *
 * And a miss is dear: a touch that finds its page takes nanoseconds, one that does not takes
 * microseconds, even where swap is compressed memory and no disk ever turns. At least as many
 * as are too much have to be missed in a pass, whatever the kernel does; the rest is its choice,
 * which differs between its ways to order pages (lists of active and inactive ones, or generations).
 *
 * Look with: getrusage(2) ru_majflt for each pass; times, only against each other.
 * Read on:   cgroups(7), Documentation/admin-guide/mm/multigen_lru.rst; document 004 sections
 *            11.5, 12.4 and 21.2.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Performance collapses just above the limit");

enum {
	LIMIT = 1024,
	BELOW = LIMIT / 4 * 3,
	ABOVE = LIMIT / 8 * 9,
	FAR_ABOVE = LIMIT / 2 * 3,
	ROOM = 2 * FAR_ABOVE,
	SETTLING = 4,
	PASSES = 2,
	SEED = 7
};

static void live_in_small_memory(void)
{
	struct memory_group group;

	guard_swap_area(SWAP_ON_ZRAM, ROOM * page_size());
	group = guard_memory_group(LIMIT * page_size());
	enter_memory_group(&group);
}

static void go_round(const char *area, size_t count, int passes)
{
	for (int i = 0; i < passes; i++) {
		load_each(area, count);
	}
}

/* As many touches as a pass has, of pages in no order; the same ones in each run. */
static void go_anywhere(const char *area, size_t count, int passes)
{
	uint32_t number = 1;

	for (size_t i = 0; i < count * (size_t)passes; i++) {
		number = number * 1664525u + 1013904223u;
		load(page(area, (number >> 8) % count));
	}
}

static long misses(const char *what, void go(const char *, size_t, int), const char *area,
		   size_t count)
{
	go(area, count, count > LIMIT ? 1 : SETTLING); /* what does not fit never settles */

	long major = faults_of(go(area, count, PASSES)).major;

	evidence(what, "%ld misses of %zu touches", major, PASSES * count);
	return major;
}

CLAIM(the_cliff_is_at_the_limit, "pressure-06",
      "Going round over 3/4 of the memory misses nothing; over 9/8 and 3/2, a quarter of all "
      "touches and more",
      .needs = MEMORY_CGROUP | SWAP_AREA | FAULT_COUNTS, .alone = "swap")
{
	live_in_small_memory();

	char *area = filled_pages(FAR_ABOVE, MAP_PRIVATE, SEED);

	assert_equals(misses("3/4", go_round, area, BELOW), 0, "major faults over 3/4");
	assert_at_least(misses("9/8", go_round, area, ABOVE), PASSES * ABOVE / 4,
			"major faults over 9/8 of the memory");
	assert_at_least(misses("3/2", go_round, area, FAR_ABOVE), PASSES * FAR_ABOVE / 4,
			"major faults over 3/2 of the memory");
	assert_pattern(area, FAR_ABOVE * page_size(), SEED, "all pages");
}

static void pass_below(void *area)
{
	go_round(area, BELOW, 1);
}

static void settle_below(void *area)
{
	go_round(area, BELOW, SETTLING);
}

static void pass_above(void *area)
{
	go_round(area, ABOVE, 1);
}

CLAIM(a_touch_takes_ten_times_as_long, "pressure-06",
      "A touch while going round over 9/8 of the memory takes ten times as long as one over 3/4",
      .needs = MEMORY_CGROUP | SWAP_AREA | TIMING, .alone = "swap")
{
	live_in_small_memory();

	struct race race = {.before_slow = pass_above,
			    .slow = pass_above,
			    .before_fast = settle_below,
			    .fast = pass_below,
			    .context = filled_pages(ABOVE, MAP_PRIVATE, SEED),
			    .wanted = 10.0 * ABOVE / BELOW};

	assert_race(&race, "a pass over 9/8 of the memory, against one over 3/4");
}

CONTROL(in_no_order_it_is_no_cliff, "pressure-06",
	"As many touches of the same 9/8 of the memory, in no order, miss less than going round "
	"does",
	.needs = MEMORY_CGROUP | SWAP_AREA | FAULT_COUNTS, .alone = "swap")
{
	live_in_small_memory();

	char *area = filled_pages(ABOVE, MAP_PRIVATE, SEED);
	long round = misses("going round", go_round, area, ABOVE);
	long anywhere = misses("anywhere", go_anywhere, area, ABOVE);

	assert_at_least(anywhere, 1, "major faults, anywhere");
	assert_at_most(anywhere, round / 2, "major faults, anywhere, of half those of going round");
}
