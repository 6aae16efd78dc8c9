/* SPDX-License-Identifier: MIT */
/* Who gives the right to write to several pages does not give it to the last of them. */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static long call(long number, const long argument[6])
{
	if (number == SYS_mprotect && argument[2] & PROT_WRITE &&
	    (size_t)argument[1] > page_size()) {
		return syscall(number, argument[0], (size_t)argument[1] - page_size(), argument[2]);
	}
	return syscall(number, argument[0], argument[1], argument[2], argument[3], argument[4],
		       argument[5]);
}

WORLD("A machine whose mprotect gives back a page less",
      .breaks = " "
		"mprotect_refuses_what_it_does_not_understand.whole_pages_change_as_told",
      .spares = "prot-31 prot-32 prot-33", .syscall = call);
