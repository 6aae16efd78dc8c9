/* SPDX-License-Identifier: MIT */
/*
 * Specimens: what is executed gets its arguments and nothing else, its output and its end are told,
 * and it dies with who started it. The specimen is this program itself, under another name.
 */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/memory.h>
#include <touchstone/specimens.h>

#include "arrange/specimens.h"
#include "instruments/fault_counts.h"

static struct specimen itself = {.name = "a specimen"};

/* --- As the specimen ------------------------------------------------------------------------- */

enum { FLOOD = 3 * SPECIMEN_OUTPUT };

static int behave(int count, char **arguments)
{
	const char *wish = count > 1 ? arguments[1] : "";

	if (strcmp(wish, "echo") == 0) {
		for (int i = 0; i < count; i++) {
			printf("%s|", arguments[i]);
		}
		fflush(stdout);
		return 42;
	}
	if (strcmp(wish, "flood") == 0) {
		for (int i = 0; i < FLOOD; i++) {
			putchar('a' + i % 26);
		}
		fflush(stdout);
		return 0;
	}
	if (strcmp(wish, "die") == 0) {
		raise(SIGKILL);
	}
	if (strcmp(wish, "stay") == 0) {
		pause();
	}
	if (strcmp(wish, "inherited") == 0) {
		int variables = 0, descriptors = 0;
		sigset_t blocked;

		while (environ && environ[variables]) {
			variables++;
		}
		for (int fd = 3; fd < 1000; fd++) {
			descriptors += fcntl(fd, F_GETFD) >= 0;
		}
		sigprocmask(SIG_SETMASK, NULL, &blocked);
		printf("%d %d %d", variables, descriptors, sigismember(&blocked, SIGTERM));
		fflush(stdout);
	}
	return 0;
}

/* --- The tests ------------------------------------------------------------------------------- */

static int descriptors_open(void)
{
	int count = 0;

	for (int fd = 0; fd < 1000; fd++) {
		count += fcntl(fd, F_GETFD) >= 0;
	}
	return count;
}

static bool machine_executes(void)
{
	if (!specimens_can_run()) {
		printf("left out: no unnamed file may be executed here\n");
		return false;
	}
	return true;
}

START_TEST(the_probe_leaves_nothing_open)
{
	int before = descriptors_open();
	bool first = specimens_can_run();

	ck_assert_int_eq(specimens_can_run(), first);
	ck_assert_int_eq(descriptors_open(), before);
	ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
	ck_assert_int_eq(errno, ECHILD);
}
END_TEST

START_TEST(arguments_arrive_and_the_end_is_told)
{
	if (!machine_executes()) {
		return;
	}

	int before = descriptors_open();
	struct specimen_run run = run_specimen(&itself, "echo", "two words", "", NULL);

	ck_assert(WIFEXITED(run.status));
	ck_assert_int_eq(WEXITSTATUS(run.status), 42);
	ck_assert_str_eq(run.output, "a specimen|echo|two words||");
	ck_assert_uint_eq(run.output_length, strlen(run.output));
	ck_assert_int_eq(descriptors_open(), before);
}
END_TEST

START_TEST(more_output_than_fits_is_cut_and_nobody_waits)
{
	if (!machine_executes()) {
		return;
	}

	struct specimen_run run = run_specimen(&itself, "flood", NULL);

	ck_assert_int_eq(run.status, 0);
	ck_assert_uint_eq(run.output_length, SPECIMEN_OUTPUT - 1);
	ck_assert_uint_eq(strlen(run.output), SPECIMEN_OUTPUT - 1);
	for (int i = 0; i < SPECIMEN_OUTPUT - 1; i++) {
		ck_assert_int_eq(run.output[i], 'a' + i % 26);
	}
}
END_TEST

START_TEST(a_signal_is_told)
{
	if (!machine_executes()) {
		return;
	}

	struct specimen_run run = run_specimen(&itself, "die", NULL);

	ck_assert(WIFSIGNALED(run.status));
	ck_assert_int_eq(WTERMSIG(run.status), SIGKILL);
	ck_assert_uint_eq(run.output_length, 0);
}
END_TEST

