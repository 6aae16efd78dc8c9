/* SPDX-License-Identifier: MIT */
/*
 * Thrashing is more waiting than working
 * ======================================
 *
 * Thrashing happens "when the system spends more time moving pages in and out than doing useful
 * work" (document 004, 21.2). The kernel keeps a count of just that, pressure stall information: the
 * time in which somebody could not go on, for want of memory, while pages were let go for it, or
 * brought back that it had had before.
 *
 *      the set fits       |work|work|work|work|work|                        stall 0
 *      the set does not   |w|  let go, bring back  |w|  let go, bring back  |w|
 *                            `------ stall ------'     `------ stall ------'
 *
 * Look with: memory.pressure of the cgroup (v2), else /proc/pressure/memory of the whole machine;
 *            getrusage(2) ru_utime, which is the useful part.
 * Read on:   Documentation/accounting/psi.rst, getrusage(2); document 004 section 21.2.
 */
#include <sys/mman.h>
#include <sys/resource.h>

#include <touchstone/experiment.h>

EXPERIMENT("Thrashing is more waiting than working");

enum {
	LIMIT = 1024,
	BELOW = LIMIT / 4 * 3,
	FAR_ABOVE = LIMIT / 2 * 3,
	ROOM = 2 * FAR_ABOVE,
	ROUNDS = 10,
	SETTLING = 100,
	SEED = 7
};

/* Microseconds of a pass over so many pages: stalled, by the kernel's count; in user and in system mode. */
struct spent {
	long long stalled, user, system;
};

static long long us(struct timeval later, struct timeval earlier)
{
	return (later.tv_sec - earlier.tv_sec) * 1000000LL + later.tv_usec - earlier.tv_usec;
}

static struct spent spent_on(const struct memory_group *group, const char *area, size_t count)
{
	struct rusage before, after;
	long long stalled = memory_stall(group, "some");

	arrange(getrusage(RUSAGE_SELF, &before) == 0);
	load_each(area, count);
	arrange(getrusage(RUSAGE_SELF, &after) == 0);

	struct spent spent = {.stalled = memory_stall(group, "some") - stalled,
			      .user = us(after.ru_utime, before.ru_utime),
			      .system = us(after.ru_stime, before.ru_stime)};

	evidence("microseconds", "stalled %lld, user %lld, system %lld", spent.stalled, spent.user,
		 spent.system);
	return spent;
}

static struct memory_group small_memory(void)
{
	struct memory_group group;

	guard_swap_area(SWAP_ON_ZRAM, ROOM * page_size());
	group = guard_memory_group(LIMIT * page_size());
	enter_memory_group(&group);
	return group;
}

CLAIM(stalls_outweigh_work, "pressure-07",
      "A pass over half as much again as there is stalls for longer than the process computes",
      .needs = MEMORY_CGROUP | SWAP_AREA, .alone = "swap")
{
	struct memory_group group = small_memory();
	char *area = filled_pages(FAR_ABOVE, MAP_PRIVATE, SEED);
	struct spent spent = {0};

	for (int i = 0; i < ROUNDS && (spent.stalled == 0 || spent.stalled <= spent.user); i++) {
		spent = spent_on(&group, area, FAR_ABOVE);
	}
	assert_at_least(spent.stalled, 1, "microseconds of stall");
	assert_at_least(spent.stalled, spent.user, "microseconds of stall, against user time");
}

CONTROL(who_has_enough_never_stalls, "pressure-07",
	"A pass over three quarters of what there is does not stall at all",
	.needs = MEMORY_CGROUP | SWAP_AREA | FAULT_COUNTS, .alone = "swap")
{
	struct memory_group group = small_memory();
	char *area = filled_pages(BELOW, MAP_PRIVATE, SEED);
	struct spent spent = {.stalled = 1};

	for (int i = 0; i < SETTLING && faults_of(load_each(area, BELOW)).major > 0; i++) {
	}
	for (int i = 0; i < ROUNDS && spent.stalled > 0; i++) {
		spent = spent_on(&group, area, BELOW);
	}
	if (spent.stalled > 0 && group.version == 1) {
		undecided("needs a machine at rest, or memory.pressure of a cgroup (version 2)");
	}
	assert_equals(spent.stalled, 0, "microseconds of stall, in one of ten rounds");
}
