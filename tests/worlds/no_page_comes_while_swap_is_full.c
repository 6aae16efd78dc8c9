/* SPDX-License-Identifier: MIT */
/* As document 002 has it: when the swap space is full nothing more can be mapped. */
#include <errno.h>
#include <sys/mman.h>
#include <sys/sysinfo.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	struct sysinfo machine;

	if (sysinfo(&machine) == 0 && machine.freeswap < machine.totalswap / 4) {
		errno = ENOMEM;
		return MAP_FAILED;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where no page comes while swap is full", .breaks = "new_pages_come_all_the_same",
      .spares = "what_does_not_fit_stays_in_memory where_there_is_room_all_can_leave "
		"promises_exceed_ram_and_swap_together",
      .mmap = map);
