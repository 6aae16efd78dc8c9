/* SPDX-License-Identifier: MIT */
/*
 * sbrk answers where the break was
 * ================================
 *
 * brk(2) wants to know where the break shall be, sbrk(3) how far it shall move. Its answer is where the
 * break was before, which is where the memory begins that it has brought:
 *
 *      sbrk(n)     |########|nnnn|<- break
 *                           ^ the answer
 *
 * Both are older than malloc and cannot share the heap with it, unless malloc expects that. musl's
 * malloc does not, and so its brk and sbrk refuse whatever would move the break, with ENOMEM. Either
 * way sbrk(0) tells where the break is, as the kernel does.
 *
 * Look with: nothing but the two calls, and the bare system call beside them.
 * Read on:   brk(2), sbrk(2); document 004 section 3.3.
 */
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("sbrk answers where the break was");

enum { STEP = 1000 };

static char *kernels_break(void)
{
	return (char *)syscall(SYS_brk, NULL);
}

/* Whether this C library lets its callers move the break, for the kernel would. */
static bool library_moves_the_break(void)
{
	char *at = kernels_break();
	bool moves;

	if ((char *)syscall(SYS_brk, at + STEP) != at + STEP) {
		undecided("needs room above the program break: raise ulimit -d");
	}
	arrange((char *)syscall(SYS_brk, at) == at);
	moves = brk(at) == 0;
	evidence("the C library", moves ? "moves the break" : "refuses to move the break");
	return moves;
}

CLAIM(it_answers_where_the_break_was, "brk-12",
      "sbrk answers the old break and moves it by so many bytes, up or down, or refuses and does "
      "not")
{
	bool moves = library_moves_the_break();
	char *at = kernels_break();
	const int each[] = {STEP, 1, (int)page_size(), -STEP, -(int)page_size(), -1};

	for (size_t i = 0; i < sizeof each / sizeof *each; i++) {
		if (moves) {
			assert_address(sbrk(each[i]), at, "what sbrk answers");
			at += each[i];
		} else {
			assert_refused((intptr_t)sbrk(each[i]), ENOMEM);
		}
		assert_address(kernels_break(), at, "the break, as the kernel has it");
	}
}

CLAIM(brk_takes_an_address, "brk-12",
      "brk answers 0 and sets the break to that address, or refuses with ENOMEM and does not")
{
	bool moves = library_moves_the_break();
	char *at = kernels_break();

	if (moves) {
		assert_equals(brk(at + STEP), 0, "what brk answers");
		assert_address(kernels_break(), at + STEP, "the break, raised");
		assert_equals(brk(at), 0, "what brk answers");
	} else {
		assert_refused(brk(at + STEP), ENOMEM);
	}
	assert_address(kernels_break(), at, "the break in the end");
}

CONTROL(sbrk_of_nothing_only_asks, "brk-12", "sbrk(0) answers the break, and moves it never")
{
	char *at = kernels_break();

	for (int i = 0; i < 3; i++) {
		assert_address(sbrk(0), at, "what sbrk(0) answers");
		assert_address(kernels_break(), at, "the break");
	}
}
