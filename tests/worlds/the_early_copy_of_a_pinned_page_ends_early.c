/* SPDX-License-Identifier: MIT */
/* fork copies pinned pages at once, and the last eight bytes of the last one are missing. */
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "worlds/world.h"

static struct iovec pinned;

static long remember(long number, const long argument[6])
{
#ifdef SYS_io_uring_register
	if (number == SYS_io_uring_register && argument[3] == 1) {
		memcpy(&pinned, (const void *)argument[2], sizeof pinned);
	}
#endif
	return syscall(number, argument[0], argument[1], argument[2], argument[3], argument[4],
		       argument[5]);
}

static void lose_the_end(void)
{
	if (pinned.iov_len) {
		memset((char *)pinned.iov_base + pinned.iov_len - 8, 0, 8);
	}
}

WORLD("A machine on which a fork's copy of pinned pages ends eight bytes early", .breaks = "cow-14",
      .spares = "cow-07 the_copy_is_as_of_the_fork", .syscall = remember, .born = lose_the_end);
