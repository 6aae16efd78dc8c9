/* SPDX-License-Identifier: MIT */
/* A fault that ends in a signal is counted among those that were repaired. */
#include <signal.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static struct sigaction before;
static char *spare;

/* Here one is repaired for each that is not. */
static void count(int signal, siginfo_t *info, void *context)
{
	madvise(spare, page_size(), MADV_DONTNEED);
	store(spare, 1);
	before.sa_sigaction(signal, info, context);
}

static void enter(void)
{
	struct sigaction action = {.sa_sigaction = count,
				   .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};

	spare = fresh_pages(1, MAP_PRIVATE);
	sigaction(SIGSEGV, &action, &before);
}

WORLD("A machine that counts faults it has refused",
      .breaks = "a_fault_that_becomes_a_signal_is_not_counted the_processor_did_fault "
		"a_wild_access_is_a_signal",
      .spares = "fault-18 fault-01 fault-02 fault-08 fault-17", .enter = enter);
