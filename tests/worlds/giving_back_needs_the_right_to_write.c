/* SPDX-License-Identifier: MIT */
/* Pages that may not be written cannot be given back. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int rights = PROT_READ | PROT_WRITE; /* as mprotect gave them last */

static int protect(void *address, size_t length, int protection)
{
	rights = protection;
	return mprotect(address, length, protection);
}

static int advise(void *address, size_t length, int advice)
{
	if (advice == MADV_DONTNEED && !(rights & PROT_WRITE)) {
		errno = EACCES;
		return -1;
	}
	return madvise(address, length, advice);
}

WORLD("A machine on which giving back needs the right to write", .breaks = "madvise-19",
      .spares = "madvise-17 madvise-18 madvise-20", .mprotect = protect, .madvise = advise);
