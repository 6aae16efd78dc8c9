/* SPDX-License-Identifier: MIT */
/*
 * The four outcomes, as the harness keeps them, and the exit statuses by which processes tell them.
 */
#ifndef RUN_OUTCOME_H
#define RUN_OUTCOME_H

#include <signal.h>

enum outcome { HOLDS, BROKEN, UNDECIDED, ERROR, OUTCOMES };

enum exit_status {
	EXIT_HOLDS = 0,
	EXIT_BROKEN = 1,
	EXIT_USAGE = 2,
	EXIT_UNDECIDED = 77,
	EXIT_ERROR = 99
};

/* "holds", "broken", "undecided", "error" */
const char *outcome_name(enum outcome outcome);
int outcome_exit_status(enum outcome outcome);

/* For trap_door_open(): ends the claim as broken by a signal that nobody expected. */
void outcome_of_unexpected_signal(int signal, const siginfo_t *info) __attribute__((noreturn));

/*
 * A set-up that fails for want of something that a limit governs (descriptors, processes, address space,
 * room for a file), or of a system call, is no error: the machine lacks what the claim needs. Ends the
 * claim as undecided for such an errno, and returns for any other.
 */
void outcome_if_short_of(int error);

/*
 * The same for a call that a claim is about: only where the limit was low when the claim's process began,
 * for otherwise the refusal is the machine's. A call that there is not (ENOSYS) is neither right nor wrong:
 * kernels can be built without many of them.
 */
void outcome_note_limits(void);
void outcome_if_short_from_the_start(int error);

/*
 * The claim looks at what goes to swap, and from now on at what others do there: a swap area is open to all, so
 * that it cannot come out broken while pages of others go there. It is undecided then.
 */
void outcome_note_swap(void);

/* From now on the claim may take so many seconds: for time_is_left(). */
void outcome_note_time(unsigned seconds);

/*
 * libcheck forks, keeps a message in a file and sets a timer, and leaves the process where it may not: what
 * limit forbids it now, found by trying; NULL when none does. And why fork(2) has failed, by its errno, or
 * why there is no memory.
 */
const char *outcome_what_keeps_check_from_its_work(void);
const char *outcome_why_no_process(int error);
const char *outcome_why_no_memory(void);

/*
 * What grows beyond a limit is killed for it (SIGXFSZ), and on a small machine, or in a limited memory cgroup, anybody
 * for want of memory (SIGKILL, which the kernel counts: from outcome_note_kills() on): why, or NULL for another end.
 * The same for a process of the harness itself whose stack was refused a page (SIGSEGV) where no more is promised than
 * there is. The last one ends the claim as undecided, but not for SIGSEGV, which claims are about.
 */
void outcome_note_kills(void);
const char *outcome_why_killed(int signal);
void outcome_if_killed_by_a_limit(int signal);

/*
 * How many kills in the group were noted first, -1 where they are not told: to be handed on to a process that need not
 * look for its group then.
 */
long long outcome_group_kills(void);
void outcome_count_group_kills_from(long long before);

/*
 * A claim that has made a memory cgroup may be killed there for want of memory, itself or a child: the kernel
 * does that now and then although pages could go. Nothing is said of the claim then; it is undecided.
 */
void outcome_note_memory_group(void);
void outcome_if_killed_in_a_group(int signal);
extern const char outcome_killed_in_a_group[]; /* the reason */

/* Ends the process as an error of the set-up, without a condition to quote. */
void outcome_error(const char *what, ...) __attribute__((format(printf, 1, 2), noreturn));

#endif
