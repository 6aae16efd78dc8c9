/* SPDX-License-Identifier: MIT */
/*
 * The trap instrument: one access, whose refusal is survived and described. touchstone/traps.h
 * has the words; here is what else the harness needs of it.
 */
#ifndef INSTRUMENTS_TRAP_DOOR_H
#define INSTRUMENTS_TRAP_DOOR_H

#include <signal.h>
#include <stdbool.h>

/*
 * Installs the handlers of SIGSEGV, SIGBUS, SIGILL and SIGFPE on an alternate stack, and unblocks
 * them. A signal that no try_ access of its thread expects is given to unexpected(), which
 * must not return; in a signal handler it may use async-signal-safe functions only. NULL, or
 * none opened when the first access is tried: such a signal ends the process as by default.
 * The alternate stack is the first thread's; others run the handler on their own stack.
 */
void trap_door_open(void (*unexpected)(int signal, const siginfo_t *info));

/* What this machine tells, by one probe each: si_code, and si_addr to the byte. */
bool trap_door_tells_codes(void); /* PROT_NONE says SEGV_ACCERR, an unmapped page SEGV_MAPERR */
bool trap_door_tells_bytes(void); /* si_addr is the byte, not its page's first one */

/* "SIGSEGV", "SEGV_ACCERR"; "signal 99", "code 7" for what has no name, in a static buffer.
 * Both are async-signal-safe. */
const char *trap_signal_name(int signal);
const char *trap_code_name(int signal, int code);

#endif
