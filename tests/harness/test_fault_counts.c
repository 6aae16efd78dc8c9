/* SPDX-License-Identifier: MIT */
/*
 * The fault counts: texts of /proc/PID/stat as they are and as they should never be, counts of
 * memory touched here, and worlds in which getrusage lies (it is replaced below).
 */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "instruments/fault_counts.h"
#include "instruments/fresh_pages.h"

/* How this program's getrusage answers. */
static enum {
	TRUTH,
	NOTHING_COUNTED, /* as some sandboxes */
	A_FEW_TOO_MANY,  /* as some emulators */
	ALL_MAJOR,
	ALWAYS_FAILING,
} world;

#ifdef __GLIBC__
typedef __rusage_who_t rusage_who; /* an enumeration */
#else
typedef int rusage_who;
#endif

int getrusage(rusage_who who, struct rusage *usage)
{
	static long calls;

	if (world == ALWAYS_FAILING) {
		errno = ENOSYS;
		return -1;
	}
	int result = (int)syscall(SYS_getrusage, who, usage);
	if (world == NOTHING_COUNTED) {
		usage->ru_minflt = usage->ru_majflt = 0;
	}
	if (world == A_FEW_TOO_MANY) {
		usage->ru_minflt += ++calls;
	}
	if (world == ALL_MAJOR) {
		usage->ru_majflt += usage->ru_minflt;
		usage->ru_minflt = 0;
	}
	return result;
}

/* Probed here without the instrument: does this machine count the faults of 32 pages exactly? */
static bool machine_counts(void)
{
	enum { PAGES = 32 };
	struct rusage before, after;
	bool counts = true;

	for (int round = 0; round < 2; round++) {
		char *area = fresh_pages_map(PAGES);
		getrusage(RUSAGE_SELF, &before);
		for (size_t page = 0; page < PAGES; page++) {
			fresh_pages_write(area, page);
		}
		getrusage(RUSAGE_SELF, &after);
		counts = after.ru_minflt - before.ru_minflt == PAGES;
		fresh_pages_unmap(area, PAGES);
	}
	if (!counts) {
		puts("left out: this machine does not count page faults exactly");
	}
	return counts;
}

#define FIELDS_4_TO_9 "1 2 3 0 -1 4194560 "
#define AFTER         " 0 0 0 0 0 20 0 1 0\n"

static const struct {
	const char *text;
	long minor, major;
} understood[] = {
	{"1 (init) S " FIELDS_4_TO_9 "12 34 56" AFTER, 12, 56},
	{"4711 (a name) R " FIELDS_4_TO_9 "1 0 0" AFTER, 1, 0},
	{"4711 (a) S 1 2 3) R " FIELDS_4_TO_9 "7 8 9" AFTER, 7, 9},
	{"4711 (() R " FIELDS_4_TO_9 "7 8 9" AFTER, 7, 9},
	{"4711 ()) R " FIELDS_4_TO_9 "7 8 9" AFTER, 7, 9},
	{"4711 () R " FIELDS_4_TO_9 "7 8 9" AFTER, 7, 9},
	{"4711 (a\nb) R " FIELDS_4_TO_9 "7 8 9" AFTER, 7, 9},
	{"4711 (\xff\x80 \t) R " FIELDS_4_TO_9 "7 8 9" AFTER, 7, 9},
	{"1 (x) Z " FIELDS_4_TO_9 "0 0 0" AFTER, 0, 0},
#if LONG_MAX > 0x7fffffff
	{"1 (x) S " FIELDS_4_TO_9 "9223372036854775807 1 9223372036854775807" AFTER, LONG_MAX,
	 LONG_MAX},
#endif
};

START_TEST(known_texts_are_understood)
{
	struct faults faults = {-1, -1};
	const char *text = understood[_i].text;

	ck_assert(fault_counts_parse_stat(text, strlen(text), &faults));
	ck_assert_int_eq(faults.minor, understood[_i].minor);
	ck_assert_int_eq(faults.major, understood[_i].major);
}
END_TEST

