/* SPDX-License-Identifier: MIT */
/*
 * specimen flags: -nostdlib -static -no-pie -fno-pie -ffreestanding -O1 -Wno-unused-command-line-argument
 *
 * A program with 128 KiB of initialised globals. It says how many of their bytes are not as they were
 * initialised, then overwrites every one of them, and says how many have the new value.
 */
#include "specimen.h"

enum { LENGTH = 128 * 1024, INITIAL = 0x5a, NEW = 0xa5 };

/* A range designator is GNU C; without it the initialiser would fill pages of source. */
static volatile unsigned char globals[LENGTH] = {[0 ... LENGTH - 1] = INITIAL};

static unsigned long count(unsigned char value)
{
	unsigned long found = 0;

	for (unsigned long i = 0; i < LENGTH; i++) {
		found += globals[i] == value;
	}
	return found;
}

int specimen(long *stack)
{
	(void)stack;
	say("globals", LENGTH);
	say("initial", count(INITIAL));
	for (unsigned long i = 0; i < LENGTH; i++) {
		globals[i] = NEW;
	}
	say("changed", count(NEW));
	return 0;
}
