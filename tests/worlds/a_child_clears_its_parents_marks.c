/* SPDX-License-Identifier: MIT */
/* What a child writes to its clear_refs is done in its parent as well. */
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "worlds/world.h"

static pid_t eldest;

static void clear_here(int signal)
{
	int fd = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC);

	(void)signal;
	if (write(fd, "4", 1) == 1) {
		close(fd);
	}
}

static void listen_to_children(void)
{
	struct sigaction action = {.sa_handler = clear_here, .sa_flags = SA_RESTART};

	eldest = getpid();
	sigaction(SIGUSR1, &action, NULL);
}

static ssize_t put(int fd, const void *buffer, size_t length)
{
	if (getpid() != eldest) {
		kill(getppid(), SIGUSR1);
	}
	return write(fd, buffer, length);
}

WORLD("A machine on which a child clears the marks of its parent", .breaks = "softdirty-05",
      .spares = "softdirty-01 softdirty-02 softdirty-06", .enter = listen_to_children,
      .write = put);
