/* SPDX-License-Identifier: MIT */
/* What is too much of a name is dropped. */
#include <limits.h>
#include <string.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int open_object(const char *name, int flags, mode_t mode)
{
	if (strlen(name) > NAME_MAX) {
		return memfd_create("long", MFD_CLOEXEC);
	}
	return shm_open(name, flags, mode);
}

WORLD("A machine where too long a name is cut short", .breaks = "a_name_is_one_word",
      .spares = "shm-02 shm-03 the_first_slash_is_no_part_of_the_name", .shm_open = open_object);
