/* SPDX-License-Identifier: MIT */
/* Each program has a copy of its own of the code that the kernel lends. */
#include <fcntl.h>
#include <stdint.h>
#include <sys/auxv.h>
#include <unistd.h>

#include <touchstone/outcome.h>

#include "worlds/world.h"

static void enter(void)
{
	const char *code = (const char *)getauxval(AT_SYSINFO_EHDR);
	int memory = open("/proc/self/mem", O_RDWR | O_CLOEXEC);

	if (!code || memory < 0 || pwrite(memory, code, 1, (off_t)(uintptr_t)code) != 1) {
		undecided("needs leave to write to the vDSO for this world");
	}
	close(memory);
}

WORLD("A machine where the kernel's code is copied for each",
      .breaks = "the_kernels_own_pages_are_a_third_kind",
      .spares = "private_anonymous_memory_has_no_inode a_mapped_file_shows_its_inode vma-13",
      .enter = enter);
