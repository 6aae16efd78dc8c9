/* SPDX-License-Identifier: MIT */
/*
 * An execute-only page runs and cannot be read, if the processor has keys for it
 * ==============================================================================
 *
 * Read, write, execute: document 004 (14.2) lists three rights as if each could be had alone. A page
 * that may be executed and not read would keep its code from prying eyes. But an x86 page-table
 * entry has no bit for reading: whatever is present can be read. Where the processor has protection
 * keys Linux makes good for it: mprotect(PROT_EXEC) gives the page a key that is closed to data
 * accesses, and keys do not concern instructions.
 *
 *      PROT_EXEC alone           call       load                      store
 *      with protection keys      works      SIGSEGV (SEGV_PKUERR)     SIGSEGV
 *      64-bit ARM with EPAN      works      SIGSEGV (SEGV_ACCERR)     SIGSEGV
 *      others                    works      works                     SIGSEGV
 *
 * So the sentence is refined: execute permission is there by itself where the hardware can.
 *
 * Look with: calls and loads at the same address.
 * Read on:   mprotect(2), pkeys(7); document 004 section 14.2.
 */
#include <signal.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>
#include <touchstone/keys.h>

EXPERIMENT("An execute-only page runs and cannot be read, if the processor has keys for it");

enum { PAGES = 3 };

/* Pages with the function that only returns at the start of each, and then these rights. */
static char *functions(int rights)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	for (size_t i = 0; i < PAGES; i++) {
		size_t length = copy_return_function(page(area, i));

		__builtin___clear_cache(page(area, i), page(area, i) + length);
	}
	assert_accepted(mprotect(area, PAGES * page_size(), rights));
	return area;
}

/* A refusal by the rights of the page or by those of its key: which came first is left open. */
static void assert_data_refused(struct trap trap)
{
	int code = trap.code == SEGV_PKUERR ? SEGV_PKUERR : SEGV_ACCERR;

	assert_trap(trap, SIGSEGV, code, trap.target);
}

CLAIM(it_runs_and_cannot_be_written, "prot-09",
      "A page with PROT_EXEC alone can be called and cannot be stored to, on any processor",
      .needs = EXECUTABLE_MEMORY)
{
	char *code = functions(PROT_EXEC);

	for (size_t i = 0; i < PAGES; i++) {
		assert_no_trap(try_call(page(code, i)));
		assert_data_refused(try_store(page(code, i), 1));
		assert_data_refused(try_store(page(code, i + 1) - 1, 1));
		assert_no_trap(try_call(page(code, i)));
	}
}

CLAIM(with_keys_it_cannot_be_read, "prot-09",
      "Where there are protection keys not a byte of it can be loaded, and it runs all the same",
      .needs = EXECUTABLE_MEMORY | PROTECTION_KEYS)
{
	char *code = functions(PROT_EXEC);

	for (size_t i = 0; i < PAGES; i++) {
		assert_data_refused(try_load(page(code, i)));
		assert_data_refused(try_load(page(code, i) + page_size() / 2));
		assert_data_refused(try_load(page(code, i + 1) - 1));
		assert_no_trap(try_call(page(code, i)));
	}
	IN_CHILD {
		assert_data_refused(try_load(code));
		assert_no_trap(try_call(code));
	}
	/* Reading is a right that can be given back, and then the bytes are all there. */
	assert_accepted(mprotect(code, PAGES * page_size(), PROT_READ));
	assert_same_bytes(code, functions(PROT_READ), PAGES * page_size(), "the code");
}

CONTROL(what_may_be_read_too_is_read, "prot-09",
	"A page with PROT_READ | PROT_EXEC can be called and loaded from, keys or not",
	.needs = EXECUTABLE_MEMORY)
{
	char *code = functions(PROT_READ | PROT_EXEC);

	for (size_t i = 0; i < PAGES; i++) {
		assert_no_trap(try_call(page(code, i)));
		assert_no_trap(try_load(page(code, i)));
		assert_no_trap(try_load(page(code, i + 1) - 1));
		assert_data_refused(try_store(page(code, i), 1));
	}
}
