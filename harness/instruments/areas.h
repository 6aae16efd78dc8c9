/* SPDX-License-Identifier: MIT */
/*
 * The areas of a process: /proc/PID/maps and /proc/PID/smaps, read whole or line by line, and
 * PROCMAP_QUERY (Linux 6.11) where there is.
 *
 * The parsers take any text: truncated, over-long, with numbers too large for their type. They
 * answer false for a line they do not understand, and read nothing beyond the length given.
 */
#ifndef INSTRUMENTS_AREAS_H
#define INSTRUMENTS_AREAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include <touchstone/areas.h>

/*
 * One line of maps (the newline is optional) into an area; where it answers false, the area does
 * not exist. A name with spaces is kept whole, and as it is written: the kernel writes a newline
 * in it as \012, and " (deleted)" behind it.
 */
bool areas_parse_line(const char *line, size_t length, struct area *area);

/* One "Name:   123 kB" line: the name's bytes and the figure in bytes. False for any other line. */
bool areas_parse_figure(const char *line, size_t length, const char **name, size_t *name_length,
			uint64_t *bytes);

/*
 * Adds one line of smaps to a sum: a known figure, or VmFlags (kept when still empty, cut between
 * two flags where too long). A sum too large for its type stays at its largest value.
 */
void areas_add_usage_line(const char *line, size_t length, struct usage *usage);

/* Whether a VmFlags text has this two-letter flag. */
bool areas_flags_hold(const char *flags, const char *flag);

/* The whole of a /proc file, read in one sweep into a buffer; its length, or a negative errno
 * (-EOVERFLOW when the buffer is too small). process 0: the caller. */
ssize_t areas_read_text(pid_t process, const char *file, char *buffer, size_t size);

/*
 * The same without a buffer for the whole, for a process may have some ten thousand areas: visit gets each line without
 * its newline, and answers false to stop. 0, or a negative errno.
 */
int areas_each_line_of(pid_t process, const char *file,
		       bool (*visit)(const char *line, size_t length, void *context),
		       void *context);

/* Walks a text line by line, as above. A last line without newline counts. */
void areas_each_line(const char *text, size_t length,
		     bool (*visit)(const char *line, size_t length, void *context), void *context);

/* The area that holds the address, in a text of maps. False when there is none. */
bool areas_find(const char *text, size_t length, uintptr_t address, struct area *area);

/* The same of this process' maps: 0, where the area may not exist, or a negative errno. */
int areas_at(uintptr_t address, struct area *area);

/*
 * The same by PROCMAP_QUERY on this process: 0, or -ENOTTY where the kernel has none, -ENOENT: no
 * area. It does not know the [vsyscall] line, which is no area of the process.
 */
int areas_query(uintptr_t address, struct area *area);

/*
 * Sums what the areas that reach into [start, end) use, in a text of smaps, from nothing. How many
 * they are.
 */
size_t areas_sum_usage(const char *text, size_t length, uintptr_t start, uintptr_t end,
		       struct usage *usage);

/*
 * The same of a process (0 is this one) without a buffer for its whole smaps, of which no more is read than has to
 * be: the number of areas, or a negative errno.
 */
ssize_t areas_usage(pid_t process, uintptr_t start, uintptr_t end, struct usage *usage);

/* Self-proofs: a new mapping appears in maps / its resident size in smaps, and goes again. */
bool areas_prove_list(void);
bool areas_prove_usage(void);

#endif
