/* SPDX-License-Identifier: MIT */
/* Files without a name: they hold what was asked for, leave nothing, and no limit kills their
 * maker. */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/files.h>
#include <touchstone/memory.h>

#include "arrange/files.h"

enum { PAGES = 5, SEED = 7 };

static void assert_pattern_in(int fd, size_t count, unsigned seed)
{
	size_t size = page_size();
	char *seen = malloc(size), *wanted = malloc(size);

	ck_assert(seen && wanted);
	for (size_t i = 0; i < count; i++) {
		read_at(fd, seen, size, i * size);
		pattern_bytes(wanted, size, seed, i * size);
		ck_assert_mem_eq(seen, wanted, size);
	}
	free(seen);
	free(wanted);
}

/* The exit status of the function in a child; a death by a signal fails the test. */
static int status_of(void (*function)(void))
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		function();
		_exit(0);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_msg(WIFEXITED(status), "died by signal %d", WTERMSIG(status));
	return WEXITSTATUS(status);
}

START_TEST(a_scratch_file_holds_the_pattern_and_has_no_name)
{
	struct stat about;
	int fd = scratch_file(PAGES, SEED);

	ck_assert_int_eq(fstat(fd, &about), 0);
	ck_assert_uint_eq((size_t)about.st_size, PAGES * page_size());
	ck_assert_uint_eq(about.st_nlink, 0);
	ck_assert_int_eq(fcntl(fd, F_GETFL) & O_ACCMODE, O_RDWR);
	ck_assert_int_eq(fcntl(fd, F_GETFD), FD_CLOEXEC);
	assert_pattern_in(fd, PAGES, SEED);
}
END_TEST

START_TEST(two_scratch_files_are_two)
{
	int first = scratch_file(1, 1), second = scratch_file(1, 2);

	assert_pattern_in(first, 1, 1);
	assert_pattern_in(second, 1, 2);
}
END_TEST

START_TEST(the_folder_that_was_named_is_taken_and_left_empty)
{
	char folder[] = "/tmp/touchstone-test-XXXXXX";
	struct stat file, where;

	if (!mkdtemp(folder)) {
		printf("left out: no folder can be made in /tmp here\n");
		return;
	}
	setenv("TOUCHSTONE_TMPDIR", folder, 1);

	int fd = scratch_file(1, SEED);

	ck_assert_int_eq(fstat(fd, &file), 0);
	ck_assert_int_eq(stat(folder, &where), 0);
	ck_assert_int_eq(rmdir(folder), 0); /* succeeds for an empty one only */
	ck_assert(file.st_dev == where.st_dev);
	assert_pattern_in(fd, 1, SEED);
}
END_TEST

START_TEST(a_folder_that_does_not_do_is_passed_over)
{
	static const char *const unfit[] = {"", "/nonexistent", "/proc", "/dev/null",
					    "relative/nowhere"};

	setenv("TOUCHSTONE_TMPDIR", unfit[_i], 1);
	setenv("TMPDIR", unfit[_i], 1);
	assert_pattern_in(scratch_file(2, SEED), 2, SEED);
}
END_TEST

START_TEST(an_unnamed_file_has_the_mode_despite_the_umask)
{
	struct stat about;

	umask(0777);
	for (size_t i = 0; files_folder(i); i++) {
		int fd = files_unnamed(files_folder(i), 0700);

		if (fd >= 0) {
			ck_assert_int_eq(fstat(fd, &about), 0);
			ck_assert_uint_eq(about.st_mode & 0777, 0700);
			ck_assert_uint_eq(about.st_nlink, 0);
			close(fd);
		}
	}
}
END_TEST

static void limited_to_one_page(void)
{
	struct rlimit limit;

	getrlimit(RLIMIT_FSIZE, &limit);
	limit.rlim_cur = page_size();
	setrlimit(RLIMIT_FSIZE, &limit);
}

static void two_pages_where_one_is_allowed(void)
{
	limited_to_one_page();
	scratch_file(2, SEED);
}

static void one_page_where_one_is_allowed(void)
{
	limited_to_one_page();
	scratch_file(1, SEED);
}

static void a_write_beyond_the_limit(void)
{
	int fd = scratch_file(1, SEED);

	limited_to_one_page();
	write_at(fd, "x", 1, page_size());
}

START_TEST(a_limit_on_file_sizes_ends_the_claim_and_not_by_a_signal)
{
	ck_assert_int_ge(status_of(two_pages_where_one_is_allowed),
			 77); /* undecided, or an error */
	ck_assert_int_ge(status_of(a_write_beyond_the_limit), 77);
	ck_assert_int_eq(status_of(one_page_where_one_is_allowed), 0);
}
END_TEST

START_TEST(the_handler_of_SIGXFSZ_is_as_before)
{
	struct sigaction after;

	scratch_file(1, SEED);
	ck_assert_int_eq(sigaction(SIGXFSZ, NULL, &after), 0);
	ck_assert(after.sa_handler == SIG_DFL);
}
END_TEST

