/* SPDX-License-Identifier: MIT */
/*
 * Poor locality brings pages in again
 * ===================================
 *
 * Two programs read the same pages equally often. One takes a page, does all it has to do there, and goes
 * on. The other comes by every page once, and begins again. As long as all fit in memory it is the
 * same. When there is less memory than pages, the second one meets each time a page that had to go
 * just before it was needed (document 004, section 20.2).
 *
 *      page by page    1 1 1 2 2 2 3 3 3 4 4 4 ...     each is brought in once
 *      round by round  1 2 3 4 ... 1 2 3 4 ... 1 2     each is brought in again, up to every time
 *
 * Going round and round is worse than a random order: what was used last is what is needed latest.
 *
 * Look with: ru_majflt of getrusage(2), in a memory cgroup of our own, and in a pager of our own.
 * Read on:   cgroups(7), getrusage(2); document 004 section 20.2.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>
#include <touchstone/pager.h>

EXPERIMENT("Poor locality brings pages in again");

enum {
	LIMIT = 512,
	PAGES = LIMIT * 3 / 2,
	SEED = 9,
	TIMES = 2,
	SMALL = 12,
	FRAMES = 8,
	VISITS = 3
};

/* A file of which nothing is in memory, mapped so that each load brings one page. */
static char *cold_pages(size_t count)
{
	int fd = cold_file(count, SEED);

	char *area = mmap(NULL, count * page_size(), PROT_READ, MAP_SHARED, fd, 0);

	arrange(area != MAP_FAILED && madvise(area, count * page_size(), MADV_RANDOM) == 0);
	return area;
}

static long majors_page_by_page(const char *area, size_t count)
{
	return faults_of(for (size_t i = 0; i < count; i++) {
		       for (int time = 0; time < TIMES; time++) {
			       load(page(area, i) + time);
		       }
	       })
		.major;
}

static long majors_round_by_round(const char *area, size_t count)
{
	return faults_of(for (int time = 0; time < TIMES; time++) {
		       for (size_t i = 0; i < count; i++) {
			       load(page(area, i) + time);
		       }
	       })
		.major;
}

CLAIM(below_a_limit_the_order_counts, "perf-04",
      "With memory for two thirds of the pages, going round brings far more in than staying a "
      "while",
      .needs = MEMORY_CGROUP | DISK_FILE | FAULT_COUNTS, .alone = "memory cgroup")
{
	char *one = cold_pages(PAGES), *other = cold_pages(PAGES);
	struct memory_group group = guard_memory_group(LIMIT * page_size());

	enter_memory_group(&group);

	long stayed = majors_page_by_page(one, PAGES),
	     went_round = majors_round_by_round(other, PAGES);

	assert_at_most(stayed, PAGES + PAGES / 8, "major faults page by page");
	assert_at_least(went_round, PAGES + PAGES / 4, "major faults round by round");
}

CLAIM(with_few_frames_the_order_counts, "perf-04",
      "A pager of our own brings each page in once for who stays, and every time for who goes "
      "round")
{
	struct pager pager;

	start_pager(&pager, &lru, SMALL, FRAMES);
	for (int i = 0; i < SMALL * VISITS; i++) {
		pager_load(&pager, i / VISITS, i % page_size());
	}
	assert_equals(pager.faults, SMALL, "pages brought in page by page");
	stop_pager(&pager);
	start_pager(&pager, &lru, SMALL, FRAMES);
	for (int i = 0; i < SMALL * VISITS; i++) {
		pager_load(&pager, i % SMALL, i % page_size());
	}
	assert_equals(pager.faults, SMALL * VISITS, "pages brought in round by round");
	stop_pager(&pager);
}

CONTROL(within_the_limit_no_order_matters, "perf-04",
	"With memory for all of the pages either order brings each of them in once",
	.needs = MEMORY_CGROUP | DISK_FILE | FAULT_COUNTS, .alone = "memory cgroup")
{
	char *one = cold_pages(LIMIT / 4), *other = cold_pages(LIMIT / 4);
	struct memory_group group = guard_memory_group(4 * LIMIT * page_size());

	enter_memory_group(&group);
	assert_at_most(majors_page_by_page(one, LIMIT / 4), LIMIT / 4, "major faults page by page");
	assert_at_most(majors_round_by_round(other, LIMIT / 4), LIMIT / 4,
		       "major faults round by round");
}
