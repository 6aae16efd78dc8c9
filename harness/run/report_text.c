/* SPDX-License-Identifier: MIT */
/*
 * The lab page: what a person reads. One experiment is shown whole; of many, one line each, and
 * whatever did not hold.
 */
#include <stdlib.h>
#include <string.h>

#include "run/catalogue.h"
#include "run/registry.h"
#include "run/report.h"

enum { WIDTH = 96, OUTCOME_WIDTH = 11, NAME_COLUMN = 14, TITLE_WIDTH = 80 };

static const char *colour(const struct report *report, const char *code)
{
	return report->colour ? code : "";
}

static const char *const outcome_colours[OUTCOMES] = {"\033[32m", "\033[1;31m", "\033[33m",
						      "\033[1;35m"};
static const char *const plain = "\033[0m";

/* Text with line breaks, continued at a column. */
static void put_wrapped(FILE *out, const char *text, size_t column)
{
	size_t room = WIDTH > column ? WIDTH - column : 20;

	while (strlen(text) > room) {
		size_t cut = room;

		while (cut > 0 && text[cut] != ' ') {
			cut--;
		}
		if (cut == 0) {
			cut = strcspn(text, " ");
		}
		if (text[cut] == 0) {
			break;
		}
		fprintf(out, "%.*s\n%*s", (int)cut, text, (int)column, "");
		text += cut + (text[cut] == ' ');
	}
	fprintf(out, "%s\n", text);
}

static const char *letter_colour(char letter)
{
	switch (letter) {
	case 'o':
		return "\033[32m";
	case 's':
		return "\033[36m";
	case 'z':
		return "\033[34m";
	case '~':
		return "\033[35m";
	default:
		return "\033[2m";
	}
}

static void put_strip(const struct report *report, const char *letters)
{
	if (!report->colour) {
		fputs(letters, report->out);
		return;
	}
	for (const char *run = letters; *run;) {
		int length = 1;

		while (run[length] == *run) {
			length++;
		}
		fprintf(report->out, "%s%.*s%s", letter_colour(*run), length, run, plain);
		run += length;
	}
}

/* The strips of one result, labels in a column. */
static bool put_strips(const struct report *report, const struct result *result, bool legend)
{
	static const char *const legends[] = {"o own frame   s shared frame   z zero page",
					      ". absent      ~ swapped"};
	size_t width = 6, shown = 0;

	for (size_t i = 0; i < result->detail_count; i++) {
		if (result->details[i].kind == RECORD_STRIP) {
			size_t length = strlen(result->details[i].field[0]);

			width = length > width ? length : width;
		}
	}
	for (size_t i = 0; i < result->detail_count; i++) {
		const struct record *detail = &result->details[i];

		if (detail->kind != RECORD_STRIP) {
			continue;
		}
		fprintf(report->out, "%*s%-*s  ", NAME_COLUMN + 1, "", (int)width,
			detail->field[0]);
		put_strip(report, detail->field[1]);
		if (legend && shown < 2) {
			size_t length = strlen(detail->field[1]);

			fprintf(report->out, "%*s%s", length < 12 ? (int)(12 - length) : 4, "",
				legends[shown]);
		}
		fputc('\n', report->out);
		shown++;
	}
	if (legend && shown == 1) {
		fprintf(report->out, "%*s%s\n", (int)(NAME_COLUMN + 3 + width + 12), "",
			legends[1]);
	}
	return shown > 0;
}

/* What a loop asserts again and again with the same value is shown once. */
static bool was_shown(const struct result *result, size_t index)
{
	const struct record *detail = &result->details[index];

	for (size_t i = 0; i < index; i++) {
		const struct record *earlier = &result->details[i];

		if (earlier->kind == detail->kind &&
		    strcmp(earlier->field[0], detail->field[0]) == 0 &&
		    strcmp(earlier->field[1], detail->field[1]) == 0) {
			return true;
		}
	}
	return false;
}

