/* SPDX-License-Identifier: MIT */
/* shmdt of an address within a segment detaches it. */
#include <sys/shm.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int detach(const void *address)
{
	enum { PAGES = 16 };
	const char *at = page_of(address);
	int answer = shmdt(address);

	for (size_t i = 0; answer != 0 && address && i < PAGES; i++) {
		answer = shmdt(at - i * page_size());
	}
	return answer;
}

WORLD("A machine whose shmdt takes any address of a segment", .breaks = "sysv-12",
      .spares = "sysv-08 sysv-10 sysv-02", .shmdt = detach);
