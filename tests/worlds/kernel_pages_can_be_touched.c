/* SPDX-License-Identifier: MIT */
/*
 * An access to an address of the kernel goes through: the instruction is led to another byte, and a
 * call returns at once.
 */
#include <signal.h>
#include <ucontext.h>

#include "worlds/world.h"

static struct sigaction before;

static void lead_elsewhere(int signal, siginfo_t *info, void *context)
{
#if defined(__x86_64__) && !defined(__ILP32__)
	static char elsewhere;
	greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
	bool led = false;

	for (int i = REG_R8; i <= REG_RCX; i++) {
		if (registers[i] < 0 && (uint64_t)registers[i] >= 0xff00000000000000) {
			registers[i] = (greg_t)(uintptr_t)&elsewhere;
			led = registers[REG_RIP] >= 0;
		}
	}
	if (registers[REG_RIP] < 0) {
		registers[REG_RIP] = *(greg_t *)registers[REG_RSP];
		registers[REG_RSP] += (greg_t)sizeof(greg_t);
		led = true;
	}
	if (led) {
		return;
	}
#endif
	before.sa_sigaction(signal, info, context);
}

static void enter(void)
{
	struct sigaction action = {.sa_sigaction = lead_elsewhere,
				   .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};

	sigaction(SIGSEGV, &action, &before);
}

WORLD("A machine where kernel pages can be touched", .breaks = "a_program_can_do_nothing_there",
      .spares = "no_mapping_can_be_ordered_there a_value_that_is_no_address_gets_no_address_told "
		"kernel-03",
      .enter = enter);
