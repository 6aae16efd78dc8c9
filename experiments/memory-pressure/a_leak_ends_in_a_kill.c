/* SPDX-License-Identifier: MIT */
/*
 * A leak ends in a kill, and swap only delays it
 * ==============================================
 *
 * Memory that is never given back means "swap pressure under load" and "eventual crashes or OOM
 * situations", says document 004 (section 20.1). Under a limit all of it can be seen in order. At
 * first the leak is free. Then the limit is met, and the kernel takes pages back from the leaking
 * process itself: those it will never touch again, so that it may not even be slower. When swap
 * is full, too, it dies.
 *
 *      pages leaked   0 ......... 1024 ............ 1536
 *      limit          |           hit  hit  hit  hit
 *      in swap        |              ###############
 *      killed         |                             X
 *
 * Look with: memory.events or memory.failcnt of the group; bit 62 of /proc/PID/pagemap; waitpid(2).
 * Read on:   cgroups(7); document 004 sections 12.4, 12.5, 20.1 and 20.6.
 */
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>
#include <touchstone/members.h>

EXPERIMENT("A leak ends in a kill, and swap only delays it");

enum { LIMIT = 1024, IN_SWAP = 512, STEP = 128, STEPS = 24, ALL = STEP * STEPS };

/* Stores to a step's pages at each turn; who gives them back does so before it has told. */
static void start_leaking(struct member *member, const struct memory_group *group, char *area,
			  bool gives_back)
{
	if (start_member(member)) {
		enter_memory_group(group);
		for (size_t done = 0; done < ALL && hear_step(member); done += STEP) {
			store_each(page(area, done), STEP, 'l');
			if (gives_back) {
				arrange(munmap(page(area, done), STEP * page_size()) == 0);
			}
			arrange(tell_step(member));
		}
		_exit(0);
	}
}

/* One step more: false where the member did not survive it. */
static bool leaks_on(const struct member *member)
{
	return tell_step(member) && hear_step(member);
}

static struct memory_group group_with_some_swap(void)
{
	struct memory_group group = group_that_kills(LIMIT * page_size());

	guard_quick_swap(2 * IN_SWAP * page_size());
	limit_memory_group_swap(&group, IN_SWAP * page_size());
	return group;
}

CLAIM(first_the_limit_then_swap_then_death, "pressure-15",
      "A leak meets the limit, grows into swap without shrinking, fills that, and is killed",
      .needs = MEMORY_CGROUP | SWAP | PAGE_STATES, .alone = "swap")
{
	struct memory_group group = group_with_some_swap();
	char *area = fresh_pages(ALL, MAP_PRIVATE);
	size_t leaked = 0, swapped = 0, before;
	struct member leaking;

	start_leaking(&leaking, &group, area, false);
	while (leaks_on(&leaking)) {
		leaked += STEP;
		before = swapped;
		swapped = count_swapped(observe_pages_of(leaking.pid, "leaked", area, leaked));
		evidence("leaked, in swap", "%zu, %zu", leaked, swapped);
		assert_at_least(swapped, before, "pages in swap");
		assert_at_most(leaked - swapped, LIMIT, "pages in memory");
		if (swapped > 0) {
			assert_at_least(memory_group_limit_hits(&group), 1,
					"times the limit was hit before anything was in swap");
		}
		assert_equals(memory_group_kills(&group), 0, "processes killed meanwhile");
	}
	assert_equals(end_of_member(&leaking), SIGKILL, "the signal that ended it");
	assert_equals(memory_group_kills(&group), 1, "processes of the group killed");
	assert_at_least(swapped, IN_SWAP / 4, "pages in swap at the last step before");
	assert_at_least(leaked + STEP, LIMIT + IN_SWAP / 2, "pages leaked in all");
	assert_at_most(leaked, LIMIT + IN_SWAP, "pages leaked in all");
}

CLAIM(without_swap_death_comes_earlier, "pressure-15",
      "Without swap the same leak is killed as soon as it comes to the limit",
      .needs = MEMORY_CGROUP, .alone = "memory cgroup")
{
	struct memory_group group = group_that_kills(LIMIT * page_size());
	char *area = fresh_pages(ALL, MAP_PRIVATE);
	size_t leaked = 0;
	struct member leaking;

	start_leaking(&leaking, &group, area, false);
	while (leaks_on(&leaking)) {
		leaked += STEP;
		assert_equals(memory_group_kills(&group), 0, "processes killed meanwhile");
	}
	assert_equals(end_of_member(&leaking), SIGKILL, "the signal that ended it");
	assert_at_least(leaked + STEP, LIMIT / 2, "pages leaked in all");
	assert_at_most(leaked, LIMIT, "pages leaked in all");
	assert_equals(memory_group_kills(&group), 1, "processes of the group killed");
}

CONTROL(who_gives_back_never_comes_to_the_limit, "pressure-15",
	"Who gives each step's pages back uses as many in all, and meets no limit",
	.needs = MEMORY_CGROUP, .alone = "memory cgroup")
{
	struct memory_group group = guard_memory_group(LIMIT * page_size());
	char *area = fresh_pages(ALL, MAP_PRIVATE);
	struct member careful;
	size_t steps = 0;

	start_leaking(&careful, &group, area, true);
	while (leaks_on(&careful)) {
		steps++;
	}
	assert_equals(end_of_member(&careful), 0, "the signal that ended it");
	assert_equals(steps, STEPS, "steps");
	assert_equals(memory_group_kills(&group), 0, "processes of the group killed");
	assert_equals(memory_group_limit_hits(&group), 0, "times the limit was hit");
}
