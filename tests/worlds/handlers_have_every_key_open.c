/* SPDX-License-Identifier: MIT */
/* A signal handler begins with all keys open. */
#include <signal.h>

#include <touchstone/keys.h>

#include "worlds/world.h"

static void (*wanted)(int, siginfo_t *, void *);

static void open_and_call(int signal, siginfo_t *info, void *context)
{
	for (int key = 1; key < 16; key++) {
		set_key_rights(key, 0);
	}
	wanted(signal, info, context);
}

static int act(int signal, const struct sigaction *action, struct sigaction *before)
{
	struct sigaction opened = *action;

	wanted = action->sa_sigaction;
	opened.sa_sigaction = open_and_call;
	return sigaction(signal, &opened, before);
}

WORLD("A machine where handlers have every key open", .breaks = "pkey-06",
      .spares = "prot-10 pkey-05 pkey-07", .sigaction = act);
