/* SPDX-License-Identifier: MIT */
/* What is resident: touchstone/residency.h on the residency instrument. */
#include <touchstone/residency.h>

#include "instruments/residency.h"
#include "words/observer.h"

size_t count_in_memory(const void *start, size_t count)
{
	size_t in_memory = 0;

	observer_demands(residency_count(start, count, &in_memory), "mincore");
	return in_memory;
}

size_t status_bytes(const char *name)
{
	uint64_t bytes = 0;

	observer_demands(residency_status(name, &bytes), name);
	return (size_t)bytes;
}
