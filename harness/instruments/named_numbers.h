/* SPDX-License-Identifier: MIT */
/* Tables of numbers that have names: signals, codes, errors. Async-signal-safe. */
#ifndef INSTRUMENTS_NAMED_NUMBERS_H
#define INSTRUMENTS_NAMED_NUMBERS_H

#include <stddef.h>

struct named_number {
	int number;
	const char *name;
};

/* An entry for a constant. */
#define NAMED(constant_)                                                                           \
	{                                                                                          \
		constant_, #constant_                                                              \
	}

/* The name in a table, which is an array; NULL where it has none. */
#define NAME_OF(table_, number_)                                                                   \
	named_number_find(table_, sizeof(table_) / sizeof *(table_), number_)

static inline const char *named_number_find(const struct named_number *table, size_t count,
					    int number)
{
	for (size_t i = 0; i < count; i++) {
		if (table[i].number == number) {
			return table[i].name;
		}
	}
	return NULL;
}

#endif
