/* SPDX-License-Identifier: MIT */
/* The child's handlers stand where the program stands. */
#include <signal.h>

#include "worlds/world.h"

static void disable(void)
{
	stack_t none = {.ss_flags = SS_DISABLE};

	sigaltstack(&none, NULL);
}

WORLD("A machine whose fork takes the alternate stack away",
      .breaks = "the_alternate_stack_is_inherited",
      .spares = "handlers_are_inherited the_mask_is_inherited", .born = disable);
