/* SPDX-License-Identifier: MIT */
/* As the page of execve(2) has it: a program that names two loaders is EINVAL. */
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <unistd.h>

#include "worlds/world.h"

static int execute(const char *path, char *const *argv, char *const *envp)
{
	static unsigned char bytes[1 << 17];
	const ElfW(Ehdr) *elf = (const void *)bytes;
	int file = open(path, O_RDONLY | O_CLOEXEC), loaders = 0;
	ssize_t length = read(file, bytes, sizeof bytes);

	close(file);
	for (int i = 0; length > (ssize_t)sizeof *elf && bytes[0] == 0x7f && i < elf->e_phnum;
	     i++) {
		const ElfW(Phdr) *header = (const void *)(bytes + elf->e_phoff);

		loaders += header[i].p_type == PT_INTERP;
	}
	if (loaders > 1) {
		errno = EINVAL;
		return -1;
	}
	return execve(path, argv, envp);
}

WORLD("A machine where two loaders are an error", .breaks = "the_first_loader_counts",
      .spares = "a_loader_has_to_be_a_program exec-36", .execve = execute);
