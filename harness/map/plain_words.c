/* SPDX-License-Identifier: MIT */
/* What an area is, in plain words: from its name, its rights, its neighbours, and where stacks are. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "map/space.h"

static const char *file_name(const struct span *span)
{
	const char *slash = strrchr(span->path, '/');

	return slash ? slash + 1 : span->path;
}

static bool begins(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

static bool is_file(const struct span *span)
{
	return span->path[0] == '/';
}

static void call(struct span *span, enum kind kind, const char *format, const char *name)
{
	span->kind = kind;
	snprintf(span->words, sizeof span->words, format, name);
}

static void call_named(struct span *span)
{
	static const struct {
		const char *name, *words;
		enum kind kind;
	} known[] = {
		{"[heap]", "heap, up to the program break", KIND_HEAP},
		{"[stack]", "stack of the first thread", KIND_STACK},
		{"[vdso]", "code that the kernel lends (vdso)", KIND_KERNEL},
		{"[vvar]", "data that the kernel lends (vvar)", KIND_KERNEL},
		{"[vvar_vclock]", "clock data that the kernel lends", KIND_KERNEL},
		{"[vsyscall]", "old entry to the kernel (vsyscall)", KIND_KERNEL},
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		if (strcmp(span->path, known[i].name) == 0) {
			call(span, known[i].kind, "%s", known[i].words);
			return;
		}
	}
	if (begins(span->path, "[anon")) {
		call(span, KIND_ANONYMOUS, "anonymous memory called %s", span->path);
	} else {
		call(span, KIND_KERNEL, "%s", span->path);
	}
}

static void call_shared(struct span *span)
{
	if (begins(span->path, "/dev/zero")) {
		call(span, KIND_SHARED, "%s", "shared anonymous memory");
	} else if (begins(span->path, "/dev/shm/")) {
		call(span, KIND_SHARED, "POSIX shared memory %s", file_name(span));
	} else if (begins(span->path, "/SYSV")) {
		call(span, KIND_SHARED, "System V segment %s", file_name(span));
	} else if (begins(span->path, "/memfd:")) {
		call(span, KIND_SHARED, "memory file %s", span->path + strlen("/memfd:"));
	} else {
		call(span, KIND_FILE, "shared view of the file %s", file_name(span));
	}
}

/* Whether the object that the span belongs to has code mapped somewhere: a program or library. */
static bool has_code(const struct space *space, size_t at)
{
	const char *path = space->spans[at].path;

	for (size_t i = at; i < space->count && i < at + 8; i++) {
		const struct span *other = &space->spans[i];

		if (other->permissions[2] == 'x' && strcmp(other->path, path) == 0) {
			return true;
		}
	}
	for (size_t i = at + 1; i-- > 0 && i + 8 > at;) {
		const struct span *other = &space->spans[i];

		if (other->permissions[2] == 'x' && strcmp(other->path, path) == 0) {
			return true;
		}
	}
	return false;
}

static void call_file(struct space *space, size_t at)
{
	struct span *span = &space->spans[at];
	const char *rights = span->permissions;

	if (rights[3] == 's') {
		call_shared(span);
	} else if (rights[2] == 'x') {
		call(span, KIND_CODE, "code of %s", file_name(span));
	} else if (!has_code(space, at)) {
		call(span, KIND_FILE, "private view of the file %s", file_name(span));
	} else if (rights[1] == 'w') {
		call(span, KIND_DATA, "data of %s", file_name(span));
	} else if (rights[0] == 'r') {
		call(span, KIND_CONSTANTS, "constants of %s", file_name(span));
	} else {
		call(span, KIND_GUARD, "gap between the parts of %s", file_name(span));
	}
}

static void call_unnamed(struct space *space, size_t at)
{
	struct span *span = &space->spans[at];
	const struct span *before = at > 0 ? span - 1 : NULL;
	bool touches = before && before->end == span->start;

	if (span->permissions[0] == '-' && span->permissions[2] == '-') {
		call(span, KIND_GUARD, "%s", "may not be touched: a guard, or a reserve");
	} else if (touches && is_file(before) && before->permissions[3] == 'p' &&
		   before->kind != KIND_FILE && span->permissions[1] == 'w') {
		call(span, KIND_DATA, "zeroed data (bss) of %s", file_name(before));
	} else if (span->permissions[2] == 'x') {
		call(span, KIND_CODE, "%s", "code made at run time");
	} else {
		call(span, KIND_ANONYMOUS, "%s", "anonymous memory");
	}
}

static struct span *span_at(struct space *space, uintptr_t address)
{
	size_t low = 0, high = space->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (space->spans[middle].end <= address) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low < space->count && space->spans[low].start <= address ? &space->spans[low] : NULL;
}

/* /proc/PID/task/TID/syscall ends with the stack pointer and the program counter of who waits. */
static void find_stack_of(struct space *space, const char *thread)
{
	char path[128], text[256];
	FILE *file;

	snprintf(path, sizeof path, "/proc/%ld/task/%.20s/syscall", (long)space->pid, thread);
	file = fopen(path, "re");
	if (file && fgets(text, sizeof text, file)) {
		char *counter = strrchr(text, ' ');
		char *pointer = NULL;

		if (counter) {
			*counter = 0;
			pointer = strrchr(text, ' ');
		}
		struct span *stack =
			pointer ? span_at(space, (uintptr_t)strtoull(pointer, NULL, 16)) : NULL;

		if (stack && stack->kind == KIND_ANONYMOUS) {
			call(stack, KIND_STACK, "stack of thread %.20s", thread);
		}
	}
	if (file) {
		fclose(file);
	}
}

static void find_stacks(struct space *space)
{
	char path[64];
	DIR *threads;

	snprintf(path, sizeof path, "/proc/%ld/task", (long)space->pid);
	threads = opendir(path);
	if (!threads) {
		return;
	}
	for (struct dirent *thread; (thread = readdir(threads));) {
		if (thread->d_name[0] != '.') {
			find_stack_of(space, thread->d_name);
		}
	}
	closedir(threads);
}

void space_find_words(struct space *space)
{
	for (size_t i = 0; i < space->count; i++) {
		struct span *span = &space->spans[i];

		if (span->path[0] == '[') {
			call_named(span);
		} else if (is_file(span)) {
			call_file(space, i);
		} else {
			call_unnamed(space, i);
		}
	}
	if (space->pid) {
		find_stacks(space);
	}
}
