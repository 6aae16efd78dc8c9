/* SPDX-License-Identifier: MIT */
/*
 * The stack may be executed, as it may where a program was linked so (-z execstack); all else is
 * right.
 */
#include <stdint.h>
#include <sys/mman.h>

#include <touchstone/memory.h>
#include <touchstone/outcome.h>

#include "worlds/world.h"

static void enter(void)
{
	char here = 0;

	if (mprotect(page_of(&here), 2 * page_size(),
		     PROT_READ | PROT_WRITE | PROT_EXEC | PROT_GROWSDOWN) != 0) {
		undecided("needs a stack that may be made executable for this world: lift the "
			  "policy");
	}
}

WORLD("A machine whose stack can be executed", .breaks = "stack-11",
      .spares = "prot-01 prot-03 prot-08", .enter = enter);
