/* SPDX-License-Identifier: MIT */
/* A request that cannot be served is answered by NULL alone. */
#include <errno.h>
#include <stdlib.h>

#include "worlds/world.h"

static void *allocate(size_t length)
{
	int before = errno;
	void *block = malloc(length);

	errno = before;
	return block;
}

WORLD("A machine whose malloc forgets errno",
      .breaks = "a_refusal_is_passed_on an_impossible_length_is_refused "
		"without_growth_the_request_fails",
      .spares = "other_doors_are_shut_alike a_block_survives_a_refusal", .malloc = allocate);
