/* SPDX-License-Identifier: MIT */
/* A global table without a value is zero but for its last byte. (The program's own list of symbols tells where it is.) */
#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <touchstone/outcome.h>

#include "worlds/world.h"

static int base_of_program(struct dl_phdr_info *info, size_t size, void *base)
{
	(void)size;
	*(ElfW(Addr) *)base = info->dlpi_addr;
	return 1;
}

static void leave_a_byte(void)
{
	int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	ElfW(Addr) base = 0;
	struct stat status;
	bool found = false;

	arrange(fd >= 0 && fstat(fd, &status) == 0);

	const char *file = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);

	arrange(file != MAP_FAILED);
	dl_iterate_phdr(base_of_program, &base);

	const ElfW(Shdr) *sections = (const void *)(file + ((const ElfW(Ehdr) *)file)->e_shoff);

	for (int i = 0; i < ((const ElfW(Ehdr) *)file)->e_shnum; i++) {
		const ElfW(Sym) *symbols = (const void *)(file + sections[i].sh_offset);

		for (size_t k = 0; sections[i].sh_type == SHT_SYMTAB &&
				   k < sections[i].sh_size / sizeof *symbols;
		     k++) {
			const char *name = file + sections[sections[i].sh_link].sh_offset +
					   symbols[k].st_name;

			if (strcmp(name, "table") == 0 && symbols[k].st_size >= 1024 * 1024) {
				((char *)(base + symbols[k].st_value))[symbols[k].st_size - 1] = 'r';
				found = true;
			}
		}
	}
	munmap((void *)file, (size_t)status.st_size);
	close(fd);
	if (!found) {
		undecided("needs the program's symbols for this world: do not strip it");
	}
}

WORLD("A machine whose loader leaves a byte of the zeroed globals", .breaks = "a_zeroed_table_is_zero",
      .spares = "a_zeroed_table_is_lazy grown_memory_is_zero", .enter = leave_a_byte);
