/* SPDX-License-Identifier: MIT */
/* A pager that makes room gives nothing up: the page that has to go stays where it is. */
#include "arrange/pager.h"
#include "worlds/world.h"

static int keep(void *address, size_t length, int advice)
{
	(void)address;
	(void)length;
	(void)advice;
	return 0;
}

static void spare_victims(void)
{
	pager_madvise = keep;
}

WORLD("A machine where a page that has to go stays", .breaks = "with_few_frames_the_order_counts",
      .spares = "within_the_limit_no_order_matters fault-26", .enter = spare_victims);
