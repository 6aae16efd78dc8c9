/* SPDX-License-Identifier: MIT */
/* Children see no frame numbers, through whatever descriptor. */
#include <unistd.h>
#include <stdint.h>

#include "worlds/world.h"

static int is_child;

static void note_child(void)
{
	is_child = 1;
}

static ssize_t hide(int fd, void *buffer, size_t length, off_t offset)
{
	ssize_t got = pread(fd, buffer, length, offset);

	for (ssize_t i = 0; is_child && i < got / 8; i++) {
		((uint64_t *)buffer)[i] &= UINT64_MAX << 55;
	}
	return got;
}

WORLD("A machine where numbers go with the privileges", .breaks = "who_opened_it_decides",
      .spares = "the_unprivileged_see_no_numbers the_privileged_see_a_number_for_each",
      .born = note_child, .pread = hide);
