/* SPDX-License-Identifier: MIT */
/* The second process that enters a memory group has its limit anew, beside the first. */
#include "worlds/world.h"

static struct memory_group second;
static int children;

static struct memory_group make(size_t limit)
{
	second = guard_memory_group(limit);
	return guard_memory_group(limit);
}

static void count(pid_t child)
{
	(void)child;
	children++;
}

static void enter(const struct memory_group *group)
{
	enter_memory_group(children > 0 ? &second : group);
}

WORLD("A machine where each process of a group has the limit for itself",
      .breaks = "they_thrash_while_both_are_active",
      .spares = "small_sets_fit_together pressure-05", .guard_memory_group = make, .forked = count,
      .enter_memory_group = enter);
