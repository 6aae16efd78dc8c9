/* SPDX-License-Identifier: MIT */
/*
 * An address space at one moment: its areas in order, what each uses, and what each is in plain
 * words. Read from /proc/PID/smaps (proc(5)); where there is none, from maps, without usage.
 */
#ifndef MAP_SPACE_H
#define MAP_SPACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#include <touchstone/areas.h>

enum kind {
	KIND_CODE,      /* of the program or a library */
	KIND_CONSTANTS, /* a file's part that is only read */
	KIND_DATA,      /* initialised data, and the bss behind it */
	KIND_HEAP,      /* [heap], and allocator arenas */
	KIND_ANONYMOUS, /* private memory without a name */
	KIND_SHARED,    /* memory that several processes may share */
	KIND_FILE,      /* a mapped file that is no program */
	KIND_STACK,
	KIND_GUARD,  /* addresses that may not be touched */
	KIND_KERNEL, /* what the kernel lends: vdso, vvar */
	KINDS
};

/* "code", "heap" */
const char *kind_name(enum kind kind);

struct span {
	uintptr_t start, end;
	char permissions[5];
	uint64_t offset;
	char *path; /* as maps has it; "" for an unnamed area */
	enum kind kind;
	char words[128]; /* "code of libc.so.6" */
	struct usage usage;
};

struct space {
	pid_t pid;
	char command[64]; /* /proc/PID/comm */
	struct span *spans;
	size_t count;
	bool measured; /* usage is known */
};

/*
 * 0, or a negative errno: -ESRCH where there is no such process, or it ended while it was read, -EACCES,
 * -ENODATA where it has no address space (a kernel thread, or one that is ending).
 */
int space_read(pid_t pid, struct space *space);
/* The same from texts in the format of smaps (or maps) and comm, for tests; nothing else is asked. */
int space_parse(FILE *smaps, struct space *space);
void space_free(struct space *space);

/* Fills in kind and words of each span, from the spans and, where pid is not 0, the stacks of its threads. */
void space_find_words(struct space *space);

size_t span_size(const struct span *span);
struct usage space_sum(const struct space *space, size_t *size);

/* Whether two spans look alike: rights, kind, words. */
bool span_is_like(const struct span *one, const struct span *other);

/*
 * From the span at `first`, how many that follow repeat the one or two before them; what is not worth
 * summing up (fewer than 8) is 0.
 */
size_t space_repeats(const struct space *space, size_t first, size_t *period);

#endif
