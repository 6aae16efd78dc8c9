/* SPDX-License-Identifier: MIT */
/* Who reads a whole page from a pipe gets the frame of the sender, who keeps it. */
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static const char *sent;

static ssize_t put(int fd, const void *bytes, size_t length)
{
	sent = bytes;
	return write(fd, bytes, length);
}

static ssize_t take(int fd, void *bytes, size_t length)
{
	char *end = (char *)bytes + length;
	ssize_t got = read(fd, bytes, length);

	/* A mapping of shared memory, moved with an old length of 0, stays where it is as well. */
	if (sent && got == (ssize_t)length && (uintptr_t)end % page_size() == 0) {
		mremap(page_of(sent), 0, page_size(), MREMAP_MAYMOVE | MREMAP_FIXED,
		       end - page_size());
	}
	return got;
}

WORLD("A machine where a pipe passes frames on",
      .breaks = "what_comes_through_a_pipe_has_frames_of_its_own "
		"what_was_received_stays",
      .spares = "shared_pages_have_one_frame what_is_shared_does_not_stay share-03", .write = put,
      .read = take);
