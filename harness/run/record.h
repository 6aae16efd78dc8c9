/* SPDX-License-Identifier: MIT */
/*
 * Records: how what a claim saw travels out of the process that saw it.
 *
 * A record is one line, "kind<TAB>field<TAB>field...", written by a single write(2) to a pipe that
 * every process of the claim inherits. No mapping is shared and no file is used: memory is what
 * the claim judges. Tab, newline and backslash inside a field are escaped.
 */
#ifndef RUN_RECORD_H
#define RUN_RECORD_H

#include <stdbool.h>
#include <stddef.h>

enum record_kind {
	RECORD_EVIDENCE,  /* name, value */
	RECORD_STRIP,     /* label, letters */
	RECORD_STRENGTH,  /* what the observer could see */
	RECORD_BROKEN,    /* file, line, expected, seen */
	RECORD_UNDECIDED, /* reason */
	RECORD_ERROR,     /* file, line, what */
	RECORD_END,       /* the body reached its end */
	RECORD_FREE,      /* what: another claim may change it now; to the runner */
	RECORD_RESULT,    /* outcome, milliseconds: the engine's verdict, to the runner */
	RECORD_KINDS
};

enum { RECORD_FIELDS = 4, RECORD_LENGTH = 4000 };

struct record {
	enum record_kind kind;
	char *field[RECORD_FIELDS]; /* never NULL; "" where missing */
};

/* Writes a record into a buffer, newline at the end; its length. Fields are cut where too long. */
size_t record_encode(char *buffer, size_t size, enum record_kind kind, const char *const *fields,
		     size_t count);

/* Takes a line (without newline, 0-terminated) apart in place. False when it is no record. */
bool record_decode(char *line, struct record *record);

/* Where this process's records go; -1: nowhere. Inherited over fork. */
void record_open(int fd);

/*
 * Writes a record, up to RECORD_FIELDS fields, NULL ends them. Evidence beyond 48 KiB is
 * dropped, for nobody reads the pipe before the claim has ended, and what decides must fit.
 */
void record_write(enum record_kind kind, ...) __attribute__((sentinel));

#endif
