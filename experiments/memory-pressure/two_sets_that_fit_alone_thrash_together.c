/* SPDX-License-Identifier: MIT */
/*
 * Two working sets that fit alone thrash together
 * ===============================================
 *
 * What has to fit is not one working set but all of them: "if the combined working sets of active
 * processes fit in RAM, the system usually feels responsive" (document 004, 21.1). Two processes that
 * are modest, each for itself, may push each other's pages out, turn by turn.
 *
 *      limit        |<---------- 1024 pages --------->|
 *      one alone    |aaaaaaaaaaaaaaaaaaaa|                   no fault
 *      both         |aaaaaaaaaaaaaaaaaaaa|bbbbbbbbbbbbbbbbbbbb|    a quarter too much
 *
 * At the beginning of a round no more than the limit is in memory; in a round each page of both is used
 * once. So whatever the kernel chooses, what is too much has to be brought in, round by round.
 *
 * Look with: getrusage(2) ru_majflt of both processes, which share a memory cgroup.
 * Read on:   cgroups(7); document 004 section 21.1.
 */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Two working sets that fit alone thrash together");

enum {
	LIMIT = 1024,
	LARGE = LIMIT / 8 * 5,
	SMALL = LIMIT / 8 * 3,
	ROOM = 3 * LIMIT,
	ROUNDS = 8,
	SETTLING = 100,
	SEED = 7
};

/* A process that goes over its set once in each turn, and tells what that cost. */
struct user {
	struct child child;
	int costs[2], turns[2];
};

static void use_a_set(struct user *user, const struct memory_group *group, size_t count,
		      unsigned seed)
{
	enter_memory_group(group);

	char *set = filled_pages(count, MAP_PRIVATE, seed);

	for (hand_over(); read(user->turns[0], &(char){0}, 1) == 1; hand_over()) {
		long major = faults_of(load_each(set, count)).major;

		arrange(write(user->costs[1], &major, sizeof major) == sizeof major);
	}
	assert_pattern(set, count * page_size(), seed, "the working set");
}

static void start(struct user *user, const struct memory_group *group, size_t count, unsigned seed)
{
	arrange(pipe(user->costs) == 0 && pipe2(user->turns, O_NONBLOCK) == 0);
	START_CHILD(user->child) {
		use_a_set(user, group, count, seed);
	}
}

static long misses_of_a_turn(struct user *user)
{
	long major;

	arrange(write(user->turns[1], "t", 1) == 1);
	give_turn(&user->child);
	arrange(read(user->costs[0], &major, sizeof major) == sizeof major);
	return major;
}

/* Turns of one alone: when its set has come back, which may take some, none of them misses a page. */
static long misses_alone(struct user *user)
{
	long major = 1;

	for (int i = 0; i < SETTLING && major > 0; i++) {
		major = misses_of_a_turn(user);
	}
	for (int i = 0; i < ROUNDS; i++) {
		major += misses_of_a_turn(user);
	}
	return major;
}

/* The rounds in which at least so many pages were missed, by one or the other. */
static int rounds_with_misses(struct user *a, struct user *b, long wanted)
{
	int rounds = 0;

	for (int i = 0; i < ROUNDS; i++) {
		long misses = misses_of_a_turn(a) + misses_of_a_turn(b);

		rounds += misses >= wanted;
	}
	return rounds;
}

CLAIM(they_thrash_while_both_are_active, "pressure-09",
      "Sets of 5/8 of the memory are missed in each round of both, but not before or after those",
      .needs = MEMORY_CGROUP | SWAP_AREA | FAULT_COUNTS, .alone = "swap")
{
	struct user a, b;

	guard_swap_area(SWAP_ON_ZRAM, ROOM * page_size());

	struct memory_group group = guard_memory_group(LIMIT * page_size());

	start(&a, &group, LARGE, SEED);
	assert_equals(misses_alone(&a), 0, "major faults of one, alone");
	start(&b, &group, LARGE, SEED + 1);
	assert_equals(rounds_with_misses(&a, &b, 2 * LARGE - LIMIT), ROUNDS,
		      "rounds of both that missed what is too much, of 8");
	end_child(&b.child);
	assert_equals(misses_alone(&a), 0, "major faults of one, after the other's end");
}

CONTROL(small_sets_fit_together, "pressure-09",
	"Sets of 3/8 of the memory are never missed, although both are used in each round",
	.needs = MEMORY_CGROUP | SWAP_AREA | FAULT_COUNTS, .alone = "swap")
{
	struct user a, b;

	guard_swap_area(SWAP_ON_ZRAM, ROOM * page_size());

	struct memory_group group = guard_memory_group(LIMIT * page_size());

	start(&a, &group, SMALL, SEED);
	start(&b, &group, SMALL, SEED + 1);
	assert_equals(rounds_with_misses(&a, &b, 1), 0, "rounds that missed a page, of 8");
}

CONTROL(in_memories_of_their_own_they_fit, "pressure-09",
	"Sets of 5/8 are never missed where each process has a cgroup of its own with that limit",
	.needs = MEMORY_CGROUP | SWAP_AREA | FAULT_COUNTS, .alone = "swap")
{
	struct memory_group groups[2] = {guard_memory_group(LIMIT * page_size()),
					 guard_memory_group(LIMIT * page_size())};
	struct user a, b;

	guard_swap_area(SWAP_ON_ZRAM, ROOM * page_size());
	start(&a, &groups[0], LARGE, SEED);
	start(&b, &groups[1], LARGE, SEED + 1);
	assert_equals(rounds_with_misses(&a, &b, 1), 0, "rounds that missed a page, of 8");
}
