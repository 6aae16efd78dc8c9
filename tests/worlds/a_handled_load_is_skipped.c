/* SPDX-License-Identifier: MIT */
/* A load that a handler was called for is not repeated: it yields 0. */
#include <signal.h>
#include <ucontext.h>

#include "worlds/world.h"

static void (*wanted)(int, siginfo_t *, void *);

static void call(int signal, siginfo_t *info, void *context)
{
	wanted(signal, info, context);
#if defined(__x86_64__) || defined(__i386__)
	/* movzbl of what a register points to: two bytes of operation, one of operands. */
#ifdef __x86_64__
	enum { INSTRUCTION = REG_RIP, RESULT = REG_RAX };
#else
	enum { INSTRUCTION = REG_EIP, RESULT = REG_EAX };
#endif
	greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
	const unsigned char *code = (const unsigned char *)registers[INSTRUCTION];

	if (code[0] == 0x0f && code[1] == 0xb6 && code[2] < 8) {
		registers[INSTRUCTION] += 3;
		registers[RESULT] = 0;
	}
#endif
}

static int act(int signal, const struct sigaction *action, struct sigaction *before)
{
	struct sigaction other = action ? *action : (struct sigaction){.sa_flags = 0};

	if (!action || !(action->sa_flags & SA_SIGINFO)) {
		return sigaction(signal, action, before);
	}
	wanted = action->sa_sigaction;
	other.sa_sigaction = call;
	return sigaction(signal, &other, before);
}

WORLD("A machine where a handled load is skipped",
      .breaks = " "
		"a_handler_can_change_what_it_returns_to.an_untouched_context_changes_nothing",
      .spares = "the_registers_it_leaves_are_the_programs sigact-11 sigact-06", .sigaction = act);
