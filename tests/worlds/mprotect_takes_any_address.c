/* SPDX-License-Identifier: MIT */
/* mprotect changes the page that an address lies in, wherever in it, instead of refusing. */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static long call(long number, const long argument[6])
{
	if (number == SYS_mprotect) {
		return mprotect(page_of((char *)argument[0]), (size_t)argument[1],
				(int)argument[2]);
	}
	return syscall(number, argument[0], argument[1], argument[2], argument[3], argument[4],
		       argument[5]);
}

WORLD("A machine whose mprotect takes any address", .breaks = "prot-07",
      .spares = "prot-05 prot-08 prot-15 prot-16", .syscall = call);
