/* SPDX-License-Identifier: MIT */
/* The program's own counter takes a fault that waited for a disk for a minor one. */
#include "worlds/world.h"

static struct faults count(void)
{
	struct faults faults = faults_now();

	faults.minor += faults.major;
	faults.major = 0;
	return faults;
}

WORLD("A machine where what is read from a disk counts as minor",
      .breaks = "a_major_fault_takes_longer below_a_limit_the_order_counts",
      .spares = "a_cached_file_is_no_slower within_the_limit_no_order_matters "
		"with_few_frames_the_order_counts fault-26",
      .by = "reading", .faults_now = count);
