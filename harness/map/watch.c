/* SPDX-License-Identifier: MIT */
#include "map/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

/* The child tells through a pipe that closes on exec why there was none. */
static pid_t start(char **argv, int *error)
{
	int why[2];
	pid_t pid;

	*error = 0;
	if (pipe2(why, O_CLOEXEC) != 0) {
		*error = errno;
		return -1;
	}
	pid = fork();
	if (pid == 0) {
		if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0) {
			execvp(argv[0], argv);
		}
		*error = errno;
		(void)!write(why[1], error, sizeof *error);
		_exit(127);
	}
	*error = pid < 0 ? errno : 0;
	close(why[1]);
	if (pid > 0 && read(why[0], error, sizeof *error) == sizeof *error) {
		waitpid(pid, NULL, 0);
		pid = -1;
	}
	close(why[0]);
	return pid;
}

/* Lets it run, with the signals it gets, up to the stop before its end; false where it is gone. */
static bool run_to_its_end(pid_t pid)
{
	int status, signal = 0;

	for (;;) {
		if (ptrace(PTRACE_CONT, pid, NULL, (void *)(long)signal) != 0 ||
		    waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status)) {
			return false;
		}
		if (status >> 8 == (SIGTRAP | PTRACE_EVENT_EXIT << 8)) {
			return true;
		}
		signal = WSTOPSIG(status) == SIGTRAP ? 0 : WSTOPSIG(status);
	}
}

int watch_command(char **argv, struct space *first, struct space *last)
{
	int error, status;
	pid_t pid = start(argv, &error);

	if (pid < 0) {
		return -error;
	}
	if (waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status)) {
		return -ECHILD;
	}
	ptrace(PTRACE_SETOPTIONS, pid, NULL,
	       (void *)(long)(PTRACE_O_TRACEEXIT | PTRACE_O_EXITKILL));
	error = first ? space_read(pid, first) : 0;
	if (error == 0 && run_to_its_end(pid)) {
		error = last ? space_read(pid, last) : 0;
		ptrace(PTRACE_CONT, pid, NULL, NULL);
		waitpid(pid, &status, 0);
	} else {
		kill(pid, SIGKILL);
		waitpid(pid, &status, 0);
		error = error ? error : last ? -ESRCH : 0;
	}
	if (error && first) {
		space_free(first);
	}
	return error;
}
