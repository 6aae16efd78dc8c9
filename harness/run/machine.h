/* SPDX-License-Identifier: MIT */
/*
 * The fingerprint of the machine: what a reader needs to know to compare two runs.
 */
#ifndef RUN_MACHINE_H
#define RUN_MACHINE_H

#include <stddef.h>

enum { MACHINE_FACTS = 20, FACT_LENGTH = 200 };

struct machine {
	size_t count;
	struct {
		const char *name; /* "kernel", "page_size" */
		char value[FACT_LENGTH];
	} fact[MACHINE_FACTS];
};

/* Reads what can be read; a fact that cannot be is "unknown". */
void machine_look(struct machine *machine);

#endif
