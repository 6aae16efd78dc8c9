/* SPDX-License-Identifier: MIT */
/*
 * The kernel's own switch: the right to read implies the right to execute, as on processors without
 * NX.
 */
#include <sys/personality.h>

#include <touchstone/outcome.h>

#include "worlds/world.h"

static void enter(void)
{
	arrange(personality(PER_LINUX | READ_IMPLIES_EXEC) >= 0);
}

WORLD("A machine where what can be read can be executed",
      .breaks = "prot-02 without_exec_nothing_runs"
		" the_file_keeps_the_first_edition.a_shared_mapping_would_change_the_file",
      .spares = "prot-01 prot-20 prot-15 prot-08", .by = "switch", .enter = enter);
