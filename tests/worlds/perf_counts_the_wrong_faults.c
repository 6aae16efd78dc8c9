/* SPDX-License-Identifier: MIT */
/* Of perf's events, page-faults counts the repaired ones, and minor-faults the major ones. */
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/world.h"

enum { PAGE_FAULTS = 2, MINOR_FAULTS = 5, MAJOR_FAULTS = 6 };

static long call(long number, const long argument[6])
{
	uint64_t event;
	char *config = (char *)argument[0] + 2 * sizeof(uint32_t);

	if (number == SYS_perf_event_open) {
		memcpy(&event, config, sizeof event);
		event = event == PAGE_FAULTS ? MINOR_FAULTS : MAJOR_FAULTS;
		memcpy(config, &event, sizeof event);
	}
	return syscall(number, argument[0], argument[1], argument[2], argument[3], argument[4],
		       argument[5]);
}

WORLD("A machine whose perf events count the wrong faults",
      .breaks = "the_processor_did_fault perf_agrees_about_the_repaired_ones",
      .spares = "a_fault_that_becomes_a_signal_is_not_counted they_agree_about_minor_faults",
      .syscall = call);
