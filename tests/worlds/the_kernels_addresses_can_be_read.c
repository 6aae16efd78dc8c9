/* SPDX-License-Identifier: MIT */
/* The supervisor bit is overlooked by loads: code that loads from any address goes on behind it. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int allow(void *address, size_t length, int protection)
{
	unsigned char *code = address;

	/* mov $address, %rax; mov (%rax), %al */
	if (protection & PROT_EXEC && code[0] == 0x48 && code[1] == 0xb8 && code[10] == 0x8a) {
		code[10] = 0xc3; /* ret */
	}
	return mprotect(address, length, protection);
}

WORLD("A machine where the kernel's addresses can be read",
      .breaks = "ptable-12 the_same_code_reaches_its_own_memory",
      .spares = "the_register_to_the_top_is_refused", .mprotect = allow);
