/* SPDX-License-Identifier: MIT */
/* MADV_COLD for another process stores a zero into the last byte of its range. */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "worlds/world.h"

static pid_t child;

static void remember(pid_t pid)
{
	child = pid;
}

static long call(long number, const long argument[6])
{
	if (number == SYS_process_madvise && argument[3] == MADV_COLD && argument[2] == 1) {
		const struct iovec *range = (const struct iovec *)argument[1];
		struct iovec zero = {"", 1},
			     last = {(char *)range->iov_base + range->iov_len - 1, 1};

		process_vm_writev(child, &zero, 1, &last, 1, 0);
	}
	return syscall(number, argument[0], argument[1], argument[2], argument[3], argument[4],
		       argument[5]);
}

WORLD("A machine on which cooling another process costs it a byte", .breaks = "madvise-51",
      .spares = "madvise-50 what_can_be_locked_is_locked", .forked = remember, .syscall = call);
