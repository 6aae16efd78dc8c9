/* SPDX-License-Identifier: MIT */
/* Each file is opened anew for the child, at the same offset. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "worlds/world.h"

enum { DESCRIPTORS = 64 };

static void open_anew(void)
{
	for (int fd = 3; fd < DESCRIPTORS; fd++) {
		struct stat file;
		char path[40];
		off_t offset = lseek(fd, 0, SEEK_CUR);
		int other;

		if (offset < 0 || fstat(fd, &file) != 0 || !S_ISREG(file.st_mode)) {
			continue;
		}
		snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
		other = open(path, O_RDWR);
		if (other >= 0) {
			lseek(other, offset, SEEK_SET);
			dup2(other, fd);
			close(other);
		}
	}
}

WORLD("A machine where a child's open files are its own",
      .breaks = "the_offset_is_one the_status_flags_are_one an_open_files_lock_is_held_by_both",
      .spares = "record_locks_stay_the_parents a_file_opened_anew_has_its_own_offset",
      .born = open_anew);
