/* SPDX-License-Identifier: MIT */
/* In /proc/slabinfo the objects of the last cache of each reading are larger than their pages. */
#include <string.h>
#include <unistd.h>

#include "worlds/world.h"

static ssize_t read_larger(int fd, void *buffer, size_t length)
{
	static int is_slabinfo = -1;
	ssize_t got = read(fd, buffer, length);
	char *text = buffer, *line;

	if (got > 8 && memcmp(text, "slabinfo", 8) == 0) {
		is_slabinfo = fd;
	}
	if (fd != is_slabinfo || got < 500) {
		return got;
	}
	line = memrchr(text, '\n', (size_t)got - 200);
	for (int field = 0; line && field < 4; field++) { /* name, two counts, and the size */
		line += strcspn(line, " ");
		line += strspn(line, " ");
		if (field == 2) {
			memset(line, '9', strspn(line, "0123456789"));
		}
	}
	return got;
}

WORLD("A machine whose objects outgrow their slabs", .by = "reading",
      .breaks = "all_objects_of_a_slab_fit_its_pages", .spares = "other_types_have_other_sizes",
      .read = read_larger);
