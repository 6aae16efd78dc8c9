/* SPDX-License-Identifier: MIT */
#include "worlds/symbols.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <touchstone/outcome.h>

/* Of the first object, which is the program. */
static int base_of_program(struct dl_phdr_info *info, size_t size, void *base)
{
	(void)size;
	*(ElfW(Addr) *)base = info->dlpi_addr;
	return 1;
}

static const ElfW(Sym) * find(const char *file, const ElfW(Shdr) * sections,
			      const ElfW(Shdr) * table, const char *name, size_t size)
{
	const ElfW(Sym) *symbols = (const void *)(file + table->sh_offset);
	const char *names = file + sections[table->sh_link].sh_offset;

	for (size_t i = 0; i < table->sh_size / sizeof *symbols; i++) {
		if (strcmp(names + symbols[i].st_name, name) == 0 && symbols[i].st_size >= size) {
			return &symbols[i];
		}
	}
	return NULL;
}

void *variable_named(const char *name, size_t size)
{
	int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	ElfW(Addr) base = 0, found = 0;
	struct stat status;
	char *file;

	arrange(fd >= 0 && fstat(fd, &status) == 0);
	file = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	arrange(file != MAP_FAILED);
	dl_iterate_phdr(base_of_program, &base);

	const ElfW(Ehdr) *header = (const void *)file;
	const ElfW(Shdr) *sections = (const void *)(file + header->e_shoff);

	for (int i = 0; i < header->e_shnum && !found; i++) {
		const ElfW(Sym) *symbol = sections[i].sh_type == SHT_SYMTAB
						  ? find(file, sections, &sections[i], name, size)
						  : NULL;

		found = symbol ? base + symbol->st_value : 0;
	}
	munmap(file, (size_t)status.st_size);
	close(fd);
	if (!found) {
		undecided("needs the program's symbols for this world: do not strip it");
	}
	return (void *)found;
}
