/* SPDX-License-Identifier: MIT */
/* When a file is made longer its last byte is cleared as well. */
#include <sys/stat.h>
#include <unistd.h>

#include "worlds/world.h"

static int lengthen(int fd, off_t length)
{
	struct stat file;

	if (fstat(fd, &file) == 0 && file.st_size > 0 && file.st_size < length) {
		(void)!pwrite(fd, "", 1, file.st_size - 1);
	}
	return ftruncate(fd, length);
}

WORLD("A machine where a longer file is cleared a byte too early",
      .breaks = "the_last_byte_before_the_end_stays a_longer_file_is_there_at_once",
      .spares = "they_take_stores they_do_not_make_it_longer mapfile-06", .ftruncate = lengthen);
