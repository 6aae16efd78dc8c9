/* SPDX-License-Identifier: MIT */
/*
 * Areas are made all the time, by code that never mentions mmap
 * =============================================================
 *
 * Document 002 presents mmap as something that a program calls. Most calls are made by others: by
 * the dynamic linker for each library, by the thread library for each stack, by malloc for
 * whatever is big. Only small objects come out of memory that malloc has already, which is why
 * document 004 says that the heap is not one big bag of bytes that the kernel manages.
 *
 *      pthread_create()          malloc(1 MiB)              malloc(100), again
 *            |                         |                          |
 *           mmap                      mmap                  (no system call)
 *            v                         v                          v
 *      a new area: a stack       a new area               a corner of an old area
 *
 * Look with: /proc/self/maps before and after. The address that is handed out lies in an area now;
 *            what counts is whether it lay in one before.
 * Read on:   pthread_create(3), malloc(3), proc(5) "maps"; document 004 section 3.5.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include <touchstone/experiment.h>

EXPERIMENT("Areas are made all the time, by code that never mentions mmap");

enum { BIG = 1024 * 1024, SMALL = 100, MANY = 100 };

/* Whether the address lay in one of the areas of an earlier moment. */
static bool was_mapped(struct area_list list, const void *address)
{
	const char *end = list.text + list.length;

	for (const char *line = list.text; line < end; line++) {
		unsigned long start, behind;

		if (sscanf(line, "%lx-%lx", &start, &behind) == 2 && (uintptr_t)address >= start &&
		    (uintptr_t)address < behind) {
			return true;
		}
		line = memchr(line, '\n', (size_t)(end - line));
		if (line == NULL) {
			break;
		}
	}
	return false;
}

/* It lies in an anonymous area, readable and writable, that is neither brk heap nor main stack. */
static void assert_in_an_anonymous_area(const void *address)
{
	struct area area = observe_area(address);

	ck_assert_msg(area.exists, "expected an area that holds %p, seen none", address);
#ifdef __mips__ /* whose kernels long put code there, to emulate branches: glibc still asks for it */
	area.permissions[2] = '-';
#endif
	ck_assert_str_eq(area.permissions, "rw-p");
	ck_assert_str_ne(area.name, "[heap]");
	ck_assert_str_ne(area.name, "[stack]");
	assert_equals(area.inode, 0, "the file behind it");
}

static void *show_stack(void *where)
{
	volatile char local = 's';

	*(uintptr_t *)where = (uintptr_t)&local;
	assert_in_an_anonymous_area((const void *)&local);
	return NULL;
}

CLAIM(a_thread_brings_an_area_for_its_stack, "map-15",
      "The stack of a new thread lies where nothing was mapped before the thread was made",
      .needs = AREA_LIST)
{
	struct area_list before = observe_areas();
	uintptr_t stack = 0;
	pthread_t thread;

	arrange(pthread_create(&thread, NULL, show_stack, &stack) == 0);
	arrange(pthread_join(thread, NULL) == 0);
	assert_equals(was_mapped(before, (void *)stack), false, "the stack was there before");
}

CLAIM(a_big_object_brings_an_area, "map-15",
      "A megabyte from malloc lies where nothing was mapped before, at either end",
      .needs = AREA_LIST | LIBC_MALLOC)
{
	struct area_list before = observe_areas();
	char *volatile big = malloc(BIG);

	arrange(big != NULL);
	assert_equals(was_mapped(before, big), false, "its first byte was there before");
	assert_equals(was_mapped(before, big + BIG - 1), false, "its last byte was there before");
	assert_in_an_anonymous_area(big);
	assert_in_an_anonymous_area(big + BIG - 1);
}

CONTROL(small_objects_bring_none, "map-15",
	"Of a hundred small objects nearly all lie in memory that was mapped before",
	.needs = AREA_LIST | LIBC_MALLOC)
{
	char *volatile first = malloc(SMALL);
	size_t old = 0;

	arrange(first != NULL);
	for (size_t i = 0; i < MANY; i++) {
		struct area_list before = observe_areas();
		char *volatile small = malloc(SMALL);

		arrange(small != NULL);
		old += was_mapped(before, small);
	}
	assert_at_least(old, MANY * 9 / 10, "of a hundred, those in memory that was mapped before");
}
