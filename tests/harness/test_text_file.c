/* SPDX-License-Identifier: MIT */
/* Files of /proc as text: whole, cut where there is no room, and empty where there is nothing to be read. */
#include <check.h>
#include <errno.h>
#include <string.h>

#include "instruments/text_file.h"

START_TEST(a_file_is_read_to_its_end)
{
	static char text[256 * 1024];
	size_t length = text_of_file("/proc/self/maps", text, sizeof text); /* in several reads */

	ck_assert_uint_gt(length, 0);
	ck_assert_uint_eq(strlen(text), length);
	ck_assert_int_eq(text[length - 1], '\n');
}
END_TEST

START_TEST(what_does_not_fit_is_left)
{
	char text[8], other[8];

	memset(text, 'x', sizeof text);
	ck_assert_uint_eq(text_of_file("/proc/self/maps", text, 5), 4);
	ck_assert_uint_eq(strlen(text), 4);
	ck_assert_int_eq(text[5], 'x');
	ck_assert_uint_eq(text_of_file("/proc/self/maps", other, 1), 0);
	ck_assert_str_eq(other, "");
}
END_TEST

START_TEST(what_cannot_be_read_is_empty)
{
	static const struct {
		const char *path;
		int error;
	} refused[] = {{"/proc/self/no_such_file", ENOENT}, {"/proc/self", EISDIR}, {"", ENOENT}};

	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		char text[8] = "before";

		errno = 0;
		ck_assert_uint_eq(text_of_file(refused[i].path, text, sizeof text), 0);
		ck_assert_int_eq(errno, refused[i].error);
		ck_assert_str_eq(text, "");
	}
}
END_TEST

START_TEST(words_are_whole_words)
{
	ck_assert(text_has_word("cpu,memory", "memory", ","));
	ck_assert(text_has_word("memory,cpu", "memory", ","));
	ck_assert(text_has_word(" cpuset  memory\t", "memory", " \t"));
	ck_assert(!text_has_word("memory2,xmemory", "memory", ","));
	ck_assert(!text_has_word("cpu memory", "memory", ","));
	ck_assert(!text_has_word("", "memory", ","));
}
END_TEST

START_TEST(numbers_stand_behind_whole_names)
{
	static const char text[] = "low 1\noom 2\noom_kill 30\n";

	ck_assert_int_eq(text_number_of(text, "low"), 1);
	ck_assert_int_eq(text_number_of(text, "oom"), 2);
	ck_assert_int_eq(text_number_of(text, "oom_kill"), 30);
	ck_assert_int_eq(text_number_of(text, "kill"), -1);
	ck_assert_int_eq(text_number_of("", "oom"), -1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("text_file");
	TCase *tests = tcase_create("text_file");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_test(tests, a_file_is_read_to_its_end);
	tcase_add_test(tests, what_does_not_fit_is_left);
	tcase_add_test(tests, what_cannot_be_read_is_empty);
	tcase_add_test(tests, words_are_whole_words);
	tcase_add_test(tests, numbers_stand_behind_whole_names);
	suite_add_tcase(suite, tests);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? 0 : 1;
}