static void put_evidence(const struct report *report, const struct result *result)
{
	for (size_t i = 0; i < result->detail_count; i++) {
		const struct record *detail = &result->details[i];

		if (detail->kind == RECORD_EVIDENCE && !was_shown(result, i)) {
			fprintf(report->out, "%*s%s: %s\n", NAME_COLUMN + 1, "", detail->field[0],
				detail->field[1]);
		}
	}
	if (report->verbose && *result->strength) {
		fprintf(report->out, "%*sobserved by: %s\n", NAME_COLUMN + 1, "", result->strength);
	}
}

static void put_point(const struct report *report, const char *name, const char *text)
{
	fprintf(report->out, "%*s%-9s ", NAME_COLUMN - 1, "", name);
	put_wrapped(report->out, text, NAME_COLUMN + 9);
}

/* The sentences of the documents that the claim is about. */
static void put_sentences(const struct report *report, const char *ids)
{
	while (*ids) {
		size_t length = strcspn(ids, " ");
		char text[1000];
		struct row row;

		if (catalogue_find(ids, length, &row)) {
			snprintf(text, sizeof text, "%.*s (%.*s; %.*s)", (int)row.length[STATEMENT],
				 row.text[STATEMENT], (int)length, ids, (int)row.length[SOURCE],
				 row.text[SOURCE]);
			put_point(report, "document", text);
		}
		ids += length + strspn(ids + length, " ");
	}
}

/* What a broken claim or an error adds; nothing else scrolls past. */
static void put_trouble(const struct report *report, const struct result *result)
{
	char name[NAME_LENGTH], text[2 * NAME_LENGTH + 40];

	registry_full_name(result->claim, name);
	if (result->outcome == BROKEN) {
		put_sentences(report, result->claim->ids);
		put_point(report, "expected", result->expected);
		put_point(report, "seen", result->seen);
	}
	if (*result->file) {
		snprintf(text, sizeof text, "%s:%d", result->file, result->line);
		put_point(report, "at", text);
	}
	/* In one piece, for it is there to be copied. */
	fprintf(report->out, "%*s%-9s %s %s\n", NAME_COLUMN - 1, "", "again", report->program,
		name);
}

static void put_result(const struct report *report, const struct result *result, bool *legend)
{
	const char *word = result->claim->is_control && result->outcome == HOLDS
				   ? "control"
				   : outcome_name(result->outcome);
	bool control = result->claim->is_control && result->outcome != HOLDS;

	fprintf(report->out, "  %s%-*s%s ", colour(report, outcome_colours[result->outcome]),
		OUTCOME_WIDTH - 1, word, colour(report, plain));
	fputs(control ? "(a control) " : "", report->out);
	put_wrapped(report->out, result->claim->sentence, NAME_COLUMN - 1);
	if (result->outcome == UNDECIDED || result->outcome == ERROR) {
		fprintf(report->out, "%*s", NAME_COLUMN - 1, "");
		put_wrapped(report->out, result->reason, NAME_COLUMN - 1);
	}
	if (put_strips(report, result, *legend)) {
		*legend = false;
	}
	if (report->verbose || result->outcome == BROKEN) {
		put_evidence(report, result);
	}
	if (result->outcome == BROKEN || result->outcome == ERROR) {
		put_trouble(report, result);
	}
}

static void put_count(const struct report *report, size_t count, enum outcome outcome, bool always)
{
	static const char *const names[OUTCOMES] = {"hold", "broken", "undecided", "errors"};

	if (count || always) {
		fprintf(report->out, ", %s%zu %s%s",
			count ? colour(report, outcome_colours[outcome]) : "", count,
			names[outcome], count ? colour(report, plain) : "");
	}
}

static size_t end_of_experiment(const struct report *report, size_t start)
{
	size_t end = start;

	while (end < report->count &&
	       report->claims[end]->experiment == report->claims[start]->experiment) {
		end++;
	}
	return end;
}

