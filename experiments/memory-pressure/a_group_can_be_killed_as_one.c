/* SPDX-License-Identifier: MIT */
/*
 * A group can be killed as one
 * ============================
 *
 * A service of three processes that lost one of them may be worse than none. Who writes 1 to
 * memory.oom.group of a cgroup (of version 2) says that its members are one workload: where the
 * kernel has to kill one of them it kills all, be they small, idle, or asleep.
 *
 *      memory.oom.group   0                     1
 *
 *      small               lives                SIGKILL
 *      asleep              lives                SIGKILL
 *      greedy              SIGKILL              SIGKILL
 *      outside             lives                lives
 *
 * oom_kill in memory.events counts the killed, and the first of them perhaps twice: the kernel
 * kills the one it chose, and then all members, of whom it may still be one.
 *
 * Look with: waitpid(2); oom_kill in memory.events.
 * Read on:   Documentation/admin-guide/cgroup-v2.rst "memory.oom.group"; document 004 section 21.3.
 */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include <touchstone/experiment.h>
#include <touchstone/members.h>

EXPERIMENT("A group can be killed as one");

enum { LIMIT = 1024, WANTED = 2 * LIMIT, SMALL = 64, SEED = 4, OTHERS = 2, PATIENCE = 100 };

static void make_it_one(const struct memory_group *group)
{
	char path[sizeof group->path + 32];
	int fd;

	snprintf(path, sizeof path, "%s/memory.oom.group", group->path);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0) {
		undecided("needs memory.oom.group: memory cgroups of version 2, Linux 4.19");
	}
	arrange(write(fd, "1", 1) == 1);
	close(fd);
}

/* A member of the group, or of none, with a few pages, asleep until it is told to look at them. */
static void start_sleeper(struct member *sleeper, const struct memory_group *group)
{
	char *area = fresh_pages(SMALL, MAP_PRIVATE);

	if (start_member(sleeper)) {
		if (group) {
			enter_memory_group(group);
		}
		write_pattern(area, SMALL * page_size(), SEED);
		arrange(tell_step(sleeper));
		hear_step(sleeper);
		_exit(holds_pattern(area, SMALL, SEED) ? 0 : 1);
	}
	arrange(hear_step(sleeper));
}

static void kill_a_greedy_one(const struct memory_group *group)
{
	char *area = fresh_pages(WANTED, MAP_PRIVATE);
	struct member greedy;

	if (start_member(&greedy)) {
		enter_memory_group(group);
		store_each(area, WANTED, 'g');
		_exit(0);
	}
	assert_equals(end_of_member(&greedy), SIGKILL, "the signal of the greedy one");
}

/* Who is not killed with the others waits for us for ever; we do not. */
static void assert_killed(const struct member *sleeper, const char *what)
{
	struct pollfd end = {.fd = sleeper->link, .events = POLLIN};
	bool lives = true;

	while (lives && time_is_left()) {
		lives = poll(&end, 1, PATIENCE) == 0; /* milliseconds */
	}
	assert_equals(lives, 0, "members that live on");
	assert_equals(steps_told(sleeper), 0, "steps of a member that was asleep");
	assert_equals(end_of_member(sleeper), SIGKILL, what);
}

CLAIM(all_members_die_together, "oom-04",
      "With memory.oom.group 1 the end of one member is that of all, and each of them is counted",
      .needs = MEMORY_CGROUP, .alone = "memory cgroup")
{
	struct memory_group group = group_that_kills(LIMIT * page_size());
	struct member others[OTHERS];

	make_it_one(&group);
	for (size_t i = 0; i < OTHERS; i++) {
		start_sleeper(&others[i], &group);
	}
	kill_a_greedy_one(&group);
	for (size_t i = 0; i < OTHERS; i++) {
		assert_killed(&others[i], "the signal of a sleeper");
	}
	assert_at_least(memory_group_kills(&group), OTHERS + 1, "kills that were counted");
	assert_at_most(memory_group_kills(&group), OTHERS + 2, "kills that were counted");
}

CLAIM(nobody_outside_dies_with_it, "oom-04",
      "Who is no member survives the end of all members, with every byte", .needs = MEMORY_CGROUP,
      .alone = "memory cgroup")
{
	struct memory_group group = group_that_kills(LIMIT * page_size());
	struct member outside, inside;

	make_it_one(&group);
	start_sleeper(&outside, NULL);
	start_sleeper(&inside, &group);
	kill_a_greedy_one(&group);
	assert_killed(&inside, "the signal of the member");
	assert_equals(end_of_member(&outside), 0, "the signal of the one outside");
}

CONTROL(as_a_rule_one_is_enough, "oom-04",
	"Where nothing was written to memory.oom.group the others live, with every byte",
	.needs = MEMORY_CGROUP, .alone = "memory cgroup")
{
	struct memory_group group = group_that_kills(LIMIT * page_size());
	struct member others[OTHERS];

	for (size_t i = 0; i < OTHERS; i++) {
		start_sleeper(&others[i], &group);
	}
	kill_a_greedy_one(&group);
	for (size_t i = 0; i < OTHERS; i++) {
		assert_equals(end_of_member(&others[i]), 0, "the signal of a sleeper");
	}
	assert_equals(memory_group_kills(&group), 1, "processes of the group killed");
}
