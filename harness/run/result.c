/* SPDX-License-Identifier: MIT */
/* The result of one claim, put together from its records. */
#include "run/result.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_detail(const struct record *record)
{
	return record->kind == RECORD_EVIDENCE || record->kind == RECORD_STRIP;
}

static void take_verdict(struct result *result, const struct record *record)
{
	switch (record->kind) {
	case RECORD_BROKEN:
		result->outcome = BROKEN;
		result->file = record->field[0];
		result->line = atoi(record->field[1]);
		result->expected = record->field[2];
		result->seen = record->field[3];
		break;
	case RECORD_UNDECIDED:
		result->outcome = UNDECIDED;
		result->reason = record->field[0];
		break;
	case RECORD_ERROR:
		result->outcome = ERROR;
		result->file = record->field[0];
		result->line = atoi(record->field[1]);
		result->reason = record->field[2];
		break;
	default:
		break;
	}
}

bool result_from_records(struct result *result, const struct claim *claim, char *text,
			 size_t length)
{
	size_t lines = 1;
	bool reached_end = false, decided = false;

	*result = (struct result){.claim = claim,
				  .outcome = HOLDS,
				  .file = "",
				  .expected = "",
				  .seen = "",
				  .reason = "",
				  .strength = "",
				  .text = text};
	for (size_t i = 0; i < length; i++) {
		lines += text[i] == '\n';
	}
	result->details = calloc(lines, sizeof *result->details);
	for (char *line = text, *end = text + length; line < end && result->details;) {
		char *newline = memchr(line, '\n', (size_t)(end - line));
		struct record record;

		if (!newline) {
			break; /* cut short: its writer died in the middle */
		}
		*newline = 0;
		if (record_decode(line, &record)) {
			if (is_detail(&record)) {
				result->details[result->detail_count++] = record;
			} else if (record.kind == RECORD_STRENGTH) {
				result->strength = record.field[0];
			} else if (record.kind == RECORD_END) {
				reached_end = true;
			} else if (record.kind == RECORD_RESULT) {
				result->milliseconds = atof(record.field[1]);
			} else if (record.kind != RECORD_FREE && !decided) {
				decided = true;
				take_verdict(result, &record);
			}
		}
		line = newline + 1;
	}
	return reached_end;
}

void result_set_reason(struct result *result, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	if (vasprintf(&result->own_reason, format, arguments) < 0) {
		result->own_reason = NULL;
	}
	va_end(arguments);
	result->reason = result->own_reason ? result->own_reason : "out of memory";
}

void result_free(struct result *result)
{
	free(result->details);
	free(result->text);
	free(result->own_reason);
	result->details = NULL;
	result->text = result->own_reason = NULL;
}
