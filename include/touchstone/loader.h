/* SPDX-License-Identifier: MIT */
/*
 * A specimen under the dynamic loader that it names, with a library before it (LD_PRELOAD), looked at
 * from outside while it begins.
 *
 *     static struct specimen_run run;
 *
 *     start_loader(&run, program, library);          stopped behind execve: the loader has done nothing
 *     uintptr_t data = where_mapped(&run, library, 'w');
 *     let_loader_go(&run);                           to its end, or until it waits
 *
 * A static program goes its way in the same environment, without a loader. Needs SPECIMENS and TRACING.
 */
#ifndef TOUCHSTONE_LOADER_H
#define TOUCHSTONE_LOADER_H

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <unistd.h>

#include <touchstone/expect.h>
#include <touchstone/specimens.h>

/*
 * The library speaks from its constructor, which the loader of glibc calls. Those of others leave that to
 * the C library, which specimens do without: undecided there.
 */
static inline void demand_constructors(void)
{
#ifndef __GLIBC__
	undecided("needs a dynamic loader that calls constructors itself, as that of glibc does");
#endif
}

/* Executes the one file with the other before it, up to the stop behind execve. */
static inline void start_loader(struct specimen_run *run, int program, int library)
{
	static char preload[60];

	demand_constructors();
	snprintf(preload, sizeof preload, "LD_PRELOAD=%s", specimen_path(library));
	arrange(fcntl(library, F_SETFD, 0) == 0); /* the loader opens it */
	START_TRACED(*run) {
		arrange(ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0);
		execve(specimen_path(program), WORDS("program"), WORDS(preload));
		if (errno == ENOENT || errno == ELIBBAD) {
			undecided("needs the dynamic loader that programs for this machine name");
		}
		assert_accepted(-1L);
	}
}

/* Traces it no longer; comes back when it has ended, or waits (hear_program). */
static inline void let_loader_go(struct specimen_run *run)
{
	arrange(ptrace(PTRACE_DETACH, run->pid, NULL, NULL) == 0);
	hear_program(run);
}

/* The lowest address at which it maps a file with this right, one of "rwxp"; 0: nowhere. */
static inline uintptr_t where_mapped(const struct specimen_run *run, int file, char right)
{
	char path[40], line[600];
	uintptr_t lowest = 0;
	struct stat wanted;

	snprintf(path, sizeof path, "/proc/%d/maps", (int)run->pid);

	FILE *maps = fopen(path, "re");

	arrange(maps != NULL && fstat(file, &wanted) == 0);
	while (fgets(line, sizeof line, maps)) {
		unsigned long start, inode;
		char rights[5];

		arrange(sscanf(line, "%lx-%*x %4s %*x %*s %lu", &start, rights, &inode) == 3);
		if (inode == wanted.st_ino && strchr(rights, right) && !lowest) {
			lowest = start;
		}
	}
	fclose(maps);
	return lowest;
}

#endif
