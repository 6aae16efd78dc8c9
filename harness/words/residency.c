/* SPDX-License-Identifier: MIT */
/* What is resident: touchstone/residency.h on the residency instrument. */
#include <touchstone/residency.h>

#include <touchstone/memory.h>

#include "instruments/residency.h"
#include "words/observer.h"

size_t count_in_memory(const void *start, size_t count)
{
	size_t in_memory = 0;

	observer_demands(residency_count(start, count, &in_memory), "mincore");
	return in_memory;
}

/*
 * What the harness itself will write to lies in the program's bss, megabytes of it: the tables for
 * that are brought now, so that none is added while a claim counts its own.
 */
static void bring_own_tables(void)
{
	extern char __bss_start[], _end[];
	uintptr_t start = (uintptr_t)__bss_start, end = (uintptr_t)_end;
	size_t stretch = page_size() * (page_size() / sizeof(void *));

	for (uintptr_t at = start; at < end; at += stretch) {
		load((const void *)at);
	}
	load((const void *)(end - 1));
}

size_t status_bytes(const char *name)
{
	uint64_t bytes = 0;

	bring_own_tables();
	observer_demands(residency_status(name, &bytes), name);
	return (size_t)bytes;
}
