/* SPDX-License-Identifier: MIT */
/*
 * A child has its parent's mappings as they were made
 * ===================================================
 *
 * "Memory mapped with mmap() is preserved across fork(2), with the same attributes", says mmap(2). What
 * was said with the flags is in the area, and the area is copied: what grows downwards grows in
 * the child, what was declined a promise has none there, what may never be written may not be
 * written. One attribute stays behind: a lock belongs to the process that locked.
 *
 *      parent    rw gd     rw nr     rw lo     shared, read only for ever
 *                  |         |         |         |
 *      child     rw gd     rw nr     rw        shared, read only for ever
 *
 * Look with: VmFlags and Locked in /proc/self/smaps; what mprotect(2) answers.
 * Read on:   mmap(2), fork(2), mlock(2); copy-on-write.fork_copies_the_list_of_areas.
 */
#include <fcntl.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A child has its parent's mappings as they were made");

enum { PAGES = 2 };

static char *map_with(int flags)
{
	char *area = mmap(reserve(PAGES), PAGES * page_size(), PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | flags, -1, 0);

	arrange(area != MAP_FAILED);
	return area;
}

static struct usage usage_of(const char *area)
{
	return observe_usage("the area", area, PAGES * page_size());
}

CLAIM(the_flags_are_inherited, "mmap-28",
      "Areas of every kind have the same VmFlags in a child, and in its child", .needs = AREA_USAGE)
{
	char *areas[] = {map_with(0), map_with(MAP_GROWSDOWN), map_with(MAP_NORESERVE),
			 map_with(MAP_STACK),
			 fresh_mapping(PAGES, MAP_SHARED, memory_file(PAGES, 1))};
	enum { AREAS = sizeof areas / sizeof *areas };
	static struct usage usages[AREAS];

	for (size_t i = 0; i < AREAS; i++) {
		usages[i] = usage_of(areas[i]);
	}
	IN_CHILD {
		IN_CHILD {
			for (size_t i = 0; i < AREAS; i++) {
				assert_text(usage_of(areas[i]).flags, usages[i].flags, "VmFlags");
			}
		}
		for (size_t i = 0; i < AREAS; i++) {
			assert_text(usage_of(areas[i]).flags, usages[i].flags, "VmFlags");
		}
	}
}

CLAIM(what_may_never_be_written_may_not_be_by_a_child, "mmap-28",
      "A shared mapping of a file that is open for reading is as little writable to a child")
{
	int file = memory_file(PAGES, 1), fd = open_again(file, O_RDONLY);
	char *area = mmap(NULL, PAGES * page_size(), PROT_READ, MAP_SHARED, fd, 0);

	arrange(area != MAP_FAILED);
	IN_CHILD {
		assert_refused(mprotect(area, page_size(), PROT_READ | PROT_WRITE), EACCES);
		assert_trap(try_store(area, 'x'), SIGSEGV, SEGV_ACCERR, area);
		assert_pattern(area, PAGES * page_size(), 1, "what the child reads");
	}
}

CLAIM(what_grows_grows_in_a_child, "mmap-28",
      "An area that grows downwards grows in a child, and the parent's does not grow by that")
{
	char *hole = map_with(0), *area = page(hole, 1);

	arrange(mmap(area, page_size(), PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_GROWSDOWN, -1, 0) == area);
	arrange(munmap(hole, page_size()) == 0);
	IN_CHILD {
		struct trap trap = try_store(area - 1, 'g');

		if (trap.signal != 0 && try_store(area - 2, 'g').signal == 0) {
			undecided("needs areas that grow: raise ulimit -s");
		}
		assert_no_trap(trap);
		assert_all_bytes(hole, page_size() - 1, 0, "what has grown");
	}
	IN_CHILD {
		arrange(munmap(area, page_size()) == 0); /* nothing is there that could grow */
		assert_trap(try_load(area - 1), SIGSEGV, SEGV_MAPERR, area - 1);
	}
}

CLAIM(a_lock_is_not_inherited, "mmap-29",
      "What is locked in the parent is not locked in the child, and stays locked in the parent",
      .needs = AREA_USAGE | LOCKABLE_MEMORY)
{
	char *area = map_with(MAP_LOCKED);
	struct usage before = usage_of(area);

	IN_CHILD {
		struct usage childs = usage_of(area);

		assert_equals(childs.locked, 0, "bytes locked in the child");
		assert_equals(usage_has_flag(&childs, "lo"), false, "the flag lo in the child");
	}

	struct usage after = usage_of(area);

	assert_equals(before.locked, PAGES * page_size(), "bytes locked before");
	assert_equals(after.locked, PAGES * page_size(), "bytes locked in the parent");
}

CONTROL(areas_differ_by_their_flags, "mmap-28 mmap-29",
	"The same look tells areas apart that were mapped with different flags",
	.needs = AREA_USAGE)
{
	struct usage usual = usage_of(map_with(0)), growing = usage_of(map_with(MAP_GROWSDOWN));

	ck_assert_str_ne(usual.flags, growing.flags);
	assert_equals(usage_has_flag(&growing, "gd"), true, "the flag gd");
	assert_equals(usual.locked, 0, "bytes locked of an area that is not");
}
