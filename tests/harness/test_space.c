/* SPDX-License-Identifier: MIT */
/* Address spaces read from known and from hostile texts, and what is drawn of them. */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "map/draw.h"

static struct space parse(const char *text)
{
	struct space space = {0};
	FILE *file = fmemopen((void *)text, strlen(text), "r");

	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(space_parse(file, &space), 0);
	fclose(file);
	space_find_words(&space);
	return space;
}

static char *drawn(void (*draw)(FILE *out, const struct space *space), const struct space *space)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	draw(out, space);
	fclose(out);
	return text;
}

static const char small[] =
	"00400000-00401000 r--p 00000000 fe:00 11 /usr/bin/a b\n"
	"Size:                  4 kB\nRss:                   4 kB\n"
	"VmFlags: rd mr mw me\n"
	"00401000-00403000 r-xp 00001000 fe:00 11 /usr/bin/a b\n"
	"Rss:                   8 kB\n"
	"00403000-00404000 rw-p 00003000 fe:00 11 /usr/bin/a b\n"
	"00404000-00408000 rw-p 00000000 00:00 0 \n"
	"Rss:                   4 kB\nSwap:                  4 kB\n"
	"00500000-00521000 rw-p 00000000 00:00 0                  [heap]\n"
	"7f0000000000-7f0000001000 ---p 00000000 00:00 0 \n"
	"7f0000001000-7f0000002000 rw-s 00000000 00:05 7 /dev/zero (deleted)\n"
	"7f0000002000-7f0000003000 rw-s 00000000 00:05 8 /SYSV00000000 (deleted)\n"
	"7f0000003000-7f0000004000 rw-s 00000000 00:05 9 /memfd:x<y (deleted)\n"
	"7f0000004000-7f0000005000 r--p 00000000 fe:00 12 /etc/table\n"
	"7ffffffde000-7ffffffff000 rw-p 00000000 00:00 0                  [stack]\n";

START_TEST(each_area_has_its_words)
{
	static const struct {
		enum kind kind;
		const char *words;
	} expected[] = {
		{KIND_CONSTANTS, "constants of a b"},
		{KIND_CODE, "code of a b"},
		{KIND_DATA, "data of a b"},
		{KIND_DATA, "zeroed data (bss) of a b"},
		{KIND_HEAP, "heap, up to the program break"},
		{KIND_GUARD, "may not be touched: a guard, or a reserve"},
		{KIND_SHARED, "shared anonymous memory"},
		{KIND_SHARED, "System V segment SYSV00000000 (deleted)"},
		{KIND_SHARED, "memory file x<y (deleted)"},
		{KIND_FILE, "private view of the file table"},
		{KIND_STACK, "stack of the first thread"},
	};
	struct space space = parse(small);

	ck_assert_uint_eq(space.count, sizeof expected / sizeof *expected);
	for (size_t i = 0; i < space.count; i++) {
		ck_assert_str_eq(space.spans[i].words, expected[i].words);
		ck_assert_int_eq(space.spans[i].kind, expected[i].kind);
	}
	ck_assert(space.measured);
	ck_assert_uint_eq(space.spans[1].usage.rss, 8192);
	ck_assert_uint_eq(space.spans[3].usage.swap, 4096);
	space_free(&space);
}
END_TEST

START_TEST(what_is_no_area_is_passed_over)
{
	static const char *const texts[] = {
		"",
		"\n\n",
		"Rss: 4 kB\n",
		"nonsense",
		"00400000-00401000",
		"00401000-00400000 r--p 00000000 fe:00 11 /a\n",
		"fffffffffffffffffffffffffff-0 r--p 0 0:0 0\n",
	};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct space space = {0};
		FILE *file = *texts[i] ? fmemopen((void *)texts[i], strlen(texts[i]), "r")
				       : fopen("/dev/null", "r");

		ck_assert_int_eq(space_parse(file, &space), 0);
		ck_assert_uint_eq(space.count, 0);
		fclose(file);
		space_free(&space);
	}
}
END_TEST

