/* SPDX-License-Identifier: MIT */
/*
 * What cannot be given back is killed for
 * =======================================
 *
 * The kernel gives out more memory than there is, and hopes (chapter lazy-allocation). Where the
 * hope fails, no call can say so: mmap(2) succeeded long ago, and a store has no return value. So
 * "if it cannot recover enough memory it may invoke the OOM killer" (document 004, sections 12.5
 * and 21.3), which ends a process by SIGKILL and takes its pages. No handler runs, no mask helps,
 * nothing is flushed.
 *
 *      limit      |<--------- 1024 pages --------->|
 *      mapped     |[ ][ ][ ][ ]         [ ][ ][ ][ ][ ][ ]  ... 2048: granted
 *      storing    |[0][1][2][3]  ...          [1020]|  X             SIGKILL
 *
 * A memory cgroup is a machine of a size that we choose, and has a killer of its own.
 *
 * Look with: waitpid(2); oom_kill in memory.events (v2) or memory.oom_control (v1).
 * Read on:   cgroups(7), Documentation/admin-guide/cgroup-v2.rst "memory.events"; document 004
 *            sections 12.5 and 21.3.
 */
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>
#include <touchstone/members.h>

EXPERIMENT("What cannot be given back is killed for");

enum { LIMIT = 1024, WANTED = 2 * LIMIT };

CLAIM(a_store_beyond_the_limit_is_a_kill, "pressure-10",
      "mmap grants twice the limit, and stores run up to it; there SIGKILL comes, counted once",
      .needs = MEMORY_CGROUP, .alone = "memory cgroup")
{
	struct memory_group group = group_that_kills(LIMIT * page_size());
	struct member greedy;
	bool granted = false;

	if (start_member(&greedy)) {
		enter_memory_group(&group);

		char *area;

		assert_accepted(area = mmap(NULL, WANTED * page_size(), PROT_READ | PROT_WRITE,
					    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0));
		granted = area != MAP_FAILED;
		arrange(tell(&greedy, &granted, sizeof granted));
		if (granted) {
			store_and_tell(&greedy, area, WANTED);
		}
		_exit(0);
	}
	arrange(hear(&greedy, &granted, sizeof granted));
	assert_equals(granted, true, "1: mmap granted twice the limit");

	size_t stored = steps_told(&greedy);

	assert_equals(end_of_member(&greedy), SIGKILL, "the signal that ended it");
	assert_at_most(stored, LIMIT, "pages that were stored to");
	assert_at_least(stored, LIMIT / 2, "pages that were stored to");
	assert_equals(memory_group_kills(&group), 1, "processes of the group killed");
}

CLAIM(no_handler_is_asked, "pressure-10",
      "A process that has blocked and ignored every signal ends in the same way",
      .needs = MEMORY_CGROUP, .alone = "memory cgroup")
{
	struct memory_group group = group_that_kills(LIMIT * page_size());
	char *area = fresh_pages(WANTED, MAP_PRIVATE);
	struct member deaf;

	if (start_member(&deaf)) {
		struct sigaction ignore = {.sa_handler = SIG_IGN};
		sigset_t every;

		sigfillset(&every);
		sigprocmask(SIG_BLOCK, &every, NULL);
		for (int number = 1; number < NSIG; number++) {
			sigaction(number, &ignore, NULL); /* refused for SIGKILL and SIGSTOP */
		}
		enter_memory_group(&group);
		store_each(area, WANTED, 'd');
		_exit(0);
	}
	assert_equals(end_of_member(&deaf), SIGKILL, "the signal that ended it");
	assert_equals(memory_group_kills(&group), 1, "processes of the group killed");
}

CLAIM(a_call_that_needs_memory_does_not_return, "pressure-10",
      "read(2) into pages that do not fit reports no error, ENOMEM or other: its caller is killed",
      .needs = MEMORY_CGROUP, .alone = "memory cgroup")
{
	struct memory_group group = group_that_kills(LIMIT * page_size());
	char *area = fresh_pages(WANTED, MAP_PRIVATE);
	int zeros = open("/dev/zero", O_RDONLY | O_CLOEXEC);
	struct member reader;

	if (zeros < 0) {
		undecided("needs /dev/zero");
	}
	if (start_member(&reader)) {
		enter_memory_group(&group);
		for (size_t done = 0; done < WANTED * page_size();) {
			ssize_t got = read(zeros, area + done, WANTED * page_size() - done);

			if (got <= 0) {
				break;
			}
			done += (size_t)got;
		}
		arrange(tell_step(&reader));
		_exit(0);
	}
	assert_equals(steps_told(&reader), 0, "times the caller heard of it");
	assert_equals(end_of_member(&reader), SIGKILL, "the signal that ended it");
}

CONTROL(what_fits_is_not_killed_for, "pressure-10",
	"Stores to half as much as the limit come to their end, and nobody is killed",
	.needs = MEMORY_CGROUP, .alone = "memory cgroup")
{
	struct memory_group group = group_that_kills(LIMIT * page_size());
	char *area = fresh_pages(WANTED, MAP_PRIVATE);
	struct member modest;

	if (start_member(&modest)) {
		enter_memory_group(&group);
		store_and_tell(&modest, area, LIMIT / 2);
		_exit(0);
	}
	assert_equals(steps_told(&modest), LIMIT / 2, "pages that were stored to");
	assert_equals(end_of_member(&modest), 0, "the signal that ended it");
	assert_equals(memory_group_kills(&group), 0, "processes of the group killed");
}
