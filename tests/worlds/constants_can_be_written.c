/* SPDX-License-Identifier: MIT */
/* Constants are mapped like variables: they can be written. Code cannot. */
#include <link.h>
#include <sys/mman.h>

#include <touchstone/memory.h>
#include <touchstone/outcome.h>

#include "worlds/world.h"

/* Of the first object, which is the program. */
static int open_constants(struct dl_phdr_info *info, size_t size, void *nothing)
{
	(void)size;
	(void)nothing;
	for (int i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *part = &info->dlpi_phdr[i];
		char *start = page_of((char *)info->dlpi_addr + part->p_vaddr);
		char *end = (char *)info->dlpi_addr + part->p_vaddr + part->p_memsz;

		if (part->p_type == PT_LOAD && !(part->p_flags & (PF_X | PF_W)) &&
		    mprotect(start, (size_t)(end - start), PROT_READ | PROT_WRITE) != 0) {
			undecided("needs constants that may be made writable for this world: lift "
				  "the policy");
		}
	}
	return 1;
}

static void enter(void)
{
	dl_iterate_phdr(open_constants, NULL);
}

WORLD("A machine that maps constants writable", .breaks = "prot-20",
      .spares = "prot-01 prot-02 prot-05", .enter = enter);
