/* SPDX-License-Identifier: MIT */
/*
 * The kernel maps the loader, and the loader maps the libraries
 * =============================================================
 *
 * Document 002 lets execve do it all: libraries "are dynamically linked into the program, and then mapped
 * into the shared region", then the program counter is set to the program's entry. It happens the
 * other way round, and execve has no part in most of it. The kernel maps two files, the program and the
 * loader that the program names (PT_INTERP), and starts the loader. All that follows is done by an
 * ordinary program with open(2) and mmap(2):
 *
 *      execve                  the loader, in user space
 *      map the program         map each library
 *      map the loader          write addresses into its data
 *      start the loader        start the program
 *
 * Look with: a process that is stopped behind execve, and at each system call of its loader (ptrace);
 * its maps.
 * Read on:   ld.so(8), elf(5), ptrace(2); document 002 "The execve Function Revisited".
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("The kernel maps the loader, and the loader maps the libraries");

SPECIMEN(starts_by_a_loader);
SPECIMEN(a_small_library);
SPECIMEN(does_as_told);

static struct specimen_run run;

/* The lowest address at which it maps a file; 0: nowhere. */
static uintptr_t where_mapped(int file)
{
	char path[40], line[600];
	uintptr_t lowest = 0;
	struct stat wanted;

	snprintf(path, sizeof path, "/proc/%d/maps", (int)run.pid);

	FILE *maps = fopen(path, "re");

	arrange(maps != NULL && fstat(file, &wanted) == 0);
	while (fgets(line, sizeof line, maps)) {
		unsigned long start, inode;

		arrange(sscanf(line, "%lx-%*x %*s %*x %*s %lu", &start, &inode) == 2);
		if (inode == wanted.st_ino && !lowest) {
			lowest = start;
		}
	}
	fclose(maps);
	return lowest;
}

/* Starts the program under its loader, with the library before it, up to the stop behind execve. */
static void start_traced(int program, int library)
{
	static char preload[60];

	snprintf(preload, sizeof preload, "LD_PRELOAD=%s", specimen_path(library));
	arrange(fcntl(library, F_SETFD, 0) == 0); /* the loader opens it */
	START_TRACED(run) {
		arrange(ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0);
		execve(specimen_path(program), WORDS("program"), WORDS(preload));
		if (errno == ENOENT || errno == ELIBBAD) {
			undecided("needs the dynamic loader that programs for this machine name");
		}
		assert_accepted(-1L);
	}
}

static void let_it_end(void)
{
	arrange(ptrace(PTRACE_DETACH, run.pid, NULL, NULL) == 0);
	end_program(&run);
	assert_equals(run.status, 0, "how the program ended");
}

CLAIM(libraries_are_mapped_later, "exec-12",
      "Behind execve the program is mapped, and the library is not; when it runs both are",
      .needs = SPECIMENS | TRACING)
{
	int program = specimen_file(&starts_by_a_loader), library = specimen_file(&a_small_library);

	start_traced(program, library);
	assert_differs(where_mapped(program), 0, "where the program is, at first");
	assert_equals(where_mapped(library), 0, "where the library is, at first");
	let_it_end();
	assert_differs(specimen_said(&run, "code"), 0, "where the library is, in the end");
}

CONTROL(a_static_program_has_no_library, "exec-12",
	"A static program with the same environment never maps the library, and runs nothing of it",
	.needs = SPECIMENS | TRACING)
{
	int library = specimen_file(&a_small_library), status = 0;

	start_traced(specimen_file(&does_as_told), library);
	for (;;) {
		arrange(ptrace(PTRACE_SYSCALL, run.pid, NULL, NULL) == 0);
		arrange(waitpid(run.pid, &status, 0) == run.pid);
		if (!WIFSTOPPED(status)) {
			break;
		}
		assert_equals(where_mapped(library), 0, "where the library is");
	}
	assert_equals(status, 0, "how the program ended");
}
