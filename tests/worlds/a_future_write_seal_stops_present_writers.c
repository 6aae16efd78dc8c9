/* SPDX-License-Identifier: MIT */
/* Who has the file mapped when it is sealed cannot store to it any more. */
#include <fcntl.h>
#include <sys/mman.h>

#include "worlds/gate.h"

#ifndef F_SEAL_FUTURE_WRITE
#define F_SEAL_FUTURE_WRITE 0x0010
#endif

static void stop(const struct mapping *mapping)
{
	if ((mapping->flags & MAP_TYPE) == MAP_SHARED) {
		mprotect(mapping->start, mapping->length, PROT_READ);
	}
}

static int seal(int fd, int command, long argument)
{
	if (command == F_ADD_SEALS && argument & F_SEAL_FUTURE_WRITE) {
		gate_each_mapping(stop);
	}
	return fcntl(fd, command, argument);
}

WORLD("A machine where a future write seal stops present writers", .breaks = "memfd-10",
      .spares = "memfd-07 memfd-08 memfd-09", .fcntl = seal);
