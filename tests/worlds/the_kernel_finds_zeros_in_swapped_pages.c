/* SPDX-License-Identifier: MIT */
/* A system call that reads from pages which were evicted does not bring them in, and finds zeros. */
#include <sys/mman.h>
#include <unistd.h>

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

static ssize_t put(int fd, const void *buffer, size_t length)
{
	static const char zeros[64 * 1024];
	const char *from = buffer;

	if (from >= evicted && from < evicted + evicted_length && length <= sizeof zeros) {
		from = zeros;
	}
	return write(fd, from, length);
}

WORLD("A machine where the kernel finds zeros in pages that are in swap",
      .breaks = "the_kernel_finds_it_as_well",
      .spares = "every_byte_comes_back a_changed_byte_is_the_last_version "
		"a_store_brings_the_rest_of_the_page",
      .madvise = advise, .write = put);
