/* SPDX-License-Identifier: MIT */
/* What another thread says about rights is granted and not done. */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	return syscall(SYS_gettid) == getpid() ? mprotect(address, length, protection) : 0;
}

WORLD("A machine whose mprotect is for the first thread",
      .breaks = "rights_are_each_processs_own.threads_have_their_rights_in_common",
      .spares = "prot-38 prot-39 prot-30", .mprotect = protect);
