/* SPDX-License-Identifier: MIT */
/* Every second program that is started is in truth the one that was started first. */
#include <fcntl.h>
#include <unistd.h>

#include <touchstone/files.h>
#include <touchstone/outcome.h>

#include "worlds/world.h"

static void replace(int file)
{
	static unsigned char first[1 << 20];
	static size_t length, count;
	int writer;

	if (count++ == 0) {
		ssize_t got = pread(file, first, sizeof first, 0);

		arrange(got > 0);
		length = (size_t)got;
	}
	if (count % 2 == 0) {
		writer = open_again(file, O_RDWR);
		write_at(writer, first, length, 0);
		arrange(close(writer) == 0);
	}
}

WORLD("A machine where every second program is the first",
      .breaks = "another_build_starts_for_another_price"
		" the_price_of_starting_depends_on_the_build.one_build_costs_about_the_same",
      .spares = "fault-14 fault-15 rusage-09", .image = replace);
