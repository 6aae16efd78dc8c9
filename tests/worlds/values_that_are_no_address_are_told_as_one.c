/* SPDX-License-Identifier: MIT */
/* Where the processor refused a value that is no address, the signal says that nothing was there. */
#include <signal.h>

#include "worlds/world.h"

static struct sigaction before;

static void tell_an_address(int signal, siginfo_t *info, void *context)
{
	if (info->si_code == SI_KERNEL) {
		info->si_code = SEGV_MAPERR;
		info->si_addr = (void *)0x4141;
	}
	before.sa_sigaction(signal, info, context);
}

static void enter(void)
{
	struct sigaction action = {.sa_sigaction = tell_an_address,
				   .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};

	sigaction(SIGSEGV, &action, &before);
}

WORLD("A machine where a value that is no address is told as one",
      .breaks = "a_value_that_is_no_address_gets_no_address_told each_ends_in_a_signal "
		"offsets_beyond_the_limit_are_refused",
      .spares = "a_program_can_do_nothing_there rights_of_pages_stop_it", .enter = enter);
