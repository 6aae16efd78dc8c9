/* SPDX-License-Identifier: MIT */
/* A stack may be as small as one likes. */
#include <errno.h>
#include <signal.h>

#include "worlds/world.h"

static int accept(const stack_t *stack, stack_t *before)
{
	int answer = sigaltstack(stack, before);

	return answer != 0 && errno == ENOMEM ? 0 : answer;
}

WORLD("A machine where a byte is stack enough", .breaks = "it_has_to_be_large_enough",
      .spares = "sigact-03 sigact-04 a_child_inherits_it_and_a_thread_does_not",
      .sigaltstack = accept);
