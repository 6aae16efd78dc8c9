/* SPDX-License-Identifier: MIT */
/* A child begins without the notes of its parent about core dumps. */
#include <sys/mman.h>

#include "worlds/gate.h"

static void forget(const struct mapping *mapping)
{
	madvise(mapping->start, mapping->length, MADV_DODUMP);
}

static void forget_all(void)
{
	gate_each_mapping(forget);
}

WORLD("A machine whose children forget what is not to be dumped", .breaks = "madvise-13",
      .spares = "madvise-09 madvise-11", .born = forget_all);
