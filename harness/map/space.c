/* SPDX-License-Identifier: MIT */
#include "map/space.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "instruments/areas.h"

const char *kind_name(enum kind kind)
{
	static const char *const names[KINDS] = {"code",      "constants", "data", "heap",
						 "anonymous", "shared",    "file", "stack",
						 "guard",     "kernel"};

	return names[kind];
}

size_t span_size(const struct span *span)
{
	return span->end - span->start;
}

/* The path as it stands, however long: behind five fields and the blanks. */
static const char *path_of(const char *line)
{
	for (int field = 0; field < 5; field++) {
		line += strcspn(line, " ");
		line += strspn(line, " ");
	}
	return line;
}

static int add_span(struct space *space, const struct area *area, const char *line)
{
	if ((space->count & (space->count - 1)) == 0) {
		size_t room = space->count ? 2 * space->count : 1;
		struct span *more = realloc(space->spans, room * sizeof *more);

		if (!more) {
			return -ENOMEM;
		}
		space->spans = more;
	}

	struct span *span = &space->spans[space->count];

	*span = (struct span){.start = area->start, .end = area->end, .offset = area->offset};
	memcpy(span->permissions, area->permissions, sizeof span->permissions);
	span->path = strdup(path_of(line));
	if (!span->path) {
		return -ENOMEM;
	}
	space->count++;
	return 0;
}

int space_parse(FILE *smaps, struct space *space)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t length;
	int error = 0;

	space->spans = NULL;
	space->count = 0;
	space->measured = false;
	errno = 0;
	while (error == 0 && (length = getline(&line, &room, smaps)) > 0) {
		struct area area;

		if (line[length - 1] == '\n') {
			line[--length] = 0;
		}
		if (areas_parse_line(line, (size_t)length, &area)) {
			error = add_span(space, &area, line);
		} else if (space->count > 0) {
			areas_add_usage_line(line, (size_t)length,
					     &space->spans[space->count - 1].usage);
			space->measured = true;
		}
		errno = 0;
	}
	if (error == 0 && ferror(smaps)) {
		error = errno ? -errno : -EIO;
	}
	free(line);
	return error;
}

static FILE *open_proc(pid_t pid, const char *file)
{
	char path[64];

	snprintf(path, sizeof path, "/proc/%ld/%s", (long)pid, file);
	return fopen(path, "re");
}

static int read_from(struct space *space, const char *file)
{
	FILE *smaps = open_proc(space->pid, file);
	int error = smaps ? space_parse(smaps, space) : -errno;

	if (smaps) {
		fclose(smaps);
	}
	return error;
}

int space_read(pid_t pid, struct space *space)
{
	FILE *comm = open_proc(pid, "comm");
	int error;

	*space = (struct space){.pid = pid};
	if (!comm) {
		return errno == ENOENT ? -ESRCH : -errno;
	}
	if (!fgets(space->command, sizeof space->command, comm)) {
		fclose(comm);
		return -ESRCH;
	}
	fclose(comm);
	space->command[strcspn(space->command, "\n")] = 0;
	error = read_from(space, "smaps");
	if (error == -ENOENT) {
		error = read_from(space, "maps");
	}
	if (error == 0 && space->count == 0) {
		error = -ENODATA;
	}
	if (error) {
		space_free(space);
		return error == -ENOENT ? -ESRCH : error;
	}
	space_find_words(space);
	return 0;
}

void space_free(struct space *space)
{
	for (size_t i = 0; i < space->count; i++) {
		free(space->spans[i].path);
	}
	free(space->spans);
	space->spans = NULL;
	space->count = 0;
}

struct usage space_sum(const struct space *space, size_t *size)
{
	struct usage sum = {0};

	*size = 0;
	for (size_t i = 0; i < space->count; i++) {
		const struct usage *usage = &space->spans[i].usage;

		*size += span_size(&space->spans[i]);
		sum.rss += usage->rss;
		sum.pss += usage->pss;
		sum.shared += usage->shared;
		sum.exclusive += usage->exclusive;
		sum.dirty += usage->dirty;
		sum.swap += usage->swap;
		sum.huge += usage->huge;
		sum.locked += usage->locked;
	}
	return sum;
}

bool span_is_like(const struct span *one, const struct span *other)
{
	return one->kind == other->kind && strcmp(one->permissions, other->permissions) == 0 &&
	       strcmp(one->words, other->words) == 0;
}

size_t space_repeats(const struct space *space, size_t first, size_t *period)
{
	enum { WORTH_SUMMING_UP = 8 };

	for (*period = 1; *period <= 2; ++*period) {
		size_t more = 0;

		while (first + *period + more < space->count &&
		       span_is_like(&space->spans[first + more],
				    &space->spans[first + *period + more])) {
			more++;
		}
		if (more >= WORTH_SUMMING_UP) {
			return more;
		}
	}
	return 0;
}
