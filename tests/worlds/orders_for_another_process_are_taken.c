/* SPDX-License-Identifier: MIT */
/* process_madvise answers an order as if it had been obeyed. */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "worlds/world.h"

static long call(long number, const long argument[6])
{
	if (number == SYS_process_madvise && argument[3] == MADV_DONTNEED) {
		return (long)((const struct iovec *)argument[1])->iov_len;
	}

	return syscall(number, argument[0], argument[1], argument[2], argument[3], argument[4],
		       argument[5]);
}

WORLD("A machine which takes orders for another process", .breaks = "madvise-52",
      .spares = "madvise-50 madvise-51", .syscall = call);
