/* SPDX-License-Identifier: MIT */
/* invlpg, which drops a translation, does nothing worse than that, so programs may use it. */
#include <sys/mman.h>

#include "worlds/world.h"

static int allow(void *address, size_t length, int protection)
{
	unsigned char *code = address;

	if (protection & PROT_EXEC && code[0] == 0x0f && code[1] == 0x01 && code[2] == 0x38) {
		code[0] = 0xc3; /* ret */
	}
	return mprotect(address, length, protection);
}

WORLD("A machine where a privileged instruction is for anybody",
      .breaks = "the_register_to_the_top_is_refused",
      .spares = "ptable-12 no_frame_of_a_program_is_a_table", .mprotect = allow);
