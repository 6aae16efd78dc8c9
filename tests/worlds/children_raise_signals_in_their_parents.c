/* SPDX-License-Identifier: MIT */
/* What a child sends itself reaches its parent. */
#include <signal.h>
#include <unistd.h>

#include "worlds/world.h"

static pid_t first;

static void remember(void)
{
	first = getpid();
}

static int send(int signal)
{
	return getpid() == first ? raise(signal) : kill(getppid(), signal);
}

WORLD("A machine where children raise signals in their parents",
      .breaks = "who_sends_to_a_child_reaches_it handlers_are_inherited",
      .spares = "no_signal_is_pending the_mask_is_inherited", .enter = remember, .raise = send);
