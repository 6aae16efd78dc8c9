/* SPDX-License-Identifier: MIT */
/* A slot is not written anew: the last page comes back as it was when it went for the first time. */
#include <string.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static char first[64 * 1024];
static char *went;

static int advise(void *address, size_t length, int advice)
{
	const struct mapping *mapping = gate_mapping_of(address);
	char *last = (char *)address + length - page_size();

	if (advice == MADV_PAGEOUT && mapping && is_private(mapping)) {
		memcpy(went == last ? last : first, went == last ? first : last, page_size());
		went = last;
	}
	return madvise(address, length, advice);
}

WORLD("A machine where a page comes back as it went for the first time",
      .breaks = "every_byte_comes_back a_changed_byte_is_the_last_version a_slot_forgets_the_zeros",
      .spares = "a_store_brings_the_rest_of_the_page the_kernel_finds_it_as_well "
		"no_page_is_dropped swap-04 swap-05",
      .madvise = advise);
