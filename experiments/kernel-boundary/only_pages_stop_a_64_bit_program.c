/* SPDX-License-Identifier: MIT */
/*
 * Only pages stop a 64-bit program
 * ================================
 *
 * On a modern system "paging does the heavy lifting of isolation and protection" (document 004, section
 * 7.4). The x86-64 went so far as to drop the rest: in 64-bit mode the base of a segment that gs
 * names is still added, but its limit is looked at no more, nor whether it may be written. What lies at
 * the sum decides, by the rights of its page.
 *
 *      segment: base = page 0, limit 127, read-only
 *
 *      page 0        page 1        page 2
 *      rw            rw            ---
 *      |127|         ^             ^
 *                    gs:(page_size)goes through
 *                                  gs:(2 * page_size) SIGSEGV, by the page: with its address
 *
 * Look with: accesses through gs; the signal's si_code and si_addr.
 * Read on:   modify_ldt(2), arch_prctl(2); document 004 sections 7.3 and 7.4.
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>
#include <touchstone/segments.h>

EXPERIMENT("Only pages stop a 64-bit program");

enum { PAGES = 3, LIMIT = 127 };

static size_t offset;
static unsigned char byte;

#ifdef __x86_64__
static void load_by_gs(void)
{
	__asm__ volatile("movb %%gs:(%1), %0" : "=q"(byte) : "r"(offset) : "memory");
}

static void store_by_gs(void)
{
	__asm__ volatile("movb %0, %%gs:(%1)" : : "q"(byte), "r"(offset) : "memory");
}

/* Two pages of a pattern and a closed one; gs means a short segment for readers at their start. */
static char *pages_behind_gs(void)
{
	int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT;
	char *area = mmap(NULL, PAGES * page_size(), PROT_READ | PROT_WRITE, flags, -1, 0);

	if (area == MAP_FAILED) {
		undecided("needs pages below 2 GiB: errno %d", errno);
	}
	write_pattern(area, PAGES * page_size(), 1);
	arrange(mprotect(page(area, PAGES - 1), page_size(), PROT_NONE) == 0);

	struct user_desc segment = {.base_addr = (unsigned)(uintptr_t)area,
				    .limit = LIMIT,
				    .seg_32bit = 1,
				    .read_exec_only = 1};

	if (syscall(SYS_modify_ldt, 1, &segment, sizeof segment) != 0) {
		undecided("needs modify_ldt(2), CONFIG_MODIFY_LDT_SYSCALL: errno %d", errno);
	}
	__asm__ volatile("movl %0, %%gs" : : "r"(local_selector(0)));
	return area;
}
#else
static void load_by_gs(void)
{
}

static void store_by_gs(void)
{
}

static char *pages_behind_gs(void)
{
	undecided("needs a program in the 64-bit mode of an x86-64 processor");
}
#endif

/* One access through gs, with whatever it ends in. */
static struct trap try_by_gs(void (*access)(void), size_t at, unsigned char value)
{
	offset = at;
	byte = value;
	return try_call((const void *)(uintptr_t)access);
}

CLAIM(the_limit_stops_nobody, "seg-04",
      "Offsets far behind a segment's limit reach the bytes of the pages that lie there")
{
	char *area = pages_behind_gs();
	const size_t offsets[] = {0, LIMIT, LIMIT + 1, page_size() - 1, 2 * page_size() - 1};

	for (size_t i = 0; i < 5; i++) {
		assert_no_trap(try_by_gs(load_by_gs, offsets[i], 0));
		assert_equals(byte, load(area + offsets[i]), "the byte that was loaded");
		assert_no_trap(try_by_gs(store_by_gs, offsets[i], 'x'));
		assert_byte(area + offsets[i], 'x', "what was stored");
	}
}

CLAIM(rights_of_pages_stop_it, "seg-04",
      "An offset that leads to a closed page is refused by the page, with its address")
{
	char *area = pages_behind_gs();
	const size_t offsets[] = {2 * page_size(), 3 * page_size() - 1};

	for (size_t i = 0; i < 2; i++) {
		assert_trap(try_by_gs(load_by_gs, offsets[i], 0), SIGSEGV, SEGV_ACCERR,
			    area + offsets[i]);
		assert_trap(try_by_gs(store_by_gs, offsets[i], 'x'), SIGSEGV, SEGV_ACCERR,
			    area + offsets[i]);
	}
}

CONTROL(in_32_bit_mode_the_limit_stops_it, "seg-04",
	"In 32-bit mode the very same segment refuses the first offset behind its limit")
{
	char *area = pages_behind_gs();

	assert_equals(try_load_through(local_selector(0), LIMIT).loaded, load(area + LIMIT),
		      "the byte at the limit");
	assert_trap(try_load_through(local_selector(0), LIMIT + 1), SIGSEGV, SI_KERNEL, NULL);
	assert_trap(try_store_through(local_selector(0), 0, 'x'), SIGSEGV, SI_KERNEL, NULL);
	assert_pattern(area, 2 * page_size(), 1, "the pages, behind the refusals");
}
