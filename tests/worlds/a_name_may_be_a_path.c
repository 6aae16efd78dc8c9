/* SPDX-License-Identifier: MIT */
/* A name with a slash inside leads to some object. */
#include <string.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int open_object(const char *name, int flags, mode_t mode)
{
	if (*name == '/' && strchr(name + 1, '/')) {
		return memfd_create("path", MFD_CLOEXEC);
	}
	return shm_open(name, flags, mode);
}

WORLD("A machine where the name of a shared object may be a path", .breaks = "a_name_is_one_word",
      .spares = "shm-02 shm-03 the_first_slash_is_no_part_of_the_name", .shm_open = open_object);
