/* SPDX-License-Identifier: MIT */
/* A lock whose owner the child does not have is open in the child. */
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/gate.h"

static pid_t owner;
static void *(*start)(void *);

static void *start_noted(void *argument)
{
	owner = (pid_t)syscall(SYS_gettid);
	return start(argument);
}

static int create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
		  void *argument)
{
	start = run;
	return pthread_create(thread, attributes, start_noted, argument);
}

/* Where a mutex notes its owner, the words before that are the lock. */
static void open_lock(const struct mapping *mapping)
{
	pid_t *words = (pid_t *)(void *)mapping->start;

	for (size_t i = 2; i < mapping->length / sizeof *words; i++) {
		if (words[i] == owner) {
			memset(&words[i - 2], 0, 4 * sizeof *words);
			return;
		}
	}
}

static void open_locks(void)
{
	if (owner) {
		gate_each_mapping(open_lock);
	}
}

WORLD("A machine whose fork opens the locks of other threads",
      .breaks = "their_locks_are_held_for_ever",
      .spares = "the_others_are_missing their_memory_is_there in_the_parent_all_goes_on",
      .pthread_create = create, .born = open_locks);
