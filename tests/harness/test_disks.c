/* SPDX-License-Identifier: MIT */
/* The disks instrument: on texts of /proc/diskstats, whole, damaged, and the machine's own. */
#include <check.h>
#include <stddef.h>

#include "instruments/disks.h"

#define REST " 17 18 19 20 21 22 23\n"
#define LOOP "   7       0 loop0 900 0 7200 30 5000 0 40000 12 0 10000"
#define BEFORE                                                                                     \
	LOOP REST " 254       0 vda 1000 0 8000 30 200 0 1600 12 0 5000" REST                      \
		  " 254       1 vda1 900 0 7200 30 200 0 1600 12 0 5000" REST
/* In ten seconds: 300 requests, and work in 6 of them. */
#define LATER                                                                                      \
	LOOP REST " 254       0 vda 1100 0 8800 60 400 0 3200 24 3 11000" REST                     \
		  " 254       1 vda1 900 0 7200 30 200 0 1600 12 0 5000" REST

START_TEST(one_that_works_most_of_the_time_is_busy)
{
	ck_assert(disks_were_busy_by(BEFORE, LATER, 10e3));
	ck_assert(!disks_were_busy_by(BEFORE, LATER, 12e3)); /* not more than half */
	ck_assert(!disks_were_busy_by(BEFORE, BEFORE, 10e3));
	ck_assert(!disks_were_busy_by(LATER, BEFORE, 10e3)); /* counters that have begun anew */
}
END_TEST

START_TEST(one_that_hangs_is_not)
{
	ck_assert(!disks_were_busy_by(
		BEFORE, " 254 0 vda 1000 0 8000 30 200 0 1600 12 1 15000" REST, 10e3));
	ck_assert(!disks_were_busy_by(
		BEFORE, " 254 0 vda 1010 0 8000 30 200 0 1600 12 1 15000" REST, 10e3));
}
END_TEST

START_TEST(what_claims_make_themselves_does_not_count)
{
	ck_assert(!disks_were_busy_by(BEFORE, "7 0 loop0 99999 0 1 1 99999 0 1 1 0 20000" REST,
				      10e3));
	ck_assert(!disks_were_busy_by("253 0 zram0 1 0 1 1 1 0 1 1 0 1" REST,
				      "253 0 zram0 9999 0 1 1 9999 0 1 1 0 9999" REST, 10e3));
}
END_TEST

START_TEST(one_that_has_come_since_does_not_count)
{
	ck_assert(!disks_were_busy_by(LOOP REST, LATER, 10e3));
	ck_assert(!disks_were_busy_by("", LATER, 10e3));
}
END_TEST

START_TEST(damaged_text_tells_nothing)
{
	static const char *const damaged[] = {
		"",
		"\n\n\n",
		"vda",
		"254 0 vda",
		"254 0 vda 1100 0 8800 60 400 0 3200 24 3",
		"254 0 vda 1100 0 8800 60 400 0 3200 24 3 x",
		"254 0 vda -1 -1 x",
		"a line that is longer than the name of any disk could be, with no number in it "
		"whatsoever, and no end",
	};

	for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
		ck_assert(!disks_were_busy_by(BEFORE, damaged[i], 10e3));
		ck_assert(!disks_were_busy_by(damaged[i], LATER, 10e3));
		ck_assert(!disks_were_busy_by(damaged[i], damaged[i], 10e3));
	}
	ck_assert(disks_were_busy_by("\n254 0\n" BEFORE, LATER "254", 10e3));
}
END_TEST

START_TEST(the_machines_own_can_be_asked)
{
	disks_note();
	(void)disks_were_busy(); /* whatever the others do */
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("disks");
	TCase *tests = tcase_create("disks");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_test(tests, one_that_works_most_of_the_time_is_busy);
	tcase_add_test(tests, one_that_hangs_is_not);
	tcase_add_test(tests, what_claims_make_themselves_does_not_count);
	tcase_add_test(tests, one_that_has_come_since_does_not_count);
	tcase_add_test(tests, damaged_text_tells_nothing);
	tcase_add_test(tests, the_machines_own_can_be_asked);
	suite_add_tcase(suite, tests);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? 0 : 1;
}
