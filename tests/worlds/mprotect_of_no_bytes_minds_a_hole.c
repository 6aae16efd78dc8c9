/* SPDX-License-Identifier: MIT */
/* A length of nothing is refused where nothing is mapped. */
#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static long call(long number, const long argument[6])
{
	unsigned char there;

	if (number == SYS_mprotect && argument[1] == 0 &&
	    mincore((void *)argument[0], page_size(), &there) != 0) {
		return -1; /* EINVAL or ENOMEM, as mincore has it */
	}
	return syscall(number, argument[0], argument[1], argument[2], argument[3], argument[4],
		       argument[5]);
}

WORLD("A machine whose mprotect of no bytes minds a hole", .breaks = "no_bytes_are_no_change",
      .spares = "prot-31 prot-33 prot-34", .syscall = call);
