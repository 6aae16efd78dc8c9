/* SPDX-License-Identifier: MIT */
/* A base for gs is accepted, and stays 0. */
#include <sys/syscall.h>

#include "worlds/acts.h"

static long answer(long number, const long argument[6])
{
#ifdef SYS_arch_prctl
	if (number == SYS_arch_prctl && argument[0] == 0x1001) {
		return 0;
	}
#endif
	return pass_on(number, argument);
}

WORLD("A machine whose gs has no base", .breaks = "gs_adds_its_base", .spares = "seg-01 seg-02",
      .syscall = answer);
