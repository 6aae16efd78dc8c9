/* SPDX-License-Identifier: MIT */
/* Whoever touches an address of no area gets a page there. */
#include <signal.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static struct sigaction before;

static void give(int signal, siginfo_t *info, void *context)
{
	if (info->si_code != SEGV_MAPERR ||
	    mmap(page_of(info->si_addr), page_size(), PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) == MAP_FAILED) {
		before.sa_sigaction(signal, info, context);
	}
}

static void enter(void)
{
	struct sigaction action = {.sa_sigaction = give,
				   .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};

	sigaction(SIGSEGV, &action, &before);
}

WORLD("A machine where nowhere is memory as well",
      .breaks = "a_gap_is_no_memory forbidden_and_invalid_are_signals_of_their_own"
		" it_ends_with_the_mapping what_one_thread_forbids_is_forbidden_to_all",
      .spares = "most_addresses_belong_to_nobody an_area_has_no_gap vma-03 fault-06",
      .enter = enter);
