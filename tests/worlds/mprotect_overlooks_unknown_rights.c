/* SPDX-License-Identifier: MIT */
/* mprotect ignores the bits that it does not know, as mmap does. */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/world.h"

static long call(long number, const long argument[6])
{
	if (number == SYS_mprotect) {
		return mprotect((void *)argument[0], (size_t)argument[1],
				(int)argument[2] & (PROT_READ | PROT_WRITE | PROT_EXEC));
	}
	return syscall(number, argument[0], argument[1], argument[2], argument[3], argument[4],
		       argument[5]);
}

WORLD("A machine whose mprotect overlooks rights that it does not know",
      .breaks = "unknown_rights_are_refused",
      .spares = "prot-32 prot-07 a_begun_page_is_a_whole_page", .syscall = call);
