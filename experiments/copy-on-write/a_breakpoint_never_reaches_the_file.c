/* SPDX-License-Identifier: MIT */
/*
 * A breakpoint never reaches the file
 * ===================================
 *
 * A debugger sets breakpoints in code that is mapped privately and read-only, which the program
 * itself may not write. The kernel lets a write through /proc/PID/mem into such a page, and has to
 * keep the promise of a private object all the same: the byte lands in a private copy. Never does
 * it land in the file, where every other process that runs the code would meet the breakpoint.
 *
 *      before                     a byte is forced into A's page
 *
 *      A r--   B r--              A r--            B r--
 *         \     /                   |                |
 *       [page cache]            [copy, forced]   [page cache]
 *
 * A shared mapping has no copy to offer. There the write is refused.
 *
 * Look with: /proc/PID/mem to write; loads; /proc/PID/pagemap bit 61 (a file's page).
 * Read on:   proc(5) /proc/PID/mem, ptrace(2); documents 002 "Shared Objects Revisited", 004
 *            section 14.2.
 */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A breakpoint never reaches the file");

/* A file in memory, mapped read-only in the given way; *view is a shared, writable view of it. */
static char *read_only_file_page(int sharing, char **view)
{
	int fd = memory_file(1, 1);

	*view = fresh_mapping(1, MAP_SHARED, fd);

	char *mapped = mmap(NULL, page_size(), PROT_READ, sharing, fd, 0);

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
