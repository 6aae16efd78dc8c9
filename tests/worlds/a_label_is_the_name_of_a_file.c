/* SPDX-License-Identifier: MIT */
/* A label that was used before leads to the file that has it. */
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "worlds/world.h"

static int make(const char *label, unsigned flags)
{
	static char former_label[NAME_MAX];
	static int former = -1;

	if (former >= 0 && strcmp(former_label, label) == 0) {
		return dup(former);
	}
	former = memfd_create(label, flags);
	snprintf(former_label, sizeof former_label, "%s", label);
	return former;
}

WORLD("A machine where a label is the name of a memory file",
      .breaks = "one_label_serves_many_files",
      .spares = "it_is_empty_at_first its_label_is_shown_by_proc memfd-07", .memfd_create = make);
