/* SPDX-License-Identifier: MIT */
/* What happens to anybody's pages, for disturbance.h. */
#include "instruments/disturbance.h"

#include <stddef.h>

#include "instruments/vmstat.h"

static const char *const counters[DISTURBANCES] = {
	"pgmigrate_success", "compact_isolated", "thp_collapse_alloc",
	"numa_hint_faults",  "pgsteal_kswapd",   "drop_pagecache",
};

static const char *const what_happened[DISTURBANCES] = {
	"the kernel moved pages (pgmigrate_success)",
	"the kernel had pages in hand, to move them (compact_isolated)",
	"the kernel made huge pages of others (thp_collapse_alloc)",
	"the kernel looked who uses which page (numa_hint_faults)",
	"the kernel took pages back (pgsteal_kswapd)",
	"somebody dropped the page cache (drop_pagecache)",
};

struct disturbances disturbances_so_far(void)
{
	struct disturbances now;

	vmstat_counts(DISTURBANCES, counters, now.counts);
	return now;
}

const char *disturbance_since(const struct disturbances *before)
{
	struct disturbances now = disturbances_so_far();

	for (size_t i = 0; i < DISTURBANCES; i++) {
		if (before->counts[i] >= 0 && now.counts[i] > before->counts[i]) {
			return what_happened[i];
		}
	}
	return NULL;
}
