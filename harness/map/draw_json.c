/* SPDX-License-Identifier: MIT */
#include "map/draw.h"
#include "run/json.h"

static void put_figure(FILE *out, const char *name, size_t value)
{
	fprintf(out, ", \"%s\": %zu", name, value);
}

static void put_span(FILE *out, const struct space *space, const struct span *span)
{
	fprintf(out,
		"{\"start\": \"%lx\", \"end\": \"%lx\", \"size\": %zu, \"rights\": \"%s\", "
		"\"offset\": %llu, \"kind\": \"%s\", \"words\": ",
		(unsigned long)span->start, (unsigned long)span->end, span_size(span),
		span->permissions, (unsigned long long)span->offset, kind_name(span->kind));
	json_put_string(out, span->words);
	fputs(", \"path\": ", out);
	json_put_string(out, span->path);
	if (space->measured) {
		put_figure(out, "resident", span->usage.rss);
		put_figure(out, "fair_share", span->usage.pss);
		put_figure(out, "shared", span->usage.shared);
		put_figure(out, "exclusive", span->usage.exclusive);
		put_figure(out, "dirty", span->usage.dirty);
		put_figure(out, "swapped", span->usage.swap);
		put_figure(out, "huge", span->usage.huge);
		put_figure(out, "locked", span->usage.locked);
	}
	fputc('}', out);
}

static void put_space(FILE *out, const struct space *space)
{
	fprintf(out, "\"process\": %ld, \"command\": ", (long)space->pid);
	json_put_string(out, space->command);
	fputs(", \"areas\": [", out);
	for (size_t i = 0; i < space->count; i++) {
		fputs(i ? ",\n  " : "\n  ", out);
		put_span(out, space, &space->spans[i]);
	}
	fputs("\n]", out);
}

void draw_json(FILE *out, const struct space *space)
{
	fputs("{\"format\": \"touchstone map 1\", ", out);
	put_space(out, space);
	fputs("}\n", out);
}

void draw_difference_json(FILE *out, const struct space *before, const struct space *after)
{
	fputs("{\"format\": \"touchstone map difference 1\",\n\"before\": {", out);
	put_space(out, before);
	fputs("},\n\"after\": {", out);
	put_space(out, after);
	fputs("}}\n", out);
}
