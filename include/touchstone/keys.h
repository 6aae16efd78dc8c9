/* SPDX-License-Identifier: MIT */
/*
 * What this thread may do with memory that has a protection key (pkeys(7)).
 *
 * The rights are in a register of the thread, not in the kernel: a program changes them itself,
 * without a system call. An access that they refuse is SIGSEGV with SEGV_PKUERR.
 * Beware:   the kernel enters a signal handler with every key closed but key 0, and only a return
 *           from it brings the rights back. try_load() and its like (traps.h) jump out of theirs: after
 *           an access that was refused the rights are to be set anew.
 * Needs:    PROTECTION_KEYS; the register is known for x86 alone, undecided elsewhere.
 */
#ifndef TOUCHSTONE_KEYS_H
#define TOUCHSTONE_KEYS_H

#include <signal.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/outcome.h>

#ifndef SEGV_PKUERR
#define SEGV_PKUERR 4
#endif
#ifndef PKEY_DISABLE_ACCESS
#define PKEY_DISABLE_ACCESS 1
#define PKEY_DISABLE_WRITE  2
#endif

enum { RIGHTS_BITS = 2 }; /* two bits a key: no access, no writing */

static inline unsigned touchstone_key_register(void)
{
#if defined(__x86_64__) || defined(__i386__)
	unsigned rights, zero;

	__asm__ volatile(".byte 0x0f, 0x01, 0xee" : "=a"(rights), "=d"(zero) : "c"(0)); /* rdpkru */
	return rights;
#else
	undecided("needs an x86 processor, whose register of key rights is known here");
#endif
}

/* PKEY_DISABLE_ACCESS, PKEY_DISABLE_WRITE, both, or 0: all is allowed. */
static inline unsigned key_rights(int key)
{
	return touchstone_key_register() >> (RIGHTS_BITS * key) & 3;
}

static inline void set_key_rights(int key, unsigned rights)
{
	unsigned all = touchstone_key_register() & ~(3u << (RIGHTS_BITS * key));

	all |= rights << (RIGHTS_BITS * key);
#if defined(__x86_64__) || defined(__i386__)
	__asm__ volatile(".byte 0x0f, 0x01, 0xef"
			 :
			 : "a"(all), "c"(0), "d"(0)
			 : "memory"); /* wrpkru */
#endif
}

/* The system calls themselves: not every C library has them, and glibc changes what it passes on. */
static inline long raw_pkey_alloc(unsigned long flags, unsigned long rights)
{
	return syscall(SYS_pkey_alloc, flags, rights);
}

static inline long raw_pkey_free(long key)
{
	return syscall(SYS_pkey_free, key);
}

static inline long raw_pkey_mprotect(void *start, size_t length, long rights, long key)
{
	return syscall(SYS_pkey_mprotect, start, length, rights, key);
}

#endif
