/* SPDX-License-Identifier: MIT */
/* mprotect of sealed memory is granted. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	int answer = mprotect(address, length, protection);

	return answer != 0 && errno == EPERM ? 0 : answer;
}

WORLD("A machine whose mprotect overlooks seals", .breaks = "mseal-01 mseal-02 mseal-05",
      .spares = "mseal-03 mseal-04 prot-36", .mprotect = protect);
