/* SPDX-License-Identifier: MIT */
/* mprotect does not ask how a segment was attached. */
#include <sys/mman.h>
#include <sys/shm.h>

#include "worlds/world.h"

static const void *reader;
static int reader_id;

static void *attach(int id, const void *address, int flags)
{
	void *area = shmat(id, address, flags);

	if (flags & SHM_RDONLY) {
		reader = area;
		reader_id = id;
	}
	return area;
}

static int protect(void *address, size_t length, int protection)
{
	if (address == reader && protection & PROT_WRITE) {
		return shmat(reader_id, address, SHM_REMAP) == address ? 0 : -1;
	}
	return mprotect(address, length, protection);
}

WORLD("A machine where a segment attached to read becomes writable", .breaks = "sysv-05",
      .spares = "the_mode_decides_who_attaches sysv-02 sysv-08", .shmat = attach,
      .mprotect = protect);
