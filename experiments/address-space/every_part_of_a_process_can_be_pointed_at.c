/* SPDX-License-Identifier: MIT */
/*
 * Every part of a process can be pointed at
 * =========================================
 *
 * Document 004 (section 3) draws the address space of a process as every textbook does. Of each
 * part a program has an address in its hand: of a function, a constant, a global, a block, a local
 * variable. The memory map tells what lies there, and this very process can be drawn:
 *
 *      high   [stack]         rw-p  a local variable
 *             mapped region   rw-p  what mmap returned
 *             [heap]          rw-p  what is below the break
 *             bss             rw-p  a global without a value: no file behind it
 *             data            rw-p  a global with a value: behind it, the program's file
 *             text            r-xp  a function, and constants (r--p) before or behind it
 *      low
 *
 * Initialised globals are in the file, so their area is one of the file, copied on write. Zeros
 * need no file (a "memory optimization", 3.2), and theirs is anonymous; only the page
 * in which data ends and bss begins belongs to both. The picture is conceptual, says the
 * document (3.7): what is linked to run anywhere without a loader (static-pie) may lie above its
 * own heap.
 *
 * Look with: /proc/self/maps.
 * Read on:   proc(5) "maps", elf(5), brk(2); document 004 sections 3, 3.2 and 3.7.
 */
#include <link.h>
#include <sys/auxv.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Every part of a process can be pointed at");

enum { LARGEST_PAGE = 64 * 1024 };

static const char a_constant[] = "never written";
static volatile long an_initialised_global = 1;
static volatile char zeroed_globals[3 * LARGEST_PAGE];

extern const ElfW(Ehdr) __ehdr_start __attribute__((weak, visibility("hidden")));

/* Where the code is that runs. */
__attribute__((noinline)) static const char *code_here(void)
{
	return __builtin_return_address(0);
}

/* A page of zeroed globals and nothing else. */
static char *page_of_zeros(void)
{
	return page_of((char *)(uintptr_t)zeroed_globals + LARGEST_PAGE);
}

/* The heap's last byte, of a page that is there. */
static const char *end_of_heap(void)
{
	char *end = (char *)syscall(SYS_brk, 0) + page_size();

	if ((char *)syscall(SYS_brk, end) != end) {
		undecided("needs room above the program break: raise ulimit -d");
	}
	return end - 1;
}

/* The area has these rights; "?" stands for any. */
static struct area draw(const char *part, const volatile void *address, const char *rights)
{
	const void *at = (const void *)(uintptr_t)address;
	struct area area = observe_area(at);

	evidence(part, "%p %s %s", at, area.permissions, area.name);
	assert_equals(area.exists, true, "whether the part lies in an area");
	for (int i = 0; i < 4; i++) {
		if (rights[i] != '?' && area.permissions[i] != rights[i]) {
			broken(HERE, rights, "%s: %s", part, area.permissions);
		}
	}
	return area;
}

static void assert_above(const volatile void *higher, const volatile void *lower, const char *what)
{
	assert_equals((uintptr_t)higher > (uintptr_t)lower, true, what);
}

CLAIM(each_part_lies_in_an_area_of_its_kind, "layout-01",
      "Code, constants, globals, heap, mapping and stack have areas with the rights of their kind",
      .needs = AREA_LIST)
{
	char here = 0;

	draw("code", code_here(), "?-x?");
	draw("a constant", a_constant, "r-??");
	draw("data", &an_initialised_global, "rw-p");
	draw("bss", page_of_zeros(), "rw-p");
	assert_text(draw("heap", end_of_heap(), "rw-p").name, "[heap]", "name of the heap");
	draw("a mapping", fresh_pages(1, MAP_PRIVATE), "rw-p");
	assert_text(draw("a local variable", &here, "rw?p").name, "[stack]", "name of the stack");
	evidence("the kernel's page", "%#lx", getauxval(AT_SYSINFO_EHDR));
}

CLAIM(the_image_is_in_order, "layout-01",
      "Data lies above code and constants, bss above data, and the heap, but in a static PIE, "
      "above bss")
{
	assert_above(&an_initialised_global, code_here(), "whether data is above the code");
	assert_above(&an_initialised_global, a_constant, "whether data is above a constant");
	assert_above(page_of_zeros(), &an_initialised_global, "whether bss is above data");
	if ((&__ehdr_start && __ehdr_start.e_type == ET_EXEC) || getauxval(AT_BASE) != 0) {
		assert_above(end_of_heap(), page_of_zeros(), "whether the heap is above bss");
	}
}

CLAIM(values_come_from_the_program_and_zeros_from_nowhere, "layout-04",
      "An initialised global lies in an area of the program's file, a zeroed one in none of a file",
      .needs = AREA_LIST)
{
	uint64_t program = observe_area(code_here()).inode;
	char *zeros = page_of_zeros();

	assert_differs(program, 0, "the program's inode");
	for (int written = 0; written < 2; written++) {
		assert_equals(draw("data", &an_initialised_global, "rw-p").inode, program,
			      "inode of the area of an initialised global");
		assert_equals(draw("bss", zeros, "rw-p").inode, 0,
			      "inode of the area of a zeroed global");
		assert_equals(an_initialised_global, 1 + written, "the initialised global");
		assert_all_bytes(zeros, page_size() - 1, 0, "the zeroed globals of a page");
		an_initialised_global = 2;
		store(zeros + page_size() - 1, 'z');
	}
}

CONTROL(constants_lie_in_no_area_that_can_be_written, "layout-01 layout-04",
	"A constant lies in another area of the same file, which nobody may write to",
	.needs = AREA_LIST)
{
	struct area constants = draw("a constant", a_constant, "r-??");
	struct area data = draw("data", &an_initialised_global, "rw-p");

	assert_equals(constants.inode, data.inode, "its inode");
	assert_at_most(constants.end, data.start, "the constants' last address but one");
	assert_trap(try_store((char *)(uintptr_t)a_constant, 'w'), SIGSEGV, SEGV_ACCERR,
		    a_constant);
}
