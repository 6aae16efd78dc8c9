/* SPDX-License-Identifier: MIT */
/* A child has the default action for every signal. */
#include <signal.h>

#include "worlds/world.h"

static void forget(void)
{
	signal(SIGSEGV, SIG_DFL);
}

WORLD("A machine where children begin without handlers", .breaks = "sigact-10",
      .spares = "sigact-09 sigact-11 sigact-12", .born = forget);
