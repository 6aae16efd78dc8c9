/* SPDX-License-Identifier: MIT */
/*
 * A working set that fits is not missed
 * =====================================
 *
 * The working set of a process is "the subset of pages it is actively using over a period of time"
 * (document 004, 21.1). As long as it fits into memory all is well: each page is brought in once,
 * and from then on the processor finds it without the kernel's help. How often the pages are used
 * does not matter, nor what happened before: a set that was pushed out comes back once, and stays.
 *
 *      limit          |<----------- 1024 pages ----------->|
 *      working set    |[0][1][2] ...           [767]|           a pass: no fault
 *      one too many   |[0][1][2] ...                  [1151]|   a pass: faults, each time
 *
 * A memory cgroup is a machine of a size that we choose. It has to be somewhat larger than the set: the
 * kernel counts page tables in it as well, and sets frames aside for each processor in batches of 64.
 *
 * Look with: getrusage(2) ru_minflt and ru_majflt over whole passes.
 * Read on:   cgroups(7), getrusage(2); document 004 sections 11.5 and 21.1.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A working set that fits is not missed");

enum {
	LIMIT = 1024,
	FITS = LIMIT / 4 * 3,
	TOO_MANY = LIMIT / 8 * 9,
	ROOM = 2 * LIMIT,
	SETTLING = 100,
	PASSES = 3,
	SEED = 7
};

/* Passes until one costs nothing, and some more, none of which costs anything then. */
static void assert_it_settles(const char *area, size_t count)
{
	struct faults spent = {.minor = 1};
	int pass = 0;

	while (of_both_kinds(spent) > 0 && pass < SETTLING) {
		spent = faults_of(load_each(area, count));
		pass++;
	}
	evidence("passes until one was free", "%d", pass);
	assert_equals(of_both_kinds(spent), 0, "faults of a pass, of the hundredth at the latest");
	spent = faults_of(for (int i = 0; i < PASSES; i++) { load_each(area, count); });
	assert_equals(spent.major, 0, "major faults of three passes more");
	assert_equals(spent.minor, 0, "minor faults of three passes more");
	assert_pattern(area, count * page_size(), SEED, "the working set");
}

CLAIM(pages_of_a_file_stay, "pressure-05",
      "Passes over pages of a file that take three quarters of the memory soon cost no fault",
      .needs = MEMORY_CGROUP | DISK_FILE | FAULT_COUNTS, .alone = "memory cgroup")
{
	int fd = cold_file(FITS, SEED);
	struct memory_group group = guard_memory_group(LIMIT * page_size());
	char *area = fresh_mapping(FITS, MAP_SHARED, fd);

	enter_memory_group(&group);
	assert_it_settles(area, FITS);
	evidence("times the limit was hit", "%lld", memory_group_limit_hits(&group));
}

CLAIM(pages_without_a_file_stay, "pressure-05",
      "The same is true of pages without a file, which could go to swap",
      .needs = MEMORY_CGROUP | SWAP_AREA | FAULT_COUNTS, .alone = "swap")
{
	guard_swap_area(SWAP_ON_ZRAM, ROOM * page_size());

	struct memory_group group = guard_memory_group(LIMIT * page_size());

	enter_memory_group(&group);
	assert_it_settles(filled_pages(FITS, MAP_PRIVATE, SEED), FITS);
	evidence("times the limit was hit", "%lld", memory_group_limit_hits(&group));
}

CLAIM(a_set_that_was_pushed_out_comes_back_to_stay, "pressure-05",
      "When others had taken its place, the set comes back after a while, and stays",
      .needs = MEMORY_CGROUP | SWAP_AREA | FAULT_COUNTS | PAGE_STATES, .alone = "swap")
{
	guard_swap_area(SWAP_ON_ZRAM, ROOM * page_size());

	struct memory_group group = guard_memory_group(LIMIT * page_size());
	char *others = fresh_pages(LIMIT - LIMIT / 8, MAP_PRIVATE);

	enter_memory_group(&group);

	char *set = filled_pages(FITS, MAP_PRIVATE, SEED);

	store_each(others, LIMIT - LIMIT / 8, 'o');
	assert_at_least(count_swapped(observe_pages("pushed out", set, FITS)), LIMIT / 4,
			"pages of the set that were pushed out");
	assert_it_settles(set, FITS);
}

CONTROL(a_set_that_does_not_fit_is_missed_each_time, "pressure-05",
	"Each pass over an eighth more than the memory holds misses as many pages at least",
	.needs = MEMORY_CGROUP | SWAP_AREA | FAULT_COUNTS, .alone = "swap")
{
	guard_swap_area(SWAP_ON_ZRAM, ROOM * page_size());

	struct memory_group group = guard_memory_group(LIMIT * page_size());

	enter_memory_group(&group);

	char *area = filled_pages(TOO_MANY, MAP_PRIVATE, SEED);

	for (int i = 0; i < PASSES; i++) {
		assert_at_least(faults_of(load_each(area, TOO_MANY)).major, TOO_MANY - LIMIT,
				"major faults of a pass");
	}
}
