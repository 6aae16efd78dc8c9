/* SPDX-License-Identifier: MIT */
/* Behind execve one instruction has been executed already. */
#include <sys/ptrace.h>
#include <sys/wait.h>

#include <touchstone/outcome.h>

#include "worlds/world.h"

static void step(pid_t child)
{
	siginfo_t what;

	if (waitid(P_PID, (id_t)child, &what, WSTOPPED | WEXITED | WNOWAIT) == 0 &&
	    what.si_code == CLD_TRAPPED) {
		waitid(P_PID, (id_t)child, &what, WSTOPPED);
		if (ptrace(PTRACE_SINGLESTEP, child, NULL, NULL) != 0) {
			undecided("needs a processor that goes step by step for this world");
		}
		waitid(P_PID, (id_t)child, &what, WSTOPPED | WEXITED | WNOWAIT);
	}
}

WORLD("A machine whose programs begin with their second instruction",
      .breaks = "the_loader_begins a_static_program_begins_itself nothing_is_resident_at_first "
		"the_steps_come_in_their_order",
      .spares = "libraries_are_mapped_later the_stack_is_in_use", .forked = step);
