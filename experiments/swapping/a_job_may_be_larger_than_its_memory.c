/* SPDX-License-Identifier: MIT */
/*
 * A job may be larger than its memory
 * ===================================
 *
 * "Swapping allows the system to keep running even when current memory demand exceeds available RAM"
 * (document 004, section 12.3). A job writes twice as many pages as it may have in memory, and reads all of
 * them again. Each page that comes pushes another one out; the job sees nothing of that but the time
 * it takes. Without swap the pages of the job have nowhere to go, and the kernel ends it.
 *
 *      the job's pages     [ 0 ]  ...  [511] [512]  ...  [1023]
 *      swap                 out         out                          in the end all are right
 *      memory                                 in          in
 *
 * Look with: every byte of each page; bit 62 of /proc/PID/pagemap; the signal that ends a child.
 * Read on:   cgroups(7), wait(2); document 004, introduction, sections 5.1 and 12.3.
 */
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A job may be larger than its memory");

enum { LIMIT = 512, PAGES = 2 * LIMIT, SEED = 1, LARGEST_PAGE = 64 * 1024 };
enum { DONE, ALL_IN_MEMORY, WRONG_BYTES };

/* The whole life of a job; its exit status tells what became of it. */
static int work(void)
{
	static unsigned char expected[LARGEST_PAGE];
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	write_pattern(area, PAGES * page_size(), SEED);

	bool some_are_out = count_present(observe_pages("the job", area, PAGES)) <= LIMIT;

	for (int times = 0; times < 2; times++) {
		for (size_t i = 0; i < PAGES; i++) {
			size_t number = times == 0 ? i : PAGES - 1 - i;

			pattern_bytes(expected, page_size(), SEED, number * page_size());
			if (memcmp(page(area, number), expected, page_size()) != 0) {
				return WRONG_BYTES;
			}
		}
	}
	return some_are_out ? DONE : ALL_IN_MEMORY;
}

/* How a child ended that did the work in the group. */
static int end_of_a_job_in(const struct memory_group *group)
{
	int status = 0;
	pid_t child;

	arrange(page_size() <= LARGEST_PAGE);
	child = fork();
	arrange(child >= 0);
	if (child == 0) { /* which may be killed: that is no error here */
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		enter_memory_group(group);
		_exit(work());
	}
	arrange(waitpid(child, &status, 0) == child);
	return status;
}

CLAIM(with_swap_it_is_done, "swap-14",
      "A job of twice as many pages as its memory holds comes to its end, with every byte right",
      .needs = MEMORY_CGROUP | SWAP | PAGE_STATES, .alone = "swap")
{
	guard_quick_swap(2 * PAGES * page_size()); /* slots are kept, too */

	struct memory_group group = guard_memory_group(LIMIT * page_size());
	int status = end_of_a_job_in(&group);

	assert_equals(WIFSIGNALED(status) ? WTERMSIG(status) : 0, 0, "the signal that ended it");
	arrange(WEXITSTATUS(status) <= WRONG_BYTES);
	assert_differs(WEXITSTATUS(status), ALL_IN_MEMORY, "1: no page had to leave memory");
	assert_differs(WEXITSTATUS(status), WRONG_BYTES, "2: a page came back otherwise");
	assert_at_least(memory_group_limit_hits(&group), 1, "times the limit was hit");
	assert_equals(memory_group_kills(&group), 0, "processes killed for want of memory");
}

CONTROL(without_swap_it_is_killed, "swap-14",
	"Where it may have no swap the same job is killed, by SIGKILL, as the only one",
	.needs = MEMORY_CGROUP | SWAP | PAGE_STATES, .alone = "swap")
{
	guard_quick_swap(2 * PAGES * page_size()); /* slots are kept, too */

	struct memory_group group = guard_memory_group(LIMIT * page_size());

	limit_memory_group_swap(&group, 0);

	int status = end_of_a_job_in(&group);

	assert_equals(WIFSIGNALED(status) ? WTERMSIG(status) : 0, SIGKILL,
		      "the signal that ended it");
	assert_equals(memory_group_kills(&group), 1, "processes killed for want of memory");
}
