/* SPDX-License-Identifier: MIT */
/* The program's code is mapped writable, as a linker that was told to (-N) would have it. */
#include <link.h>
#include <sys/mman.h>

#include <touchstone/memory.h>
#include <touchstone/outcome.h>

#include "worlds/world.h"

/* Of the first object, which is the program. */
static int open_code(struct dl_phdr_info *info, size_t size, void *nothing)
{
	(void)size;
	(void)nothing;
	for (int i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *part = &info->dlpi_phdr[i];
		char *start = page_of((char *)info->dlpi_addr + part->p_vaddr);
		char *end = (char *)info->dlpi_addr + part->p_vaddr + part->p_memsz;

		if (part->p_type == PT_LOAD && part->p_flags & PF_X &&
		    mprotect(start, (size_t)(end - start), PROT_READ | PROT_WRITE | PROT_EXEC) !=
			    0) {
			undecided("needs code that may be made writable for this world: lift the "
				  "policy");
		}
	}
	return 1;
}

static void enter(void)
{
	dl_iterate_phdr(open_code, NULL);
}

WORLD("A machine that maps code writable", .breaks = "prot-01 exec-04",
      .spares = "prot-20 prot-02 prot-05 exec-06", .enter = enter);
