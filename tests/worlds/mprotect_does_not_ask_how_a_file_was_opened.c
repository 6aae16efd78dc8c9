/* SPDX-License-Identifier: MIT */
/* mmap refuses to write to a file that is open for reading. Then comes mprotect. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "worlds/gate.h"

static int permit(void *address, size_t length, int protection)
{
	const struct mapping *area = gate_mapping_of(address);
	int answer = mprotect(address, length, protection), fd;
	char path[40];
	void *again;

	if (answer == 0 || errno != EACCES || !area || area->start != address) {
		return answer;
	}
	snprintf(path, sizeof path, "/proc/self/fd/%d", area->fd);
	fd = open(path, O_RDWR | O_CLOEXEC);
	again = mmap(address, length, protection, MAP_SHARED | MAP_FIXED, fd, 0);
	close(fd);
	return again == MAP_FAILED ? -1 : 0;
}

WORLD("A machine whose mprotect permits what the file's descriptor does not",
      .breaks = "a_shared_mapping_writes_only_what_is_open_for_writing "
		"a_shared_view_for_readers_has_the_letter_only a_reader_cannot_write",
      .spares = "whoever_cannot_read_cannot_map a_private_mapping_needs_only_to_read map-08 "
		"the_letter_tells_the_kind the_flags_tell_it_too",
      .mprotect = permit);
