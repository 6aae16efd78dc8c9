/* SPDX-License-Identifier: MIT */
/*
 * A program that reads the list of its own areas, and says how many lines it has, and how many of
 * them may be written, executed, and both. Specimens that differ in how they are linked include it.
 */
#include "../../program-loading/specimens/specimen.h"

#include <linux/fcntl.h>

enum { BUFFER = 16 * 1024 };

static char text[BUFFER];

/* The file's text, as far as it fits. */
static long read_maps(void)
{
	long file = system_call(__NR_openat, AT_FDCWD, (long)"/proc/self/maps", O_RDONLY);
	long length = 0, got = 1;

	while (file >= 0 && got > 0 && length < BUFFER) {
		got = system_call(__NR_read, file, (long)(text + length), BUFFER - length);
		length += got > 0 ? got : 0;
	}
	return length;
}

int specimen(long *stack)
{
	unsigned long areas = 0, written = 0, executed = 0, both = 0;
	long length = read_maps(), at = 0;

	(void)stack;
	while (at < length) {
		while (at < length && text[at] != ' ') { /* behind the addresses: rwxp */
			at++;
		}
		if (at + 4 < length) {
			areas++;
			written += text[at + 2] == 'w';
			executed += text[at + 3] == 'x';
			both += text[at + 2] == 'w' && text[at + 3] == 'x';
		}
		while (at < length && text[at++] != '\n') {
		}
	}
	say("areas", areas);
	say("written", written);
	say("executed", executed);
	say("both", both);
	return 0;
}
