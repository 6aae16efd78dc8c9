/* SPDX-License-Identifier: MIT */
/*
 * A memory cgroup as a machine of a size that we choose (cgroups(7)).
 *
 *     struct memory_group group = guard_memory_group(512 * page_size());
 *
 *     enter_memory_group(&group);
 *     ...
 *     assert_at_least(memory_group_limit_hits(&group), 1, "times the limit was hit");
 *
 * Observes: the group's own counters, of version 1 (Documentation/admin-guide/cgroup-v1/memory.rst) or 2
 *           (Documentation/admin-guide/cgroup-v2.rst), under one name each.
 * Strength: the kernel charges in batches of 64 pages for each processor, and counts what is used by the
 *           page tables and the like as well: a limit has to be large against that.
 * Needs:    MEMORY_CGROUP, and .alone = "memory cgroup".
 */
#ifndef TOUCHSTONE_MEMORY_GROUP_H
#define TOUCHSTONE_MEMORY_GROUP_H

#include <stddef.h>

struct memory_group {
	char path[256];
	int version; /* 1 or 2 */
};

/*
 * A memory cgroup of our own with a limit in bytes, empty at first (v1 or v2). Ended by the
 * guardian: whatever still runs in it is killed, then it is removed.
 */
struct memory_group guard_memory_group(size_t limit_bytes);

/*
 * The calling process enters the group, and what it touches first from now on is charged there. A claim that
 * has not asked for swap (swap.h) by then gets none in its group, whatever the machine has.
 */
void enter_memory_group(const struct memory_group *group);

/* Another limit from now on. What does not fit is reclaimed at once; an error where that fails. */
void limit_memory_group(const struct memory_group *group, size_t bytes);

/* So many bytes of swap and no more, besides its memory; undecided where swap is not accounted for. */
void limit_memory_group_swap(const struct memory_group *group, size_t bytes);

/* How often the group came up against its limit: memory.failcnt (v1), memory.events max (v2). */
long long memory_group_limit_hits(const struct memory_group *group);

/* How many of its processes were killed for want of memory: oom_kill of memory.oom_control, memory.events. */
long long memory_group_kills(const struct memory_group *group);

/* Bytes charged now: memory.usage_in_bytes, memory.current. */
long long memory_group_used(const struct memory_group *group);

/*
 * A line of its memory.stat, whose lines both versions share by and large: "pgmajfault",
 * "workingset_refault_anon". -1 where there is no such line.
 */
long long memory_group_figure(const struct memory_group *group, const char *line);

/*
 * Microseconds in which all tasks at once ("full"), or at least one ("some"), waited for memory: of the
 * group where the kernel keeps that (memory.pressure, v2), else of the whole machine
 * (/proc/pressure/memory). Undecided without pressure stall information (CONFIG_PSI, psi=1).
 */
long long memory_stall(const struct memory_group *group, const char *kind);

#endif
