/* SPDX-License-Identifier: MIT */
/* What several worlds do to a program that is executed: programs.h. */
#include "worlds/programs.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORDS = 40, LINE = 8000 };

int count_words(char *const *list)
{
	int count = 0;

	while (list && list[count]) {
		count++;
	}
	return count;
}

int execute_with(const char *path, char *const *argv, char *const *envp, const char *order)
{
	char *more[WORDS + 2] = {argv[0], (char *)order};
	int count = count_words(argv);

	if (count < 1 || count > WORDS) {
		return execve(path, argv, envp);
	}
	memcpy(more + 2, argv + 1, (size_t)count * sizeof *argv);
	return execve(path, more, envp);
}

int execute_copy(const char *path, char *const *argv, char *const *envp)
{
	int from = open(path, O_RDONLY | O_CLOEXEC), to = memfd_create("copy", MFD_CLOEXEC);
	char name[40];
	struct stat state;

	fstat(from, &state);
	while (sendfile(to, from, NULL, (size_t)state.st_size) > 0) {
	}
	snprintf(name, sizeof name, "/proc/self/fd/%d", to);

	int reader = open(name, O_RDONLY | O_CLOEXEC);

	close(to);
	snprintf(name, sizeof name, "/proc/self/fd/%d", reader);
	return execve(name, argv, envp);
}

/* Ends as the child did. */
static void end_as(pid_t child)
{
	int status = 0;

	waitpid(child, &status, 0);
	if (WIFSIGNALED(status)) {
		raise(WTERMSIG(status));
	}
	_exit(WEXITSTATUS(status));
}

int execute_rewritten(const char *path, char *const *argv, char *const *envp,
		      void (*rewrite)(char *line))
{
	static char line[LINE];
	size_t length = 0;
	int output[2];

	if (pipe(output) != 0) {
		return -1;
	}

	pid_t child = fork();

	if (child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(output[1], STDOUT_FILENO);
		close(output[0]);
		close(output[1]);
		execve(path, argv, envp);
		_exit(127);
	}
	close(output[1]);
	while (read(output[0], line + length, 1) == 1) {
		if (line[length++] == '\n' || length == LINE - 1) {
			line[length] = '\0';
			rewrite(line);
			(void)!write(STDOUT_FILENO, line, strlen(line));
			length = 0;
		}
	}
	end_as(child);
	return -1;
}
