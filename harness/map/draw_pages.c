/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "instruments/pagemap.h"
#include "map/draw.h"

enum { ROW = 64, CHUNK = 64 * ROW };

/* Addresses are written as the map writes them: hexadecimal, with or without 0x. */
static bool is_meant(const struct span *span, const char *which)
{
	char *end;
	unsigned long long address = strtoull(which, &end, 16);

	if (*which && !*end) {
		return address >= span->start && address < span->end;
	}
	return strstr(span->words, which) || strstr(span->path, which);
}

struct strip {
	FILE *out;
	uintptr_t address; /* of the next row */
	size_t page;       /* its size */
	size_t skipped;    /* rows that were told as one */
	char last[ROW + 1];
	size_t letters[256];
};

static void end_skipping(struct strip *strip)
{
	if (strip->skipped > 0) {
		fprintf(strip->out, "%16s %zu rows more of the same\n", "...", strip->skipped);
	}
	strip->skipped = 0;
}

static void draw_row(struct strip *strip, const uint64_t *words, const uint64_t *flags,
		     size_t count)
{
	char row[ROW + 1];

	for (size_t i = 0; i < count; i++) {
		row[i] = pagemap_letter(words[i], flags ? &flags[i] : NULL);
		strip->letters[(unsigned char)row[i]]++;
	}
	row[count] = 0;
	if (strcmp(row, strip->last) == 0) {
		strip->skipped++;
	} else {
		end_skipping(strip);
		fprintf(strip->out, "%16lx %s\n", (unsigned long)strip->address, row);
		memcpy(strip->last, row, count + 1);
	}
	strip->address += count * strip->page;
}

/* What smaps has shown to be empty is not read page by page: areas may be terabytes long. */
static int draw_span_pages(struct strip *strip, const struct space *space, const struct span *span)
{
	static uint64_t words[CHUNK], flags[CHUNK];
	size_t pages = span_size(span) / strip->page;

	fprintf(strip->out, "%s  %s, %zu pages\n", span->permissions, span->words, pages);
	strip->address = span->start;
	strip->last[0] = 0;
	if (space->measured && span->usage.rss == 0 && span->usage.swap == 0 && pages > CHUNK) {
		fprintf(strip->out, "%16lx nothing is resident\n\n", (unsigned long)span->start);
		strip->letters['.'] += pages;
		return 0;
	}
	for (size_t done = 0; done < pages;) {
		size_t count = pages - done < CHUNK ? pages - done : CHUNK;
		const char *start = (const char *)(uintptr_t)(span->start + done * strip->page);
		int error = pagemap_read(space->pid, start, count, words);

		if (error) {
			return error;
		}
		bool flagged = kpageflags_read(words, count, flags) == 0;

		for (size_t i = 0; i < count; i += ROW) {
			draw_row(strip, &words[i], flagged ? &flags[i] : NULL,
				 count - i < ROW ? count - i : ROW);
		}
		done += count;
	}
	end_skipping(strip);
	fputc('\n', strip->out);
	return 0;
}

int draw_pages(FILE *out, const struct space *space, const char *which)
{
	struct strip strip = {.out = out, .page = (size_t)sysconf(_SC_PAGESIZE)};
	static const struct {
		char letter;
		const char *words;
	} legend[] = {{'o', "own frame"},
		      {'s', "shared frame"},
		      {'z', "zero page"},
		      {'~', "in swap"},
		      {'.', "absent"}};
	size_t meant = 0;

	for (size_t i = 0; i < space->count; i++) {
		if (is_meant(&space->spans[i], which)) {
			int error = draw_span_pages(&strip, space, &space->spans[i]);

			if (error) {
				return error;
			}
			meant++;
		}
	}
	if (meant == 0) {
		return -ENOENT;
	}
	for (size_t i = 0; i < sizeof legend / sizeof *legend; i++) {
		fprintf(out, "%s%c %s: %zu", i ? ", " : "", legend[i].letter, legend[i].words,
			strip.letters[(unsigned char)legend[i].letter]);
	}
	fputc('\n', out);
	return 0;
}
