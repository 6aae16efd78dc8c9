/* SPDX-License-Identifier: MIT */
/* What lies between the halves is an address like any other, and the kernel's half can be read. */
#include <touchstone/memory.h>

#include "worlds/symbols.h"
#include "worlds/world.h"

static void move_addresses(void)
{
	uintptr_t *between = variable_named("not_canonical", 2 * sizeof(uintptr_t));

	if (between[1] == 0) {
		undecided("needs x86-64 for this world");
	}
	between[1] = page_size();
	*(uintptr_t *)variable_named("in_the_kernels_half",
				     sizeof(uintptr_t)) = (uintptr_t)fresh_pages(1, MAP_PRIVATE);
}

WORLD("A machine where the halves touch, and the kernel's can be read",
      .breaks = "the_kernels_half_cannot_be_read between_the_halves_another_exception_is_told",
      .spares = "no_area_reaches_beyond_the_users_half a_canonical_address_is_told",
      .by = "reading", .enter = move_addresses);
