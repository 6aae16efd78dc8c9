/* SPDX-License-Identifier: MIT */
/*
 * specimen flags: -nostdlib -static -no-pie -fno-pie -ffreestanding -O1 -Wno-unused-command-line-argument
 *
 * A program that does nothing. Built as starts_with_a_library.c it does what the start-up code
 * of a library does before that: it goes through tables of its own.
 */
#include "../../program-loading/specimens/specimen.h"

#ifdef LIBRARY_PAGES
enum { LARGEST_PAGE = 65536 };

static volatile unsigned char tables[(LIBRARY_PAGES + 1) * LARGEST_PAGE];

static void start_library(unsigned long page_size)
{
	for (unsigned long i = 0; i < LIBRARY_PAGES; i++) {
		tables[i * page_size] = 1;
	}
}
#endif

int specimen(long *stack)
{
#ifdef LIBRARY_PAGES
	start_library(auxiliary_value(stack, AT_PAGESZ));
#else
	(void)stack;
#endif
	return 0;
}
