/* SPDX-License-Identifier: MIT */
/* What a child gives back is emptied in its parent, too. */
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#include "worlds/world.h"

static pid_t eldest;

static void remember(void)
{
	eldest = getpid();
}

static int advise(void *address, size_t length, int advice)
{
	int answer = madvise(address, length, advice);

	if (answer == 0 && advice == MADV_DONTNEED && getpid() != eldest) {
		struct iovec range = {address, length};

		process_vm_writev(getppid(), &range, 1, &range, 1, 0);
	}
	return answer;
}

WORLD("A machine on which what a child gives back is gone in its parent",
      .breaks = "madvise-20 who_gives_itself_an_order_obeys",
      .spares = "madvise-17 madvise-18 lazy-18", .enter = remember, .madvise = advise);
