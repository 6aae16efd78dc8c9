/* SPDX-License-Identifier: MIT */
/*
 * A refused execve changes nothing
 * ================================
 *
 * execve that succeeds does not return: there is nobody left to return to. So when it returns, it
 * has failed, and the program goes on as if it had not called. The kernel makes sure of that
 * by looking at everything that can be wrong before it touches the old memory; what goes wrong
 * behind that point of no return kills the process.
 *
 *      look up the file   may it run?   known format?   arguments copied    | point of no return
 *      ENOENT ENOTDIR     EACCES        ENOEXEC         EFAULT E2BIG        |
 *      ELOOP ENAMETOOLONG                                                   | old memory goes
 *      <----------------- the caller is as it was ------------------------> |
 *
 * A shell that looks for a command in each folder of PATH lives on this: it forks once, and calls
 * execve until one of the calls does not return.
 *
 * Look with: errno; every byte of the caller's memory, and its map.
 * Read on:   execve(2) "Errors", path_resolution(7); document 002 "The execve Function Revisited".
 */
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A refused execve changes nothing");

SPECIMEN(does_as_told);

enum { PAGES = 8 };

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

static void do_nothing(int unused)
{
	(void)unused;
}

CLAIM(names_that_lead_nowhere, "exec-33",
      "Each way in which a name can lead to no program has its own errno")
{
	static char path[PATH_MAX + 1];
	int file = memory_file(1, 1), closed = dup(file);

	assert_refused(execve("/touchstone/is/not here", nothing, nothing), ENOENT);
	assert_refused(execve("", nothing, nothing), ENOENT);
	assert_refused(execute(file, "name", 0), ENOTDIR);
	assert_refused(execve("/", nothing, nothing), EACCES);
	arrange(close(closed) == 0);
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

CLAIM(files_that_are_no_program, "exec-33 exec-03",
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
	assert_refused(execve(path, (char *[]){"word", string, NULL}, nothing), EFAULT);
	assert_refused(execve(path, nothing, (char *[]){"word", string, NULL}), EFAULT);
	*list = "word"; /* a list without its end */
	assert_refused(execve(path, list, nothing), EFAULT);
	assert_refused(execve(path, nothing, list), EFAULT);
	assert_refused(execve(path, (char **)last, nothing), EFAULT);
}

CLAIM(the_caller_is_as_before, "exec-03",
      "After refusals early and late, each byte, handler and signal mask of the caller is as "
      "before",
      .needs = SPECIMENS)
{
	char *private = filled_pages(PAGES, MAP_PRIVATE, 1);
	char *shared = filled_pages(PAGES, MAP_SHARED, 2);
	char *bad = reserve(1);
	int text = file_of("no program\n"), program = specimen_file(&does_as_told);
	struct sigaction action = {.sa_handler = do_nothing};
	pid_t number = getpid();

	arrange(sigaction(SIGUSR1, &action, NULL) == 0);
	assert_refused(execve("/touchstone/is/not here", nothing, nothing), ENOENT);
	assert_refused(execve(specimen_path(text), nothing, nothing), ENOEXEC);
	assert_refused(execve(specimen_path(program), nothing, (char *[]){bad, NULL}), EFAULT);
	assert_pattern(private, PAGES * page_size(), 1, "private memory of the caller");
	assert_pattern(shared, PAGES * page_size(), 2, "shared memory of the caller");
	arrange(sigaction(SIGUSR1, NULL, &action) == 0);
	assert_address((uintptr_t)action.sa_handler, (uintptr_t)do_nothing, "its handler");
	assert_equals(getpid(), number, "its number");
	assert_equals(fcntl(program, F_GETFD), FD_CLOEXEC, "its descriptor's flag");
}

CLAIM(the_map_is_as_before, "exec-03",
      "Not a line of the caller's map differs after the last refusal that comes before the end",
      .needs = SPECIMENS | AREA_LIST)
{
	int text = file_of("no program\n");

	filled_pages(PAGES, MAP_PRIVATE, 1);
	assert_refused(execve("/touchstone/is/not here", nothing, nothing), ENOENT);

	struct area_list before = observe_areas();

	assert_refused(execve(specimen_path(text), nothing, nothing), ENOEXEC);
	assert_same_areas(observe_areas(), before, "a refused execve");
}

CONTROL(an_execve_that_succeeds_does_not_return, "exec-03 exec-33",
	"The same call with a file, words and an environment that are in order never comes back",
	.needs = SPECIMENS)
{
	int file = specimen_file(&does_as_told);
	struct specimen_run run;

	START_PROGRAM(run) {
		execve(specimen_path(file), (char *[]){"does_as_told", "pid", NULL}, nothing);
	}
	assert_equals(run.status, 0, "how the new program ended");
	assert_at_least(specimen_said(&run, "pid"), 1, "its number");
}
