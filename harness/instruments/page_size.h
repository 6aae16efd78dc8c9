/* SPDX-License-Identifier: MIT */
/*
 * The size of a page, for the instruments. Asked each time: libc has it from the auxiliary vector,
 * and a value cached on first use would be one more thing that a broken machine can spoil.
 */
#ifndef INSTRUMENTS_PAGE_SIZE_H
#define INSTRUMENTS_PAGE_SIZE_H

#include <stddef.h>
#include <unistd.h>

static inline size_t machine_page_size(void)
{
	return (size_t)sysconf(_SC_PAGESIZE);
}

#endif
