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
#include <signal.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A refused execve changes nothing");

SPECIMEN(does_as_told);

enum { PAGES = 8 };

static char *const nothing[] = {"nothing", NULL};

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
	assert_refused(execve("/there is no such program", nothing, nothing), ENOENT);
	assert_refused(execve(specimen_path(text), nothing, nothing), ENOEXEC);
	assert_refused(execve(specimen_path(program), nothing, WORDS(bad)), EFAULT);
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
	assert_refused(execve("/there is no such program", nothing, nothing), ENOENT);

	struct area_list before = observe_areas();

	assert_refused(execve(specimen_path(text), nothing, nothing), ENOEXEC);
	assert_same_areas(observe_areas(), before, "a refused execve");
}

CONTROL(an_execve_that_succeeds_does_not_return, "exec-03",
	"The same call with a file, words and an environment that are in order never comes back",
	.needs = SPECIMENS)
{
	int file = specimen_file(&does_as_told);
	struct specimen_run run;

	START_PROGRAM(run) {
		execve(specimen_path(file), WORDS("does_as_told", "pid"), nothing);
	}
	assert_equals(run.status, 0, "how the new program ended");
	assert_at_least(specimen_said(&run, "pid"), 1, "its number");
}
