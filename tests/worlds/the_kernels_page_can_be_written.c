/* SPDX-License-Identifier: MIT */
/* The kernel's page, as it is announced to the program, is a copy that the program may write. */
#include <elf.h>
#include <link.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void announce_a_copy(void)
{
	char **word = environ;

	while (*word) {
		word++;
	}
	for (ElfW(auxv_t) *told = (void *)(word + 1); told->a_type != AT_NULL; told++) {
		if (told->a_type == AT_SYSINFO_EHDR) {
			void *copy = mmap(NULL, page_size(), PROT_READ | PROT_WRITE,
					  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

			memcpy(copy, (const void *)told->a_un.a_val, page_size());
			told->a_un.a_val = (uintptr_t)copy;
		}
	}
}

WORLD("A machine where the kernel's page can be written",
      .breaks = "it_can_be_read_and_not_written it_is_mapped_to_be_executed",
      .spares = "its_own_pages_can_be_written kernel-01", .enter = announce_a_copy);
