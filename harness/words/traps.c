/* SPDX-License-Identifier: MIT */
/* Assertions on accesses that may be refused: touchstone/traps.h on the trap instrument. */
#include <touchstone/traps.h>

#include <stdio.h>

#include <touchstone/memory.h>

#include "instruments/trap_door.h"
#include "run/record.h"

static const char *const accesses[] = {"load from", "store to", "call of"};

static void describe(char *buffer, size_t size, struct trap trap)
{
	if (trap.signal) {
		snprintf(buffer, size, "%s (%s) at %p", trap_signal_name(trap.signal),
			 trap_code_name(trap.signal, trap.code), trap.address);
	} else {
		snprintf(buffer, size, "it went through");
	}
}

/* The address as far as this machine tells it: to the byte, or to the page. */
static bool same_address(const void *seen, const void *expected)
{
	return trap_door_tells_bytes() ? seen == expected : page_of(seen) == page_of(expected);
}

void touchstone_assert_trap(struct place place, struct trap trap, int signal, int code,
			    const void *address)
{
	char what[100], seen[200], expected[300];
	bool codes = trap_door_tells_codes();

	snprintf(what, sizeof what, "%s %p", accesses[trap.access], trap.target);
	describe(seen, sizeof seen, trap);
	evidence(what, "%s", seen);
	record_write(RECORD_STRENGTH, codes ? "signal, code and address" : "signal and address",
		     NULL);

	if (trap.signal == signal && (signal == 0 || ((!codes || trap.code == code) &&
						      same_address(trap.address, address)))) {
		return;
	}
	if (signal) {
		snprintf(expected, sizeof expected, "%s gives %s (%s) at %p", what,
			 trap_signal_name(signal), trap_code_name(signal, code), address);
	} else {
		snprintf(expected, sizeof expected, "%s goes through", what);
	}
	broken(place, expected, "%s", seen);
}
