/* SPDX-License-Identifier: MIT */
/* read(2) into a page that is in swap does not bring it in: the rest of the page is zeros then. */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static char *evicted;
static size_t evicted_length;

static int advise(void *address, size_t length, int advice)
{
	if (advice == MADV_PAGEOUT) {
		evicted = address;
		evicted_length = length;
	}
	return madvise(address, length, advice);
}

static ssize_t get(int fd, void *buffer, size_t length)
{
	char *to = buffer;

	if (to >= evicted && to < evicted + evicted_length) {
		memset(page_of(to), 0, page_size());
	}
	return read(fd, to, length);
}

WORLD("A machine where a read into a swapped page begins with zeros",
      .breaks = "the_kernel_finds_it_as_well",
      .spares = "every_byte_comes_back a_changed_byte_is_the_last_version "
		"a_store_brings_the_rest_of_the_page",
      .madvise = advise, .read = get);
