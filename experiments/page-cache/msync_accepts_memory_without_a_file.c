/* SPDX-License-Identifier: MIT */
/*
 * msync accepts memory without a file, and leaves locked pages alone
 * ==================================================================
 *
 * msync(2) is about files. But it asks only whether something is mapped, not what. Where nothing
 * is to be written, in anonymous memory, in private copies, in pages that may not be accessed, it
 * has nothing to do and says so with 0. MS_INVALIDATE once threw pages away, so that they were
 * read anew. On Linux mappings agree with their files at all times and there is nothing to throw
 * away; what is left of it is a question: pages that are locked must not be thrown away, so that
 * is EBUSY.
 *
 *                          MS_SYNC   MS_ASYNC   MS_INVALIDATE with either
 *      a shared file       written   later      nothing more
 *      private, anonymous  0         0          0
 *      locked              0         0          EBUSY
 *
 * Look with: the call's answers; the bytes of the memory, and of the file beneath.
 * Read on:   msync(2), mlock(2); document 004 section 16.2.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("msync accepts memory without a file, and leaves locked pages alone");

enum { PAGES = 4, LOCKED = 2, SEED = 5 };

static const int valid_flags[] = {
	0, MS_ASYNC, MS_SYNC, MS_INVALIDATE, MS_ASYNC | MS_INVALIDATE, MS_SYNC | MS_INVALIDATE,
};
enum { VALID = sizeof valid_flags / sizeof *valid_flags };

static char *mapped_file(int sharing)
{
	return fresh_mapping(PAGES, sharing, scratch_file(PAGES, SEED));
}

static size_t length(void)
{
	return PAGES * page_size();
}

CLAIM(locked_pages_are_not_invalidated, "msync-04",
      "MS_INVALIDATE is refused with EBUSY where the range holds a locked page, and only there",
      .needs = LOCKABLE_MEMORY)
{
	char *areas[] = {mapped_file(MAP_SHARED), fresh_pages(PAGES, MAP_PRIVATE)};

	for (size_t i = 0; i < 2; i++) {
		char *area = areas[i], *locked = page(area, LOCKED);

		arrange(mlock(locked, page_size()) == 0);
		for (size_t f = 0; f < VALID; f++) {
			if (valid_flags[f] & MS_INVALIDATE) {
				assert_refused(msync(area, length(), valid_flags[f]), EBUSY);
				assert_refused(msync(locked, 1, valid_flags[f]), EBUSY);
			} else {
				assert_accepted(msync(area, length(), valid_flags[f]));
			}
			assert_accepted(msync(area, LOCKED * page_size(), valid_flags[f]));
			assert_accepted(msync(page(locked, 1), page_size(), valid_flags[f]));
		}
		arrange(munlock(locked, page_size()) == 0);
		assert_accepted(msync(area, length(), MS_SYNC | MS_INVALIDATE));
	}
}

/* Whatever is mapped, with any flags, any length: accepted, and no byte of it is another one. */
static void assert_accepts_all(char *area)
{
	for (size_t f = 0; f < VALID; f++) {
		assert_accepted(msync(area, length(), valid_flags[f]));
		assert_accepted(msync(area, 1, valid_flags[f]));
		assert_accepted(msync(area, page_size() + 1, valid_flags[f]));
		assert_accepted(msync(area, 0, valid_flags[f]));
	}
}

CLAIM(memory_without_a_file_is_accepted, "msync-05",
      "Memory that nothing is to be written of is accepted: anonymous, private, inaccessible")
{
	char *private = filled_pages(PAGES, MAP_PRIVATE, SEED);
	char *shared = filled_pages(PAGES, MAP_SHARED, SEED), *copies = mapped_file(MAP_PRIVATE);

	write_pattern(copies, length(), SEED + 1);
	assert_accepts_all(private);
	assert_accepts_all(shared);
	assert_accepts_all(copies);
	assert_accepts_all(fresh_pages(PAGES, MAP_PRIVATE));
	assert_pattern(private, length(), SEED, "private memory");
	assert_pattern(shared, length(), SEED, "shared memory");
	assert_pattern(copies, length(), SEED + 1, "private copies of a file's pages");
	arrange(mprotect(private, length(), PROT_NONE) == 0);
	assert_accepts_all(private);
}

CONTROL(a_shared_file_is_accepted_as_well, "msync-04 msync-05",
	"A shared mapping of a file, unlocked, is accepted with any of the flags, and keeps its "
	"bytes")
{
	char *area = mapped_file(MAP_SHARED);

	write_pattern(area, length(), SEED + 1);
	assert_accepts_all(area);
	assert_pattern(area, length(), SEED + 1, "the mapping");
	arrange(munmap(page(area, 1), page_size()) == 0);
	assert_refused(msync(area, length(), MS_SYNC), ENOMEM);
}
