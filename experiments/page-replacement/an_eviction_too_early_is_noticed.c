/* SPDX-License-Identifier: MIT */
/*
 * An eviction too early is noticed
 * ================================
 *
 * If the working sets fit in memory all is well; if not, "page faults increase and performance
 * drops" (document 004, 21.1). The kernel wants to know which it is. When a page goes it leaves a
 * shadow in the place where it stood, in the list of the file's pages or of the swap area's: when
 * it went, counted in evictions. Who brings the page back finds the shadow, and knows that it went
 * too early, and by how much. That is a refault.
 *
 *      a walk that comes by once      [0][1][2][3] ...      evictions, and no refault
 *      going round                    [0][1][2] ... [0][1]  each that comes back is one
 *
 * A page that comes for the first time has no shadow: however many go, nobody was wronged.
 *
 * Look with: workingset_refault_file and workingset_refault_anon of memory.stat, of a memory cgroup
 *            of our own, beside ru_majflt of our own.
 * Read on:   Documentation/admin-guide/cgroup-v2.rst "memory.stat"; document 004 section 21.1.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("An eviction too early is noticed");

enum { LIMIT = 512, PAGES = LIMIT * 3 / 2, FITTING = LIMIT / 4, ROUNDS = 2, SEED = 9 };

/* A file of which nothing is in memory, mapped so that each load brings one page. */
static char *cold_pages(size_t count)
{
	char *area = fresh_mapping(count, MAP_SHARED, cold_file(count, SEED));

	arrange(madvise(area, count * page_size(), MADV_RANDOM) == 0);
	return area;
}

static long long refaults(const struct memory_group *group, const char *line)
{
	long long figure = memory_group_figure(group, line);

	if (figure < 0) {
		undecided("needs %s in memory.stat: Linux 5.9", line);
	}
	return figure;
}

/* Major faults of so many rounds through the pages, the first of which is not counted. */
static long majors_of_going_round(const char *area, size_t count)
{
	load_each(area, count);
	return faults_of(for (int round = 0; round < ROUNDS; round++) { load_each(area, count); })
		.major;
}

/* The kernel adds up the counters of its processors in batches: they may lag behind, not ahead. */
CLAIM(pages_of_a_file_that_come_back_are_counted, "replace-26",
      "Going round a file that does not fit, most major faults are counted as refaults",
      .needs = MEMORY_CGROUP | DISK_FILE | FAULT_COUNTS, .alone = "memory cgroup")
{
	char *area = cold_pages(PAGES);
	struct memory_group group = guard_memory_group(LIMIT * page_size());

	enter_memory_group(&group);

	long majors = majors_of_going_round(area, PAGES);

	assert_at_least(majors, ROUNDS * (PAGES - LIMIT), "major faults of going round");
	assert_at_least(refaults(&group, "workingset_refault_file"), majors / 2, "refaults");
}

CLAIM(memory_that_comes_back_is_counted, "replace-26",
      "Going round memory that does not fit, most major faults are counted as refaults",
      .needs = MEMORY_CGROUP | SWAP | FAULT_COUNTS, .alone = "swap")
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	guard_quick_swap(2 * PAGES * page_size());

	struct memory_group group = guard_memory_group(LIMIT * page_size());

	enter_memory_group(&group);
	write_pattern(area, PAGES * page_size(), SEED);

	long majors = majors_of_going_round(area, PAGES);

	evidence("major faults of going round", "%ld", majors);
	assert_at_least(refaults(&group, "workingset_refault_anon"),
			majors / 2 > PAGES - LIMIT ? majors / 2 : PAGES - LIMIT, "refaults");
	assert_pattern(area, PAGES * page_size(), SEED, "what came back");
}

CLAIM(who_comes_once_is_not_counted, "replace-26",
      "A walk that comes by as many pages once meets the limit, and counts no refault",
      .needs = MEMORY_CGROUP | DISK_FILE | FAULT_COUNTS, .alone = "memory cgroup")
{
	char *area = cold_pages(PAGES * (ROUNDS + 1));
	struct memory_group group = guard_memory_group(LIMIT * page_size());

	enter_memory_group(&group);
	load_each(area, PAGES * (ROUNDS + 1));
	assert_at_least(memory_group_limit_hits(&group), 1, "times the limit was hit");
	assert_equals(refaults(&group, "workingset_refault_file"), 0, "refaults");
}

CONTROL(where_all_fit_nothing_comes_back, "replace-26",
	"Going round a file that fits, there is neither a major fault nor a refault",
	.needs = MEMORY_CGROUP | DISK_FILE | FAULT_COUNTS, .alone = "memory cgroup")
{
	char *area = cold_pages(FITTING);
	struct memory_group group = guard_memory_group(LIMIT * page_size());

	enter_memory_group(&group);
	assert_equals(majors_of_going_round(area, FITTING), 0, "major faults of going round");
	assert_equals(refaults(&group, "workingset_refault_file"), 0, "refaults");
}
