/* SPDX-License-Identifier: MIT */
/* A file that is cut keeps a page more than it was told to. */
#include <sys/stat.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int cut(int fd, off_t length)
{
	struct stat file;
	off_t more = length + (off_t)page_size();

	if (fstat(fd, &file) == 0 && length < file.st_size) {
		length = more < file.st_size ? more : file.st_size;
	}
	return ftruncate(fd, length);
}

WORLD("A machine where a cut is a page short",
      .breaks = "pages_that_were_touched_are_gone even_private_copies_are_gone "
		"other_processes_lose_them_too no_frame_is_left_behind_the_cut "
		"the_first_page_behind_the_end_is_a_signal the_kernel_gets_no_further",
      .spares = "a_length_that_cuts_nothing_takes_nothing mapfile-02 mapfile-20", .ftruncate = cut);
