/* SPDX-License-Identifier: MIT */
/* When the kernel reads memory for a program it does not ask for keys. */
#include <errno.h>
#include <unistd.h>

#include <touchstone/keys.h>

#include "worlds/world.h"

static ssize_t write_anyway(int fd, const void *buffer, size_t length)
{
	ssize_t written = write(fd, buffer, length);

	for (int key = 1; written < 0 && errno == EFAULT && key < 16; key++) {
		unsigned rights = key_rights(key);

		set_key_rights(key, 0);
		written = write(fd, buffer, length);
		set_key_rights(key, rights);
	}
	return written;
}

WORLD("A machine whose kernel overlooks keys", .breaks = "pkey-07",
      .spares = "prot-10 pkey-05 pkey-06", .write = write_anyway);