static const char *const refused[] = {
	"",
	" ",
	"\n",
	")",
	"1",
	"1 ",
	"1 (",
	"1 (x",
	"1 (x)",
	"1 (x) ",
	"1 x S " FIELDS_4_TO_9 "1 2 3" AFTER,
	"(x) S " FIELDS_4_TO_9 "1 2 3" AFTER,
	"one (x) S " FIELDS_4_TO_9 "1 2 3" AFTER,
	"1 (x)S " FIELDS_4_TO_9 "1 2 3" AFTER,
	"1 (x)  S " FIELDS_4_TO_9 "1 2 3" AFTER,
	"1 (x) S  " FIELDS_4_TO_9 "1 2 3" AFTER,
	"1 (x) S " FIELDS_4_TO_9 " 1 2 3" AFTER,
	"1 (x) S " FIELDS_4_TO_9 "-1 2 3" AFTER,
	"1 (x) S " FIELDS_4_TO_9 "1 -2 3" AFTER,
	"1 (x) S " FIELDS_4_TO_9 "1 2 -3" AFTER,
	"1 (x) S " FIELDS_4_TO_9 "0x1 2 3" AFTER,
	"1 (x) S " FIELDS_4_TO_9 "1 2 three 4",
	"1 (x) S " FIELDS_4_TO_9 "1 2 3k" AFTER,
	"1 (x) S " FIELDS_4_TO_9 "1 2 3", /* perhaps 31, cut short */
	"1 (x) S " FIELDS_4_TO_9 "1 2 ",
	"1 (x) S " FIELDS_4_TO_9 "1 2",
	"1 (x) S " FIELDS_4_TO_9 "9223372036854775808 2 3" AFTER,
	"1 (x) S " FIELDS_4_TO_9 "1 2 18446744073709551615" AFTER,
	"1 (x) S " FIELDS_4_TO_9 "1 2 18446744073709551617" AFTER,
	"1 (x) S " FIELDS_4_TO_9 "99999999999999999999999999999999999999999 2 3" AFTER,
	"1 (x) S " FIELDS_4_TO_9 "1 2 3" AFTER ")",
};

START_TEST(other_texts_are_refused_and_store_nothing)
{
	struct faults faults = {-1, -2};

	ck_assert(!fault_counts_parse_stat(refused[_i], strlen(refused[_i]), &faults));
	ck_assert_int_eq(faults.minor, -1);
	ck_assert_int_eq(faults.major, -2);
}
END_TEST

START_TEST(a_text_cut_anywhere_is_refused)
{
	static const char text[] = "4711 (a) b) S " FIELDS_4_TO_9 "123 456 789 0";
	size_t needed = sizeof(text) - 2; /* up to the space behind the last field */

	for (size_t length = 0; length <= sizeof(text) - 1; length++) {
		/* A copy of its own, at the end of which a sanitizer stands guard. */
		char *cut = malloc(length + 1);
		struct faults faults = {0, 0};
		memcpy(cut, text, length);
		ck_assert_int_eq(fault_counts_parse_stat(cut, length, &faults), length >= needed);
		free(cut);
	}
}
END_TEST

START_TEST(zero_bytes_in_a_text_end_nothing)
{
	static const char name[] = "1 (a\0b) S " FIELDS_4_TO_9 "1 2 3" AFTER;
	static const char figure[] = "1 (ab) S " FIELDS_4_TO_9 "1\0 2 3" AFTER;
	struct faults faults;

	ck_assert(fault_counts_parse_stat(name, sizeof(name) - 1, &faults));
	ck_assert_int_eq(faults.major, 3);
	ck_assert(!fault_counts_parse_stat(figure, sizeof(figure) - 1, &faults));
}
END_TEST

static bool read_own_stat(struct faults *faults)
{
	char text[2 * 1024];
	int fd = open("/proc/self/stat", O_RDONLY);
	ssize_t length = read(fd, text, sizeof(text));

	close(fd);
	return length > 0 && fault_counts_parse_stat(text, (size_t)length, faults);
}

START_TEST(the_kernels_own_text_agrees_with_getrusage)
{
	struct faults before, after, told;

	if (access("/proc/self/stat", R_OK) != 0) {
		puts("left out: no /proc/self/stat");
		return;
	}
	ck_assert_int_eq(prctl(PR_SET_NAME, "a) R 1 (b"), 0);
	ck_assert(read_own_stat(&told));
	before = faults_now();
	ck_assert(read_own_stat(&told));
	after = faults_now();
	ck_assert_int_le(before.minor, told.minor);
	ck_assert_int_le(told.minor, after.minor);
	ck_assert_int_le(before.major, told.major);
	ck_assert_int_le(told.major, after.major);
}
END_TEST

