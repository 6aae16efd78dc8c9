/* SPDX-License-Identifier: MIT */
/* Where there is nothing to change mprotect does not look at the address. */
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/world.h"

static long call(long number, const long argument[6])
{
	if (number == SYS_mprotect && argument[1] == 0) {
		return 0;
	}
	return syscall(number, argument[0], argument[1], argument[2], argument[3], argument[4],
		       argument[5]);
}

WORLD("A machine whose mprotect of no bytes takes any address",
      .breaks = "an_address_inside_a_page_is_refused",
      .spares = "unknown_rights_are_refused prot-32 prot-33 prot-07", .syscall = call);
