/* SPDX-License-Identifier: MIT */
/* A child that dies is forgotten at once; nobody can ask for it. This is the kernel's own switch. */
#include <signal.h>

#include "worlds/world.h"

static void forget_the_dead(void)
{
	signal(SIGCHLD, SIG_IGN);
}

WORLD("A machine where the dead leave no record", .breaks = "the_record_outlives_the_process",
      .spares = "kernel-03 kernel-04", .by = "switch", .enter = forget_the_dead);
