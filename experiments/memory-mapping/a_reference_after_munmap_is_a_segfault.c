/* SPDX-License-Identifier: MIT */
/*
 * A reference to memory after munmap is a segfault
 * ================================================
 *
 * Document 002 says that munmap deletes the area and that later references to it cause segfaults.
 * So they do: loads, stores and calls, and the kernel's own references on behalf of a system
 * call find nothing either. (The segfault lasts only while the addresses are free.)
 *
 *       page 0     page 1     page 2     page 3     page 4
 *     +----------+--------------------------------+----------+
 *     |  whole   |  SIGSEGV   SIGSEGV    SIGSEGV  |  whole   |    after munmap
 *     +----------+--------------------------------+----------+
 *
 * Look with: loads, stores and calls that may trap: the signal, its code SEGV_MAPERR ("nothing is
 *            mapped here", where SEGV_ACCERR would say "something is, but not for you") and its
 *            address. And system calls, in which the kernel itself makes the reference.
 * Read on:   munmap(2), sigaction(2) "si_code"; document 002 "User-Level Memory Mapping".
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A reference to memory after munmap is a segfault");

enum { PAGES = 5, FIRST_GONE = 1, GONE = 3 };

/* Five pages, each filled with a pattern of its own. */
static char *five_pages(int flags, int fd)
{
	char *area = fresh_mapping(PAGES, flags, fd);

	for (unsigned i = 0; i < PAGES; i++) {
		write_pattern(page(area, i), page_size(), i);
	}
	return area;
}

/* Every access that a program has, at both ends of the range and inside. */
static void assert_gone(char *gone, size_t count)
{
	char *inside = gone + count * page_size() / 2 + 3, *last = gone + count * page_size() - 1;

	assert_trap(try_load(gone), SIGSEGV, SEGV_MAPERR, gone);
	assert_trap(try_store(gone, 'x'), SIGSEGV, SEGV_MAPERR, gone);
	assert_trap(try_call(gone), SIGSEGV, SEGV_MAPERR, gone);
	assert_trap(try_load(inside), SIGSEGV, SEGV_MAPERR, inside);
	assert_trap(try_load(last), SIGSEGV, SEGV_MAPERR, last);
	assert_trap(try_store(last, 'x'), SIGSEGV, SEGV_MAPERR, last);
}

/* These pages are as they were in every byte, and can be written to at either end. */
static void assert_whole(char *area, size_t first, size_t end)
{
	for (size_t i = first; i < end; i++) {
		char *start = page(area, i), *last = start + page_size() - 1;

		assert_pattern(start, page_size(), (unsigned)i, "a page beside the range");
		store(start, load(start));
		store(last, load(last));
	}
}

static void assert_the_middle_is_gone(char *area)
{
	assert_gone(page(area, FIRST_GONE), GONE);
	assert_whole(area, 0, FIRST_GONE);
	assert_whole(area, FIRST_GONE + GONE, PAGES);
}

CLAIM(private_memory_is_gone, "munmap-01",
      "After munmap each load, store and call in the range traps, and all bytes beside it stay")
{
	char *area = five_pages(MAP_PRIVATE | MAP_ANONYMOUS, -1);

	assert_accepted(munmap(page(area, FIRST_GONE), GONE * page_size()));
	assert_the_middle_is_gone(area);
}

CLAIM(shared_memory_and_files_are_gone, "munmap-01",
      "It is the same for shared memory, and for a private and a shared mapping of a file")
{
	int file = memory_file(PAGES, PAGES);
	int kinds[] = {MAP_SHARED | MAP_ANONYMOUS, MAP_PRIVATE, MAP_SHARED};

	for (size_t i = 0; i < 3; i++) {
		char *area = five_pages(kinds[i], kinds[i] & MAP_ANONYMOUS ? -1 : file);

		assert_accepted(munmap(page(area, FIRST_GONE), GONE * page_size()));
		assert_the_middle_is_gone(area);
	}
}

CLAIM(the_kernel_finds_nothing_there_either, "munmap-01",
      "A system call that is handed an address in the range answers EFAULT")
{
	char *area = five_pages(MAP_PRIVATE | MAP_ANONYMOUS, -1), *gone = page(area, FIRST_GONE);
	char *last = gone + GONE * page_size() - 1, read_back[4];
	int ends[2];

	arrange(pipe(ends) == 0);
	assert_equals(write(ends[1], gone, 1), 1, "bytes written while it was mapped");
	assert_equals(read(ends[0], gone, 1), 1, "bytes read while it was mapped");
	assert_accepted(munmap(gone, GONE * page_size()));
	assert_refused(write(ends[1], gone, 1), EFAULT);
	assert_refused(write(ends[1], last, 1), EFAULT);

	arrange(write(ends[1], "ab", 2) == 2);
	assert_equals(read(ends[0], read_back, sizeof read_back), 2, "bytes that are in the pipe");
	assert_same_bytes(read_back, "ab", 2, "those bytes");
	arrange(write(ends[1], "ab", 2) == 2);
	assert_refused(read(ends[0], gone, 1), EFAULT);
	assert_refused(read(ends[0], last, 1), EFAULT);
}

CONTROL(a_forbidden_page_is_another_matter, "munmap-01",
	"The same accesses go through before, and under PROT_NONE trap otherwise and lose no byte")
{
	char *area = five_pages(MAP_PRIVATE | MAP_ANONYMOUS, -1), *last = page(area, 1) - 1;

	assert_no_trap(try_load(last));
	assert_no_trap(try_store(last, load(last)));
	arrange(mprotect(area, PAGES * page_size(), PROT_NONE) == 0);
	assert_trap(try_load(last), SIGSEGV, SEGV_ACCERR, last);
	assert_trap(try_store(last, 'x'), SIGSEGV, SEGV_ACCERR, last);
	assert_trap(try_call(area), SIGSEGV, SEGV_ACCERR, area);
	arrange(mprotect(area, PAGES * page_size(), PROT_READ | PROT_WRITE) == 0);
	assert_whole(area, 0, PAGES);
}
