/* SPDX-License-Identifier: MIT */
/* The areas of this process: touchstone/areas.h on the areas instrument. */
#include <touchstone/areas.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "instruments/areas.h"
#include "words/observer.h"

struct area observe_area(const void *address)
{
	struct area area;

	observer_demands(areas_at((uintptr_t)address, &area), "maps");
	if (area.exists) {
		evidence("area", "%lx-%lx %s %s", (unsigned long)area.start,
			 (unsigned long)area.end, area.permissions, area.name);
	} else {
		evidence("area", "none holds %p", address);
	}
	return area;
}

struct span {
	uintptr_t start, end;
	size_t areas;
};

static bool count_if_inside(const char *line, size_t length, void *context)
{
	struct span *span = context;
	struct area area;

	if (areas_parse_line(line, length, &area) && area.start < span->end &&
	    area.end > span->start) {
		span->areas++;
	}
	return true;
}

size_t count_areas(const void *start, size_t length)
{
	struct span span = {(uintptr_t)start, (uintptr_t)start + length, 0};

	observer_demands(areas_each_line_of(0, "maps", count_if_inside, &span), "maps");
	return span.areas;
}

struct usage observe_usage_of(pid_t process, const char *label, const void *start, size_t length)
{
	struct usage usage;
	uintptr_t from = (uintptr_t)start;
	pid_t whose = process == getpid() ? 0 : process;

	observer_demands(areas_usage(whose, from, from + length, &usage), "smaps");
	evidence(label, "size %zu kB, Rss %zu kB, Pss %zu kB, Anonymous %zu kB, Swap %zu kB",
		 usage.size / 1024, usage.rss / 1024, usage.pss / 1024, usage.anonymous / 1024,
		 usage.swap / 1024);
	return usage;
}

struct usage observe_usage(const char *label, const void *start, size_t length)
{
	return observe_usage_of(getpid(), label, start, length);
}

bool usage_has_flag(const struct usage *usage, const char *flag)
{
	return areas_flags_hold(usage->flags, flag);
}

static bool add_length(const char *line, size_t length, void *context)
{
	(void)line;
	*(size_t *)context += length + 1;
	return true;
}

/* Twice: once for its length, for nothing may be mapped to have room for it. */
struct area_list observe_areas(void)
{
	size_t size = 0;

	observer_demands(areas_each_line_of(0, "maps", add_length, &size), "maps");

	char *text = observer_memory(size);
	ssize_t length = areas_read_text(0, "maps", text, size);

	observer_demands(length, "maps");
	return (struct area_list){text, (size_t)length};
}

static size_t line_length(const char *line, const char *end)
{
	const char *newline = memchr(line, '\n', (size_t)(end - line));

	return (size_t)((newline ? newline : end) - line);
}

void touchstone_assert_same_areas(struct place place, struct area_list now, struct area_list before,
				  const char *what)
{
	const char *a = now.text, *b = before.text;
	const char *a_end = a + now.length, *b_end = b + before.length;
	char expected[700];

	while (a < a_end || b < b_end) {
		size_t a_length = line_length(a, a_end), b_length = line_length(b, b_end);

		if (a_length != b_length || memcmp(a, b, a_length) != 0) {
			snprintf(expected, sizeof expected, "%s: the map keeps its line %.*s", what,
				 (int)b_length, b_length ? b : "(none)");
			broken(place, expected, "%.*s", (int)a_length, a_length ? a : "");
		}
		a += a_length + (a < a_end);
		b += b_length + (b < b_end);
	}
	evidence(what, "the map is the same, %zu bytes of text", now.length);
}
