/* SPDX-License-Identifier: MIT */
/*
 * Accesses through a segment, as a program of the 32-bit mode makes them (x86).
 *
 *     syscall(SYS_modify_ldt, 1, &descriptor, sizeof descriptor)      entry 0 is described
 *     struct trap trap = try_load_through(local_selector(0), 100);
 *     assert_trap(trap, SIGSEGV, SI_KERNEL, NULL);                    100 is behind its limit
 *
 * Observes: as traps.h. In 64-bit mode the processor ignores most of what a descriptor says; a 64-bit
 *           program therefore changes into the 32-bit mode for the one access, by a far jump into a code
 *           segment of its own (entry CODE_SEGMENT of its LDT), and back. The access uses gs there, and
 *           fs in 32-bit programs, whose C library needs gs itself.
 * Needs:    undecided where this is no x86, where modify_ldt(2) is not to be had, or where 32-bit code
 *           cannot be entered.
 */
#ifndef TOUCHSTONE_SEGMENTS_H
#define TOUCHSTONE_SEGMENTS_H

#include <stddef.h>
#include <sys/syscall.h>

#include <touchstone/traps.h>

#if defined(__x86_64__) || defined(__i386__)
#include <asm/ldt.h>
#else
#undef SYS_modify_ldt /* POWER has a number for it, and no such call */
#define SYS_modify_ldt -1
struct user_desc { /* so that an experiment compiles where it can only be undecided */
	unsigned entry_number, base_addr, limit;
	unsigned seg_32bit : 1, contents : 2, read_exec_only : 1, limit_in_pages : 1;
	unsigned seg_not_present : 1, useable : 1;
};
#endif

enum { CODE_SEGMENT = 7 }; /* taken; the entries below are the experiment's */

/* What a segment register holds to mean an entry of the local table, asked for by a user. */
static inline unsigned local_selector(unsigned entry)
{
	return entry << 3 | 7;
}

/* A page that holds the pattern 1, where the 32 bits of a segment's base can lead. */
unsigned char *low_page(void);

struct trap try_load_through(unsigned selector, size_t offset);
struct trap try_store_through(unsigned selector, size_t offset, unsigned char value);

#endif
