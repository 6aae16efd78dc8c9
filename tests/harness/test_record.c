/* SPDX-License-Identifier: MIT */
/* Records: what goes in comes out, whatever it holds and however much; and results made of them. */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run/record.h"
#include "run/result.h"

static void encode_and_decode(const char *const *fields, size_t count, struct record *record,
			      char *line)
{
	size_t length = record_encode(line, RECORD_LENGTH, RECORD_EVIDENCE, fields, count);

	ck_assert_uint_le(length, RECORD_LENGTH);
	ck_assert_int_eq(line[length - 1], '\n');
	ck_assert_ptr_null(memchr(line, '\n', length - 1));
	line[length - 1] = 0;
	ck_assert(record_decode(line, record));
}

START_TEST(fields_survive)
{
	static const char *const fields[] = {"a\tb", "c\nd\\e", "", "plain"};
	static char line[RECORD_LENGTH];
	struct record record;

	encode_and_decode(fields, 4, &record, line);
	for (size_t i = 0; i < 4; i++) {
		ck_assert_str_eq(record.field[i], fields[i]);
	}
}
END_TEST

START_TEST(a_long_field_cuts_only_itself)
{
	static char huge[3 * RECORD_LENGTH], line[RECORD_LENGTH];
	const char *const fields[] = {huge, "short", huge, "last"};
	struct record record;

	memset(huge, '\n', sizeof huge - 1); /* every byte needs two */
	encode_and_decode(fields, 4, &record, line);
	ck_assert_uint_gt(strlen(record.field[0]), 100);
	ck_assert_str_eq(record.field[1], "short");
	ck_assert_str_eq(record.field[3], "last");
}
END_TEST

START_TEST(missing_fields_are_empty)
{
	static const char *const fields[] = {"one"};
	static char line[RECORD_LENGTH];
	struct record record;

	encode_and_decode(fields, 1, &record, line);
	ck_assert_str_eq(record.field[0], "one");
	ck_assert_str_eq(record.field[1], "");
	ck_assert_str_eq(record.field[3], "");
}
END_TEST

START_TEST(foreign_lines_are_no_records)
{
	static const char *const lines[] = {
		"", "\t\t\t", "evidenc\tx", "Error in call to fork", "\\", "a\tb\tc\td\te\tf\tg"};

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		char line[100];
		struct record record;

		strcpy(line, lines[i]);
		ck_assert_msg(!record_decode(line, &record), "'%s' was taken for a record",
			      lines[i]);
	}
}
END_TEST

/* A result of a text; the text is copied, for a result owns what it is made of. */
static bool make(struct result *result, const char *text)
{
	return result_from_records(result, NULL, strdup(text), strlen(text));
}

START_TEST(the_first_verdict_wins)
{
	struct result result;

	ck_assert(
		!make(&result, "evidence\ta\t1\nbroken\tf.c\t7\tblack\twhite\nerror\tg.c\t8\tx\n"));
	ck_assert_int_eq(result.outcome, BROKEN);
	ck_assert_str_eq(result.file, "f.c");
	ck_assert_int_eq(result.line, 7);
	ck_assert_str_eq(result.expected, "black");
	ck_assert_str_eq(result.seen, "white");
	ck_assert_uint_eq(result.detail_count, 1);
	result_free(&result);
}
END_TEST

START_TEST(only_an_end_is_an_end)
{
	struct result result;

	ck_assert(make(&result, "strip\ta\too..\nend\n"));
	ck_assert_int_eq(result.outcome, HOLDS);
	result_free(&result);
	ck_assert(!make(&result, "strip\ta\too..\n"));
	result_free(&result);
	ck_assert(!make(&result, "strip\ta\too..\nend")); /* cut short */
	result_free(&result);
	ck_assert(!make(&result, ""));
	result_free(&result);
}
END_TEST

START_TEST(undecided_and_error_are_told_apart)
{
	struct result result;

	make(&result, "undecided\tneeds a moon: wait\nend\n");
	ck_assert_int_eq(result.outcome, UNDECIDED);
	ck_assert_str_eq(result.reason, "needs a moon: wait");
	result_free(&result);
	make(&result, "noise\nerror\tf.c\tNaN\tcould not\n");
	ck_assert_int_eq(result.outcome, ERROR);
	ck_assert_int_eq(result.line, 0);
	ck_assert_str_eq(result.reason, "could not");
	result_free(&result);
}
END_TEST

START_TEST(a_full_pipe_drops_evidence_and_keeps_the_verdict)
{
	static char text[1 << 17];
	int ends[2];
	char value[1000];

	ck_assert_int_eq(pipe(ends), 0);
	record_open(ends[1]);
	memset(value, 'x', sizeof value - 1);
	value[sizeof value - 1] = 0;
	for (int i = 0; i < 1000; i++) {
		record_write(RECORD_EVIDENCE, "much", value, NULL); /* must never block */
	}
	record_write(RECORD_BROKEN, "f.c", "1", "a", "b", NULL);
	record_open(-1);
	close(ends[1]);

	ssize_t length = read(ends[0], text, sizeof text - 1);

	ck_assert_int_gt(length, 0);
	text[length] = 0;
	ck_assert_ptr_nonnull(strstr(text, "\nbroken\tf.c\t1\ta\tb\n"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("records");
	TCase *tcase = tcase_create("records");

	tcase_add_test(tcase, fields_survive);
	tcase_add_test(tcase, a_long_field_cuts_only_itself);
	tcase_add_test(tcase, missing_fields_are_empty);
	tcase_add_test(tcase, foreign_lines_are_no_records);
	tcase_add_test(tcase, the_first_verdict_wins);
	tcase_add_test(tcase, only_an_end_is_an_end);
	tcase_add_test(tcase, undecided_and_error_are_told_apart);
	tcase_add_test(tcase, a_full_pipe_drops_evidence_and_keeps_the_verdict);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);

	srunner_run_all(runner, CK_NORMAL);

	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed != 0;
}
