/* SPDX-License-Identifier: MIT */
/* Who opens a file for writing gets a copy, which nobody else sees. */
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "worlds/world.h"

static int open_copy(const char *path, int flags, mode_t mode)
{
	int fd = open(path, flags, mode), copy;
	struct stat file;

	if (fd < 0 || flags & O_CREAT || (flags & O_ACCMODE) != O_RDWR || fstat(fd, &file) != 0) {
		return fd;
	}
	copy = memfd_create("copy", 0);
	sendfile(copy, fd, NULL, (size_t)file.st_size);
	close(fd);
	return copy;
}

WORLD("A machine where a file is copied when it is opened to be written",
      .breaks = "a_file_written_in_place_changes_its_mappings", .spares = "mapfile-26 mapfile-02",
      .open = open_copy);
