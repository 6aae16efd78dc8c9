/* SPDX-License-Identifier: MIT */
/* ru_maxrss counts what was mapped, touched or not. */
#include <stddef.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include "worlds/gate.h"
#include "worlds/world.h"

static size_t promised;

static void add(const struct mapping *mapping)
{
	promised += mapping->protection & PROT_WRITE ? mapping->length : 0;
}

static int count(int who, struct rusage *usage)
{
	int answer = getrusage(who, usage);

	promised = 0;
	gate_each_mapping(add);
	if (answer == 0 && usage->ru_maxrss < (long)(promised / 1024)) {
		usage->ru_maxrss = (long)(promised / 1024);
	}
	return answer;
}

WORLD("A machine where promises count as resident",
      .breaks = "the_largest_size_is_remembered.untouched_memory_leaves_no_mark"
		" the_largest_size_outlives_the_program.a_small_program_has_a_small_mark "
		"it_rises_and_never_falls",
      .spares = "of_children_the_largest_is_kept rusage-03 rusage-09 rusage-11",
      .getrusage = count);
