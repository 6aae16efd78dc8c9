/* SPDX-License-Identifier: MIT */
/* Whenever faults begin to be counted, the first that waits for a disk is left out. */
#include "worlds/world.h"

static struct faults count(void)
{
	struct faults faults = faults_now();

	faults.major++;
	return faults;
}

WORLD("A machine where the first wait for a disk is not counted",
      .breaks = "a_major_fault_takes_longer",
      .spares = "a_fault_is_dearer_than_a_present_page within_the_limit_no_order_matters "
		"with_few_frames_the_order_counts",
      .by = "reading", .faults_now = count);
