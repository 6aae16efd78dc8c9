/* SPDX-License-Identifier: MIT */
/* However often large blocks come and go, they are mapped and unmapped. */
#include <malloc.h>

#include "worlds/world.h"

static void fix(void)
{
#ifdef __GLIBC__
	mallopt(M_MMAP_THRESHOLD, 128 * 1024);
#endif
}

WORLD("A machine whose threshold learns nothing",
      .breaks = "the_threshold_learns later_calls_fault_no_more",
      .spares = "heap-03 heap-07 the_first_call_faults_for_every_page", .by = "switch",
      .enter = fix);
