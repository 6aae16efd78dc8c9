/* SPDX-License-Identifier: MIT */
/* What stands behind pages: touchstone/pages.h on the pagemap instrument. */
#include <touchstone/pages.h>

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "instruments/pagemap.h"
#include "run/record.h"
#include "words/observer.h"

enum { STRIP_TEXT = 300, MIGRATION_RETRIES = 3 };

static struct pages look(pid_t process, const char *label, const void *start, size_t count)
{
	uint64_t *words = observer_memory(count * sizeof *words);
	uint64_t *flags = NULL;

	observer_demands(pagemap_read(process == getpid() ? 0 : process, start, count, words),
			 "pagemap");

	bool numbered = pagemap_is_numbered(words, count);

	if (numbered) {
		flags = observer_memory(count * sizeof *flags);
		if (kpageflags_read(words, count, flags) != 0) {
			flags = NULL;
		}
	}
	return (struct pages){label, process, start, count, numbered, words, flags};
}

static void draw(struct pages seen, char text[STRIP_TEXT])
{
	pagemap_draw(seen.words, seen.flags, seen.count, text, STRIP_TEXT);
}

struct pages observe_pages_of(pid_t process, const char *label, const void *start, size_t count)
{
	struct pages seen = look(process, label, start, count);
	char text[STRIP_TEXT];

	draw(seen, text);
	if (count_present(seen) > 0) {
		record_write(RECORD_STRENGTH, seen.numbered ? "frame numbers" : "exclusive bit",
			     NULL);
	}
	record_write(RECORD_STRIP, label, text, NULL);
	return seen;
}

struct pages observe_pages(const char *label, const void *start, size_t count)
{
	return observe_pages_of(getpid(), label, start, count);
}

bool page_is_present(struct pages seen, size_t number)
{
	return seen.words[number] & PAGEMAP_PRESENT;
}

bool page_is_swapped(struct pages seen, size_t number)
{
	/* Not a guard, which has bit 62 too. */
	return pagemap_letter(seen.words[number], NULL) == '~';
}

bool page_is_exclusive(struct pages seen, size_t number)
{
	return page_is_present(seen, number) && seen.words[number] & PAGEMAP_EXCLUSIVE;
}

bool page_is_of_file(struct pages seen, size_t number)
{
	return seen.words[number] & PAGEMAP_OF_FILE;
}

uint64_t page_frame(struct pages seen, size_t number)
{
	return pagemap_frame(seen.words[number]);
}

static size_t count(struct pages seen, bool (*is)(struct pages, size_t))
{
	size_t n = 0;

	for (size_t i = 0; i < seen.count; i++) {
		n += is(seen, i);
	}
	return n;
}

size_t count_present(struct pages seen)
{
	return count(seen, page_is_present);
}

size_t count_swapped(struct pages seen)
{
	return count(seen, page_is_swapped);
}

size_t count_exclusive(struct pages seen)
{
	return count(seen, page_is_exclusive);
}

size_t count_of_file(struct pages seen)
{
	return count(seen, page_is_of_file);
}

static bool matches(struct pages seen, size_t i, char expected)
{
	char letter = pagemap_letter(seen.words[i], seen.flags ? &seen.flags[i] : NULL);

	switch (expected) {
	case '?':
		return true;
	case 'p':
		return letter == 'o' || letter == 's' || letter == 'z';
	case 'z': /* without kpageflags a zero page looks like any other that is not exclusive */
		return letter == 'z' || (letter == 's' && !seen.flags && !page_is_of_file(seen, i));
	default:
		return letter == expected;
	}
}

void touchstone_assert_strip(struct place place, struct pages seen, const char *pattern)
{
	size_t period = strlen(pattern);

	for (size_t i = 0; i < seen.count; i++) {
		if (!matches(seen, i, pattern[i % period])) {
			char expected[STRIP_TEXT + 100], text[STRIP_TEXT];

			snprintf(expected, sizeof expected, "%s is %s%s", seen.label, pattern,
				 period < seen.count ? ", repeated" : "");
			draw(seen, text);
			broken(place, expected, "%s (first at page %zu)", text, i);
		}
	}
}

/* Where two views part, or part not, against what is expected; SIZE_MAX: nowhere. */
static size_t first_surprise(struct pages a, struct pages b, size_t but)
{
	bool numbered = a.numbered && b.numbered;

	for (size_t i = 0; i < a.count; i++) {
		bool alone = i == but;
		bool as_expected = page_is_present(a, i) && page_is_present(b, i) &&
				   page_is_exclusive(a, i) == alone &&
				   (alone || !page_is_exclusive(b, i)) &&
				   (!numbered || (page_frame(a, i) != page_frame(b, i)) == alone);

		if (!as_expected) {
			return i;
		}
	}
	return SIZE_MAX;
}

void touchstone_assert_frames(struct place place, struct pages a, struct pages b, size_t but)
{
	size_t surprise = first_surprise(a, b, but);

	/* The kernel may move a frame between two readings (compaction): then look again. */
	for (int i = 0; i < MIGRATION_RETRIES && surprise != SIZE_MAX && a.numbered; i++) {
		a = look(a.process, a.label, a.start, a.count);
		b = look(b.process, b.label, b.start, b.count);
		surprise = first_surprise(a, b, but);
	}
	if (surprise == SIZE_MAX) {
		return;
	}

	char expected[300], strips[2][STRIP_TEXT], frames[100] = "";

	if (but == SIZE_MAX) {
		snprintf(expected, sizeof expected,
			 "%s and %s have the same frame behind every page", a.label, b.label);
	} else {
		snprintf(expected, sizeof expected,
			 "%s and %s have the same frame behind every page but page %zu", a.label,
			 b.label, but);
	}
	if (a.numbered && b.numbered) {
		snprintf(frames, sizeof frames, ": frames %llx and %llx",
			 (unsigned long long)page_frame(a, surprise),
			 (unsigned long long)page_frame(b, surprise));
	}
	draw(a, strips[0]);
	draw(b, strips[1]);
	broken(place, expected, "%s, and %s; first at page %zu%s", strips[0], strips[1], surprise,
	       frames);
}

static void demand_numbers(struct pages seen)
{
	/* A view without a present page has no numbers, and needs none. */
	if (!seen.numbered && count_present(seen) > 0) {
		observer_demands(-EPERM,
				 "frame numbers (the claim has to name FRAME_NUMBERS as a need)");
	}
}

size_t count_frames_kept(struct pages now, struct pages before)
{
	size_t kept = 0;

	demand_numbers(now);
	demand_numbers(before);
	for (size_t i = 0; i < now.count; i++) {
		kept += page_frame(now, i) && page_frame(now, i) == page_frame(before, i);
	}
	return kept;
}

size_t count_distinct_frames(struct pages seen)
{
	uint64_t *sorted = observer_memory(seen.count * sizeof *sorted);
	size_t distinct = 0;

	demand_numbers(seen);
	/* Insertion into a sorted list; ranges are a few thousand pages at most. */
	for (size_t i = 0; i < seen.count; i++) {
		uint64_t frame = page_frame(seen, i);
		size_t low = 0, high = distinct;

		while (low < high) {
			size_t middle = (low + high) / 2;

			if (sorted[middle] < frame) {
				low = middle + 1;
			} else {
				high = middle;
			}
		}
		if (frame && (low == distinct || sorted[low] != frame)) {
			memmove(sorted + low + 1, sorted + low, (distinct - low) * sizeof *sorted);
			sorted[low] = frame;
			distinct++;
		}
	}
	return distinct;
}
