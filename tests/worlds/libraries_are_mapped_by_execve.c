/* SPDX-License-Identifier: MIT */
/* When a program comes to its first stop its loader has mapped a library already. */
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#include "worlds/world.h"

/* How many different files a process maps; it lists those of one file together. */
static int count_files(pid_t process)
{
	char path[40], line[600];
	unsigned long inode, last = 0;
	int count = 0;

	snprintf(path, sizeof path, "/proc/%d/maps", (int)process);

	FILE *maps = fopen(path, "re");

	while (maps && fgets(line, sizeof line, maps)) {
		if (sscanf(line, "%*x-%*x %*s %*x %*s %lu", &inode) == 1 && inode &&
		    inode != last) {
			last = inode;
			count++;
		}
	}
	if (maps) {
		fclose(maps);
	}
	return count;
}

static void go_on(pid_t child)
{
	enum { PROGRAM_AND_LOADER = 2 };
	siginfo_t what;

	/* The stop that is left is the one that the experiment waits for. */
	while (waitid(P_PID, (id_t)child, &what, WSTOPPED | WEXITED | WNOWAIT) == 0 &&
	       what.si_code == CLD_TRAPPED && count_files(child) == PROGRAM_AND_LOADER) {
		waitid(P_PID, (id_t)child, &what, WSTOPPED);
		ptrace(PTRACE_SYSCALL, child, NULL, NULL);
	}
}

WORLD("A machine whose execve maps the libraries",
      .breaks = "libraries_are_mapped_later the_loader_begins",
      .spares = "a_static_program_begins_itself the_map_is_as_before", .forked = go_on);
