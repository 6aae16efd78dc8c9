/* SPDX-License-Identifier: MIT */
/* What is copied from another process is short of its last byte. */
#include <sys/uio.h>

#include "worlds/world.h"

static ssize_t copy(pid_t pid, const struct iovec *to, unsigned long to_count,
		    const struct iovec *from, unsigned long from_count, unsigned long flags)
{
	struct iovec less = {to->iov_base, to->iov_len - 1};

	(void)to_count;
	return process_vm_readv(pid, &less, 1, from, from_count, flags);
}

WORLD("A machine where a copy between processes lacks a byte",
      .breaks = "the_privileged_may_look "
		"one_users_memory_is_closed_to_another.ones_own_child_is_open",
      .spares = "the_kernel_copies_nothing_for_strangers prot-23", .process_vm_readv = copy);
