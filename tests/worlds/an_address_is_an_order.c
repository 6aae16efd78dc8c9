/* SPDX-License-Identifier: MIT */
/* mremap moves to an address that is given, told to or not. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *obey(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	(void)address;
	return flags == MREMAP_MAYMOVE && old_length == new_length && old_length > 0
		       ? mremap(old, old_length, new_length, flags | MREMAP_FIXED,
				mmap(NULL, new_length, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
				     0))
		       : mremap(old, old_length, new_length, flags, address);
}

WORLD("A machine where leave to move is an order to move",
      .breaks = "without_an_order_nothing_is_replaced",
      .spares = "mremap-04 mremap-05 map-16 mremap-01", .mremap = obey);