START_TEST(what_is_written_is_read)
{
	char seen[4] = "";
	int fd = scratch_file(2, SEED);

	write_at(fd, "abc", 3, page_size() - 1); /* across two pages */
	read_at(fd, seen, 3, page_size() - 1);
	ck_assert_str_eq(seen, "abc");
}
END_TEST

static void read_behind_the_end(void)
{
	char seen[2];

	read_at(scratch_file(1, SEED), seen, 2, page_size() - 1);
}

static void reopen_nothing(void)
{
	open_again(1000, O_RDONLY);
}

START_TEST(what_cannot_be_had_is_an_error)
{
	ck_assert_int_eq(status_of(read_behind_the_end), 99);
	ck_assert_int_eq(status_of(reopen_nothing), 99);
}
END_TEST

START_TEST(a_file_opened_again_is_the_same_file_with_other_rights)
{
	struct stat one, two;
	int fd = scratch_file(1, SEED), reader = open_again(fd, O_RDONLY);

	ck_assert_int_eq(fcntl(reader, F_GETFD), FD_CLOEXEC);
	ck_assert_int_eq(fcntl(reader, F_GETFL) & O_ACCMODE, O_RDONLY);
	fstat(fd, &one);
	fstat(reader, &two);
	ck_assert(one.st_dev == two.st_dev && one.st_ino == two.st_ino);
	ck_assert_int_eq(pwrite(reader, "x", 1, 0), -1);
	ck_assert_int_eq(lseek(fd, 3, SEEK_SET), 3);
	ck_assert_int_eq(lseek(reader, 0, SEEK_CUR), 0); /* an offset of its own */
}
END_TEST

static bool machine_has_a_disk(void)
{
	int fd = files_try_disk_file(1);

	if (fd < 0) {
		printf("left out: no folder's pages leave the page cache here\n");
		return false;
	}
	close(fd);
	return true;
}

START_TEST(a_disk_file_cools_down_and_comes_back)
{
	enum { MANY = 600 }; /* more than are counted at once */

	if (machine_has_a_disk()) {
		int fd = disk_file(MANY, SEED);

		/* Somebody else may have a page in his hands just now. */
		for (int attempt = 0; !cool_down(fd, MANY); attempt++) {
			ck_assert_int_lt(attempt, 20);
		}
		assert_pattern_in(fd, MANY, SEED);
	}
}
END_TEST

START_TEST(a_page_that_is_locked_does_not_go)
{
	if (!machine_has_a_disk()) {
		return;
	}

	int fd = disk_file(PAGES, SEED);
	char *file = mmap(NULL, PAGES * page_size(), PROT_READ, MAP_SHARED, fd, 0);

	ck_assert(file != MAP_FAILED);
	/* The system call itself: under a sanitizer mlock() does nothing. */
	if (syscall(SYS_mlock, page(file, PAGES - 1), page_size()) != 0) {
		printf("left out: no page may be locked here\n");
		return;
	}
	ck_assert(!cool_down(fd, PAGES));
}
END_TEST

START_TEST(the_probe_of_a_disk_makes_no_outcome)
{
	setenv("TOUCHSTONE_TMPDIR", "/nonexistent", 1);
	limited_to_one_page();

	int fd = files_try_disk_file(2);

	ck_assert_int_eq(fd, -1);
	close(fd);
}
END_TEST

int main(void)
{
	TCase *scratch = tcase_create("scratch files");
	tcase_add_test(scratch, a_scratch_file_holds_the_pattern_and_has_no_name);
	tcase_add_test(scratch, two_scratch_files_are_two);
	tcase_add_test(scratch, the_folder_that_was_named_is_taken_and_left_empty);
	tcase_add_loop_test(scratch, a_folder_that_does_not_do_is_passed_over, 0, 5);
	tcase_add_test(scratch, an_unnamed_file_has_the_mode_despite_the_umask);
	tcase_add_test(scratch, a_limit_on_file_sizes_ends_the_claim_and_not_by_a_signal);
	tcase_add_test(scratch, the_handler_of_SIGXFSZ_is_as_before);

	TCase *access = tcase_create("reading and writing");
	tcase_add_test(access, what_is_written_is_read);
	tcase_add_test(access, what_cannot_be_had_is_an_error);
	tcase_add_test(access, a_file_opened_again_is_the_same_file_with_other_rights);

	TCase *disk = tcase_create("disk files");
	tcase_add_test(disk, a_disk_file_cools_down_and_comes_back);
	tcase_add_test(disk, a_page_that_is_locked_does_not_go);
	tcase_add_test(disk, the_probe_of_a_disk_makes_no_outcome);

	Suite *suite = suite_create("files");
	suite_add_tcase(suite, scratch);
	suite_add_tcase(suite, access);
	suite_add_tcase(suite, disk);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
