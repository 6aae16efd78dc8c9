/* SPDX-License-Identifier: MIT */
/* The list of areas is common: the first page of what a child unmaps is lost to its parent as well.
 */
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static pid_t eldest;

static void unmap_here(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)context;
	munmap(info->si_value.sival_ptr, page_size());
}

static void listen_to_children(void)
{
	struct sigaction action = {.sa_sigaction = unmap_here, .sa_flags = SA_SIGINFO | SA_RESTART};

	eldest = getpid();
	sigaction(SIGRTMIN, &action, NULL);
}

static int unmap_in_both(void *address, size_t length)
{
	if (getpid() != eldest) {
		sigqueue(getppid(), SIGRTMIN, (union sigval){.sival_ptr = address});
	}
	return munmap(address, length);
}

WORLD("A machine on which what a child unmaps is gone in its parent",
      .breaks = "from_then_on_each_has_its_own",
      .spares = "the_child_starts_with_the_same_list fork-14 cow-08", .enter = listen_to_children,
      .munmap = unmap_in_both);
