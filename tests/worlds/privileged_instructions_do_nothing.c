/* SPDX-License-Identifier: MIT */
/* hlt, cli, in and out, and accesses to cr3 go on behind themselves, as if they had been executed. */
#include <signal.h>
#include <string.h>
#include <ucontext.h>

#include "worlds/world.h"

static struct sigaction before;

static void step_over(int signal, siginfo_t *info, void *context)
{
#if defined(__x86_64__) || defined(__i386__)
#ifdef __x86_64__
	enum { POINTER = REG_RIP };
#else
	enum { POINTER = REG_EIP };
#endif
	greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
	const unsigned char *at = (const unsigned char *)(uintptr_t)registers[POINTER];

	if (info->si_code == SI_KERNEL && memchr("\xf4\xfa\xec\xee", *at, 4)) {
		registers[POINTER] += 1;
		return;
	}
	if (info->si_code == SI_KERNEL && at[0] == 0x0f && (at[1] == 0x20 || at[1] == 0x22)) {
		registers[POINTER] += 3;
		return;
	}
#endif
	before.sa_sigaction(signal, info, context);
}

static void enter(void)
{
	struct sigaction action = {.sa_sigaction = step_over,
				   .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};

	sigaction(SIGSEGV, &action, &before);
}

WORLD("A machine on which privileged instructions do nothing", .breaks = "each_ends_in_a_signal",
      .spares = "others_are_executed a_program_can_do_nothing_there kernel-12", .enter = enter);
