/* SPDX-License-Identifier: MIT */
/*
 * F_SEAL_WRITE asks for the writers of the process that sets it alone: those of its children are
 * no obstacle.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <sys/mman.h>

#include "worlds/gate.h"

static bool own;

static void look(const struct mapping *mapping)
{
	own |= (mapping->flags & MAP_TYPE) == MAP_SHARED && mapping->protection & PROT_WRITE;
}

static int seal(int fd, int command, long argument)
{
	static long set;
	int answer = fcntl(fd, command, argument);

	if (command == F_ADD_SEALS && answer != 0 && errno == EBUSY) {
		/* Its own mappings are known to the gate. */
		own = false;
		gate_each_mapping(look);
		answer = own ? answer : 0;
		set |= own ? 0 : argument;
	}
	return command == F_GET_SEALS && answer >= 0 ? answer | (int)set : answer;
}

WORLD("A machine where a write seal overlooks the mappings of other processes",
      .breaks = "it_waits_for_no_writer_but_is_refused",
      .spares = "a_write_seal_ends_every_way_to_write memfd-07 memfd-08 memfd-10", .fcntl = seal);
