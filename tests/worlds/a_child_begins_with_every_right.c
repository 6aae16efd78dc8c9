/* SPDX-License-Identifier: MIT */
/* A child may read and write all the memory that its parent has mapped. */
#include <sys/mman.h>

#include "worlds/gate.h"

static void open_up(const struct mapping *mapping)
{
	mprotect(mapping->start, mapping->length, PROT_READ | PROT_WRITE);
}

static void open_all(void)
{
	gate_each_mapping(open_up);
}

WORLD("A machine where a child begins with every right",
      .breaks = "a_child_begins_with_its_parents_rights", .spares = "prot-39 prot-30 prot-37",
      .born = open_all);
