/* SPDX-License-Identifier: MIT */
/* MFD_HUGETLB is overlooked. */
#include <sys/mman.h>

#include "worlds/world.h"

#ifndef MFD_HUGETLB
#define MFD_HUGETLB 4U
#endif

static int make(const char *label, unsigned flags)
{
	return memfd_create(label, flags & ~MFD_HUGETLB);
}

WORLD("A machine whose memory files are of small pages",
      .breaks = "its_length_is_counted_in_huge_pages its_pages_come_from_the_pool",
      .spares = "it_is_one_object_for_all memfd-01 memfd-04", .memfd_create = make);
