/* SPDX-License-Identifier: MIT */
/* A private mapping of a file that was not mapped for writing cannot be made writable. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/gate.h"

static int protect(void *address, size_t length, int protection)
{
	const struct mapping *mapping = gate_mapping_of(address);

	if (mapping && protection & PROT_WRITE && !(mapping->protection & PROT_WRITE) &&
	    mapping->fd >= 0) {
		errno = EACCES;
		return -1;
	}
	return mprotect(address, length, protection);
}

WORLD("A machine where private mappings have bounds",
      .breaks = "mprotect_cannot_undo_a_seal.a_private_mapping_has_no_bounds",
      .spares = "what_is_open_for_reading_stays_for_reading "
		"rights_given_up_are_not_gone prot-30",
      .mprotect = protect);
