/* SPDX-License-Identifier: MIT */
/*
 * Code and constants cannot be written, data cannot be executed
 * =============================================================
 *
 * A program's own machine code is memory like any other: it has addresses, it can be read. But the
 * loader maps it without the right to write, so that a stray pointer cannot change what the
 * program does (document 004, 3.1); constants get the same treatment. And the other way round:
 * memory that is written, heap or stack, is mapped without the right to execute, so that bytes
 * which arrived as data cannot become instructions (NX, document 004, 14.3).
 *
 *                     read   write  execute
 *      text            yes    no     yes        the code of this file
 *      constants       yes    no     no         "a string literal"
 *      data, heap      yes    yes    no
 *      stack           yes    yes    no
 *
 * Document 004 adds that systems "aim for W^X", memory that is never writable and executable at
 * once. As far as Linux goes that is a habit, not a law: mmap with all three rights is granted,
 * unless a policy forbids it (SELinux, PR_SET_MDWE).
 *
 * Look with: SIGSEGV with SEGV_ACCERR: there is an area, and it forbids this.
 * Read on:   mprotect(2), elf(5); document 004 sections 3.1, 14.2 and 14.3.
 */
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>

#include <touchstone/experiment.h>

EXPERIMENT("Code and constants cannot be written, data cannot be executed");

#ifndef PR_SET_MDWE
#define PR_SET_MDWE              65
#define PR_MDWE_REFUSE_EXEC_GAIN 1
#endif

static const char constant[] = "a constant, initialised and never changed";
static char variable[] = "a variable, initialised and free to change";

/* Code of this program, called through a pointer so that it is a function of its own. */
static int twice(int number)
{
	return 2 * number;
}
static int (*volatile code)(int) = twice;

/* A store of what is there already: where it goes through after all, nothing is destroyed. */
static struct trap store_same(const void *address)
{
	return try_store((void *)(uintptr_t)address, load(address));
}

static void copy_function(void *to)
{
	size_t length = copy_return_function(to);

	__builtin___clear_cache((char *)to, (char *)to + length);
}

CLAIM(a_store_into_code_is_refused, "prot-01",
      "A store into the program's own code gives SEGV_ACCERR, and the code still runs")
{
	const char *text = (const char *)(uintptr_t)code;

	assert_trap(store_same(text), SIGSEGV, SEGV_ACCERR, text);
	assert_equals(code(21), 42, "what the function answers");
}

CLAIM(a_store_into_constants_is_refused, "prot-20",
      "A store into a constant array or a string literal gives SEGV_ACCERR")
{
	const char *volatile literal = "a string literal";

	assert_trap(store_same(constant), SIGSEGV, SEGV_ACCERR, constant);
	assert_trap(store_same(constant + sizeof constant - 1), SIGSEGV, SEGV_ACCERR,
		    constant + sizeof constant - 1);
	assert_trap(store_same(literal), SIGSEGV, SEGV_ACCERR, literal);
}

CLAIM(data_cannot_be_called, "prot-02 stack-11",
      "A function copied onto the heap, onto the stack or into fresh memory cannot be called",
      .needs = NO_EXECUTE)
{
	char on_stack[64];
	char *on_heap = malloc(64);
	char *mapped = mmap(NULL, page_size(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			    -1, 0);

	arrange(on_heap && mapped != MAP_FAILED);
	copy_function(on_stack);
	copy_function(on_heap);
	copy_function(mapped);
	assert_trap(try_call(on_stack), SIGSEGV, SEGV_ACCERR, on_stack);
	assert_trap(try_call(on_heap), SIGSEGV, SEGV_ACCERR, on_heap);
	assert_trap(try_call(mapped), SIGSEGV, SEGV_ACCERR, mapped);
}

CLAIM(writable_and_executable_at_once_is_granted, "prot-03",
      "Linux grants memory that is writable and executable, unless a policy forbids it",
      .needs = EXECUTABLE_MEMORY)
{
	char *both = mmap(NULL, page_size(), PROT_READ | PROT_WRITE | PROT_EXEC,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (both == MAP_FAILED) {
		undecided("needs leave to map memory writable and executable: lift the policy "
			  "against it");
	}
	copy_function(both);
	assert_no_trap(try_call(both));
	assert_no_trap(try_store(both + 63, 1));
}

CONTROL(variables_can_be_written, "prot-01 prot-20",
	"The same store into a variable beside the constants goes through, last byte included")
{
	assert_no_trap(store_same(variable));
	assert_no_trap(try_store(variable + sizeof variable - 2, '!'));
	assert_byte(variable + sizeof variable - 2, '!', "the variable's last letter");
}

CONTROL(the_same_bytes_run_once_they_may, "prot-02 stack-11",
	"The same function in the same page runs as soon as the page may be executed",
	.needs = EXECUTABLE_MEMORY)
{
	char *page = mmap(NULL, page_size(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			  -1, 0);

	arrange(page != MAP_FAILED);
	copy_function(page);
	arrange(mprotect(page, page_size(), PROT_READ | PROT_EXEC) == 0);
	assert_no_trap(try_call(page));
	assert_trap(try_store(page, 1), SIGSEGV, SEGV_ACCERR, page);
}

CONTROL(a_policy_can_forbid_both_at_once, "prot-03",
	"Under PR_SET_MDWE the same request for writable and executable memory is refused")
{
	if (prctl(PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN, 0, 0, 0) != 0) {
		undecided("needs PR_SET_MDWE: Linux 6.3 or later");
	}
	assert_refused(mmap(NULL, page_size(), PROT_READ | PROT_WRITE | PROT_EXEC,
			    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
		       EACCES);
}
