/* SPDX-License-Identifier: MIT */
/*
 * Under rising pressure pages in use go, too
 * ==========================================
 *
 * First goes what is not used. "As pressure worsens", the system begins to "trim working sets more
 * aggressively" (document 004, 12.4): when there is nothing else left, pages go that were used a moment
 * ago and will be used in a moment. A working set is no right to its frames. What it is
 * spared for that is the end: nobody is killed as long as there are pages that can go.
 *
 *      limit            |<------------ 1024 pages ------------>|
 *      a set of 512     |hhhhhhhhhhhhhhhh|cccccccccccccccccccccc|
 *      it grows to 704  |hhhhhhhhhhhhhhhhhhhhhhhh|cccccccccccccc|~~~~     the cold ones went
 *      to 1152          |h~hhh~hhhhhh~hhhhhhhhhhhhh~hhhhhhhhh~hhhh~hhh    and now all are missed, in
 *                                                                         turn: but nobody is killed
 *
 * Look with: bit 62 of /proc/PID/pagemap; getrusage(2) ru_majflt; whether anybody was killed.
 * Read on:   cgroups(7); document 004 section 12.4.
 */
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>
#include <touchstone/translations.h>

EXPERIMENT("Under rising pressure pages in use go, too");

enum {
	LIMIT = 1024,
	COLD = LIMIT / 2,
	MORE = LIMIT / 16 * 11,
	MOST = LIMIT / 8 * 9,
	STEP = 32,
	PASSES = 4,
	SETTLING = 100,
	ROOM = 2 * (MOST + COLD),
	SEED = 7
};

/* The processor notes a use when it looks a page up; when rights change it has to do so again. */
static void use(char *area, size_t count)
{
	load_each(area, count);
	drop_translations(area, count);
}

/* The set in use grows, step by step, and all of it is used in between. */
static void grow(char *set, size_t from, size_t to)
{
	for (size_t count = from; count < to; count += STEP) {
		use(set, count);
		use(set, count);
		store_each(page(set, count), STEP, 'h');
	}
	use(set, to);
}

CLAIM(first_the_cold_then_the_hot, "pressure-17",
      "A growing set takes the place of cold pages rather than its own, and in the end of its own, "
      "too",
      .needs = MEMORY_CGROUP | SWAP_AREA | PAGE_STATES | FAULT_COUNTS, .alone = "swap")
{
	guard_swap_area(SWAP_ON_ZRAM, ROOM * page_size());

	struct memory_group group = guard_memory_group(LIMIT * page_size());

	enter_memory_group(&group);

	char *cold = filled_pages(COLD, MAP_PRIVATE, SEED), *set = fresh_pages(MOST, MAP_PRIVATE);

	grow(set, 0, MORE);

	size_t cold_out = count_swapped(observe_pages("cold", cold, COLD));
	size_t set_out = count_swapped(observe_pages("in use", set, MORE));

	assert_at_least(cold_out + set_out, COLD + MORE - LIMIT, "pages in swap");
	assert_at_most(2 * set_out, cold_out,
		       "twice the pages in use among them, to the cold ones");
	grow(set, MORE, MOST);
	for (int i = 0; i < PASSES; i++) {
		assert_at_least(faults_of(load_each(set, MOST)).major, MOST - LIMIT,
				"major faults of a pass over pages that are all in use");
	}
	assert_pattern(cold, COLD * page_size(), SEED, "the cold pages");
}

enum { MISSED_EACH_TIME, NOT_MISSED };

/* The whole life of a process under rising pressure; its exit status tells what became of it. */
static int live_under_pressure(const struct memory_group *group)
{
	char *set = fresh_pages(MOST, MAP_PRIVATE);

	enter_memory_group(group);
	write_pattern(set, MOST * page_size(), SEED);
	for (int i = 0; i < PASSES; i++) {
		if (faults_of(load_each(set, MOST)).major < MOST - LIMIT) {
			return NOT_MISSED;
		}
	}
	return MISSED_EACH_TIME;
}

CLAIM(nobody_is_killed_as_long_as_pages_can_go, "pressure-17",
      "A set that outgrows the memory is missed in each pass, and its process lives",
      .needs = MEMORY_CGROUP | SWAP_AREA | FAULT_COUNTS, .alone = "swap")
{
	int status = 0;

	guard_swap_area(SWAP_ON_ZRAM, ROOM * page_size());

	struct memory_group group = guard_memory_group(LIMIT * page_size());
	pid_t child = fork();

	arrange(child >= 0);
	if (child == 0) { /* a machine that spares pages in use kills it: that is no error here */
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		_exit(live_under_pressure(&group));
	}
	arrange(waitpid(child, &status, 0) == child);
	assert_equals(WIFSIGNALED(status) ? WTERMSIG(status) : 0, 0, "the signal that ended it");
	assert_differs(WEXITSTATUS(status), NOT_MISSED, "1: a pass missed too little");
	arrange(WEXITSTATUS(status) == MISSED_EACH_TIME);
}

CONTROL(a_set_that_fits_pays_with_cold_pages_only, "pressure-17",
	"A set that has grown at the cost of cold pages, but fits, is soon not missed any more",
	.needs = MEMORY_CGROUP | SWAP_AREA | FAULT_COUNTS, .alone = "swap")
{
	long misses = 1;

	guard_swap_area(SWAP_ON_ZRAM, ROOM * page_size());

	struct memory_group group = guard_memory_group(LIMIT * page_size());

	enter_memory_group(&group);
	filled_pages(COLD, MAP_PRIVATE, SEED);

	char *set = fresh_pages(MORE, MAP_PRIVATE);

	grow(set, 0, MORE);
	for (int i = 0; i < SETTLING && misses > 0; i++) {
		misses = faults_of(load_each(set, MORE)).major;
	}
	misses += faults_of(load_each(set, MORE); load_each(set, MORE)).major;
	assert_equals(misses, 0, "major faults of passes over the set in use");
}