/* One experiment among many: a line, and whatever is not as it should be. */
static void put_line(const struct report *report, size_t start, size_t end)
{
	size_t count[OUTCOMES] = {0};
	bool legend = true;

	for (size_t i = start; i < end; i++) {
		const struct result *result = &report->results[i];

		count[result->outcome] += !result->claim->is_control || result->outcome != HOLDS;
	}

	const char *title = report->claims[start]->experiment->title;
	bool cut = strlen(title) > TITLE_WIDTH;

	fprintf(report->out, "  %-*.*s%s %2zu hold", cut ? TITLE_WIDTH - 3 : TITLE_WIDTH,
		cut ? TITLE_WIDTH - 3 : TITLE_WIDTH, title, cut ? "..." : "", count[HOLDS]);
	for (enum outcome o = BROKEN; o < OUTCOMES; o++) {
		put_count(report, count[o], o, false);
	}
	fputc('\n', report->out);
	for (size_t i = start; i < end; i++) {
		if (report->results[i].outcome == BROKEN || report->results[i].outcome == ERROR) {
			put_result(report, &report->results[i], &legend);
		}
	}
}

static void put_page(const struct report *report, size_t start, size_t end)
{
	bool legend = true;

	fprintf(report->out, "%s%s%s\n\n", colour(report, "\033[1m"),
		report->claims[start]->experiment->title, colour(report, plain));
	for (size_t i = start; i < end; i++) {
		put_result(report, &report->results[i], &legend);
	}
}

static void put_chapter_heading(const struct report *report, size_t start)
{
	char now[NAME_LENGTH], before[NAME_LENGTH] = "";

	registry_chapter(report->claims[start]->experiment, now);
	if (start > 0) {
		registry_chapter(report->claims[start - 1]->experiment, before);
	}
	if (strcmp(now, before) != 0) {
		fprintf(report->out, "%s%s%s\n", colour(report, "\033[1m"), now,
			colour(report, plain));
	}
}

static void begin(struct report *report)
{
	(void)report;
}

static void ready(struct report *report, size_t end)
{
	while (report->next < end) {
		size_t last = end_of_experiment(report, report->next);

		if (last > end) {
			return;
		}
		if (report->single || report->verbose) {
			put_page(report, report->next, last);
			fputs(report->single ? "" : "\n", report->out);
		} else {
			put_chapter_heading(report, report->next);
			put_line(report, report->next, last);
		}
		report->next = last;
	}
	fflush(report->out);
}

/* The undecided, by what they want. */
static void put_wants(const struct report *report)
{
	for (size_t i = 0; i < report->count; i++) {
		const struct result *result = &report->results[i];
		size_t same = 0;
		bool told = false;

		if (result->outcome != UNDECIDED) {
			continue;
		}
		for (size_t j = 0; j < report->count; j++) {
			if (report->results[j].outcome == UNDECIDED &&
			    strcmp(report->results[j].reason, result->reason) == 0) {
				told |= j < i;
				same++;
			}
		}
		if (!told) {
			char name[NAME_LENGTH];

			registry_full_name(result->claim, name);
			fprintf(report->out, "%4zu undecided  ", same);
			put_wrapped(report->out, result->reason, 16);
			fprintf(report->out, "                %s%s\n", name,
				same > 1 ? ", ..." : "");
		}
	}
}

static void finish(struct report *report)
{
	struct tally tally = report_tally(report);
	size_t holding = tally.claims[HOLDS], answered = tally.controls[HOLDS];

	if (!report->single) {
		fputc('\n', report->out);
		put_wants(report);
	}
	fprintf(report->out, "%zu claim%s hold%s", holding, holding == 1 ? "" : "s",
		holding == 1 ? "s" : "");
	put_count(report, tally.claims[BROKEN] + tally.controls[BROKEN], BROKEN, true);
	put_count(report, tally.claims[UNDECIDED] + tally.controls[UNDECIDED], UNDECIDED, true);
	put_count(report, tally.claims[ERROR] + tally.controls[ERROR], ERROR, !report->single);
	if (answered) {
		fprintf(report->out, "; %zu control%s answered", answered,
			answered == 1 ? "" : "s");
	}
	if (report->seconds < 1) {
		fprintf(report->out, "  (%.0f ms)\n", report->seconds * 1000);
	} else {
		fprintf(report->out, "  (%.1f s)\n", report->seconds);
	}
}

const struct report_format report_text = {"text", begin, ready, finish};
