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
#include <sys/ptrace.h>
#include <sys/wait.h>

#include <touchstone/experiment.h>
#include <touchstone/loader.h>

EXPERIMENT("The kernel maps the loader, and the loader maps the libraries");

SPECIMEN(starts_by_a_loader);
SPECIMEN(a_small_library);
SPECIMEN(does_as_told);

static struct specimen_run run;

CLAIM(libraries_are_mapped_later, "exec-12",
      "Behind execve the program is mapped, and the library is not; when it runs both are",
      .needs = SPECIMENS | TRACING)
{
	demand_constructors();

	int program = specimen_file(&starts_by_a_loader), library = specimen_file(&a_small_library);

	start_loader(&run, program, library);
	assert_differs(where_mapped(&run, program, 'p'), 0, "where the program is, at first");
	assert_equals(where_mapped(&run, library, 'p'), 0, "where the library is, at first");
	let_loader_go(&run);
	end_program(&run);
	assert_equals(run.status, 0, "how the program ended");
	assert_differs(specimen_said(&run, "code"), 0, "where the library is, in the end");
}

CONTROL(a_static_program_has_no_library, "exec-12",
	"A static program with the same environment never maps the library, and runs nothing of it",
	.needs = SPECIMENS | TRACING)
{
	int library = specimen_file(&a_small_library), status = 0;

	start_loader(&run, specimen_file(&does_as_told), library);
	for (;;) {
		arrange(ptrace(PTRACE_SYSCALL, run.pid, NULL, NULL) == 0);
		arrange(waitpid(run.pid, &status, 0) == run.pid);
		if (!WIFSTOPPED(status)) {
			break;
		}
		assert_equals(where_mapped(&run, library, 'p'), 0, "where the library is");
	}
	assert_equals(status, 0, "how the program ended");
}
