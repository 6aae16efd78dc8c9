/* SPDX-License-Identifier: MIT */
/*
 * The array behind arena.h. It lies in bss and no byte of it is handed out twice, so what is
 * taken is zero without being written.
 */
#include "instruments/arena.h"

#include <stdbool.h>

enum { ARENA_SIZE = 2 * 1024 * 1024, ARENA_ALIGNMENT = 16 };

static _Alignas(ARENA_ALIGNMENT) unsigned char array[ARENA_SIZE];
static size_t taken;

/* Threads of an experiment observe too; they share the array without a lock. */
void *arena_take(size_t length)
{
	size_t before = __atomic_load_n(&taken, __ATOMIC_RELAXED);
	size_t after;

	do {
		if (length > ARENA_SIZE - before) { /* tested before rounding up, which may wrap */
			return NULL;
		}
		after = before + (length + ARENA_ALIGNMENT - 1) / ARENA_ALIGNMENT * ARENA_ALIGNMENT;
	} while (!__atomic_compare_exchange_n(&taken, &before, after, false, __ATOMIC_RELAXED,
					      __ATOMIC_RELAXED));
	return array + before;
}

size_t arena_left(void)
{
	return ARENA_SIZE - __atomic_load_n(&taken, __ATOMIC_RELAXED);
}
