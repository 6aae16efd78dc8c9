/* SPDX-License-Identifier: MIT */
/*
 * specimen flags: -nostdlib -pie -fPIE -ffreestanding -O1 -s -Wl,-z,norelro -Wno-unused-command-line-argument
 *
 * A program that wants this machine's dynamic loader, and no library. When its first line is
 * reached, it says where it is, and what the loader has made of a pointer in its data.
 */
#include "specimen.h"

static void *pointer = &pointer; /* in the file: a place relative to where it will be loaded */

int specimen(long *stack)
{
	say("main", 1);
	say("entry", auxiliary_value(stack, AT_ENTRY));
	say("loader", auxiliary_value(stack, AT_BASE));
	say("pointer_is_right", *(void *volatile *)&pointer == (void *)&pointer);
	return 0;
}
