/* SPDX-License-Identifier: MIT */
/* The pager, by events and by signals: its counts against known tables, its frames, its contents. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include <touchstone/memory.h>
#include <touchstone/pager.h>
#include <touchstone/residency.h>
#include <touchstone/traps.h>

#include "arrange/pager.h"
#include "instruments/trap_door.h"

static const unsigned char belady[] = {0, 1, 2, 3, 0, 1, 4, 0, 1, 2, 3, 4};

typedef void starter(struct pager *pager, const struct policy *policy, size_t pages, size_t frames);
static starter *const starters[] = {start_pager, start_pager_by_signals};
enum { WAYS = 2 };

static unsigned long replayed(int way, const struct policy *policy, size_t frames)
{
	struct pager pager;

	starters[way](&pager, policy, 5, frames);

	unsigned long faults = pager_replay(&pager, belady, sizeof belady);

	ck_assert_uint_eq(pager.accesses, sizeof belady);
	ck_assert_uint_eq(pager.read, faults);
	ck_assert_uint_eq(pager.dropped, faults - frames);
	ck_assert_uint_eq(pager.written, 0);
	stop_pager(&pager);
	ck_assert_uint_eq(faults_on_paper(policy, frames, belady, sizeof belady), faults);
	return faults;
}

START_TEST(counts_are_those_of_the_textbook)
{
	ck_assert_uint_eq(replayed(_i, &fifo, 3), 9);
	ck_assert_uint_eq(replayed(_i, &fifo, 4), 10);
	ck_assert_uint_eq(replayed(_i, &lru, 3), 10);
	ck_assert_uint_eq(replayed(_i, &lru, 4), 8);
	ck_assert_uint_eq(replayed(_i, &optimum, 3), 7);
	ck_assert_uint_eq(replayed(_i, &optimum, 4), 6);
	ck_assert_uint_eq(replayed(_i, &second_chance, 3), 9);
	ck_assert_uint_eq(replayed(_i, &second_chance, 4), 10);
}
END_TEST

START_TEST(no_more_pages_are_present_than_there_are_frames)
{
	struct pager pager;

	starters[_i](&pager, &lru, 16, 4);
	for (size_t i = 0; i < 100; i++) {
		pager_load(&pager, i * 7 % 16, 0);
		ck_assert_uint_le(count_in_memory(pager.memory, 16), 4);
	}
	ck_assert_uint_eq(count_in_memory(pager.memory, 16), 4);
	stop_pager(&pager);
}
END_TEST

/* Random loads and stores against a copy kept beside; every policy, both ways. */
START_TEST(contents_survive_every_eviction)
{
	static const struct policy *const policies[] = {&fifo, &lru, &mru, &second_chance,
							&optimum};
	static unsigned char copy[8 * 65536];

	for (size_t p = 0; p < 5; p++) {
		struct pager pager;
		unsigned random = 7;

		starters[_i](&pager, policies[p], 8, 3);
		pattern_bytes(copy, 8 * page_size(), 1, 0);
		for (size_t i = 0; i < 2000; i++) {
			random = random * 1103515245 + 12345;

			size_t number = random >> 16 & 7;
			size_t offset = (random >> 8) % page_size();
			unsigned char *kept = copy + number * page_size() + offset;

			if (random >> 24 & 1) {
				*kept = (unsigned char)i;
				pager_store(&pager, number, offset, (unsigned char)i);
			}
			ck_assert_uint_eq(pager_load(&pager, number, offset), *kept);
		}
		ck_assert_uint_eq(pager.written + pager.dropped, pager.faults - 3);
		ck_assert_uint_eq(pager.read, pager.faults);
		stop_pager(&pager);
	}
}
END_TEST

START_TEST(watching_costs_what_is_said)
{
	struct pager pager;
	static const unsigned char hits[] = {0, 1, 0, 1, 0, 1, 0, 1};

	starters[_i](&pager, &fifo, 4, 2);
	pager_replay(&pager, hits, sizeof hits);
	ck_assert_uint_eq(pager.noticed, 0);
	pager_store(&pager, 0, 5, 1);
	pager_store(&pager, 0, 6, 1);
	ck_assert_uint_eq(pager.noticed, 1);
	stop_pager(&pager);
	starters[_i](&pager, &lru, 4, 2);
	pager_replay(&pager, hits, sizeof hits);
	ck_assert_uint_eq(pager.noticed, 6);
	stop_pager(&pager);
}
END_TEST

START_TEST(other_signals_go_where_they_went)
{
	struct pager pager;

	trap_door_open(NULL);
	starters[_i](&pager, &lru, 4, 2);
	ck_assert_int_eq(try_load(NULL).signal, SIGSEGV);
	stop_pager(&pager);
	ck_assert_int_eq(try_load(NULL).signal, SIGSEGV);
}
END_TEST

START_TEST(random_strings_are_the_same_everywhere)
{
	static const unsigned char expected[] = {1, 1, 1, 2, 5, 1, 3, 3};
	unsigned char string[sizeof expected], other[sizeof expected];

	random_string(string, sizeof string, 7, 1);
	random_string(other, sizeof other, 7, 2);
	ck_assert_mem_eq(string, expected, sizeof expected);
	ck_assert_mem_ne(other, expected, sizeof expected);
}
END_TEST

START_TEST(a_replay_counts_and_reads_right)
{
	struct pager pager;

	starters[_i](&pager, &fifo, 5, 3);
	assert_replay(&pager, belady, sizeof belady, 9, "faults");
	stop_pager(&pager);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("pager");
	TCase *pager = tcase_create("pager");
	SRunner *runner;
	int failed;

	suite_add_tcase(suite, pager);
	tcase_add_loop_test(pager, counts_are_those_of_the_textbook, 0, WAYS);
	tcase_add_loop_test(pager, no_more_pages_are_present_than_there_are_frames, 0, WAYS);
	tcase_add_loop_test(pager, contents_survive_every_eviction, 0, WAYS);
	tcase_add_loop_test(pager, watching_costs_what_is_said, 0, WAYS);
	tcase_add_loop_test(pager, other_signals_go_where_they_went, 0, WAYS);
	tcase_add_test(pager, random_strings_are_the_same_everywhere);
	tcase_add_loop_test(pager, a_replay_counts_and_reads_right, 0, WAYS);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
