/* SPDX-License-Identifier: MIT */
/* sigaltstack takes note of a stack, and nobody ever stands on it. */
#include <signal.h>

#include "worlds/world.h"

static int take_note(const stack_t *stack, stack_t *before)
{
	stack_t none = {.ss_flags = SS_DISABLE};

	return stack && stack->ss_size > 1 && stack->ss_flags == 0 ? sigaltstack(&none, before)
								   : sigaltstack(stack, before);
}

WORLD("A machine where alternate stacks are not used",
      .breaks = "it_stands_there with_one_it_is_handled "
		"a_child_inherits_it_and_a_thread_does_not it_has_to_be_large_enough",
      .spares = "unmarked_handlers_stay_where_they_are sigact-01 sigact-06",
      .sigaltstack = take_note);
