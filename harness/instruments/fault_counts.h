/* SPDX-License-Identifier: MIT */
/*
 * Page fault counts of this process: getrusage(2), and fields 10 and 12 of /proc/PID/stat.
 */
#ifndef INSTRUMENTS_FAULT_COUNTS_H
#define INSTRUMENTS_FAULT_COUNTS_H

#include <stdbool.h>
#include <stddef.h>

#include <touchstone/faults.h>

/*
 * Counts once and throws the result away, so that later counting costs no fault; and maps the program's and
 * its libraries' code, so that calling a function costs none either. In each new process again.
 */
void fault_counts_warm_up(void);

/*
 * The same, with the code as well, in a process that has done it before: after clear_refs(5) each page's next use
 * costs a fault again on processors that leave the noting of uses to the kernel.
 */
void fault_counts_warm_up_again(void);

/* From here on this process and its children count nothing, and need no warming up. */
void fault_counts_are_not_wanted(void);

/* The two fields in a text of /proc/PID/stat; the command in it may hold spaces and ')' signs.
 * False, and nothing stored, for a text that is cut short or a number too large for a long. */
bool fault_counts_parse_stat(const char *text, size_t length, struct faults *faults);

/* Touching fresh pages moves the count by exactly as many, an empty window by none. */
bool fault_counts_prove_themselves(void);

#endif
