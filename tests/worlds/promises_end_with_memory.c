/* SPDX-License-Identifier: MIT */
/* The kernel's own switch: nobody may map more than there is RAM and swap. */
#include <sys/resource.h>
#include <sys/sysinfo.h>

#include <touchstone/outcome.h>

#include "worlds/world.h"

static void limit(void)
{
	struct sysinfo machine;
	struct rlimit all;

	arrange(sysinfo(&machine) == 0 && getrlimit(RLIMIT_AS, &all) == 0);
	all.rlim_cur = (machine.totalram + machine.totalswap) * machine.mem_unit;
	arrange(setrlimit(RLIMIT_AS, &all) == 0);
}

WORLD("A machine that promises no more memory than there is",
      .breaks = "promises_add_up_to_more_than_there_is",
      .spares = "a_promise_takes_no_frames lazy-02", .by = "switch", .enter = limit);
