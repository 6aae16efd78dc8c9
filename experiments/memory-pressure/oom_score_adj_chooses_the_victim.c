/* SPDX-License-Identifier: MIT */
/*
 * oom_score_adj chooses the victim
 * ================================
 *
 * Who is killed when memory runs out need not be who asked for it. Each process has a badness: what
 * it holds, plus as many thousandths of all memory (here: of the group's limit) as its
 * oom_score_adj says. The worst one goes: among equals the largest, but one marked by 1000 first.
 *
 *      limit  1024 pages
 *      small  ####                                      256 + 1000/1000 of 1024
 *      large  #############                             768 + 0
 *                                    the next page:  small goes, whoever asks for it
 *
 * A second one may go with it: now and then the kernel chooses again while the first one's pages
 * are on their way back. So the choice is asserted each time, and that it was enough once.
 *
 * Look with: waitpid(2), and /proc/PID/oom_score_adj.
 * Read on:   proc_pid_oom_score_adj(5), proc_pid_oom_score(5), cgroups(7).
 */
#include <signal.h>
#include <unistd.h>

#include <touchstone/experiment.h>
#include <touchstone/members.h>

EXPERIMENT("oom_score_adj chooses the victim");

enum {
	LIMIT = 1024,
	SMALL = LIMIT / 4,
	LARGE = LIMIT * 7 / 8,
	MARK = 1000,
	SEED = 3,
	ATTEMPTS = 8
};

/* The arithmetic of the picture holds where this process itself is not marked. */
static void be_unmarked(void)
{
	if (score_adjustment(getpid()) > 100) {
		undecided(
			"needs an oom_score_adj of 100 at most: choom -n 0, or leave to lower it");
	}
}

/*
 * A member with this mark, which stores to some of its pages and then waits; told to go on it
 * stores to the rest, and waits again before it looks at all of them.
 */
static void start_holder(struct member *holder, const struct memory_group *group, int mark,
			 size_t at_once, size_t in_all)
{
	char *area = fresh_pages(in_all, MAP_PRIVATE);

	if (start_member(holder)) {
		arrange(mark == 0 || adjust_score(mark) == 0);
		enter_memory_group(group);
		write_pattern(area, at_once * page_size(), SEED);
		arrange(tell_step(holder));
		if (hear_step(holder)) {
			store_each(page(area, at_once), in_all - at_once, 'h');
			arrange(tell_step(holder));
			hear_step(holder);
		}
		_exit(holds_pattern(area, at_once, SEED) ? 0 : 1);
	}
	arrange(hear_step(holder));
}

/* Whether the victim was the only one: it is, in one attempt at least, or nothing is decided. */
static bool was_alone(const struct memory_group *group, int attempt)
{
	long long kills = memory_group_kills(group);

	evidence("processes of the group killed", "%lld", kills);
	if (kills > 1 && attempt == ATTEMPTS - 1) {
		undecided("needs a kernel that takes a victim's pages back before it looks for "
			  "another one: a machine at rest");
	}
	return kills <= 1;
}

CLAIM(the_marked_one_dies_for_a_larger_one, "oom-01",
      "When a large member asks for more the small one that is marked dies, and the large one gets "
      "it and keeps every byte",
      .needs = MEMORY_CGROUP, .alone = "memory cgroup")
{
	be_unmarked();
	for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
		struct memory_group group = group_that_kills(LIMIT * page_size());
		struct member small, large;

		start_holder(&small, &group, MARK, SMALL, SMALL);
		start_holder(&large, &group, 0, LIMIT / 2, LARGE);
		assert_equals(memory_group_kills(&group), 0, "processes killed while all fitted");
		arrange(tell_step(&large));

		bool got_it = hear_step(&large);
		int end_of_large = end_of_member(&large);

		assert_equals(end_of_member(&small), SIGKILL, "the signal of the small one");
		if (was_alone(&group, attempt)) {
			assert_equals(got_it, true, "1: the large one has got what it asked for");
			assert_equals(end_of_large, 0, "the signal of the large one");
			return;
		}
	}
}

CLAIM(the_marked_one_dies_for_itself, "oom-01",
      "When the small one that is marked asks for more, it dies itself, and the large one lives",
      .needs = MEMORY_CGROUP, .alone = "memory cgroup")
{
	struct memory_group group = group_that_kills(LIMIT * page_size());
	struct member small, large;

	be_unmarked();
	start_holder(&large, &group, 0, LIMIT * 3 / 4, LIMIT * 3 / 4);
	start_holder(&small, &group, MARK, LIMIT / 16, LIMIT / 2);
	arrange(tell_step(&small));
	assert_equals(hear_step(&small), false, "1: the small one has got what it asked for");
	assert_equals(end_of_member(&small), SIGKILL, "the signal of the small one");
	assert_equals(end_of_member(&large), 0, "the signal of the large one");
	assert_equals(memory_group_kills(&group), 1, "processes of the group killed");
}

CONTROL(among_the_unmarked_the_largest_dies, "oom-01",
	"Where none is marked the same request of the small one is the end of the large one",
	.needs = MEMORY_CGROUP, .alone = "memory cgroup")
{
	for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
		struct memory_group group = group_that_kills(LIMIT * page_size());
		struct member small, large;

		start_holder(&large, &group, 0, LIMIT * 3 / 4, LIMIT * 3 / 4);
		start_holder(&small, &group, 0, LIMIT / 16, LIMIT / 2);
		arrange(tell_step(&small));

		bool got_it = hear_step(&small);
		int end_of_small = end_of_member(&small);

		assert_equals(end_of_member(&large), SIGKILL, "the signal of the large one");
		if (was_alone(&group, attempt)) {
			assert_equals(got_it, true, "1: the small one has got what it asked for");
			assert_equals(end_of_small, 0, "the signal of the small one");
			return;
		}
	}
}
