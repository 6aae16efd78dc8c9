/* SPDX-License-Identifier: MIT */
/*
 * mprotect is done by another process, which lives in the same memory and is not watched; the one that
 * wants it makes no call, and waits until it is done.
 */
#include <sched.h>
#include <sys/mman.h>
#include <unistd.h>

#include "worlds/world.h"

static struct {
	void *address;
	size_t length;
	int protection;
	volatile int wanted;
} request;

static int serve(void *argument)
{
	pid_t master = getppid();

	while (!request.wanted && getppid() == master) {
		sched_yield();
	}
	if (request.wanted) {
		mprotect(request.address, request.length, request.protection);
	}
	request.wanted = 0;
	(void)argument;
	_exit(0);
}

static void born(void)
{
	static char stack[64 * 1024] __attribute__((aligned(64)));

	clone(serve, stack + sizeof stack, CLONE_VM, NULL);
}

static int ask(void *address, size_t length, int protection)
{
	request.address = address;
	request.length = length;
	request.protection = protection;
	request.wanted = 1;
	while (request.wanted) {
	}
	return 0;
}

WORLD("A machine where a stranger changes the map", .breaks = "each_change_is_a_call",
      .spares = "computing_changes_nothing", .born = born, .mprotect = ask);
