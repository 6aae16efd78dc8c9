/* SPDX-License-Identifier: MIT */
/* pkey_mprotect gives the rights, and forgets the key. */
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/world.h"

static long call(long number, const long argument[6])
{
	if (number == SYS_pkey_mprotect && argument[3] > 0 && argument[3] < 16) {
		return syscall(SYS_mprotect, argument[0], argument[1], argument[2]);
	}
	return syscall(number, argument[0], argument[1], argument[2], argument[3], argument[4],
		       argument[5]);
}

WORLD("A machine where keys are ignored", .breaks = "pkey-03 pkey-04 prot-10 pkey-06 pkey-07",
      .spares = "pkey-01 with_keys_it_cannot_be_read without_a_key_it_is_mprotect "
		"an_open_key_refuses_nobody",
      .syscall = call);
