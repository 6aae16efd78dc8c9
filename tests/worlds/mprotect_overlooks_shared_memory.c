/* SPDX-License-Identifier: MIT */
/* mprotect takes no rights away from shared memory. */
#include <sys/mman.h>

#include "worlds/gate.h"
#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	const struct mapping *mapping = gate_mapping_of(address);

	return mapping && mapping->flags & MAP_SHARED ? 0 : mprotect(address, length, protection);
}

WORLD("A machine whose mprotect overlooks shared memory",
      .breaks = "refused_accesses_say_so_and_change_nothing"
		" prot_decides_which_accesses_work.the_same_bytes_through_a_permitting_mapping",
      .spares = "prot-05 prot-07 prot-08 prot-15 prot-16 prot-21", .mprotect = protect);
