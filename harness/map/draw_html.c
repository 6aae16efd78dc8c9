/* SPDX-License-Identifier: MIT */
/* A page with one picture, complete in itself: a column of areas from low to high addresses. */
#include <string.h>
#include <unistd.h>

#include "map/draw.h"
#include "run/html.h"

enum { WIDTH = 980, LEFT = 190, COLUMN = 220, TOP = 110, GAP = 26, LEAST = 22, STEP = 3 };

static const char *const colours[KINDS] = {"#4477aa", "#88bbdd", "#66ccbb", "#ee8833", "#ccbb44",
					   "#aa3377", "#997755", "#cc4455", "#bbbbbb", "#555555"};

/* Higher by one step for each doubling. */
static int height_of(size_t size)
{
	int height = LEAST;

	for (size_t pages = size / (size_t)sysconf(_SC_PAGESIZE); pages > 1; pages /= 2) {
		height += STEP;
	}
	return height;
}

static void put_span(FILE *out, const struct space *space, const struct span *span, int y)
{
	int height = height_of(span_size(span));
	size_t size = span_size(span);
	double filled = (double)span->usage.rss / (double)size * COLUMN;

	fprintf(out, "<g><title>%lx-%lx %s ", (unsigned long)span->start, (unsigned long)span->end,
		span->permissions);
	html_put_text(out, span->path);
	fprintf(out,
		"</title>\n<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\" "
		"fill-opacity=\"0.35\"/>\n",
		LEFT, y, COLUMN, height - 1, colours[span->kind]);
	fprintf(out, "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>\n", LEFT,
		y, filled, height - 1, colours[span->kind]);
	fprintf(out,
		"<text x=\"%d\" y=\"%d\" class=\"address\" text-anchor=\"end\">%lx</text>\n"
		"<text x=\"%d\" y=\"%d\">",
		LEFT - 10, y + 14, (unsigned long)span->start, LEFT + COLUMN + 12, y + 15);
	html_put_text(out, span->words);
	fprintf(out, "<tspan dx=\"8\" class=\"figure\">%s  %s", span->permissions,
		human_size(size));
	if (space->measured) {
		fprintf(out, ", %s resident", human_size(span->usage.rss));
	}
	if (span->usage.shared > 0) {
		fprintf(out, ", %s shared", human_size(span->usage.shared));
	}
	if (span->usage.swap > 0) {
		fprintf(out, ", %s in swap", human_size(span->usage.swap));
	}
	fputs("</tspan></text></g>\n", out);
}

static void put_note(FILE *out, int y, const char *sign, const char *text)
{
	fprintf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" class=\"figure\">%s ",
		LEFT + COLUMN / 2, y + 17, sign);
	html_put_text(out, text);
	fputs("</text>\n", out);
}

/* Draws the column, or only measures it (out NULL); yields where it ends. */
static int put_column(FILE *out, const struct space *space)
{
	int y = TOP;

	for (size_t i = 0; i < space->count; i++) {
		size_t period, more = space_repeats(space, i, &period);

		for (size_t shown = 0; shown < (more ? period : 1); shown++) {
			const struct span *span = &space->spans[i + shown];

			if (i + shown > 0 && span[-1].end != span->start) {
				if (out) {
					put_note(out, y, "~",
						 human_size(span->start - span[-1].end));
				}
				y += GAP;
			}
			if (out) {
				put_span(out, space, span, y);
			}
			y += height_of(span_size(span));
		}
		if (more) {
			char text[60];

			snprintf(text, sizeof text, "%zu areas more like %s", more,
				 period == 1 ? "this" : "these two");
			if (out) {
				put_note(out, y, "...", text);
			}
			y += GAP;
			i += period - 1 + more;
		}
	}
	return y;
}

static void put_legend(FILE *out)
{
	for (int kind = 0; kind < KINDS; kind++) {
		int x = 20 + kind * 94;

		fprintf(out,
			"<rect x=\"%d\" y=\"72\" width=\"14\" height=\"14\" fill=\"%s\"/>"
			"<text x=\"%d\" y=\"84\" class=\"figure\">%s</text>\n",
			x, colours[kind], x + 19, kind_name((enum kind)kind));
	}
}

void draw_html(FILE *out, const struct space *space)
{
	size_t size;
	struct usage sum = space_sum(space, &size);
	int height = put_column(NULL, space) + 40;

	fputs("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Address "
	      "space of ",
	      out);
	html_put_text(out, space->command);
	fprintf(out,
		"</"
		"title>\n<style>body{margin:0;background:#fff}svg{display:block;margin:auto;max-"
		"width:100%%}"
		"text{font:14px sans-serif;fill:#222}.address{font:13px "
		"monospace}.figure{font-size:12px;"
		"fill:#666}.title{font-size:24px}</style></head>\n<body>\n"
		"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" "
		"height=\"%d\">\n"
		"<text x=\"20\" y=\"36\" class=\"title\">",
		WIDTH, height, WIDTH, height);
	html_put_text(out, space->command);
	fprintf(out,
		"</text>\n<text x=\"20\" y=\"58\" class=\"figure\">process %ld: %zu areas, %s of "
		"addresses",
		(long)space->pid, space->count, human_size(size));
	if (space->measured) {
		fprintf(out, ", %s resident (full colour), %s its fair share", human_size(sum.rss),
			human_size(sum.pss));
	}
	fputs("; each doubling of a size adds one step of height</text>\n", out);
	put_legend(out);
	put_column(out, space);
	fputs("</svg>\n</body></html>\n", out);
}
