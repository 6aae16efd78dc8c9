/* SPDX-License-Identifier: MIT */
/* Memory that is sealed can only be read from then on. */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/world.h"

#ifndef SYS_mseal
#define SYS_mseal 462
#endif

static long call(long number, const long argument[6])
{
	if (number == SYS_mseal) {
		mprotect((void *)argument[0], (size_t)argument[1], PROT_READ);
	}
	return syscall(number, argument[0], argument[1], argument[2], argument[3], argument[4],
		       argument[5]);
}

WORLD("A machine whose seal forbids writing", .breaks = "its_bytes_are_used_as_before",
      .spares = "no_call_changes_the_mapping a_childs_copy_is_sealed "
		"unsealed_neighbours_change_as_ever",
      .syscall = call);
