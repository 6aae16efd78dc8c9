/* SPDX-License-Identifier: MIT */
/*
 * Accesses that may be refused, survived and returned as a value.
 *
 *     struct trap trap = try_store(guard, 1);
 *     assert_trap(trap, SIGSEGV, SEGV_ACCERR, guard);
 *
 * Observes: the signal, its si_code and its si_addr (sigaction(2)); signal 0 says that the access went
 *           through. The access happens once, and is never repeated after a trap.
 * Strength: some sandboxes give every refusal the same si_code, and s390x reports the page
 *           instead of the byte. The instrument finds out by one probe and asserts only what is told
 *           truly here; the strength is kept as evidence. Code and page of the address are
 *           asserted wherever the probe shows that they are told.
 * Needs:    nothing. Threads may use it, each for itself.
 */
#ifndef TOUCHSTONE_TRAPS_H
#define TOUCHSTONE_TRAPS_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

#include <touchstone/outcome.h>

enum access { LOAD, STORE, CALL };

struct trap {
	enum access access;
	const void *target;   /* what was accessed */
	int signal;           /* 0: it went through */
	int code;             /* si_code */
	const void *address;  /* si_addr */
	unsigned char loaded; /* what a load that went through has read */
};

struct trap try_load(const void *address);
struct trap try_store(void *address, unsigned char value);
/* Jumps to the address as to a function without arguments; the code there has to return. */
struct trap try_call(const void *code);

/*
 * The machine code of a function that does nothing but return, to be copied somewhere and called
 * (then clear the instruction cache with __builtin___clear_cache). Its length is below 64 bytes.
 */
size_t copy_return_function(void *to);

/* It was refused with this signal and code, at this address. */
#define assert_trap(trap_, signal_, code_, address_)                                               \
	touchstone_assert_trap(HERE, trap_, signal_, code_, address_)
/* It was not refused. */
#define assert_no_trap(trap_) touchstone_assert_trap(HERE, trap_, 0, 0, NULL)

/*
 * Where a linear walk is stopped: loads, or stores the letter A, byte after byte from start upwards
 * (or downwards), at most length of them; yields how many went through.
 */
size_t bytes_until_trap(enum access access, void *start, size_t length, int direction);

void touchstone_assert_trap(struct place place, struct trap trap, int signal, int code,
			    const void *address);

#endif
