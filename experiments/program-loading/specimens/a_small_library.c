/* SPDX-License-Identifier: MIT */
/*
 * specimen flags: -nostdlib -shared -fPIC -ffreestanding -O1 -s -Wl,-z,norelro -Wno-unused-command-line-argument
 *
 * A shared object that a dynamic loader loads before a program (LD_PRELOAD). Its constructor is called
 * when it was linked; it says where everything is, changes a byte of its data, and waits.
 */
#define SPECIMEN_IS_A_LIBRARY
#include "specimen.h"

enum { LARGEST_PAGE = 65536 };

extern const char beginning[] __asm__("__ehdr_start") __attribute__((visibility("hidden")));

static void *slot = &slot;                   /* in the file: a place relative to the beginning */
static volatile unsigned char written = 'f'; /* the file's */

__attribute__((constructor)) static void loaded(void)
{
	char byte;

	say("slot", (unsigned long)&slot);
	say("slot_at", (unsigned long)&slot - (unsigned long)beginning);
	say("slot_holds", (unsigned long)*(void *volatile *)&slot);
	say("code", (unsigned long)loaded);
	say("data", (unsigned long)&written);
	say("found", written);
	written = 'w';
	say("waiting", 1);
	system_call(__NR_read, 0, (long)&byte, 1);
}
