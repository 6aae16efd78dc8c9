/* SPDX-License-Identifier: MIT */
/* The counters of the machine: there, not there, and growing. */
#include <check.h>
#include <sys/mman.h>

#include "instruments/page_size.h"
#include "instruments/vmstat.h"

START_TEST(what_is_counted_is_told)
{
	ck_assert_int_gt(vmstat_count("pgfault"), 0);
}
END_TEST

START_TEST(what_is_not_counted_is_not_told)
{
	ck_assert_int_eq(vmstat_count("no_such_counter"), -1);
	ck_assert_int_eq(vmstat_count("pgfaul"), -1); /* a part of a name */
	ck_assert_int_eq(vmstat_count(""), -1);
}
END_TEST

START_TEST(several_are_read_at_once)
{
	const char *const names[] = {"pgfault", "no_such_counter", "pgfree"};
	long long before = vmstat_count("pgfault"), counts[3];

	vmstat_counts(3, names, counts);
	ck_assert_int_ge(counts[0], before);
	ck_assert_int_eq(counts[1], -1);
	ck_assert_int_gt(counts[2], 0);
}
END_TEST

/* Processors count for themselves and are summed up when it is read, so nothing lags behind. */
START_TEST(it_grows)
{
	enum { PAGES = 64 };
	size_t size = machine_page_size();
	long long before = vmstat_count("pgfault");
	volatile char *area = mmap(NULL, PAGES * size, PROT_READ | PROT_WRITE,
				   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	ck_assert_ptr_ne((void *)area, MAP_FAILED);
	for (size_t i = 0; i < PAGES; i++) {
		area[i * size] = 1;
	}
	ck_assert_int_gt(vmstat_count("pgfault"), before);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("vmstat");
	TCase *tests = tcase_create("vmstat");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_test(tests, what_is_counted_is_told);
	tcase_add_test(tests, what_is_not_counted_is_not_told);
	tcase_add_test(tests, several_are_read_at_once);
	tcase_add_test(tests, it_grows);
	suite_add_tcase(suite, tests);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? 0 : 1;
}
