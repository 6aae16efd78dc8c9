/* SPDX-License-Identifier: MIT */
/* The last page of what was mapped never counts as used. */
#include "worlds/gate.h"

static struct usage observe(const char *label, const void *start, size_t length)
{
	struct usage usage = observe_usage(label, start, length);
	const struct mapping *mapping = gate_mapping_of(start);

	if (mapping && (const char *)start + length == mapping->start + mapping->length) {
		usage.referenced = 0;
	}
	return usage;
}

WORLD("A machine where the use of the last page is not noted", .by = "reading",
      .breaks = "pressure-13", .spares = "pressure-10 oom-03", .observe_usage = observe);
