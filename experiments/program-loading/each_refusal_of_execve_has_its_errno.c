/* SPDX-License-Identifier: MIT */
/*
 * Each refusal of execve has its errno
 * ====================================
 *
 * A great deal can be wrong with a name, a file or a list of words, and execve tells by errno what it was. A
 * shell makes its messages of that: "not found", "permission denied", "cannot execute: required file
 * not found".
 *
 *      the name leads nowhere        ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG, EBADF
 *      what it leads to may not run  EACCES: a folder; a file without x, which root may not run either
 *      it is no program              ENOEXEC: a text, an ELF file that is cut off
 *      the words cannot be read      EFAULT: up to the last byte that is there
 *
 * Look with: errno of one call after the other, in a process that none of them changes.
 * Read on:   execve(2) "Errors", execveat(2), path_resolution(7).
 */
#include <fcntl.h>
#include <limits.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Each refusal of execve has its errno");

SPECIMEN(does_as_told);

static char *const nothing[] = {"nothing", NULL};

/* The C libraries' wrapper came late. */
static int execute(int folder, const char *path, int flags)
{
	return (int)syscall(SYS_execveat, folder, path, nothing, nothing, flags);
}

/* An executable file with this text. */
static int file_of(const char *text)
{
	const struct specimen file = {"text", (const unsigned char *)text,
				      (const unsigned char *)text + strlen(text)};

	return specimen_file(&file);
}

CLAIM(names_that_lead_nowhere, "exec-33",
      "Each way in which a name can lead to no program has its own errno")
{
	static char path[PATH_MAX + 1];
	int file = memory_file(1, 1), closed = dup(file);

	arrange(closed >= 0 && close(closed) == 0);
	assert_refused(execve("/there is no such program", nothing, nothing), ENOENT);
	assert_refused(execve("", nothing, nothing), ENOENT);
	assert_refused(execute(file, "name", 0), ENOTDIR);
	assert_refused(execve("/", nothing, nothing), EACCES);
	assert_refused(execute(closed, "", AT_EMPTY_PATH), EBADF);
	assert_refused(execute(file, "", AT_EMPTY_PATH | 1), EINVAL);
	if (access("/proc/self/exe", F_OK) == 0) {
		assert_refused(execute(AT_FDCWD, "/proc/self/exe", AT_SYMLINK_NOFOLLOW), ELOOP);
	}
	for (size_t i = 0; i < PATH_MAX; i++) {
		path[i] = "./"[i % 2];
	}
	assert_refused(execve(path, nothing, nothing), ENAMETOOLONG);
	path[PATH_MAX - 1] = '\0'; /* the longest one, which is a folder's */
	assert_refused(execve(path, nothing, nothing), EACCES);
}

CLAIM(files_that_are_no_program, "exec-33",
      "Without the x bit it is EACCES, for root too; in no known format, or cut off, ENOEXEC",
      .needs = SPECIMENS)
{
	static const struct specimen cut = {"cut off", touchstone_specimen_does_as_told,
					    touchstone_specimen_does_as_told + 16};
	int file = specimen_file(&does_as_told);

	assert_refused(execve(specimen_path(file_of("no program\n")), nothing, nothing), ENOEXEC);
	assert_refused(execve(specimen_path(specimen_file(&cut)), nothing, nothing), ENOEXEC);
	arrange(fchmod(file, 0600) == 0);
	assert_refused(execve(specimen_path(file), nothing, nothing), EACCES);
	assert_refused(execute(file, "", AT_EMPTY_PATH), EACCES);
}

CLAIM(arguments_that_cannot_be_read, "exec-33",
      "A name, a list or a string that cannot be read is EFAULT, up to its last byte",
      .needs = SPECIMENS)
{
	const char *path = specimen_path(specimen_file(&does_as_told));
	char *last = page(reserve(2), 1); /* nothing behind it may be read */
	char **list = (char **)last - 1, *string = last - 1;

	arrange(mprotect(last - page_size(), page_size(), PROT_READ | PROT_WRITE) == 0);
	*string = 'x'; /* a string without its end */
	assert_refused(execve(string, nothing, nothing), EFAULT);
	assert_refused(execve(path, WORDS("word", string), nothing), EFAULT);
	assert_refused(execve(path, nothing, WORDS("word", string)), EFAULT);
	*list = "word"; /* a list without its end */
	assert_refused(execve(path, list, nothing), EFAULT);
	assert_refused(execve(path, nothing, list), EFAULT);
	assert_refused(execve(path, (char **)last, nothing), EFAULT);
}

CONTROL(in_order_it_is_not_refused, "exec-33",
	"The same file with its x bit, with words that can be read, runs", .needs = SPECIMENS)
{
	int file = specimen_file(&does_as_told);
	struct specimen_run run;

	START_PROGRAM(run) {
		arrange(fchmod(file, 0600) == 0 && fchmod(file, 0700) == 0);
		assert_accepted(
			execve(specimen_path(file), WORDS("does_as_told", "pid"), NO_WORDS));
	}
	assert_equals(run.status, 0, "how the new program ended");
	assert_at_least(specimen_said(&run, "pid"), 1, "its number");
}
