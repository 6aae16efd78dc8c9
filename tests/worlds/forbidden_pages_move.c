/* SPDX-License-Identifier: MIT */
/* Pages that are forbidden get new frames, with the same contents. */
#include <string.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/gate.h"

static int protect(void *address, size_t length, int protection)
{
	const struct mapping *mapping = gate_mapping_of(address);

	for (size_t i = 0; protection == PROT_NONE && mapping && mapping->fd < 0 && i < length;
	     i += page_size()) {
		static char copy[64 * 1024];
		char *at = (char *)address + i;
		char *taker = mmap(NULL, page_size(), PROT_READ | PROT_WRITE,
				   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		memcpy(copy, at, page_size());
		madvise(at, page_size(), mapping->flags & MAP_SHARED ? MADV_REMOVE : MADV_DONTNEED);
		*taker = 't'; /* a frame that was given back last is handed out first */
		memcpy(at, copy, page_size());
	}
	return mprotect(address, length, protection);
}

WORLD("A machine where forbidden pages move", .breaks = "forbidden_pages_keep_their_frames",
      .spares = "forbidden_pages_stay_in_memory what_was_written_is_saved_all_the_same "
		"prot-08",
      .mprotect = protect);
