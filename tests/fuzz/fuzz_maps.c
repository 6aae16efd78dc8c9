/* SPDX-License-Identifier: MIT */
/* Texts of /proc/PID/maps and smaps: the instrument, and the map that is drawn of them. */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "instruments/areas.h"
#include "map/draw.h"
#include "map/space.h"

static bool visit(const char *line, size_t length, void *context)
{
	struct area area;
	const char *name;
	size_t name_length;
	uint64_t bytes;

	if (areas_parse_line(line, length, &area) && area.end < area.start) {
		abort(); /* an area that ends before it begins */
	}
	if (areas_parse_figure(line, length, &name, &name_length, &bytes) &&
	    (name < line || name + name_length > line + length)) {
		abort();
	}
	areas_add_usage_line(line, length, context);
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	struct usage usage = {0};
	struct area area;
	struct space space, later = {0};

	areas_each_line(text, size, visit, &usage);
	areas_find(text, size, 0x400000, &area);
	areas_sum_usage(text, size, 0x400000, 0x7fffffff, &usage);

	FILE *file = size ? fmemopen((void *)(uintptr_t)data, size, "r") : NULL;

	if (file && space_parse(file, &space) == 0) {
		space_find_words(&space);
		draw_text(nowhere(), &space, size % 2);
		draw_json(nowhere(), &space);
		draw_html(nowhere(), &space);
		draw_difference(nowhere(), &space, &later);
		draw_difference_json(nowhere(), &later, &space);
		space_free(&space);
	}
	if (file) {
		fclose(file);
	}
	return 0;
}
