/* SPDX-License-Identifier: MIT */
/* Records: encoding, decoding, and the pipe they leave by. */
#include "run/record.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static const char *const kinds[RECORD_KINDS] = {
	"evidence", "strip", "strength", "broken", "undecided", "error", "end", "free", "result",
};

/* A pipe holds 64 KiB, or one page where the user has too many; what decides must always fit. */
enum { ROOM_FOR_EVIDENCE = 48 * 1024 };

static int out = -1;

static size_t append(char *buffer, size_t size, size_t at, char byte)
{
	if (at < size) {
		buffer[at] = byte;
	}
	return at + 1;
}

size_t record_encode(char *buffer, size_t size, enum record_kind kind, const char *const *fields,
		     size_t count)
{
	/* The newline always fits; fields share what is left, so that a long one cuts only itself. */
	size_t at = 0;
	size_t share = (size - 16) / (count ? count : 1);

	for (const char *c = kinds[kind]; *c; c++) {
		at = append(buffer, size - 1, at, *c);
	}
	for (size_t i = 0; i < count; i++) {
		size_t used = 0;

		at = append(buffer, size - 1, at, '\t');
		for (const char *c = fields[i]; *c && used + 2 < share; c++, used++) {
			char escaped = *c == '\t' ? 't' : *c == '\n' ? 'n' : *c == '\\' ? '\\' : 0;

			if (escaped) {
				at = append(buffer, size - 1, at, '\\');
				at = append(buffer, size - 1, at, escaped);
				used++;
			} else {
				at = append(buffer, size - 1, at, *c);
			}
		}
	}
	if (at > size - 1) {
		at = size - 1;
	}
	buffer[at++] = '\n';
	return at;
}

static void unescape(char *text)
{
	char *to = text;

	for (const char *from = text; *from; from++) {
		if (*from == '\\' && from[1]) {
			from++;
			*to++ = *from == 't' ? '\t' : *from == 'n' ? '\n' : *from;
		} else {
			*to++ = *from;
		}
	}
	*to = 0;
}

bool record_decode(char *line, struct record *record)
{
	static char empty[1];
	char *rest = line;
	const char *kind = strsep(&rest, "\t");

	for (size_t i = 0; i < RECORD_FIELDS; i++) {
		record->field[i] = rest ? strsep(&rest, "\t") : empty;
		if (record->field[i] != empty) {
			unescape(record->field[i]);
		}
	}
	for (size_t i = 0; i < RECORD_KINDS; i++) {
		if (strcmp(kind, kinds[i]) == 0) {
			record->kind = (enum record_kind)i;
			return true;
		}
	}
	return false;
}

void record_open(int fd)
{
	out = fd;
}

void record_write(enum record_kind kind, ...)
{
	const char *fields[RECORD_FIELDS];
	size_t count = 0;
	char line[RECORD_LENGTH];
	int queued = 0;
	va_list arguments;

	if (out < 0) {
		return;
	}
	if (kind <= RECORD_STRENGTH && ioctl(out, FIONREAD, &queued) == 0 &&
	    queued > ROOM_FOR_EVIDENCE) {
		return;
	}
	va_start(arguments, kind);
	for (const char *field;
	     count < RECORD_FIELDS && (field = va_arg(arguments, const char *));) {
		fields[count++] = field;
	}
	va_end(arguments);

	size_t length = record_encode(line, sizeof line, kind, fields, count);

	while (write(out, line, length) < 0 && errno == EINTR) {
	}
}
