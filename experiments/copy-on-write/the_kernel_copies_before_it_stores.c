/* SPDX-License-Identifier: MIT */
/*
 * The kernel copies a shared page before it stores into it
 * ========================================================
 *
 * A write "triggers a protection fault", says document 002, and the fault makes the copy. But not
 * every store is an instruction of the program. read(2) has the kernel store into the program's
 * memory, and where the page is shared it has to copy first as well: or else what one process
 * reads from a pipe would appear in the other.
 *
 *      the child calls read(fd, page, n)
 *
 *      parent   child            parent   child
 *         \     /       --->        |        |
 *           [7]                    [7]     [12] <-- bytes of fd
 *
 * A debugger goes one step further: it sets breakpoints in code that is mapped privately and
 * read-only. A write through /proc/PID/mem is let into such a page, and even then lands in a
 * private copy: never in the file, where every other process that runs the code would meet the
 * breakpoint.
 *
 * Look with: /proc/PID/pagemap bit 56 (mapped by one process alone) and 61 (a file's page).
 * Read on:   read(2), proc(5) /proc/PID/mem, ptrace(2); documents 002 "Shared Objects Revisited",
 *            004 sections 14.2 and 18.1.
 */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("The kernel copies a shared page before it stores into it");

enum { PAGES = 8, STORED = 3, LENGTH = 100 };

/* A pipe that holds LENGTH bytes of 'k'; yields its reading end. */
static int filled_pipe(void)
{
	char bytes[LENGTH];
	int ends[2];

	memset(bytes, 'k', LENGTH);
	arrange(pipe(ends) == 0 && write(ends[1], bytes, LENGTH) == LENGTH);
	return ends[0];
}

/* A file in memory, mapped read-only in the given way; *view is a shared, writable view of it. */
static char *read_only_file_page(int sharing, char **view)
{
	int fd = memfd_create("page", MFD_CLOEXEC);
	char *mapped;

	arrange(fd >= 0 && ftruncate(fd, (off_t)page_size()) == 0);
	*view = mmap(NULL, page_size(), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	arrange(*view != MAP_FAILED);
	write_pattern(*view, page_size(), 1);
	mapped = mmap(NULL, page_size(), PROT_READ, sharing, fd, 0);
	arrange(mapped != MAP_FAILED);
	load(mapped);
	return mapped;
}

/* Stores one byte through /proc/self/mem: whether the kernel let it. */
static bool force_store(char *address, char value)
{
	int fd = open("/proc/self/mem", O_RDWR | O_CLOEXEC);

	return fd >= 0 && pwrite(fd, &value, 1, (off_t)(uintptr_t)address) == 1;
}

#define NEEDS_FORCE "needs /proc/self/mem to force a write (CONFIG_PROC_MEM_ALWAYS_FORCE)"

CLAIM(the_kernel_parts_the_page_it_stores_into, "cow-12",
      "read(2) over the seam of two shared pages gives the reader a frame of its own for these two",
      .needs = FRAME_IDENTITY)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	int fd = filled_pipe();

	IN_CHILD {
		assert_equals(read(fd, page(area, STORED) - LENGTH / 2, LENGTH), LENGTH,
			      "bytes that read(2) stored");
		assert_strip(observe_pages("child", area, PAGES), "ssoossss");
		assert_strip(observe_pages_of(parent_process(), "parent", area, PAGES), "ssoossss");
	}
}

CLAIM(what_the_kernel_stores_is_the_childs_alone, "cow-12",
      "Bytes that read(2) stored for the child are read by the child, and by nobody else")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	int fd = filled_pipe();

	IN_CHILD {
		char *stored = page(area, STORED) - LENGTH / 2;

		assert_equals(read(fd, stored, LENGTH), LENGTH, "bytes that read(2) stored");
		assert_all_bytes(stored, LENGTH, 'k', "what the child reads there");
		pattern_bytes(stored, LENGTH, 1, (size_t)(stored - area)); /* as it was */
		assert_pattern(area, PAGES * page_size(), 1, "what it reads everywhere else");
	}
	assert_pattern(area, PAGES * page_size(), 1, "what the parent still reads");
}

CLAIM(a_forced_store_lands_in_a_private_copy, "cow-13",
      "A byte forced into a read-only private page changes for this mapping, and not in the file")
{
	char *view, *mapped = read_only_file_page(MAP_PRIVATE, &view);
	unsigned char forced = (unsigned char)~load(mapped + 5);

	if (!force_store(mapped + 5, (char)forced)) {
		undecided(NEEDS_FORCE);
	}
	assert_byte(mapped + 5, forced, "what the mapping reads");
	assert_same_bytes(mapped, view, 5, "the bytes before");
	assert_same_bytes(mapped + 6, view + 6, page_size() - 6, "the bytes behind");
	assert_pattern(view, page_size(), 1, "what the file holds");
	assert_trap(try_store(mapped, 1), SIGSEGV, SEGV_ACCERR, mapped);
}

CLAIM(a_forced_store_makes_the_page_anonymous, "cow-13",
      "The page that was forced belongs to the file no longer", .needs = PAGE_STATES)
{
	char *view, *mapped = read_only_file_page(MAP_PRIVATE, &view);

	assert_equals(count_of_file(observe_pages("before", mapped, 1)), 1, "file pages before");
	if (!force_store(mapped, 'f')) {
		undecided(NEEDS_FORCE);
	}
	assert_equals(count_of_file(observe_pages("after", mapped, 1)), 0, "file pages after");
}

CONTROL(a_kernel_that_only_reads_copies_nothing, "cow-12",
	"The same call the other way round, write(2), leaves both pages shared",
	.needs = FRAME_IDENTITY)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	int ends[2];

	arrange(pipe(ends) == 0);
	IN_CHILD {
		assert_equals(write(ends[1], page(area, STORED) - LENGTH / 2, LENGTH), LENGTH,
			      "bytes that write(2) took");
		assert_strip(observe_pages("child", area, PAGES), "s");
	}
}

CONTROL(a_shared_mapping_is_not_forced, "cow-13",
	"The same write into a read-only shared mapping is refused, and the file keeps its bytes")
{
	char *view, *mapped = read_only_file_page(MAP_SHARED, &view);
	char *unused, *private = read_only_file_page(MAP_PRIVATE, &unused);

	if (!force_store(private, 'f')) {
		undecided(NEEDS_FORCE);
	}
	assert_equals(force_store(mapped, 'f'), false, "forced into the shared mapping");
	assert_pattern(view, page_size(), 1, "what the file holds");
}
