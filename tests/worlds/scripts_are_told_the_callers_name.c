/* SPDX-License-Identifier: MIT */
/* A script's interpreter is told argv[0], and not the name of the script. */
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "worlds/programs.h"
#include "worlds/world.h"

static int execute(const char *path, char *const *argv, char *const *envp)
{
	static char line[300];
	int file = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t length = read(file, line, sizeof line - 1);

	close(file);
	if (length > 2 && line[0] == '#' && count_words(argv) > 1) {
		char *name = line + 2, *rest = name + strcspn(name, " \n");
		bool has_rest = *rest == ' ' && rest[1 + strspn(rest + 1, " \t")] != '\n';

		*strchr(rest, '\n') = '\0';
		*rest = '\0';
		rest += 1 + strspn(rest + 1, " \t");
		for (char *end = rest + strlen(rest); end > rest && strchr(" \t", end[-1]);) {
			*--end = '\0';
		}
		return has_rest ? execve(name,
					 (char *[]){name, rest, argv[0], argv[1], argv[2], NULL},
					 envp)
				: execve(name, (char *[]){name, argv[0], argv[1], argv[2], NULL},
					 envp);
	}
	return execve(path, argv, envp);
}

WORLD("A machine where scripts are told the caller's name",
      .breaks = "a_script_runs_its_interpreter without_a_rest_there_is_no_word",
      .spares = "scripts_of_scripts_have_an_end an_interpreter_has_to_be_there "
		"a_program_needs_no_interpreter",
      .execve = execute);
