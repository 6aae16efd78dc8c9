/* SPDX-License-Identifier: MIT */
/* Who is refused gets what was opened before under that name. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "worlds/world.h"

enum { OBJECTS = 8 };

static struct {
	const char *name;
	int fd;
} objects[OBJECTS];
static size_t count;

static int open_object(const char *name, int flags, mode_t mode)
{
	int fd = shm_open(name, flags, mode);

	if (fd >= 0 && flags & O_EXCL && count < OBJECTS) {
		objects[count].name = name;
		objects[count++].fd = dup(fd);
	}
	for (size_t i = 0; fd < 0 && errno == EACCES && i < count; i++) {
		if (strcmp(objects[i].name, name) == 0) {
			return dup(objects[i].fd);
		}
	}
	return fd;
}

WORLD("A machine where an object that is open is open to all",
      .breaks = "the_mode_binds_who_has_no_privilege another_user_stays_outside "
		"another_user_comes_in_where_he_may",
      .spares = "the_owner_may_do_what_the_mode_allows shm-02 shm-03", .shm_open = open_object);
