/* SPDX-License-Identifier: MIT */
/*
 * A kill stays within its group
 * =============================
 *
 * Killing is the last of the "final fallback behaviors" (document 004, section 21.3), and who has
 * to go is the question. Where the limit that was met is that of a memory cgroup, only its
 * members come into question: others may be larger, and may even have offered themselves by an
 * oom_score_adj of 1000. They neither die nor lose a byte.
 *
 *      group A, full              group B, full          no group
 *      [a a a a a a a a] a        [b b b b b b]          [c c c c c c c c c c c c]   1000
 *             |
 *          SIGKILL                    lives on                  lives on
 *
 * This is what makes containers neighbours: one that leaks takes nobody with it.
 *
 * Look with: every byte that the others have stored; oom_kill of each group.
 * Read on:   cgroups(7), proc_pid_oom_score_adj(5); document 004 section 21.3.
 */
#include <signal.h>
#include <unistd.h>

#include <touchstone/experiment.h>
#include <touchstone/members.h>

EXPERIMENT("A kill stays within its group");

enum { LIMIT = 1024, WANTED = 2 * LIMIT, OTHERS = LIMIT / 4, OFFERED = 1000, SEED = 7 };

/* A member of this group, or of none, with so many pages, that looks at them when it is told to. */
static bool start_bystander(struct member *other, const struct memory_group *group, char *area,
			    size_t count)
{
	if (start_member(other)) {
		arrange(adjust_score(OFFERED) == 0);
		if (group) {
			enter_memory_group(group);
		}
		write_pattern(area, count * page_size(), SEED);
		arrange(tell_step(other));
		hear_step(other);
		_exit(holds_pattern(area, count, SEED) ? 0 : 1);
	}
	return hear_step(other);
}

/* The end of a member that stores to more than its group may have. */
static int end_of_greedy_member(const struct memory_group *group)
{
	char *area = fresh_pages(WANTED, MAP_PRIVATE);
	struct member greedy;

	if (start_member(&greedy)) {
		enter_memory_group(group);
		store_each(area, WANTED, 'g');
		_exit(0);
	}
	return end_of_member(&greedy);
}

CLAIM(a_larger_process_outside_lives, "pressure-11",
      "A process outside of the group, larger and offered for it, survives with every byte, and so "
      "does the parent",
      .needs = MEMORY_CGROUP, .alone = "memory cgroup")
{
	struct memory_group group = group_that_kills(LIMIT * page_size());
	char *mine = filled_pages(OTHERS, MAP_PRIVATE, SEED + 1);
	char *its = fresh_pages(WANTED, MAP_PRIVATE);
	struct member other;

	arrange(start_bystander(&other, NULL, its, WANTED));
	for (long long kills = 1; kills <= 2; kills++) { /* and once more */
		assert_equals(end_of_greedy_member(&group), SIGKILL, "the signal of the offender");
		assert_equals(memory_group_kills(&group), kills, "processes of the group killed");
	}
	assert_equals(end_of_member(&other), 0, "the signal of the other one");
	assert_pattern(mine, OTHERS * page_size(), SEED + 1, "the parent's pages");
}

CLAIM(a_member_of_another_group_lives, "pressure-11",
      "A member of another group, next to its own limit, survives with every byte, and none of its "
      "group is killed",
      .needs = MEMORY_CGROUP, .alone = "memory cgroup")
{
	struct memory_group group = group_that_kills(LIMIT * page_size());
	struct memory_group neighbours = group_that_kills(LIMIT * page_size());
	char *its = fresh_pages(LIMIT * 3 / 4, MAP_PRIVATE);
	struct member other;

	arrange(start_bystander(&other, &neighbours, its, LIMIT * 3 / 4));
	assert_equals(end_of_greedy_member(&group), SIGKILL, "the signal of the offender");
	assert_equals(memory_group_kills(&group), 1, "processes of its group killed");
	assert_equals(end_of_member(&other), 0, "the signal of the other one");
	assert_equals(memory_group_kills(&neighbours), 0, "processes of the other group killed");
}

CONTROL(within_the_group_the_same_one_dies, "pressure-11",
	"Where the one that is offered is of the same group it is killed, for what another one "
	"asks",
	.needs = MEMORY_CGROUP, .alone = "memory cgroup")
{
	struct memory_group group = group_that_kills(LIMIT * page_size());
	char *its = fresh_pages(OTHERS, MAP_PRIVATE), *area = fresh_pages(LIMIT, MAP_PRIVATE);
	struct member other, asking;

	arrange(start_bystander(&other, &group, its, OTHERS));
	if (start_member(&asking)) {
		enter_memory_group(&group);
		store_each(area, LIMIT * 7 / 8, 'a');
		_exit(0);
	}
	end_of_member(
		&asking); /* the kernel may choose again before the first one's pages are back */
	assert_equals(end_of_member(&other), SIGKILL, "the signal of the one that was offered");
	assert_at_least(memory_group_kills(&group), 1, "processes of the group killed");
}
