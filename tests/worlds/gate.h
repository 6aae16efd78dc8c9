/* SPDX-License-Identifier: MIT */
/*
 * The gate: between an experiment's calls and the machine, or the world that was chosen.
 */
#ifndef WORLDS_GATE_H
#define WORLDS_GATE_H

#include <stdbool.h>
#include <stddef.h>

#include "worlds/world.h"

/* All worlds, by name. */
const struct world *worlds_first(void);
/* NULL for an unknown name. */
const struct world *worlds_named(const char *name);
/* "munmap_does_nothing" of tests/worlds/munmap_does_nothing.c, in a buffer of 100 bytes. */
void world_name(const struct world *world, char name[100]);

/* What an experiment has mapped through the gate and not unmapped, for worlds that act later: at a fork,
 * say. Pieces that were unmapped or mapped over are cut out. */
struct mapping {
	char *start;
	size_t length;
	int protection, flags, fd;
};
void gate_each_mapping(void (*visit)(const struct mapping *mapping));
/* The one that holds an address, or NULL. */
const struct mapping *gate_mapping_of(const void *address);

#endif
