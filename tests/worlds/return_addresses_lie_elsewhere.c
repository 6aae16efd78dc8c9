/* SPDX-License-Identifier: MIT */
/*
 * The top of the stack is another word than the return address, and the sixth parameter on the
 * stack.
 */
#include <touchstone/outcome.h>

#include "worlds/symbols.h"
#include "worlds/world.h"

enum { PARAMETERS = 8 };

static long *noted;

static void note(long a, long b, long c, long d, long e, long f, long g, long h)
{
	const long found[PARAMETERS] = {a, b, c, d, e, g, f, h};

	for (int i = 0; i < PARAMETERS; i++) {
		noted[i] = found[i];
	}
}

#if defined(__x86_64__) && defined(__LP64__)
__asm__(".pushsection .text\n"
	"worlds_tell_a_word_above: movq 8(%rsp), %rax; leaq 8(%rsp), %rdx; ret\n"
	".popsection\n");
extern void worlds_tell_a_word_above(void);
static void (*const tell)(void) = worlds_tell_a_word_above;
#else
static void (*const tell)(void) = NULL;
#endif

static void divert(void)
{
	if (!tell) {
		undecided("needs x86-64 for this world");
	}
	noted = variable_named("touchstone_noted", PARAMETERS * sizeof(long));
	*(void (**)(void))variable_named("tell_top", sizeof(void *)) = tell;
	*(typeof(note) **)variable_named("note_parameters", sizeof(void *)) = note;
}

WORLD("A machine where return addresses lie elsewhere",
      .breaks = "layout-10 layout-11 a_structure_is_on_the_stack", .spares = "stack-06 stack-10",
      .enter = divert);
