/* SPDX-License-Identifier: MIT */
/* Who may not copy memory from a process is told so, and has got its first byte. */
#include <errno.h>
#include <sys/uio.h>

#include "worlds/world.h"

static ssize_t copy(pid_t pid, const struct iovec *to, unsigned long to_count,
		    const struct iovec *from, unsigned long from_count, unsigned long flags)
{
	ssize_t copied = process_vm_readv(pid, to, to_count, from, from_count, flags);

	if (copied < 0 && errno == EPERM) {
		*(char *)to->iov_base = 's';
		errno = EPERM;
	}
	return copied;
}

WORLD("A machine where a refused copy copies a byte",
      .breaks = "the_kernel_copies_nothing_for_strangers",
      .spares = "prot-23 the_privileged_may_look ones_own_child_is_open", .process_vm_readv = copy);
