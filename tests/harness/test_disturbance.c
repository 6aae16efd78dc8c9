/* SPDX-License-Identifier: MIT */
/* What happens to anybody's pages: told when it has happened since, and not otherwise. */
#include <check.h>
#include <limits.h>
#include <string.h>

#include "instruments/disturbance.h"

static struct disturbances all_at(long long count)
{
	struct disturbances all;

	for (int i = 0; i < DISTURBANCES; i++) {
		all.counts[i] = count;
	}
	return all;
}

START_TEST(what_has_grown_is_told_with_its_counter)
{
	struct disturbances now = disturbances_so_far();

	for (int i = 0; i < DISTURBANCES; i++) {
		struct disturbances before = all_at(LLONG_MAX);

		before.counts[i] = 0;
		if (now.counts[i] > 0) {
			ck_assert_ptr_nonnull(strchr(disturbance_since(&before), '('));
		} else if (now.counts[i] < 0) {
			ck_assert_ptr_null(disturbance_since(&before));
		}
	}
}
END_TEST

START_TEST(what_has_not_grown_is_not_told)
{
	struct disturbances before = all_at(LLONG_MAX);

	ck_assert_ptr_null(disturbance_since(&before));
}
END_TEST

START_TEST(what_was_not_counted_before_is_not_told)
{
	struct disturbances before = all_at(-1);

	ck_assert_ptr_null(disturbance_since(&before));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("disturbance");
	TCase *tests = tcase_create("disturbance");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_test(tests, what_has_grown_is_told_with_its_counter);
	tcase_add_test(tests, what_has_not_grown_is_not_told);
	tcase_add_test(tests, what_was_not_counted_before_is_not_told);
	suite_add_tcase(suite, tests);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? 0 : 1;
}
