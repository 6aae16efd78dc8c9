/* SPDX-License-Identifier: MIT */
/* RUSAGE_THREAD is RUSAGE_SELF. */
#include <sys/resource.h>

#include "worlds/world.h"

static int count(int who, struct rusage *usage)
{
	return getrusage(who == RUSAGE_THREAD ? RUSAGE_SELF : who, usage);
}

WORLD("A machine where a thread is told what all have counted",
      .breaks = "who_touches_is_charged what_an_ended_thread_has_counted_stays",
      .spares = "rusage-03 rusage-06 rusage-07 rusage-11 lazy-16", .getrusage = count);
