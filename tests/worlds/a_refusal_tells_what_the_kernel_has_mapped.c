/* SPDX-License-Identifier: MIT */
/* That nothing is there is passed on as the processor told it, in the error code. */
#include <signal.h>
#include <ucontext.h>

#include "worlds/world.h"

static void (*shown_to)(int signal, siginfo_t *info, void *context);

static void tell(int signal, siginfo_t *info, void *context)
{
#ifdef __x86_64__
	intptr_t address = (intptr_t)info->si_addr;

	if (address < 0 && address >= -(intptr_t)(1 << 24)) {
		((ucontext_t *)context)->uc_mcontext.gregs[REG_ERR] &= ~(greg_t)1; /* no page */
	}
#endif
	shown_to(signal, info, context);
}

static int install(int signal, const struct sigaction *action, struct sigaction *before)
{
	struct sigaction changed;

	if (signal != SIGSEGV || !action || !before) {
		return sigaction(signal, action, before);
	}
	changed = *action;
	shown_to = action->sa_sigaction;
	changed.sa_sigaction = tell;
	return sigaction(signal, &changed, before);
}

WORLD("A machine whose refusals tell what the kernel has mapped",
      .breaks = "a_page_and_a_hole_are_told_alike its_code_is_told_alike",
      .spares = "kernel-01 among_its_own_a_program_is_told_which", .sigaction = install);
