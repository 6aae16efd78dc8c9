/* SPDX-License-Identifier: MIT */
/* getrusage counts whatever was repaired among the minor faults, waited for or not. */
#include <sys/resource.h>

#include "worlds/world.h"

static int tell(int who, struct rusage *usage)
{
	int answer = getrusage(who, usage);

	if (answer == 0) {
		usage->ru_minflt += usage->ru_majflt;
		usage->ru_majflt = 0;
	}
	return answer;
}

WORLD("A machine where no fault is major",
      .breaks = "zeros_come_back_without_a_disk "
		"what_is_still_in_the_swap_cache_is_a_minor_fault.in_swap_and_nowhere_else_is_a_"
		"major_fault"
		" compressed_memory_is_no_disk a_disk_shows_as_major_faults",
      .spares = "in_swap_and_in_memory_is_a_minor_fault fault-03 new_memory_shows_as_minor_faults "
		"rusage-01 rusage-07 lazy-02",
      .getrusage = tell);
