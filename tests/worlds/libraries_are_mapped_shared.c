/* SPDX-License-Identifier: MIT */
/* Whatever a loader maps to be executed is mapped MAP_SHARED, though it asks for MAP_PRIVATE. */
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>

#include <touchstone/outcome.h>

#include "worlds/world.h"

static void be_traced(void)
{
	if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0) {
		undecided("needs ptrace for this world");
	}
	raise(SIGSTOP);
}

#ifdef __x86_64__

/* Before a system call; true where the program waits for its input. */
static bool change_call(pid_t child)
{
	struct user_regs_struct call;

	ptrace(PTRACE_GETREGS, child, NULL, &call);
	if (call.orig_rax == SYS_mmap && call.rdx & PROT_EXEC && call.r10 & MAP_PRIVATE) {
		call.r10 ^= MAP_PRIVATE | MAP_SHARED;
		ptrace(PTRACE_SETREGS, child, NULL, &call);
	}
	return call.orig_rax == SYS_read && call.rdi == 0;
}

#else

static bool change_call(pid_t child)
{
	(void)child;
	undecided("knows the registers of x86-64 only");
}

#endif

static void change_calls(pid_t child)
{
	siginfo_t what;

	while (waitid(P_PID, (id_t)child, &what, WSTOPPED | WEXITED | WNOWAIT) == 0 &&
	       (what.si_code == CLD_TRAPPED || what.si_code == CLD_STOPPED)) {
		bool waits = change_call(child);

		waitid(P_PID, (id_t)child, &what, WSTOPPED);
		ptrace(waits ? PTRACE_DETACH : PTRACE_SYSCALL, child, NULL, NULL);
		if (waits) {
			return;
		}
	}
}

WORLD("A machine that maps libraries shared", .breaks = "nothing_of_it_is_mapped_shared",
      .spares = "each_process_has_its_data its_code_is_there_once the_map_is_as_before",
      .born = be_traced, .forked = change_calls);
