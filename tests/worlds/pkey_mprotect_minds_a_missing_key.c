/* SPDX-License-Identifier: MIT */
/* pkey_mprotect without a key is refused. */
#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/world.h"

static long call(long number, const long argument[6])
{
	if (number == SYS_pkey_mprotect && argument[3] == -1 && argument[1] > 1) {
		errno = EINVAL;
		return -1;
	}
	return syscall(number, argument[0], argument[1], argument[2], argument[3], argument[4],
		       argument[5]);
}

WORLD("A machine whose pkey_mprotect minds a missing key",
      .breaks = "protection_keys_are_handed_out.without_a_key_it_is_mprotect",
      .spares = "prot-30 prot-31", .syscall = call);
