/* SPDX-License-Identifier: MIT */
/* Where a process is killed, the last byte of what others have mapped is another one. */
#include <signal.h>
#include <sys/uio.h>
#include <sys/wait.h>

#include "worlds/gate.h"

enum { CHILDREN = 8 };

static pid_t children[CHILDREN], victim;
static size_t count;

static void note(pid_t child)
{
	children[count++ % CHILDREN] = child;
}

static void spoil(const struct mapping *mapping)
{
	char other = '!';
	struct iovec from = {&other, 1}, to = {mapping->start + mapping->length - 1, 1};

	for (size_t i = 0; i < CHILDREN && i < count; i++) {
		if (children[i] != victim) {
			process_vm_writev(children[i], &from, 1, &to, 1, 0);
		}
	}
}

static pid_t wait_for(pid_t pid, int *status, int options)
{
	pid_t ended = waitpid(pid, status, options);

	if (WIFSIGNALED(*status) && WTERMSIG(*status) == SIGKILL) {
		victim = ended;
		gate_each_mapping(spoil);
	}
	return ended;
}

WORLD("A machine where a kill spoils the last byte of others",
      .breaks = "pressure-11 nobody_outside_dies_with_it as_a_rule_one_is_enough",
      .spares = "pressure-10 the_marked_one_dies_for_a_larger_one "
		"within_the_group_the_same_one_dies",
      .forked = note, .waitpid = wait_for);
