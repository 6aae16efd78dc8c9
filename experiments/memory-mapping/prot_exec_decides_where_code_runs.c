/* SPDX-License-Identifier: MIT */
/*
 * PROT_EXEC decides where code runs
 * =================================
 *
 * Document 002 has a bit of prot for execution, beside those for loads and stores. Without
 * PROT_EXEC nobody executes, where the processor can tell code from data: the bytes of a function
 * may be there, and readable, and yet a call of them traps. With PROT_EXEC alone the function
 * runs and nobody stores; whether it can be read, too, differs from processor to processor.
 *
 *      prot          load        store       call
 *      READ          works       trap        trap
 *      READ|WRITE    works       works       trap
 *      WRITE         (reported)  works       trap
 *      EXEC          (reported)  trap        works
 *      all           works       works       works
 *
 * Look with: calls and stores that may trap. The function is one that only returns.
 * Read on:   mmap(2), sigaction(2) "si_code", pkeys(7); documents 002 "User-Level Memory Mapping",
 *            003.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("PROT_EXEC decides where code runs");

enum { PAGES = 2 };

static char *mapped(int fd, int prot, int sharing)
{
	char *area = mmap(NULL, PAGES * page_size(), prot, sharing, fd, 0);

	arrange(area != MAP_FAILED);
	return area;
}

/* Anonymous memory with every right, and the function at its start. */
static char *mapped_function(void)
{
	char *area = mapped(-1, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS);
	size_t length = copy_return_function(area);

	arrange(length > 0);
	__builtin___clear_cache(area, area + length);
	return area;
}

CLAIM(without_exec_nothing_runs, "map-08",
      "Without PROT_EXEC a call traps, though the function is there and can be read",
      .needs = NO_EXECUTE)
{
	int prots[] = {PROT_READ, PROT_READ | PROT_WRITE, PROT_WRITE};
	int fd = memory_file(PAGES, 1);
	char *area = mapped(fd, PROT_READ | PROT_WRITE, MAP_SHARED);

	arrange(copy_return_function(area) > 0);
	for (size_t i = 0; i < 3; i++) {
		char *code = mapped(fd, prots[i], MAP_PRIVATE);

		assert_trap(try_call(code), SIGSEGV, SEGV_ACCERR, code);
	}
}

CLAIM(exec_permits_calls_and_no_stores, "map-08",
      "Under PROT_EXEC a function can be called, and a store traps unless PROT_WRITE permits it",
      .needs = EXECUTABLE_MEMORY)
{
	char *area = mapped_function();

	assert_no_trap(try_call(area));
	assert_no_trap(try_store(page(area, 1), 'x'));
	assert_byte(page(area, 1), 'x', "what was stored there");

	char *code = mapped(-1, PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS);

	for (size_t i = 0; i < PAGES; i++) {
		struct trap trap = try_store(page(code, i), 'x');
		/* A processor with protection keys keeps such a page from being read by a key. */
		bool by_key = trap.code == SEGV_PKUERR;

		assert_trap(trap, SIGSEGV, by_key ? SEGV_PKUERR : SEGV_ACCERR, page(code, i));
	}
	evidence("a load under PROT_EXEC alone", "%s", try_load(code).signal ? "traps" : "works");
}

CONTROL(the_same_function_runs_by_permission_only, "map-08",
	"The same function at the same address runs or traps as it is permitted or forbidden",
	.needs = EXECUTABLE_MEMORY | NO_EXECUTE)
{
	char *area = mapped_function();

	assert_no_trap(try_call(area));
	arrange(mprotect(area, page_size(), PROT_READ | PROT_WRITE) == 0);
	assert_trap(try_call(area), SIGSEGV, SEGV_ACCERR, area);
	assert_no_trap(try_store(area, load(area)));
	arrange(mprotect(area, page_size(), PROT_READ | PROT_EXEC) == 0);
	assert_no_trap(try_call(area));
	assert_trap(try_store(area, load(area)), SIGSEGV, SEGV_ACCERR, area);
}
