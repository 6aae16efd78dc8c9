/* SPDX-License-Identifier: MIT */
#include <string.h>
#include <unistd.h>

#include "map/draw.h"

enum { BAR = 20 };

const char *human_size(uint64_t bytes)
{
	static const char *const units[] = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
	static char buffers[4][24];
	static unsigned next;
	char *text = buffers[next++ % 4];
	double number = (double)bytes;
	size_t unit = 0;

	while (number >= 1024 && unit + 1 < sizeof units / sizeof *units) {
		number /= 1024;
		unit++;
	}
	snprintf(text, sizeof buffers[0],
		 number < 10 && number != (double)(int)number ? "%.1f %s" : "%.0f %s", number,
		 units[unit]);
	return text;
}

/* One sign for each doubling of the size, from one page on; filled as far as it is resident. */
static void draw_bar(char bar[BAR + 1], const struct span *span)
{
	size_t signs = 1, size = span_size(span), filled;

	for (size_t page = (size_t)sysconf(_SC_PAGESIZE); page < size && signs < BAR; page *= 2) {
		signs++;
	}
	filled = (size_t)((double)span->usage.rss / (double)size * (double)signs + 0.5);
	if (filled == 0 && span->usage.rss > 0) {
		filled = 1;
	}
	if (filled >= signs) {
		filled = span->usage.rss < size && signs > 1 ? signs - 1 : signs;
	}
	memset(bar, '.', signs);
	memset(bar, '#', filled);
	bar[signs] = 0;
}

static void draw_span(FILE *out, const struct space *space, const struct span *span)
{
	const struct usage *usage = &span->usage;
	char bar[BAR + 1];

	draw_bar(bar, span);
	fprintf(out, "%16lx %8s ", (unsigned long)span->start, human_size(span_size(span)));
	fprintf(out, "%8s %-*s %s  %s", space->measured ? human_size(usage->rss) : "?", BAR, bar,
		span->permissions, span->words);
	if (usage->shared > 0 && usage->exclusive > 0) {
		fprintf(out, ", %s of it shared", human_size(usage->shared));
	} else if (usage->shared > 0) {
		fputs(", shared", out);
	}
	if (usage->swap > 0) {
		fprintf(out, ", %s in swap", human_size(usage->swap));
	}
	if (usage->huge > 0) {
		fprintf(out, ", %s in huge pages", human_size(usage->huge));
	}
	if (usage->locked > 0) {
		fprintf(out, ", %s locked", human_size(usage->locked));
	}
	fputc('\n', out);
}

static void draw_repeated(FILE *out, const struct space *space, size_t first, size_t count,
			  size_t period)
{
	size_t size = 0, resident = 0;

	for (size_t i = first; i < first + count; i++) {
		size += span_size(&space->spans[i]);
		resident += space->spans[i].usage.rss;
	}
	fprintf(out, "%16s %8s ", "...", human_size(size));
	fprintf(out, "%8s %zu areas more like the %s above\n",
		space->measured ? human_size(resident) : "?", count, period == 1 ? "one" : "two");
}

static void draw_gap(FILE *out, const struct span *before, const struct span *span)
{
	if (before->end != span->start) {
		fprintf(out, "%16s %8s\n", "~", human_size(span->start - before->end));
	}
}

void draw_text(FILE *out, const struct space *space, bool all)
{
	size_t size;
	struct usage sum = space_sum(space, &size);

	fprintf(out, "%s (process %ld): %zu areas, %s of addresses", space->command,
		(long)space->pid, space->count, human_size(size));
	if (space->measured) {
		fprintf(out, ", %s resident, %s its fair share", human_size(sum.rss),
			human_size(sum.pss));
	}
	fprintf(out, "\n\n%16s %8s %8s %-*s %s\n", "start", "size", "resident", BAR + 4,
		"# resident . not", "  what");
	for (size_t i = 0; i < space->count; i++) {
		size_t period, more = all ? 0 : space_repeats(space, i, &period);

		if (i > 0) {
			draw_gap(out, &space->spans[i - 1], &space->spans[i]);
		}
		draw_span(out, space, &space->spans[i]);
		if (more > 0) {
			if (period == 2) {
				draw_gap(out, &space->spans[i], &space->spans[i + 1]);
				draw_span(out, space, &space->spans[i + 1]);
			}
			draw_repeated(out, space, i + period, more, period);
			i += period - 1 + more;
		}
	}
	fprintf(out,
		"\nBars have a sign for each doubling of the size, from one page (%s) on; ~ is a "
		"gap.\n",
		human_size((uint64_t)sysconf(_SC_PAGESIZE)));
}
