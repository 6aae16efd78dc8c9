/* SPDX-License-Identifier: MIT */
/*
 * A lock stays with its process and its mapping
 * =============================================
 *
 * A lock is a claim on the machine's frames, charged to one process. A child does not inherit it:
 * its copy of the memory may be evicted like any other, until it says mlock(2) itself. Nor does
 * the address keep it: when the mapping goes, by munmap(2) or because something is mapped over it,
 * the lock goes along, and what is mapped there next is not locked. mremap(2) carries it to
 * wherever the mapping moves.
 *
 *      parent  [lo lo lo lo]  --fork-->  child  [-- -- -- --]
 *      munmap, mmap at the same place           [-- -- -- --]
 *      mremap                                                 ...  [lo lo lo lo]
 *
 * Look with: /proc/PID/status VmLck; /proc/PID/smaps VmFlags lo.
 * Read on:   mlock(2) NOTES, fork(2), mremap(2).
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A lock stays with its process and its mapping");

enum { PAGES = 4, NEEDED = LOCKABLE_MEMORY | AREA_USAGE | PROCESS_STATUS };

static bool is_locked(char *area)
{
	struct usage usage = observe_usage("the area", area, PAGES * page_size());

	return usage_has_flag(&usage, "lo");
}

static char *locked_memory(int sharing)
{
	char *area = filled_pages(PAGES, sharing, 1);

	arrange(mlock(area, PAGES * page_size()) == 0);
	return area;
}

CLAIM(a_child_does_not_inherit_it, "mlock-13",
      "A child has nothing locked of what its parent has, may lock it itself, and unlocks only its",
      .needs = NEEDED)
{
	char *areas[] = {locked_memory(MAP_PRIVATE), locked_memory(MAP_SHARED)};
	size_t length = PAGES * page_size(), before = status_bytes("VmLck");

	for (size_t i = 0; i < 2; i++) {
		char *area = areas[i];

		IN_CHILD {
			assert_equals(is_locked(area), false, "it is locked in the child");
			assert_equals(status_bytes("VmLck"), 0, "bytes locked in the child");
			assert_pattern(area, length, 1, "what the child reads");
			assert_accepted(mlock(area, length));
			assert_equals(status_bytes("VmLck"), length, "bytes the child has locked");
			assert_accepted(munlock(area, length));
			assert_equals(status_bytes("VmLck"), 0, "bytes locked in the child");
		}
		assert_equals(is_locked(area), true, "it is locked in the parent");
		assert_equals(status_bytes("VmLck"), before, "bytes locked in the parent");
	}
}

CLAIM(unmapping_ends_it, "mlock-14",
      "munmap of locked pages takes them off the account, and the next mapping there is not locked",
      .needs = NEEDED)
{
	size_t before = status_bytes("VmLck"), length = PAGES * page_size();
	char *area = locked_memory(MAP_PRIVATE);

	assert_accepted(munmap(page(area, 1), page_size()));
	assert_equals(status_bytes("VmLck") - before, length - page_size(), "bytes locked");
	assert_accepted(munmap(area, length));
	assert_equals(status_bytes("VmLck") - before, 0, "bytes locked when all was unmapped");
	arrange(mmap(area, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED,
		     -1, 0) == area);
	assert_equals(is_locked(area), false, "what was mapped there next is locked");
}

CLAIM(mapping_over_it_ends_it, "mlock-14",
      "What is mapped over locked pages is not locked, and the account is that of what is left",
      .needs = NEEDED)
{
	size_t before = status_bytes("VmLck"), length = PAGES * page_size();
	char *area = locked_memory(MAP_PRIVATE);

	arrange(mmap(page(area, 1), length - page_size(), PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == page(area, 1));
	assert_equals(status_bytes("VmLck") - before, page_size(), "bytes locked");
	assert_equals(is_locked(area), true, "the page that is left is locked");
	struct usage usage = observe_usage("mapped over", page(area, 1), page_size());
	assert_equals(usage_has_flag(&usage, "lo"), false, "what was mapped over it is locked");
}

CLAIM(moving_takes_it_along, "mlock-15",
      "mremap moves locked pages with their lock, and pages that it adds are brought and locked",
      .needs = NEEDED | PAGE_STATES)
{
	size_t before = status_bytes("VmLck"), length = PAGES * page_size();
	char *area = locked_memory(MAP_PRIVATE), *place = reserve(2 * PAGES);

	arrange(mremap(area, length, 2 * length, MREMAP_MAYMOVE | MREMAP_FIXED, place) == place);
	assert_equals(is_locked(place), true, "it is locked where it is now");
	assert_equals(status_bytes("VmLck") - before, 2 * length, "bytes locked");
	assert_strip(observe_pages("moved and grown", place, 2 * PAGES), "p");
	assert_pattern(place, length, 1, "what was moved");
	assert_all_bytes(page(place, PAGES), length, 0, "what was added");
	arrange(mremap(place, 2 * length, page_size(), 0) == place);
	assert_equals(status_bytes("VmLck") - before, page_size(), "bytes locked when it shrank");
}

CONTROL(rights_and_advice_do_not_end_it, "mlock-13 mlock-14 mlock-15",
	"mprotect, even to nothing, and advice leave the lock and the account as they are",
	.needs = NEEDED)
{
	size_t before = status_bytes("VmLck"), length = PAGES * page_size();
	char *area = locked_memory(MAP_PRIVATE);

	arrange(mprotect(area, length, PROT_NONE) == 0);
	assert_equals(is_locked(area), true, "it is locked without any right");
	arrange(mprotect(area, length, PROT_READ) == 0);
	arrange(madvise(area, length, MADV_RANDOM) == 0);
	assert_equals(is_locked(area), true, "it is locked after advice");
	assert_equals(status_bytes("VmLck") - before, length, "bytes locked");
	assert_pattern(area, length, 1, "what it holds");
}
