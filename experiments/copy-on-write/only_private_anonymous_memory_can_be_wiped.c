/* SPDX-License-Identifier: MIT */
/*
 * Only private anonymous memory can be wiped for a child
 * ======================================================
 *
 * MADV_WIPEONFORK promises that a child finds zeros where its parent keeps a key. The kernel keeps
 * the promise by leaving the child's page table empty there, so that the child's page is as lazy as
 * a fresh one. That works only where an empty entry means zeros: behind a file it would mean the
 * file's bytes, and behind shared memory the parent's. So the advice is refused for those, with
 * EINVAL, and they are inherited as if nothing had been said. MADV_DONTFORK has no such limits:
 * any memory can be missing.
 *
 *                       WIPEONFORK       the child
 *      private          accepted         0 0 0 0, and nothing behind it until it is touched
 *      shared           EINVAL           a a a a
 *      a file's         EINVAL           f f f f
 *
 * Look with: nothing but eyes; /proc/PID/pagemap.
 * Read on:   madvise(2) MADV_WIPEONFORK, MADV_DONTFORK; document 002 "fork revisited".
 */
#include <errno.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Only private anonymous memory can be wiped for a child");

enum { PAGES = 6, FIRST = 2, WIPED = 2, BEHIND = FIRST + WIPED };

static int advise(char *area, int advice)
{
	return madvise(page(area, FIRST), WIPED * page_size(), advice);
}

static void need_wiping(void)
{
	if (madvise(fresh_pages(1, MAP_PRIVATE), page_size(), MADV_WIPEONFORK) != 0) {
		undecided("needs MADV_WIPEONFORK: Linux 4.14");
	}
}

CLAIM(shared_memory_cannot_be_wiped, "madvise-32",
      "MADV_WIPEONFORK of shared memory is refused with EINVAL, and the child shares it as ever")
{
	char *area = filled_pages(PAGES, MAP_SHARED, 1);

	need_wiping();
	assert_refused(advise(area, MADV_WIPEONFORK), EINVAL);
	IN_CHILD {
		assert_pattern(area, PAGES * page_size(), 1, "what the child reads");
		write_pattern(area, PAGES * page_size(), 2);
	}
	assert_pattern(area, PAGES * page_size(), 2, "what the child has written");
}

CLAIM(files_cannot_be_wiped, "madvise-32",
      "MADV_WIPEONFORK of a file is refused with EINVAL, private or shared, and the child has it")
{
	const int sharing[] = {MAP_PRIVATE, MAP_SHARED};

	need_wiping();
	for (size_t i = 0; i < 2; i++) {
		char *area = fresh_mapping(PAGES, sharing[i], scratch_file(PAGES, 1));

		write_pattern(area, PAGES * page_size(), 2);
		assert_refused(advise(area, MADV_WIPEONFORK), EINVAL);
		IN_CHILD {
			assert_pattern(area, PAGES * page_size(), 2, "what the child reads");
		}
	}
}

CLAIM(what_is_wiped_is_not_there, "madvise-33",
      "Nothing is behind a wiped page in the child until it is touched, and all is in the parent",
      .needs = PAGE_STATES)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	need_wiping();
	assert_accepted(advise(area, MADV_WIPEONFORK));
	IN_CHILD {
		assert_strip(observe_pages("child", page(area, FIRST), WIPED), ".");
		store(page(area, FIRST), 'c');
		assert_strip(observe_pages("child", page(area, FIRST), WIPED), "p.");
		assert_all_bytes(page(area, FIRST) + 1, WIPED * page_size() - 1, 0,
				 "the rest of the child's pages");
	}
	assert_strip(observe_pages("parent", area, PAGES), "p");
	assert_pattern(area, PAGES * page_size(), 1, "what the parent reads");
}

CLAIM(any_memory_can_be_withheld, "madvise-34",
      "Under MADV_DONTFORK shared memory and files are missing in the child like private memory")
{
	char *areas[] = {filled_pages(PAGES, MAP_PRIVATE, 1), filled_pages(PAGES, MAP_SHARED, 1),
			 fresh_mapping(PAGES, MAP_PRIVATE, memory_file(PAGES, 1)),
			 fresh_mapping(PAGES, MAP_SHARED, memory_file(PAGES, 1))};

	for (size_t i = 0; i < sizeof areas / sizeof *areas; i++) {
		char *area = areas[i], *last = page(area, BEHIND) - 1;

		assert_accepted(advise(area, MADV_DONTFORK));
		IN_CHILD {
			assert_trap(try_load(page(area, FIRST)), SIGSEGV, SEGV_MAPERR,
				    page(area, FIRST));
			assert_trap(try_store(last, 'c'), SIGSEGV, SEGV_MAPERR, last);
			assert_no_trap(try_load(page(area, FIRST) - 1));
			assert_no_trap(try_load(page(area, BEHIND)));
		}
		assert_pattern(area, PAGES * page_size(), 1, "what the parent reads");
	}
}

CONTROL(what_may_be_wiped_is_wiped, "madvise-32 madvise-33 madvise-34",
	"Of private memory just the pages that were advised are zeros in the child, each time")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1),
	     *twin = filled_pages(PAGES, MAP_PRIVATE, 1);

	need_wiping();
	assert_accepted(advise(area, MADV_WIPEONFORK));
	for (int round = 0; round < 2; round++) {
		IN_CHILD {
			assert_pattern(area, FIRST * page_size(), 1, "the pages before");
			assert_all_bytes(page(area, FIRST), WIPED * page_size(), 0,
					 "the pages wiped");
			assert_same_bytes(page(area, BEHIND), page(twin, BEHIND),
					  (PAGES - BEHIND) * page_size(), "the pages behind");
		}
	}
}
