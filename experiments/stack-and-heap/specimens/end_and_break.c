/* SPDX-License-Identifier: MIT */
/*
 * specimen flags: -nostdlib -static -no-pie -fno-pie -ffreestanding -O1 -Wno-unused-command-line-argument
 *
 * Says where its zeroed globals end, where the break is, and whether the heap has any memory yet.
 */
#include "../../program-loading/specimens/specimen.h"

static volatile char zeroed[100000];

extern char _end[];

int specimen(long *stack)
{
	unsigned long at = brk_now(0);

	(void)stack;
	zeroed[0] = 1;
	say("end", (unsigned long)_end);
	say("break", at);
	say("moved", brk_now(at + 1));
	return 0;
}
