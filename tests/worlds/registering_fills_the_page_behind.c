/* SPDX-License-Identifier: MIT */
/* To register a range brings the page behind it, filled with something. */
#include <linux/userfaultfd.h>
#include <string.h>
#include <sys/ioctl.h>

#include <touchstone/memory.h>

#include "worlds/gate.h"
#include "worlds/world.h"

static int control(int fd, unsigned long request, void *argument)
{
	struct uffdio_register *wanted = argument;
	int answer = ioctl(fd, request, argument);

	if (answer == 0 && request == UFFDIO_REGISTER) {
		char *behind = (char *)(uintptr_t)(wanted->range.start + wanted->range.len);
		const struct mapping *mapping = gate_mapping_of(behind);

		if (mapping && mapping->protection & PROT_WRITE) {
			memset(behind, 'r', page_size());
		}
	}
	return answer;
}

WORLD("A machine where registering fills the page behind",
      .breaks = "what_is_outside_faults_as_ever it_ends_with_the_mapping a_child_faults_for_itself"
		" the_program_can_bring_a_missing_page_itself."
		"who_is_not_registered_is_served_by_the_kernel",
      .spares = "uffd-14 uffd-01 uffd-04 uffd-06 uffd-07", .ioctl = control);