START_TEST(only_descriptors_that_are_to_be_inherited_are)
{
	char wanted[40];
	int inheritable = 0;

	if (!machine_executes()) {
		return;
	}
	for (int fd = 3; fd < 1000; fd++) {
		inheritable += fcntl(fd, F_GETFD) == 0; /* check has such files open */
	}
	snprintf(wanted, sizeof wanted, "0 %d 0", inheritable);
	setenv("SOMETHING", "else", 1);

	struct specimen_run run = run_specimen(&itself, "inherited", NULL);

	ck_assert_str_eq(run.output, wanted);
}
END_TEST

START_TEST(running_a_specimen_leaves_the_callers_pages_alone)
{
	enum { PAGES = 32 };

	fault_counts_warm_up();
	if (!machine_executes() || !fault_counts_prove_themselves()) {
		return;
	}

	char *area = mmap(NULL, PAGES * page_size(), PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	ck_assert(area != MAP_FAILED);
	madvise(area, PAGES * page_size(), MADV_NOHUGEPAGE);
	store_each(area, PAGES, 'x');

	struct specimen_run run = run_specimen(&itself, "echo", NULL);

	ck_assert_int_eq(faults_of(store_each(area, PAGES, 'y')).minor, 0);
	ck_assert_int_gt(run.faults.minor, 0);
}
END_TEST

/* Whoever is left behind by a child becomes a child of this process: nobody else is waited for. */
START_TEST(a_specimen_dies_with_who_started_it)
{
	int talk[2];
	char ready;

	if (!machine_executes()) {
		return;
	}
	ck_assert_int_eq(prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), 0);
	ck_assert_int_eq(pipe2(talk, O_CLOEXEC), 0);

	pid_t pid = fork();

	if (pid == 0) {
		(void)!write(talk[1], "r", 1);
		run_specimen(&itself, "stay", NULL);
		_exit(1);
	}
	ck_assert_int_eq(read(talk[0], &ready, 1), 1);
	usleep(1000 * (unsigned)_i); /* somewhere on its way, or staying */
	kill(pid, SIGKILL);
	while (waitpid(-1, NULL, 0) > 0 || errno == EINTR) {
	}
	ck_assert_int_eq(errno, ECHILD);
}
END_TEST

START_TEST(the_file_is_ready_to_be_executed)
{
	struct stat about;

	if (!machine_executes()) {
		return;
	}

	int fd = specimen_file(&itself);

	ck_assert_int_eq(fstat(fd, &about), 0);
	ck_assert_int_eq(about.st_size, itself.end - itself.bytes);
	ck_assert_int_eq(fcntl(fd, F_GETFD), FD_CLOEXEC);
	ck_assert_uint_eq(about.st_nlink, 0);
}
END_TEST

/* Exit status 99: an error of the set-up. */
START_TEST(what_is_no_program_is_an_error)
{
	static const unsigned char nonsense[] = "no program either\n";
	static const struct specimen broken = {"broken", nonsense, nonsense + sizeof nonsense - 1};

	if (!machine_executes()) {
		_exit(99);
	}
	run_specimen(&broken, NULL);
}
END_TEST

static void map_itself(void)
{
	struct stat about;
	int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &about) != 0) {
		return;
	}
	itself.bytes = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (itself.bytes != MAP_FAILED) {
		itself.end = itself.bytes + about.st_size;
	}
	close(fd);
}

int main(int count, char **arguments)
{
	if (count > 0 && strcmp(arguments[0], itself.name) == 0) {
		_exit(behave(count, arguments));
	}
	map_itself();
	if (!itself.end) {
		printf("left out: this program cannot be read here\n");
		return EXIT_SUCCESS;
	}

	TCase *runs = tcase_create("runs");
	tcase_add_test(runs, the_probe_leaves_nothing_open);
	tcase_add_test(runs, arguments_arrive_and_the_end_is_told);
	tcase_add_test(runs, more_output_than_fits_is_cut_and_nobody_waits);
	tcase_add_test(runs, a_signal_is_told);
	tcase_add_test(runs, only_descriptors_that_are_to_be_inherited_are);
	tcase_add_test(runs, running_a_specimen_leaves_the_callers_pages_alone);
	tcase_add_loop_test(runs, a_specimen_dies_with_who_started_it, 0, 10);
	tcase_add_test(runs, the_file_is_ready_to_be_executed);
	tcase_add_exit_test(runs, what_is_no_program_is_an_error, 99);

	Suite *suite = suite_create("specimens");
	suite_add_tcase(suite, runs);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
