/* SPDX-License-Identifier: MIT */
/*
 * Advice about use changes no byte
 * ================================
 *
 * There are two families behind madvise(2). One is orders, and its members do as they are told:
 * DONTNEED, REMOVE, DONTFORK. The other is advice proper: how the memory is going to be used. It
 * may bring pages early, or late, or push them out, and so change when and how a program faults.
 * What the program reads and writes it must never change.
 *
 *      NORMAL  RANDOM  SEQUENTIAL     how far to read ahead
 *      WILLNEED                       bring it now
 *      COLD  PAGEOUT                  take it first, or at once, but keep what it holds
 *      HUGEPAGE  NOHUGEPAGE  ...      how it should be laid out
 *
 * The manual page has WILLNEED answer EBADF for "a map that is not a file". That is so only where
 * the kernel cannot swap: where it can, private memory may have pages in swap that can be needed,
 * and the advice is accepted.
 *
 * Look with: nothing but eyes, and a second view of what is shared.
 * Read on:   madvise(2) "Conventional advice values"; posix_madvise(3).
 */
#include <errno.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Advice about use changes no byte");

#ifndef MADV_COLLAPSE /* Linux 6.1 */
#define MADV_COLLAPSE 25
#endif

enum { PAGES = 8, CHANGED = 5 };

static const int advice[] = {MADV_NORMAL,      MADV_RANDOM,    MADV_SEQUENTIAL, MADV_WILLNEED,
			     MADV_COLD,        MADV_PAGEOUT,   MADV_HUGEPAGE,   MADV_NOHUGEPAGE,
			     MADV_MERGEABLE,   MADV_COLLAPSE,  MADV_DONTDUMP,   MADV_DODUMP,
			     MADV_UNMERGEABLE, MADV_KEEPONFORK};

/*
 * What any advice must leave as it is, three times over, with a store between. Refused or accepted
 * is not asked here.
 */
static void assert_unchanged_by_all(char *area)
{
	for (unsigned round = 1; round <= 3; round++) {
		for (size_t i = 0; i < sizeof advice / sizeof *advice; i++) {
			evidence("advice", "%d", advice[i]);
			(void)madvise(area, PAGES * page_size(), advice[i]);
			assert_pattern(area, PAGES * page_size(), round, "after the advice");
			(void)madvise(page(area, CHANGED), page_size(), advice[i]);
		}
		assert_pattern(area, PAGES * page_size(), round, "after all of it");
		write_pattern(area, PAGES * page_size(), round + 1);
	}
}

CLAIM(private_memory_keeps_its_bytes, "madvise-14",
      "No advice about its use changes a byte of private memory, or loses one stored after it",
      .alone = "swap")
{
	assert_unchanged_by_all(filled_pages(PAGES, MAP_PRIVATE, 1));
}

CLAIM(shared_memory_keeps_its_bytes, "madvise-14",
      "No advice about its use changes a byte of shared memory, for any of those who share it",
      .alone = "swap")
{
	char *area = filled_pages(PAGES, MAP_SHARED, 1);

	IN_CHILD {
		assert_unchanged_by_all(area);
	}
	assert_pattern(area, PAGES * page_size(), 4, "what the child stored last");
}

CLAIM(files_keep_their_bytes, "madvise-14",
      "No advice about its use changes a byte of a file, nor of a private view of it",
      .alone = "swap")
{
	int fd = scratch_file(PAGES, 1);
	static char bytes[64 * 1024];
	char *shared = fresh_mapping(PAGES, MAP_SHARED, fd), *private;

	arrange(page_size() <= sizeof bytes);
	assert_unchanged_by_all(shared);
	private = fresh_mapping(PAGES, MAP_PRIVATE, fd);
	write_pattern(private, PAGES * page_size(), 1);
	assert_unchanged_by_all(private);
	assert_pattern(shared, PAGES * page_size(), 4, "what was stored in the file last");
	read_at(fd, bytes, page_size(), 0);
	assert_same_bytes(bytes, shared, page_size(), "what read finds in the file");
}

CLAIM(how_it_is_used_may_be_said_of_any_memory, "madvise-15",
      "NORMAL, RANDOM and SEQUENTIAL are accepted for every kind of memory, readable or not")
{
	char *areas[] = {fresh_pages(PAGES, MAP_PRIVATE), fresh_pages(PAGES, MAP_SHARED),
			 fresh_mapping(PAGES, MAP_PRIVATE, scratch_file(PAGES, 1)),
			 fresh_mapping(PAGES, MAP_SHARED, memory_file(PAGES, 1)), reserve(PAGES)};

	for (size_t i = 0; i < sizeof areas / sizeof *areas; i++) {
		assert_accepted(madvise(areas[i], PAGES * page_size(), MADV_RANDOM));
		assert_accepted(madvise(areas[i], PAGES * page_size(), MADV_SEQUENTIAL));
		assert_accepted(madvise(areas[i], PAGES * page_size(), MADV_NORMAL));
	}
}

CLAIM(who_has_no_file_may_need_it_too, "madvise-16",
      "WILLNEED is accepted for files and shared memory, and for private memory but for EBADF "
      "where nothing can be swapped")
{
	char *private = filled_pages(PAGES, MAP_PRIVATE, 1);
	size_t length = PAGES * page_size();

	assert_accepted(madvise(fresh_mapping(PAGES, MAP_SHARED, scratch_file(PAGES, 1)), length,
				MADV_WILLNEED));
	assert_accepted(madvise(filled_pages(PAGES, MAP_SHARED, 1), length, MADV_WILLNEED));
	errno = 0;
	if (madvise(private, length, MADV_WILLNEED) != 0) {
		evidence("a kernel without swap", "errno %d", errno);
		assert_equals(errno, EBADF, "the errno for private memory");
	}
	assert_pattern(private, length, 1, "private memory");
}

CONTROL(an_order_does_change_bytes, "madvise-14 madvise-15 madvise-16",
	"MADV_DONTNEED, given in the same way, changes every byte of private memory")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	assert_accepted(madvise(page(area, CHANGED), page_size(), MADV_DONTNEED));
	assert_all_bytes(page(area, CHANGED), page_size(), 0, "the page the order was given for");
	assert_pattern(area, CHANGED * page_size(), 1, "the pages before it");
}
