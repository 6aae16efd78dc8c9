/* SPDX-License-Identifier: MIT */
/* A length of more than a page is rounded down to whole pages. */
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static long call(long number, const long argument[6])
{
	if (number == SYS_mprotect && (size_t)argument[1] > page_size()) {
		return syscall(number, argument[0], (size_t)argument[1] / page_size() * page_size(),
			       argument[2]);
	}
	return syscall(number, argument[0], argument[1], argument[2], argument[3], argument[4],
		       argument[5]);
}

WORLD("A machine whose mprotect drops a page that is only begun",
      .breaks = "a_begun_page_is_a_whole_page", .spares = "prot-05 prot-31 prot-32",
      .syscall = call);
