/* SPDX-License-Identifier: MIT */
/*
 * A leak grows with every round, and ends with its process
 * ========================================================
 *
 * A leak, says document 004 (20.1), is memory that "remains reachable by the OS or allocator even
 * though the program no longer needs it", and its effects include a "rising memory footprint" and
 * "more page faults". Both come from the same thing: what is not freed cannot be handed out again,
 * so that each round takes frames that nobody has had.
 *
 *      round        1      2      3      4      5
 *      leaking      ####   ####   ####   ####   ####      as many new frames each time
 *      freeing      ####   .      .      .      .         those of the first
 *
 * A leak cannot outlive its process, for the kernel takes back address spaces, not blocks.
 *
 * Look with: getrusage(2) ru_minflt; /proc/self/smaps Rss; memory cgroups.
 * Read on:   malloc(3); document 004 section 20.1.
 */
#include <malloc.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A leak grows with every round, and ends with its process");

enum { BLOCK = 16 * 1024, BLOCKS = 64, ROUNDS = 8, ROUND = BLOCK * BLOCKS, LEAK = 8, LIMIT = 12 };

/* A round of work: blocks of memory that are filled, and kept or freed. */
static void work(bool leaks)
{
	char *volatile blocks[BLOCKS];

	for (size_t i = 0; i < BLOCKS; i++) {
		blocks[i] = malloc(BLOCK);
		arrange(blocks[i]);
		for (size_t at = 0; at < BLOCK; at += 1024) {
			store(blocks[i] + at, 'w');
		}
	}
	for (size_t i = 0; i < BLOCKS && !leaks; i++) {
		free(blocks[i]);
	}
}

/* Frames of this process's own; what comes from files comes and goes without it. */
static size_t footprint(void)
{
	struct usage all = observe_usage("the process", NULL, SIZE_MAX);

	return all.anonymous + all.swap;
}

CLAIM(a_leak_makes_the_process_larger, "heap-20",
      "In each round a leak makes the process's footprint larger by the length of what is leaked",
      .needs = AREA_USAGE)
{
	work(true);
	for (int round = 1; round < ROUNDS; round++) {
		size_t before = footprint();

		work(true);
		size_t grown = footprint() - before;

		assert_at_least(grown, ROUND - ROUND / 8, "bytes by which the process grew");
		assert_at_most(grown, 2 * ROUND, "bytes by which the process grew");
	}
}

CLAIM(a_leak_faults_in_every_round, "heap-25",
      "In each round a leak takes about a page fault for each page of what is leaked",
      .needs = FAULT_COUNTS)
{
	for (int round = 0; round < ROUNDS; round++) {
		long pages = (long)(ROUND / page_size());

		assert_at_least(faults_of(work(true)).minor, pages - pages / 8,
				"minor faults of a round");
	}
}

CONTROL(who_frees_stays_as_he_is, "heap-20 heap-25",
	"The same work with free, after its first round, makes the process no larger",
	.needs = AREA_USAGE)
{
	work(false);

	size_t before = footprint();

	for (int round = 1; round < ROUNDS; round++) {
		work(false);
	}
	assert_at_most(footprint(), before + ROUND / 4, "bytes of the footprint after all rounds");
}

CONTROL(who_frees_faults_less, "heap-25",
	"The same work with free takes no fault from its second round on",
	.needs = GNU_MALLOC | FAULT_COUNTS)
{
#ifdef __GLIBC__
	arrange(mallopt(M_TRIM_THRESHOLD, 16 * ROUND) == 1); /* lest the heap shrink in between */
#endif
	work(false);
	for (int round = 1; round < ROUNDS; round++) {
		assert_equals(faults_of(work(false)).minor, 0, "minor faults of a round");
	}
}

/* A process in the group that leaks so many rounds, and ends; it is killed where nothing is left. */
static void leak_in(const struct memory_group *group, size_t rounds)
{
	pid_t pid = fork();

	arrange(pid >= 0);
	if (pid == 0) {
		enter_memory_group(group);
		for (size_t round = 0; round < rounds; round++) {
			work(true);
		}
		_exit(0);
	}
	arrange(waitpid(pid, NULL, 0) == pid);
}

/*
 * Each processor keeps some 64 pages charged to the group for the next fault: of large pages that is as much as all
 * the room between the leak and the limit, so there is more of both.
 */
static size_t scale(void)
{
	return page_size() > BLOCK ? page_size() / BLOCK : 1;
}

CLAIM(a_leak_ends_with_its_process, "heap-20",
      "Processes that leak most of what their group may use can follow each other for ever",
      .needs = MEMORY_CGROUP, .alone = "memory cgroup")
{
	struct memory_group group = guard_memory_group(scale() * LIMIT * 1024 * 1024);

	for (int process = 0; process < 3; process++) {
		leak_in(&group, scale() * LEAK);
		assert_equals(memory_group_limit_hits(&group), 0, "times the limit was hit");
	}
}

CONTROL(two_at_a_time_do_not_fit, "heap-20",
	"Twice such a leak in one process comes up against the limit", .needs = MEMORY_CGROUP,
	.alone = "memory cgroup")
{
	struct memory_group group = guard_memory_group(scale() * LIMIT * 1024 * 1024);

	leak_in(&group, scale() * 2 * LEAK);
	assert_at_least(memory_group_limit_hits(&group), 1, "times the limit was hit");
}
