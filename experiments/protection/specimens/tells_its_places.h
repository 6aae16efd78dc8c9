/* SPDX-License-Identifier: MIT */
/*
 * A program that says where parts of its image are: where it runs, where the kernel says that
 * its headers and its first instruction are, and where its stack and its break are. Nothing in
 * it needs to be relocated, for nobody would do so. Specimens that differ in how they are linked
 * include it.
 */
#include "../../program-loading/specimens/specimen.h"

/* So that it has data, too, like any program. */
__attribute__((used)) static unsigned long data = 1;

int specimen(long *stack)
{
	say("running", (unsigned long)__builtin_return_address(0));
	say("headers", auxiliary_value(stack, AT_PHDR));
	say("entry", auxiliary_value(stack, AT_ENTRY));
	say("stack", (unsigned long)stack);
	say("break", brk_now(0));
	return 0;
}
