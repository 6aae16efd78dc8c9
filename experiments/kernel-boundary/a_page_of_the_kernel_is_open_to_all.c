/* SPDX-License-Identifier: MIT */
/*
 * A page of the kernel is open to all
 * ===================================
 *
 * "System calls are the doorway" (document 004, section 17.4). There is a window as well. Some questions,
 * what time it is before all, are asked so often that the way through the door is too long. For
 * these the kernel maps code of its own into every program, the vDSO: it runs in user mode, and reads
 * what the kernel keeps up to date in a page beside it.
 *
 *      program  --- getppid() ------------>  kernel      through the door
 *      program  --- clock_gettime() --> [vDSO]           a call, as to any library
 *
 * So the program may read and execute these pages of the kernel; but it cannot write them.
 *
 * Look with: getauxval(AT_SYSINFO_EHDR), the address; loads, stores and the line [vdso] of maps.
 * Read on:   vdso(7), getauxval(3); document 004 section 17.4.
 */
#include <elf.h>
#include <sys/auxv.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A page of the kernel is open to all");

static char *kernel_page(void)
{
	char *start = (char *)(uintptr_t)getauxval(AT_SYSINFO_EHDR);

	if (!start) {
		undecided("needs a kernel that maps a vDSO into its programs");
	}
	return start;
}

CLAIM(it_can_be_read_and_not_written, "kernel-13",
      "Each byte of the kernel's page can be loaded, none stored, and it is the start of a library")
{
	char *start = kernel_page();
	size_t bytes = bytes_until_trap(LOAD, start, page_size(), 1);

	assert_equals(bytes, page_size(), "bytes that can be loaded");
	assert_same_bytes(start, ELFMAG, SELFMAG, "its first bytes");
	for (size_t at = 0; at < page_size(); at += page_size() / 4 - 1) {
		assert_trap(try_store(start + at, 'x'), SIGSEGV, SEGV_ACCERR, start + at);
	}
	assert_same_bytes(start, ELFMAG, SELFMAG, "its first bytes, after the refusals");
}

CLAIM(it_is_mapped_to_be_executed, "kernel-13",
      "In the list of areas the kernel's page may be read and executed, and is no file's",
      .needs = AREA_LIST)
{
	struct area area = observe_area(kernel_page());

	assert_equals(area.exists, true, "whether an area holds it");
	assert_equals(strncmp(area.permissions, "r-xp", 4), 0, "whether its rights are r-xp");
	assert_equals(area.inode, 0, "the inode of its file");
}

CONTROL(its_own_pages_can_be_written, "kernel-13",
	"A page that the program has asked for can be loaded and stored, byte for byte")
{
	char *own = fresh_pages(1, MAP_PRIVATE);

	assert_equals(bytes_until_trap(STORE, own, page_size(), 1), page_size(),
		      "bytes that can be stored");
	assert_equals(bytes_until_trap(LOAD, own, page_size(), 1), page_size(),
		      "bytes that can be loaded");
}
