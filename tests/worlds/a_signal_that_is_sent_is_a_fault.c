/* SPDX-License-Identifier: MIT */
/* raise makes the very access that a signal stands for. */
#include <signal.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int fault(int signal)
{
	if (signal == SIGSEGV) {
		load(NULL);
	}
	return raise(signal);
}

WORLD("A machine where a signal that is sent is a fault",
      .breaks = "a_fault_cannot_be_put_off.a_signal_that_was_sent_can_be",
      .spares = "sigact-09 sigact-10", .raise = fault);
