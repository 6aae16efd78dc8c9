/* SPDX-License-Identifier: MIT */
/* The bytes that read(2) stores are right, and the one behind them is not what it was. */
#include <unistd.h>

#include "worlds/acts.h"

static char *behind;

static void spoil(const struct mapping *mapping)
{
	if (is_private(mapping) && behind > mapping->start &&
	    behind < mapping->start + mapping->length) {
		*behind ^= 1;
	}
}

static ssize_t read_and_spoil(int fd, void *buffer, size_t length)
{
	ssize_t got = read(fd, buffer, length);

	if (got > 0) {
		behind = (char *)buffer + got;
		gate_each_mapping(spoil);
	}
	return got;
}

WORLD("A machine whose read(2) spoils the byte behind those it stores",
      .breaks = "what_the_kernel_stores_is_the_childs_alone the_kernel_may_touch_first",
      .spares = "the_kernel_parts_the_page_it_stores_into cow-16 lazy_pages_raise_no_signal",
      .read = read_and_spoil);
