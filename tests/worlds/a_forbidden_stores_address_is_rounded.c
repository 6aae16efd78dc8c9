/* SPDX-License-Identifier: MIT */
/* Of a forbidden access the handler is told the address of a word. */
#include <signal.h>
#include <stdint.h>

#include "worlds/world.h"

static void (*wanted)(int, siginfo_t *, void *);

static void call(int signal, siginfo_t *info, void *context)
{
	if (info->si_code == SEGV_ACCERR && signal == SIGSEGV) {
		info->si_addr = (void *)((uintptr_t)info->si_addr & ~(uintptr_t)7);
	}
	wanted(signal, info, context);
}

static int act(int signal, const struct sigaction *action, struct sigaction *before)
{
	struct sigaction other = action ? *action : (struct sigaction){.sa_flags = 0};

	if (!action || !(action->sa_flags & SA_SIGINFO)) {
		return sigaction(signal, action, before);
	}
	wanted = action->sa_sigaction;
	other.sa_sigaction = call;
	return sigaction(signal, &other, before);
}

WORLD("A machine that rounds the address of a forbidden access",
      .breaks = "where_the_access_is_forbidden",
      .spares = "where_nothing_is_mapped where_the_file_has_ended", .sigaction = act);
