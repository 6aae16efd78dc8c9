/* SPDX-License-Identifier: MIT */
/* A range that would end beyond the last address ends with its area, and is granted. */
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static long call(long number, const long argument[6])
{
	if (number == SYS_mprotect && (size_t)argument[1] > SIZE_MAX / 2) {
		return syscall(number, argument[0], page_size(), argument[2]);
	}
	return syscall(number, argument[0], argument[1], argument[2], argument[3], argument[4],
		       argument[5]);
}

WORLD("A machine whose mprotect goes on over the top",
      .breaks = "a_length_beyond_all_addresses_is_refused",
      .spares = "prot-31 prot-32 a_begun_page_is_a_whole_page", .syscall = call);
