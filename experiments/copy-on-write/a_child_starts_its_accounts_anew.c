/* SPDX-License-Identifier: MIT */
/*
 * A child starts its accounts anew
 * ================================
 *
 * "An exact copy of the virtual memory" (document 002) is not an exact copy of the process. What the
 * kernel has counted about a process is about that process. The child has faulted no page, used no
 * time, and waited for no child; when it ends, what it has used is added to another account
 * of its parent, that of the children waited for.
 *
 *                            parent at the fork     child
 *      page faults           2048 and more          a few
 *      processor time        all since its start    that since the fork
 *
 * Look with: getrusage(2), clock_gettime(2).
 * Read on:   fork(2), "Process resource utilizations and CPU time counters are reset to zero";
 *            document 002 "fork revisited".
 */
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>

#include <touchstone/experiment.h>

EXPERIMENT("A child starts its accounts anew");

enum { FAULTS = 2048, PAGES = 16, BURNT = 20 * 1000 * 1000 };

static void take_faults(void)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	for (int i = 0; i < FAULTS / PAGES; i++) {
		store_each(area, PAGES, 'f');
		arrange(madvise(area, PAGES * page_size(), MADV_DONTNEED) == 0);
	}
}

CLAIM(faults_are_counted_from_nought, "fork-32",
      "The child's count of page faults starts below what the parent has taken before the fork",
      .needs = FAULT_COUNTS)
{
	take_faults();
	assert_at_least(faults_now().minor, FAULTS, "the parent's minor faults");
	IN_CHILD {
		struct rusage childrens;

		assert_at_most(faults_now().minor, FAULTS / 2, "the child's minor faults");
		arrange(getrusage(RUSAGE_CHILDREN, &childrens) == 0);
		assert_equals(childrens.ru_minflt, 0,
			      "those of the children that it has waited for");
	}
}

CONTROL(the_parent_gets_the_childs, "fork-32",
	"What the child has taken is added to its parent's account of children when it has ended",
	.needs = FAULT_COUNTS)
{
	struct rusage childrens;

	IN_CHILD {
		take_faults();
	}
	arrange(getrusage(RUSAGE_CHILDREN, &childrens) == 0);
	assert_at_least(childrens.ru_minflt, FAULTS, "minor faults of the children waited for");
	assert_at_most(faults_now().minor, FAULTS / 2, "the parent's own");
}

static long long now_on(clockid_t clock)
{
	struct timespec time;

	arrange(clock_gettime(clock, &time) == 0);
	return time.tv_sec * 1000000000LL + time.tv_nsec;
}

CLAIM(time_is_counted_from_nought, "fork-32",
      "The child has used no more processor time than has passed since the fork")
{
	while (now_on(CLOCK_PROCESS_CPUTIME_ID) < BURNT) { /* until there is something to inherit */
	}

	long long fork_time = now_on(CLOCK_MONOTONIC);

	IN_CHILD {
		long long used = now_on(CLOCK_PROCESS_CPUTIME_ID);

		/* The two clocks run alike, but for a correction that is far below a quarter. */
		assert_at_most(used, now_on(CLOCK_MONOTONIC) - fork_time + BURNT / 4,
			       "nanoseconds of processor time");
	}
}
