/* SPDX-License-Identifier: MIT */
/*
 * What is loaded through ds or es, named in the instruction, is the byte behind. The processor stops after
 * each instruction; before the next such one the register that holds its address is moved on.
 */
#include <signal.h>
#include <ucontext.h>

#include "worlds/world.h"

#ifdef __x86_64__
static const int in_code[] = {REG_RAX, REG_RCX, REG_RDX, REG_RBX,
			      REG_RSP, REG_RBP, REG_RSI, REG_RDI};

static void move_on(int signal, siginfo_t *info, void *context)
{
	greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
	const unsigned char *at = (const unsigned char *)(uintptr_t)registers[REG_RIP];
	static int moved = -1;

	(void)signal, (void)info;
	if (moved >= 0 && moved != in_code[at[-1] >> 3 & 7]) {
		registers[moved]--; /* unless what was loaded stands there now */
	}
	moved = -1;
	if ((at[0] == 0x26 || at[0] == 0x3e) && at[1] == 0x0f && at[2] == 0xb6) {
		moved = in_code[at[3] & 7];
		registers[moved]++;
	}
}

static void enter(void)
{
	struct sigaction action = {.sa_sigaction = move_on,
				   .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};

	sigaction(SIGTRAP, &action, NULL);
	__asm__ volatile("subq $128, %%rsp\n\tpushfq\n\torq $0x100, (%%rsp)\n\tpopfq\n\t"
			 "addq $128, %%rsp" ::
				 : "memory", "cc");
}
#else
static void enter(void)
{
}
#endif

WORLD("A machine where the segments of a program begin at 1", .breaks = "seg-01",
      .spares = "others_are_executed", .enter = enter);
