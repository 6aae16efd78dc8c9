/* SPDX-License-Identifier: MIT */
/* What the first process stored in a library's last global is in its file when the second one comes. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "worlds/images.h"
#include "worlds/world.h"

static int started;

static void count(pid_t child)
{
	(void)child;
	started++;
}

static void store_in_file(int library)
{
	enum { LAST_GLOBALS = 24 };
	struct image *image = read_image(library);
	unsigned char *end = image->bytes + image->data->p_offset + image->data->p_filesz;
	unsigned char *global = memchr(end - LAST_GLOBALS, 'f', LAST_GLOBALS);

	if (global) {
		*global = 'w';
	}
	write_image(image);
}

static int execute(const char *path, char *const *argv, char *const *envp)
{
	const char *library = envp && envp[0] ? strrchr(envp[0], '/') : NULL;

	if (started > 0 && library) {
		store_in_file(atoi(library + 1));
	}
	return execve(path, argv, envp);
}

WORLD("A machine where a library's last global is common to all",
      .breaks = "each_process_has_its_data",
      .spares = "its_code_is_there_once nothing_of_it_is_mapped_shared exec-22", .execve = execute,
      .forked = count);
