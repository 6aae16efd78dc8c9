/* SPDX-License-Identifier: MIT */
/*
 * A running program cannot be written, and what is being written cannot be run
 * ============================================================================
 *
 * Document 004 (3.1) maps code from the executable file, lazily. So the file has to stay as it was: a
 * page of it that is loaded tomorrow belongs to the program that started today. The kernel sees to that
 * for programs: while one runs, nobody gets its file open for writing (ETXTBSY, "text file
 * busy"), and while somebody has it open for writing, it cannot be run.
 *
 *      runs                            open(file, O_WRONLY)      ETXTBSY
 *      is open for writing             execve(file)              ETXTBSY
 *      is mapped as a library          open(file, O_WRONLY)      granted: libraries are only mapped
 *
 * Libraries never had this protection, which is why a package manager renames new ones over
 * old ones instead of writing into them. Linux 6.11 and the first of 6.12 took it from programs,
 * too, until something was found that needed it; on these both answers are "granted".
 *
 * Look with: errno of open(2) and execve(2).
 * Read on:   execve(2) ETXTBSY, open(2) ETXTBSY, mmap(2) MAP_DENYWRITE; documents 002, 004.
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A running program cannot be written, and what is being written cannot be run");

SPECIMEN(does_as_told);

static struct specimen_run run;

static void start_waiting(int file)
{
	START_PROGRAM(run) {
		execve(specimen_path(file), WORDS("does_as_told", "wait"), NO_WORDS);
	}
	arrange(run.pid > 0);
}

/* The errno of opening it for writing, or 0. */
static int refusal_of_writing(int file)
{
	int writer = open(specimen_path(file), O_WRONLY | O_CLOEXEC);

	if (writer < 0) {
		return errno;
	}
	arrange(close(writer) == 0);
	return 0;
}

/* The errno of running it, or 0. */
static int refusal_of_running(int file)
{
	static struct specimen_run other;

	START_PROGRAM(other) {
		execve(specimen_path(file), WORDS("does_as_told", "pid"), NO_WORDS);
		dprintf(STDOUT_FILENO, "refused=%d\n", errno);
		_exit(0);
	}
	return strncmp(other.output, "refused=", 8) == 0 ? (int)specimen_said(&other, "refused")
							 : 0;
}

CLAIM(one_protects_from_the_other, "exec-07",
      "Opening a running program to write, and running one that is open so, is ETXTBSY or granted",
      .needs = SPECIMENS)
{
	int file = specimen_file(&does_as_told), written = specimen_file(&does_as_told);

	start_waiting(file);

	int writing = refusal_of_writing(file);
	int writer = open(specimen_path(written), O_WRONLY | O_CLOEXEC);

	arrange(writer >= 0);

	int running = refusal_of_running(written);

	evidence("a running program is protected", writing ? "yes" : "no");
	assert_equals(writing == 0 || writing == ETXTBSY, true, "whether it is ETXTBSY or granted");
	assert_equals(running, writing, "errno of running what is open for writing");
	assert_equals(refusal_of_running(file), 0, "errno of running what runs already");
	end_program(&run);
}

CLAIM(a_running_program_is_not_replaced_in_place, "exec-07",
      "Where it is protected, truncate is refused as well, and the file keeps every byte",
      .needs = SPECIMENS)
{
	int file = specimen_file(&does_as_told);
	size_t length = (size_t)(does_as_told.end - does_as_told.bytes);
	static unsigned char after[1 << 16];

	arrange(length <= sizeof after);
	start_waiting(file);
	if (refusal_of_writing(file) == 0) {
		end_program(&run);
		undecided("needs a kernel that protects running programs: not 6.11");
	}
	assert_refused(truncate(specimen_path(file), 0), ETXTBSY);
	assert_refused(open(specimen_path(file), O_RDWR | O_TRUNC), ETXTBSY);
	read_at(file, after, length, 0);
	assert_same_bytes(after, does_as_told.bytes, length, "the running program's file");
	end_program(&run);
}

CLAIM(a_mapped_library_has_no_such_protection, "exec-07",
      "A file that is mapped to be executed, as a library is, can be opened for writing",
      .needs = SPECIMENS | EXECUTABLE_MEMORY)
{
	int file = specimen_file(&does_as_told);

	arrange(mmap(NULL, page_size(), PROT_READ | PROT_EXEC, MAP_PRIVATE, file, 0) != MAP_FAILED);
	assert_equals(refusal_of_writing(file), 0, "errno of opening it for writing");
}

CONTROL(afterwards_it_can_be_written, "exec-07",
	"The same file is opened before its program runs and when that has ended; then it runs "
	"again",
	.needs = SPECIMENS)
{
	int file = specimen_file(&does_as_told);

	assert_equals(refusal_of_writing(file), 0, "errno of opening it before");
	start_waiting(file);
	end_program(&run);
	assert_equals(refusal_of_writing(file), 0, "errno of opening it afterwards");
	assert_equals(refusal_of_running(file), 0, "errno of running it again");
}
