/* SPDX-License-Identifier: MIT */
/*
 * A call leaves its return address on the stack, and hardly a parameter
 * =====================================================================
 *
 * On the stack, says document 004 (3.4), are return addresses, saved registers, function
 * parameters and local variables. On x86-64 that is so of return addresses: the call instruction
 * itself stores the address of the instruction behind it, one word below the caller's frame. But
 * the convention puts the first six parameters, if they are whole numbers or pointers, into
 * registers. Only from the seventh on they are on the stack.
 *
 *      |  caller's frame      |
 *      |  eighth parameter    |
 *      |  seventh parameter   |          first to sixth: rdi rsi rdx rcx r8 r9
 *      |  return address      |  <- stack pointer at the first instruction of what was called
 *
 * (Programs of 32 bits, i386, have all of them on the stack.)
 *
 * Look with: a few instructions, which tell what they find before any compiler has moved it.
 * Read on:   the System V psABI for x86-64, "Parameter passing"; document 004 section 3.4.
 */
#include <touchstone/experiment.h>

EXPERIMENT("A call leaves its return address on the stack, and hardly a parameter");

enum { PARAMETERS = 8, IN_REGISTERS = 6, WORD = 8 };

/* The word on top of the stack at a function's first instruction, and what belongs there. */
struct top {
	uintptr_t word, pointer; /* what is there, and where that is */
	uintptr_t behind,
		callers; /* the instruction behind the call, and the caller's stack pointer */
};

typedef void top_function(void);
typedef void eight_function(long, long, long, long, long, long, long, long);

struct in_memory {
	long words[PARAMETERS];
};

/* What touchstone_note_parameters found in the six registers, and in two words of the stack. */
__attribute__((used)) static long touchstone_noted[PARAMETERS];

#if defined(__x86_64__) && defined(__LP64__)
__asm__(".pushsection .text\n"
	"touchstone_tell_top: movq (%rsp), %rax; movq %rsp, %rdx; ret\n"
	"touchstone_tell_through_a_jump: jmp touchstone_tell_top\n"
	"touchstone_tell_through_a_call: call touchstone_tell_top; ret\n"
	"touchstone_call_and_tell: pushq %rbx; movq %rsi, %rbx; call *%rdi\n"
	"1: movq %rax, (%rbx); movq %rdx, 8(%rbx)\n"
	"leaq 1b(%rip), %rax; movq %rax, 16(%rbx); movq %rsp, 24(%rbx)\n"
	"popq %rbx; ret\n"
	"touchstone_note_parameters: leaq touchstone_noted(%rip), %rax\n"
	"movq %rdi, (%rax); movq %rsi, 8(%rax); movq %rdx, 16(%rax)\n"
	"movq %rcx, 24(%rax); movq %r8, 32(%rax); movq %r9, 40(%rax)\n"
	"movq 8(%rsp), %rdx; movq %rdx, 48(%rax)\n"
	"movq 16(%rsp), %rdx; movq %rdx, 56(%rax); ret\n"
	".popsection\n");
extern top_function touchstone_tell_top, touchstone_tell_through_a_jump,
	touchstone_tell_through_a_call;
extern eight_function touchstone_note_parameters;
void touchstone_call_and_tell(top_function *function, struct top *top);
#define HERE_ONLY(symbol_) (symbol_)
#else
#define HERE_ONLY(symbol_) NULL
static void touchstone_call_and_tell(top_function *function, struct top *top)
{
	(void)function, (void)top;
}
#endif

/* volatile: each call is one. */
static top_function *volatile tell_top = HERE_ONLY(touchstone_tell_top);
static eight_function *volatile note_parameters = HERE_ONLY(touchstone_note_parameters);

static struct top top_at(top_function *function)
{
	struct top top = {0, 0, 0, 0};

	if (!function) {
		undecided("needs x86-64, whose instructions this experiment is written in");
	}
	touchstone_call_and_tell(function, &top);
	return top;
}

CLAIM(the_return_address_is_on_top, "layout-10",
      "At the first instruction the top of the stack is the address of what is behind the call")
{
	struct top top = top_at(tell_top);

	assert_address(top.word, top.behind, "the word on top of the stack");
	assert_address(top.pointer, top.callers - WORD, "where that is");
}

CONTROL(one_more_call_puts_another_there, "layout-10",
	"Through a jump the word is the same; through one more call another is there, a word lower")
{
	top_at(tell_top);

	struct top jump = top_at(HERE_ONLY(touchstone_tell_through_a_jump));
	struct top call = top_at(HERE_ONLY(touchstone_tell_through_a_call));

	assert_address(jump.word, jump.behind, "the word behind a jump");
	assert_address(jump.pointer, jump.callers - WORD, "where that is");
	assert_differs(call.word, call.behind, "the word behind one more call");
	assert_address(call.pointer, call.callers - 2 * WORD, "where that is");
}

static const volatile long values[PARAMETERS] = {0x1111, 0x2222, 0x3333, 0x4444,
						 0x5555, 0x6666, 0x7777, 0x8888};

static void need_the_processor(void)
{
	if (!note_parameters) {
		undecided("needs x86-64, whose calling convention this is about");
	}
}

CLAIM(six_parameters_are_in_registers, "layout-11",
      "Of eight parameters the first six arrive in registers, the others above the return address")
{
	need_the_processor();
	note_parameters(values[0], values[1], values[2], values[3], values[4], values[5], values[6],
			values[7]);
	for (int i = 0; i < PARAMETERS; i++) {
		assert_equals(touchstone_noted[i], values[i],
			      i < IN_REGISTERS ? "what a register had" : "what the stack had");
	}
}

CONTROL(a_structure_is_on_the_stack, "layout-11",
	"Passed as one structure of eight words the first two are where the last two were")
{
	struct in_memory all;

	need_the_processor();
	for (int i = 0; i < PARAMETERS; i++) {
		all.words[i] = values[i];
	}
	((void (*)(struct in_memory))(void (*)(void))note_parameters)(all);
	for (int i = 0; i < PARAMETERS - IN_REGISTERS; i++) {
		assert_equals(touchstone_noted[IN_REGISTERS + i], values[i], "what the stack had");
	}
}
