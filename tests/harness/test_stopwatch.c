/* SPDX-License-Identifier: MIT */
/*
 * The stopwatch: it moves, never backwards, in every thread and child, and in nanoseconds. And by it, whether a
 * claim has time left.
 */
#include <check.h>
#include <pthread.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <touchstone/outcome.h>

#include "instruments/stopwatch.h"
#include "run/outcome.h"

START_TEST(it_never_goes_backwards)
{
	uint64_t last = stopwatch_ns(), first = last;

	for (int i = 0; i < 200000; i++) {
		uint64_t now = stopwatch_ns();

		ck_assert_msg(now >= last, "%llu after %llu", (unsigned long long)now,
			      (unsigned long long)last);
		last = now;
	}
	ck_assert_uint_gt(last, first);
}
END_TEST

/* A pause is never shorter than asked for; that is all that can be said of it. */
START_TEST(it_counts_nanoseconds)
{
	struct timespec pause = {.tv_nsec = 20 * 1000 * 1000};
	uint64_t start = stopwatch_ns();

	while (clock_nanosleep(CLOCK_MONOTONIC, 0, &pause, &pause) != 0) {
		;
	}
	ck_assert_uint_ge(stopwatch_ns() - start, UINT64_C(20) * 1000 * 1000);
}
END_TEST

static double seconds(void)
{
	struct timespec now;

	ck_assert_int_eq(clock_gettime(CLOCK_MONOTONIC, &now), 0);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

START_TEST(it_is_the_monotonic_clock)
{
	double before = seconds(), read = (double)stopwatch_ns() / 1e9, after = seconds();

	/* A microsecond for the rounding of a double. */
	ck_assert_double_ge(read, before - 1e-6);
	ck_assert_double_le(read, after + 1e-6);
}
END_TEST

static void *read_it(void *result)
{
	*(uint64_t *)result = stopwatch_ns();
	return NULL;
}

START_TEST(threads_and_children_read_the_same_clock)
{
	uint64_t before = stopwatch_ns(), inside = 0;
	pthread_t thread;
	int ends[2];
	pid_t child;

	ck_assert_int_eq(pthread_create(&thread, NULL, read_it, &inside), 0);
	pthread_join(thread, NULL);
	ck_assert_uint_le(before, inside);
	ck_assert_uint_le(inside, stopwatch_ns());

	ck_assert_int_eq(pipe(ends), 0);
	before = stopwatch_ns();
	child = fork();
	if (child == 0) {
		inside = stopwatch_ns();
		_exit(write(ends[1], &inside, sizeof inside) == sizeof inside ? 0 : 1);
	}
	ck_assert_int_eq(read(ends[0], &inside, sizeof inside), sizeof inside);
	ck_assert_int_eq(waitpid(child, NULL, 0), child);
	ck_assert_uint_le(before, inside);
	ck_assert_uint_le(inside, stopwatch_ns());
}
END_TEST

START_TEST(it_proves_itself)
{
	struct timespec resolution;

	ck_assert_int_eq(clock_getres(CLOCK_MONOTONIC, &resolution), 0);
	if (resolution.tv_sec == 0 && resolution.tv_nsec == 1) {
		ck_assert(stopwatch_proves_itself());
	}
}
END_TEST

START_TEST(half_of_a_claims_time_is_there_to_be_waited)
{
	ck_assert(time_is_left()); /* nobody has set a limit */
	outcome_note_time(2);

	uint64_t begin = stopwatch_ns();

	while (time_is_left()) {
		ck_assert_uint_lt(stopwatch_ns() - begin, UINT64_C(30) * 1000 * 1000 * 1000);
	}
	ck_assert_uint_ge(stopwatch_ns() - begin, UINT64_C(990) * 1000 * 1000);
	outcome_note_time(600);
	ck_assert(time_is_left());
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("stopwatch");
	TCase *tests = tcase_create("stopwatch");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_test(tests, it_never_goes_backwards);
	tcase_add_test(tests, it_counts_nanoseconds);
	tcase_add_test(tests, it_is_the_monotonic_clock);
	tcase_add_test(tests, threads_and_children_read_the_same_clock);
	tcase_add_test(tests, it_proves_itself);
	tcase_add_test(tests, half_of_a_claims_time_is_there_to_be_waited);
	tcase_set_timeout(tests, 60);
	suite_add_tcase(suite, tests);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? 0 : 1;
}