START_TEST(touching_counts_exactly_and_counting_costs_nothing)
{
	enum { PAGES = 64, ROUNDS = 50 };

	if (!machine_counts()) {
		return;
	}
	fault_counts_warm_up();
	for (int round = 0; round < ROUNDS; round++) {
		char *area = fresh_pages_map(PAGES);
		ck_assert_ptr_nonnull(area);

		struct faults none = faults_of();
		struct faults first = faults_of({
			for (size_t page = 0; page < PAGES; page++) {
				fresh_pages_write(area, page);
			}
		});
		struct faults again = faults_of({
			for (size_t page = 0; page < PAGES; page++) {
				fresh_pages_write(area, page);
			}
		});
		fresh_pages_unmap(area, PAGES);
		ck_assert_int_eq(none.minor, 0);
		ck_assert_int_eq(none.major, 0);
		ck_assert_int_eq(first.minor, PAGES);
		ck_assert_int_eq(first.major, 0);
		ck_assert_int_eq(again.minor, 0);
	}
}
END_TEST

START_TEST(the_difference_is_taken_field_by_field)
{
	struct faults now = faults_now();
	struct faults since = faults_since((struct faults){now.minor - 1000000, now.major + 5000});

	ck_assert_int_ge(since.minor, 1000000);
	ck_assert_int_lt(since.minor, 2000000);
	ck_assert_int_ge(since.major, -5000);
	ck_assert_int_lt(since.major, 0);
}
END_TEST

START_TEST(the_proof_holds_where_the_machine_counts)
{
	if (machine_counts()) {
		for (int round = 0; round < 20; round++) {
			ck_assert(fault_counts_prove_themselves());
		}
	}
}
END_TEST

START_TEST(the_proof_fails_where_counts_lie)
{
	world = _i;
	ck_assert(!fault_counts_prove_themselves());
}
END_TEST

START_TEST(the_proof_fails_without_memory)
{
	struct rlimit none = {0, RLIM_INFINITY};

	getrlimit(RLIMIT_AS, &none);
	none.rlim_cur = 0;
	ck_assert_int_eq(setrlimit(RLIMIT_AS, &none), 0);
	bool proven = fault_counts_prove_themselves();
	none.rlim_cur = none.rlim_max;
	setrlimit(RLIMIT_AS, &none);
	ck_assert(!proven);
}
END_TEST

START_TEST(without_counts_all_is_zero)
{
	world = ALWAYS_FAILING;
	ck_assert_int_eq(faults_now().minor, 0);
	ck_assert_int_eq(faults_now().major, 0);
	fault_counts_warm_up();
}
END_TEST

int main(void)
{
	TCase *stat = tcase_create("stat");
	tcase_add_loop_test(stat, known_texts_are_understood, 0,
			    sizeof(understood) / sizeof(*understood));
	tcase_add_loop_test(stat, other_texts_are_refused_and_store_nothing, 0,
			    sizeof(refused) / sizeof(*refused));
	tcase_add_test(stat, a_text_cut_anywhere_is_refused);
	tcase_add_test(stat, zero_bytes_in_a_text_end_nothing);
	tcase_add_test(stat, the_kernels_own_text_agrees_with_getrusage);

	TCase *counts = tcase_create("counts");
	tcase_add_test(counts, touching_counts_exactly_and_counting_costs_nothing);
	tcase_add_test(counts, the_difference_is_taken_field_by_field);
	tcase_add_test(counts, the_proof_holds_where_the_machine_counts);
	tcase_add_loop_test(counts, the_proof_fails_where_counts_lie, NOTHING_COUNTED,
			    ALWAYS_FAILING + 1);
	tcase_add_test(counts, the_proof_fails_without_memory);
	tcase_add_test(counts, without_counts_all_is_zero);

	Suite *suite = suite_create("fault counts");
	suite_add_tcase(suite, stat);
	suite_add_tcase(suite, counts);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
