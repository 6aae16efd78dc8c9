/* SPDX-License-Identifier: MIT */
/* Who had an alternate stack keeps it: SS_DISABLE is accepted and does nothing. */
#include <signal.h>

#include "worlds/world.h"

static int keep(const stack_t *stack, stack_t *before)
{
	return stack && stack->ss_flags & SS_DISABLE ? 0 : sigaltstack(stack, before);
}

WORLD("A machine where an alternate stack cannot be given up",
      .breaks = "without_one_an_overflow_kills "
		"a_handler_can_stand_on_another_stack.unmarked_handlers_stay_where_they_are",
      .spares = "it_stands_there sigact-05", .sigaltstack = keep);
