/* SPDX-License-Identifier: MIT */
/*
 * Fresh memory on which an instrument proves itself: private, anonymous, in small pages only,
 * so that one touch is one fault and one frame.
 */
#ifndef INSTRUMENTS_FRESH_PAGES_H
#define INSTRUMENTS_FRESH_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/mman.h>

#include "instruments/page_size.h"

/* NULL when there is no address space to be had. */
static inline char *fresh_pages_map(size_t count)
{
	char *area = mmap(NULL, count * machine_page_size(), PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (area == MAP_FAILED) {
		return NULL;
	}
	/* A kernel without huge pages refuses the advice, and needs none. */
	(void)madvise(area, count * machine_page_size(), MADV_NOHUGEPAGE);
	return area;
}

static inline void fresh_pages_unmap(char *area, size_t count)
{
	(void)munmap(area, count * machine_page_size());
}

/* Without a sanitizer's own look-up beside the access: its shadow memory would fault too. */
#define FRESH_PAGES_ACCESS __attribute__((noinline, unused, no_sanitize("address")))

FRESH_PAGES_ACCESS static void fresh_pages_write(char *area, size_t number)
{
	*(volatile char *)(area + number * machine_page_size()) = 1;
}

FRESH_PAGES_ACCESS static void fresh_pages_read(const char *area, size_t number)
{
	(void)*(const volatile char *)(area + number * machine_page_size());
}

/*
 * A proof is tried a few times: between two of its readings the kernel may migrate a page,
 * or swap it out, and both sides were right.
 */
static inline bool fresh_pages_prove(bool (*proof)(void))
{
	for (int attempt = 0; attempt < 3; attempt++) {
		if (proof()) {
			return true;
		}
	}
	return false;
}

#endif
