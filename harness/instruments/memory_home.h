/* SPDX-License-Identifier: MIT */
/*
 * Where this process is among the groups that limit memory: cgroups(7), and the kernel's admin-guide/cgroup-v1/memory.rst
 * and admin-guide/cgroup-v2.rst, "Memory". Nothing is allocated.
 */
#ifndef INSTRUMENTS_MEMORY_HOME_H
#define INSTRUMENTS_MEMORY_HOME_H

#include <stdbool.h>

enum { MEMORY_HOME_PATH = 256 };

struct memory_home {
	int version;                  /* of the hierarchy: 1 or 2 */
	char mount[MEMORY_HOME_PATH]; /* where it is mounted */
	char folder
		[MEMORY_HOME_PATH]; /* our own group's, or the mount where that one cannot be seen */
};

/*
 * Visits each hierarchy of the mount table that can have the memory controller, until visit answers false. 0, or a
 * negative errno where /proc does not tell.
 */
int memory_home_each(bool (*visit)(const struct memory_home *home, void *context), void *context);

/*
 * How many processes of our own group, groups below it apart, the kernel has killed for want of memory (the group's
 * or the machine's): oom_kill of memory.events.local (v2, Linux 5.2) or memory.oom_control (v1, Linux 4.13). -1 where
 * that is not told, as in the root group of v2.
 */
long long memory_home_kills(void);

#endif
