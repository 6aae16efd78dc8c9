/* SPDX-License-Identifier: MIT */
/* Probes: what one process may do with another, and with its own kind. */
#include "run/probes.h"

#include <signal.h>
#include <stdint.h>
#include <sys/personality.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "arrange/children.h"

bool probe_tracing(void)
{
	pid_t me = getpid(), pid = fork();
	int status = 0;

	if (pid == 0) {
		children_die_with(me);
		if (ptrace(PTRACE_TRACEME, 0, 0, 0) != 0) {
			_exit(1);
		}
		raise(SIGSTOP);
		_exit(0);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid) {
		return false;
	}

	bool stopped = WIFSTOPPED(status);

	if (stopped) {
		kill(pid, SIGKILL);
		waitpid(pid, &status, 0);
	}
	return stopped;
}

bool probe_personalities(void)
{
	int now = personality(0xffffffff);

	if (now < 0 || personality((unsigned long)now | ADDR_NO_RANDOMIZE) < 0) {
		return false;
	}
	return personality((unsigned long)now) >= 0;
}

/* A child that does nothing until it is killed; its parent reads a word of it. */
bool probe_memory_doors(void)
{
	static volatile uint64_t word = UINT64_C(0x646f6f72);
	pid_t me = getpid(), pid = fork();
	uint64_t seen = 0;
	struct iovec here = {&seen, sizeof seen}, there = {(void *)(uintptr_t)&word, sizeof word};

	if (pid == 0) {
		children_die_with(me);
		for (;;) {
			pause();
		}
	}
	if (pid < 0) {
		return false;
	}

	ssize_t got = process_vm_readv(pid, &here, 1, &there, 1, 0);

	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	return got == sizeof seen && seen == word;
}
