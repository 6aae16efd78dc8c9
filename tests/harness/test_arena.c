/* SPDX-License-Identifier: MIT */
/*
 * The arena: what it hands out is aligned, zero, apart from everything else, and ends where it
 * says. Each test is a fork of its own, and so finds the arena unused.
 */
#include <check.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "instruments/arena.h"

enum { MEBIBYTE = 1024 * 1024, WHOLE = 2 * MEBIBYTE, ALIGNMENT = 16 };

START_TEST(a_fresh_arena_is_whole)
{
	ck_assert_uint_eq(arena_left(), WHOLE);
}
END_TEST

START_TEST(every_piece_is_aligned_and_zero_and_apart)
{
	static const size_t lengths[] = {1, 15, 16, 17, 8, 5000, 3, 100000};
	char *end = NULL;

	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++) {
		char *piece = arena_take(lengths[i]);
		ck_assert_ptr_nonnull(piece);
		ck_assert_uint_eq((uintptr_t)piece % ALIGNMENT, 0);
		if (end) {
			ck_assert(piece >= end);
		}
		size_t zeros = 0;
		while (zeros < lengths[i] && piece[zeros] == 0) {
			zeros++;
		}
		ck_assert_uint_eq(zeros, lengths[i]);
		memset(piece, 0xff, lengths[i]);
		end = piece + lengths[i];
	}
}
END_TEST

START_TEST(what_is_left_shrinks_by_what_is_taken_rounded_up)
{
	arena_take(1);
	ck_assert_uint_eq(arena_left(), WHOLE - 16);
	arena_take(16);
	ck_assert_uint_eq(arena_left(), WHOLE - 32);
	arena_take(17);
	ck_assert_uint_eq(arena_left(), WHOLE - 64);
}
END_TEST

START_TEST(nothing_is_taken_by_a_length_of_zero)
{
	ck_assert_ptr_nonnull(arena_take(0));
	ck_assert_uint_eq(arena_left(), WHOLE);
}
END_TEST

START_TEST(the_whole_can_be_taken_at_once_and_written)
{
	char *all = arena_take(WHOLE);

	ck_assert_ptr_nonnull(all);
	ck_assert_uint_eq(arena_left(), 0);
	all[0] = 1;
	all[WHOLE - 1] = 1;
	ck_assert_ptr_null(arena_take(1));
	ck_assert_uint_eq(arena_left(), 0);
}
END_TEST

START_TEST(a_refused_length_takes_nothing)
{
	static const size_t lengths[] = {WHOLE,        WHOLE + 1,     SIZE_MAX / 2,
					 SIZE_MAX - 1, SIZE_MAX - 15, SIZE_MAX};

	ck_assert_ptr_nonnull(arena_take(1));
	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++) {
		ck_assert_ptr_null(arena_take(lengths[i]));
	}
	ck_assert_uint_eq(arena_left(), WHOLE - 16);
	ck_assert_ptr_nonnull(arena_take(WHOLE - 16));
}
END_TEST

START_TEST(the_last_bytes_are_handed_out)
{
	ck_assert_ptr_nonnull(arena_take(WHOLE - 16));
	char *last = arena_take(9);
	ck_assert_ptr_nonnull(last);
	last[8] = 1;
	ck_assert_uint_eq(arena_left(), 0);
}
END_TEST

START_TEST(a_child_takes_from_its_own_copy)
{
	char *before = arena_take(16);
	before[0] = 'p';

	pid_t child = fork();
	if (child == 0) {
		char *piece = arena_take(16);
		before[0] = 'c';
		_exit(piece == before + 16 && arena_left() == WHOLE - 32 ? 0 : 1);
	}
	int status;
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
	ck_assert_uint_eq(arena_left(), WHOLE - 16);
	ck_assert_int_eq(before[0], 'p');
}
END_TEST

enum { THREADS = 4, PIECES = 5000 };

static void *take_and_mark(void *mark)
{
	for (int i = 0; i < PIECES; i++) {
		uint64_t *piece = arena_take(2 * sizeof(uint64_t));
		if (!piece || piece[0] != 0 || piece[1] != 0) {
			return NULL;
		}
		piece[0] = piece[1] = (uint64_t)(uintptr_t)mark;
	}
	return mark;
}

START_TEST(threads_never_get_the_same_piece)
{
	pthread_t threads[THREADS];

	for (uintptr_t i = 0; i < THREADS; i++) {
		ck_assert_int_eq(pthread_create(&threads[i], NULL, take_and_mark, (void *)(i + 1)),
				 0);
	}
	for (uintptr_t i = 0; i < THREADS; i++) {
		void *mark;
		ck_assert_int_eq(pthread_join(threads[i], &mark), 0);
		ck_assert_ptr_eq(mark, (void *)(i + 1));
	}
	ck_assert_uint_eq(arena_left(), WHOLE - THREADS * PIECES * 16);
}
END_TEST

int main(void)
{
	TCase *arena = tcase_create("arena");
	tcase_add_test(arena, a_fresh_arena_is_whole);
	tcase_add_test(arena, every_piece_is_aligned_and_zero_and_apart);
	tcase_add_test(arena, what_is_left_shrinks_by_what_is_taken_rounded_up);
	tcase_add_test(arena, nothing_is_taken_by_a_length_of_zero);
	tcase_add_test(arena, the_whole_can_be_taken_at_once_and_written);
	tcase_add_test(arena, a_refused_length_takes_nothing);
	tcase_add_test(arena, the_last_bytes_are_handed_out);
	tcase_add_test(arena, a_child_takes_from_its_own_copy);
	tcase_add_test(arena, threads_never_get_the_same_piece);

	Suite *suite = suite_create("arena");
	suite_add_tcase(suite, arena);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