START_TEST(every_prefix_of_a_text_can_be_drawn)
{
	for (size_t length = 1; length < sizeof small - 1; length++) {
		char *prefix = strndup(small, length);
		struct space space = parse(prefix);

		free(drawn(draw_json, &space));
		free(drawn(draw_html, &space));
		space_free(&space);
		free(prefix);
	}
}
END_TEST

START_TEST(a_page_holds_no_raw_name)
{
	struct space space = parse(small);
	char *page = drawn(draw_html, &space);

	ck_assert_ptr_null(strstr(page, "x<y"));
	ck_assert_ptr_nonnull(strstr(page, "x&lt;y"));
	free(page);
	space_free(&space);
}
END_TEST

START_TEST(areas_alike_are_told_once)
{
	char *text = NULL;
	size_t size, period;
	FILE *out = open_memstream(&text, &size);
	struct space space;

	for (unsigned long i = 0; i < 1000; i++) {
		fprintf(out, "%lx-%lx %s 00000000 00:00 0 \n", i << 16, (i + 1) << 16,
			i % 2 ? "---p" : "rw-p");
	}
	fclose(out);
	space = parse(text);
	ck_assert_uint_eq(space_repeats(&space, 0, &period), 998);
	ck_assert_uint_eq(period, 2);
	ck_assert_uint_eq(space_repeats(&space, 990, &period), 8);
	ck_assert_uint_eq(space_repeats(&space, 991, &period), 0);
	ck_assert_uint_eq(space_repeats(&space, 999, &period), 0);
	free(text);
	space_free(&space);
}
END_TEST

START_TEST(a_difference_tells_what_came_went_and_changed)
{
	struct space before = parse("1000-2000 rw-p 0 00:00 0 [heap]\n5000-6000 rw-p 0 00:00 0 \n"
				    "8000-9000 rw-p 0 00:00 0 \nRss: 4 kB\n");
	struct space after = parse("1000-4000 rw-p 0 00:00 0 [heap]\n6000-7000 rw-p 0 00:00 0 \n"
				   "8000-9000 r--p 0 00:00 0 \nRss: 4 kB\n");
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	draw_difference(out, &before, &after);
	fclose(out);
	ck_assert_ptr_nonnull(strstr(text, "size 4 KiB -> 12 KiB"));
	ck_assert_ptr_nonnull(strstr(text, "-             5000"));
	ck_assert_ptr_nonnull(strstr(text, "+             6000"));
	ck_assert_ptr_nonnull(strstr(text, "rights rw-p -> r--p"));
	ck_assert_ptr_nonnull(strstr(text, "4 areas came"));
	free(text);
	space_free(&before);
	space_free(&after);
}
END_TEST

START_TEST(processes_that_are_not_there_are_told_of)
{
	struct space space;

	ck_assert_int_eq(space_read(1 << 22, &space), -3); /* ESRCH */
	ck_assert_int_eq(space_read(getpid(), &space), 0);
	ck_assert_uint_gt(space.count, 5);
	space_free(&space);
}
END_TEST

START_TEST(sizes_are_told_as_a_person_would)
{
	ck_assert_str_eq(human_size(0), "0 B");
	ck_assert_str_eq(human_size(4096), "4 KiB");
	ck_assert_str_eq(human_size(1536), "1.5 KiB");
	ck_assert_str_eq(human_size(UINT64_MAX), "16 EiB");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("space");
	TCase *space = tcase_create("space");
	SRunner *runner;
	int failed;

	suite_add_tcase(suite, space);
	tcase_add_test(space, each_area_has_its_words);
	tcase_add_test(space, what_is_no_area_is_passed_over);
	tcase_add_test(space, every_prefix_of_a_text_can_be_drawn);
	tcase_add_test(space, a_page_holds_no_raw_name);
	tcase_add_test(space, areas_alike_are_told_once);
	tcase_add_test(space, a_difference_tells_what_came_went_and_changed);
	tcase_add_test(space, processes_that_are_not_there_are_told_of);
	tcase_add_test(space, sizes_are_told_as_a_person_would);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
