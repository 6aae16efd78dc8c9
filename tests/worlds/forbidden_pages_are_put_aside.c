/* SPDX-License-Identifier: MIT */
/* Private pages are without frames as long as they are forbidden; then they come back. */
#include <string.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/gate.h"

enum { ROOM = 16 * 64 * 1024 };

static char aside[ROOM];
static char *forbidden;

static int protect(void *address, size_t length, int protection)
{
	const struct mapping *mapping = gate_mapping_of(address);
	int answer;

	if (protection == PROT_NONE && !forbidden && mapping && length <= ROOM &&
	    mapping->flags & MAP_PRIVATE && mapping->fd < 0) {
		memcpy(aside, address, length);
		madvise(address, length, MADV_DONTNEED);
		forbidden = address;
	}
	answer = mprotect(address, length, protection);
	if (forbidden == (char *)address && protection & PROT_WRITE) {
		memcpy(address, aside, length);
		forbidden = NULL;
	}
	return answer;
}

WORLD("A machine that puts forbidden pages aside", .breaks = "forbidden_pages_stay_in_memory",
      .spares = "what_was_written_is_saved_all_the_same prot-08 prot-42", .mprotect = protect);
