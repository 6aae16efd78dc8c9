/* SPDX-License-Identifier: MIT */
/*
 * Each area costs the kernel memory
 * =================================
 *
 * An address space is a list of areas (document 003), and the list has to be kept somewhere. For
 * each area the kernel has one object of fixed size, vm_area_struct, out of a slab (document
 * 004, 4.3), and a place in a tree. Memory that nobody has touched is not quite free, then: who
 * cuts it into many areas pays for each of them, in memory that cannot be swapped.
 *
 *      1 area      |r------------------------------------------|      one object
 *      n areas     |r|w|r|w|r|w|r|w|r|w|r|w|r|w|r|w|r|w|r|w|r|w|      n objects, n times as much
 *
 * The slabs are common to all processes, and counted for the machine. A memory cgroup of our own
 * is charged with what this process alone makes of them.
 *
 * Look with: memory.current (v1: memory.usage_in_bytes) of a cgroup; /proc/slabinfo shows the
 *            size of the object.
 * Read on:   proc(5) "slabinfo", cgroups(7); documents 003, 004 section 4.3.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Each area costs the kernel memory");

enum {
	AREAS = 160000 / sizeof(long),
	LEAST = 16 * sizeof(long), /* bytes: no list of areas does with less, or needs more */
	MOST = 1024,
	LIMIT = 256 * 1024 * 1024,
	PIPE = 1024 * 1024,
	CHANGES = 100,
	PATIENCE = 50 /* seconds: an emulated processor takes its time */
};

/* A group is charged in batches of 64 pages for each processor; a few may have been at it. */
static long long slack(void)
{
	return 3 * 64 * (long long)page_size();
}

/* The bytes that the group is charged with. */
static long long charged(const struct memory_group *group)
{
	char path[sizeof group->path + 32], text[32] = "";
	int fd;

	snprintf(path, sizeof path, "%s/%s", group->path,
		 group->version == 1 ? "memory.usage_in_bytes" : "memory.current");
	fd = open(path, O_RDONLY | O_CLOEXEC);
	arrange(fd >= 0 && read(fd, text, sizeof text - 1) > 0 && close(fd) == 0);
	return strtoll(text, NULL, 10);
}

/* Cuts untouched memory, two pages an area, into so many more areas. */
static void cut(char *area, size_t from, size_t count)
{
	for (size_t i = from; i < from + count; i += 2) {
		if (mprotect(page(area, i), page_size(), PROT_READ) != 0) {
			undecided("needs %d areas: a vm.max_map_count beyond that", AREAS);
		}
	}
}

/* The group is entered, and is charged for what the kernel keeps: what is in a pipe, for one. */
static struct memory_group charging_group(void)
{
	static char bytes[PIPE];
	struct memory_group group = guard_memory_group(LIMIT);
	int ends[2];

	enter_memory_group(&group);
	if (slack() > AREAS * LEAST / 2) {
		undecided("needs pages smaller than 64 KiB: charges come in batches of pages");
	}

	long long before = charged(&group);

	arrange(pipe(ends) == 0 && fcntl(ends[1], F_SETPIPE_SZ, PIPE) >= PIPE);
	arrange(write(ends[1], bytes, sizeof bytes) == (ssize_t)sizeof bytes);
	if (charged(&group) - before < PIPE - slack()) {
		undecided(
			"needs a cgroup that is charged for the kernel's memory: cgroup v2, or v1 "
			"without cgroup.memory=nokmem");
	}
	return group;
}

CLAIM(many_areas_cost_much, "vma-09",
      "Cut into twenty thousand areas or more, memory that is not touched costs an object for each",
      .needs = MEMORY_CGROUP, .seconds = PATIENCE)
{
	struct memory_group group = charging_group();
	char *area = reserve(AREAS);
	long long before = charged(&group), cost[2];

	for (size_t half = 0; half < 2; half++) {
		cut(area, half * AREAS / 2, AREAS / 2);
		cost[half] = charged(&group) - before;
		before += cost[half];
		evidence("bytes charged for an area", "%lld", cost[half] / (AREAS / 2));
		assert_at_least(cost[half], AREAS / 2 * LEAST - slack(), "bytes for one half");
		assert_at_most(cost[half], AREAS / 2 * MOST + slack(), "bytes for one half");
	}
	assert_at_least(cost[0] + cost[1], AREAS * LEAST - slack(), "bytes for both");
	arrange(munmap(area, AREAS * page_size()) == 0);
	evidence("bytes still charged when all were unmapped", "%lld",
		 charged(&group) - before + cost[0] + cost[1]);
}

CONTROL(one_large_area_costs_little, "vma-09",
	"As much memory in one area costs next to nothing, however often its rights are changed",
	.needs = MEMORY_CGROUP, .seconds = PATIENCE)
{
	struct memory_group group = charging_group();
	char *area = reserve(AREAS);
	long long before = charged(&group);

	for (size_t i = 0; i < CHANGES; i++) {
		arrange(mprotect(area, AREAS * page_size(), i % 2 ? PROT_NONE : PROT_READ) == 0);
	}
	assert_at_most(charged(&group) - before, slack(), "bytes charged");
}
