/* SPDX-License-Identifier: MIT */
/*
 * specimen flags: -nostdlib -static -no-pie -fno-pie -ffreestanding -O1 -Wno-unused-command-line-argument
 *
 * A program that says that it runs, and then does nothing until its standard input ends.
 */
#include "../../program-loading/specimens/specimen.h"

int specimen(long *stack)
{
	char byte;

	(void)stack;
	say("runs", 1);
	while (system_call(__NR_read, 0, (long)&byte, 1) == 1) {
	}
	return 0;
}
