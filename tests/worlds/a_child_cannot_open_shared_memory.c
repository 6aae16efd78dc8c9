/* SPDX-License-Identifier: MIT */
/* What a child says about the rights to shared memory, so as to write, is not heard. */
#include <sys/mman.h>

#include "worlds/gate.h"

static int is_child;

static void note_child(void)
{
	is_child = 1;
}

static int protect(void *address, size_t length, int protection)
{
	const struct mapping *mapping = gate_mapping_of(address);

	if (is_child && protection & PROT_WRITE && mapping && mapping->flags & MAP_SHARED) {
		return 0;
	}
	return mprotect(address, length, protection);
}

WORLD("A machine where a child cannot open shared memory",
      .breaks = "either_side_changes_its_own_rights",
      .spares = "prot-38 one_may_write_what_the_other_may_only_read prot-37", .born = note_child,
      .mprotect = protect);
