/* SPDX-License-Identifier: MIT */
/* An object or a segment that a child makes ends with the child, whatever its name or key. */
#include <fcntl.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/shm.h>

#include "worlds/world.h"

static bool child;
static int made = -1;

static void born(void)
{
	child = true;
}

static int open_object(const char *name, int flags, mode_t mode)
{
	return child && flags & O_EXCL ? memfd_create("nameless", MFD_CLOEXEC)
				       : shm_open(name, flags, mode);
}

static int make(key_t key, size_t length, int flags)
{
	int id = shmget(key, length, flags);

	made = child && flags & IPC_EXCL ? id : made;
	return id;
}

static void *attach(int id, const void *address, int flags)
{
	void *area = shmat(id, address, flags);

	if (id == made) {
		shmctl(id, IPC_RMID, NULL);
	}
	return area;
}

WORLD("A machine where what a child makes ends with it",
      .breaks = "a_named_object_waits_for_who_comes_later a_segment_waits_as_well",
      .spares = "share-10 shm-06 a_key_is_all_that_two_processes_need", .born = born,
      .shm_open = open_object, .shmget = make, .shmat = attach);
