/* SPDX-License-Identifier: MIT */
/*
 * An addition that faults is carried out when the fault has been repaired, and then the instruction
 * is restarted: it is done twice, as if an unfinished instruction had left its mark.
 */
#include <signal.h>
#include <stdint.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static struct sigaction wanted;

static void add_beforehand(int signal, siginfo_t *info, void *context)
{
	unsigned *number = (unsigned *)((uintptr_t)info->si_addr & ~(sizeof(unsigned) - 1));
	unsigned char in_memory;

	wanted.sa_sigaction(signal, info, context);
	if (mincore(page_of(number), page_size(), &in_memory) == 0) {
		mprotect(page_of(number), page_size(), PROT_READ | PROT_WRITE);
		*number += 1;
	}
}

static int act(int signal, const struct sigaction *action, struct sigaction *before)
{
	struct sigaction doubled = *action;

	if (action->sa_flags & SA_ONSTACK || !(action->sa_flags & SA_SIGINFO)) {
		return sigaction(signal, action, before); /* the harness's own, put back */
	}
	wanted = *action;
	doubled.sa_sigaction = add_beforehand;
	return sigaction(signal, &doubled, before);
}

WORLD("A machine that carries out an instruction before its fault as well as after it",
      .breaks = "an_addition_is_added_once a_long_copy_is_complete",
      .spares = "the_kernel_restarts_it_too fault-01 fault-02 fault-04", .sigaction = act);
