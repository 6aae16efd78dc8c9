/* SPDX-License-Identifier: MIT */
/* A child has to name an alternate stack of its own. */
#include <signal.h>

#include "worlds/world.h"

static void lose(void)
{
	stack_t none = {.ss_flags = SS_DISABLE};

	sigaltstack(&none, NULL);
}

WORLD("A machine where children lose their alternate stack",
      .breaks = "a_child_inherits_it_and_a_thread_does_not",
      .spares = "sigact-03 sigact-04 it_has_to_be_large_enough", .born = lose);
