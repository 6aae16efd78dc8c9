/* SPDX-License-Identifier: MIT */
/*
 * A changed private page goes to swap, and its file keeps the original
 * ====================================================================
 *
 * "There are now two copies of the page on disk: the original (in its original location), and
 * updated version (in the swap file)", says document 002 of an evicted page, and that the original
 * "serves as a reference for the initial contents", for others that use it. This is true of pages that
 * a process has changed in a private mapping of a file. It is not true of pages in general:
 *
 *      evicted page                     in the file     in swap
 *      private, of a file, changed      original        update
 *      private, of a file, only read    original        -
 *      shared, of a file, changed       update          -
 *      anonymous                        (no file)       the only copy
 *
 * Look with: pread(2) beside bit 62 of /proc/PID/pagemap; for root the slot's number in bits 5 to 54,
 *            and the swap area itself.
 * Read on:   mmap(2) MAP_PRIVATE, madvise(2) MADV_PAGEOUT; document 002.
 */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A changed private page goes to swap, and its file keeps the original");

enum { PAGES = 8, ATTEMPTS = 10, ORIGINAL = 1, UPDATE = 2, LARGEST_PAGE = 64 * 1024 };
enum { AREA_BITS = 5, PLACE_BITS = 50 };

/* A private mapping of the file, all of it changed and in swap; private memory can be swapped here. */
static char *changed_and_evicted(int fd)
{
	arrange(munmap(swapped_pages(PAGES, UPDATE), PAGES * page_size()) == 0);

	size_t swapped = 0;

	for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
		char *area = fresh_mapping(PAGES, MAP_PRIVATE, fd);

		write_pattern(area, PAGES * page_size(), UPDATE);
		swapped = page_out(area, PAGES);
		if (swapped == PAGES) {
			return area;
		}
	}
	assert_equals(swapped, PAGES, "changed private pages of a file that are in swap");
	return NULL;
}

static void assert_file_holds(int fd, unsigned seed, const char *what)
{
	static char seen[PAGES * LARGEST_PAGE];

	arrange(page_size() <= LARGEST_PAGE);
	read_at(fd, seen, PAGES * page_size(), 0);
	assert_pattern(seen, PAGES * page_size(), seed, what);
}

CLAIM(the_file_keeps_the_original, "swap-04",
      "While the update is in swap the file has the original on its disk, and both can be read",
      .needs = SWAP | PAGE_STATES | DISK_FILE, .alone = "swap")
{
	guard_swap(ATTEMPTS * PAGES * page_size());

	int fd = disk_file(PAGES, ORIGINAL);
	char *area = changed_and_evicted(fd);

	arrange(fsync(fd) == 0);
	evidence("the file has left memory", "%s", cool_down(fd, PAGES) ? "yes" : "no");
	assert_file_holds(fd, ORIGINAL, "the file while the update is in swap");
	assert_strip(observe_pages("meanwhile", area, PAGES), "~");
	assert_pattern(area, PAGES * page_size(), UPDATE, "the update that came back");
	assert_file_holds(fd, ORIGINAL, "the file after that");
}

/* Whether the area's device holds this page of the update at that place. */
static bool is_on_device(const struct swap_area *swap, uint64_t place, size_t number)
{
	static char seen[LARGEST_PAGE] __attribute__((aligned(LARGEST_PAGE)));
	static char update[LARGEST_PAGE];
	int device = open(swap->path, O_RDONLY | O_DIRECT | O_CLOEXEC);

	pattern_bytes(update, page_size(), UPDATE, number * page_size());
	arrange(device >= 0 && pread(device, seen, page_size(), (off_t)(place * page_size())) ==
				       (ssize_t)page_size());
	close(device);
	return memcmp(seen, update, page_size()) == 0;
}

CLAIM(the_slots_hold_the_update, "swap-04",
      "The slots of the swapped pages hold the update, byte for byte, and the file the original",
      .needs = SWAP_AREA | FRAME_NUMBERS, .alone = "swap")
{
	need_no_zswap();

	struct swap_area swap = guard_swap_area(SWAP_ON_ZRAM, ATTEMPTS * PAGES * page_size());
	int fd = scratch_file(PAGES, ORIGINAL);

	turn_to_swap_area(&swap);

	struct pages seen = observe_pages("evicted", changed_and_evicted(fd), PAGES);

	arrange(page_size() <= LARGEST_PAGE);
	for (size_t i = 0; i < PAGES; i++) {
		uint64_t place = seen.words[i] >> AREA_BITS & ((UINT64_C(1) << PLACE_BITS) - 1);

		assert_equals(is_on_device(&swap, place, i), true, "the slot holds the update");
	}
	assert_file_holds(fd, ORIGINAL, "the file");
}

CLAIM(others_begin_with_the_original, "swap-05",
      "Who maps the file while another's update is in swap reads every byte of the original",
      .needs = SWAP | PAGE_STATES, .alone = "swap")
{
	guard_swap(ATTEMPTS * PAGES * page_size());

	int fd = scratch_file(PAGES, ORIGINAL);
	char *area = changed_and_evicted(fd);

	IN_CHILD {
		assert_pattern(fresh_mapping(PAGES, MAP_SHARED, fd), PAGES * page_size(), ORIGINAL,
			       "what a shared mapping shows");
		assert_pattern(fresh_mapping(PAGES, MAP_PRIVATE, fd), PAGES * page_size(), ORIGINAL,
			       "what a private mapping shows");
		assert_strip(observe_pages_of(parent_process(), "parent", area, PAGES), "~");
	}
	assert_pattern(area, PAGES * page_size(), UPDATE, "what the first one reads");
	assert_pattern(fresh_mapping(PAGES, MAP_PRIVATE, fd), PAGES * page_size(), ORIGINAL,
		       "what it reads in another mapping");
}

CONTROL(a_shared_change_has_no_second_copy, "swap-04 swap-05",
	"The same steps over MAP_SHARED leave one copy: others read the update, so does the file",
	.needs = PAGE_STATES | AREA_USAGE | DISK_FILE)
{
	int fd = disk_file(PAGES, ORIGINAL);
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

	write_pattern(area, PAGES * page_size(), UPDATE);
	arrange(madvise(area, PAGES * page_size(), MADV_PAGEOUT) == 0);
	assert_equals(observe_usage("shared", area, PAGES * page_size()).swap, 0, "Swap, in bytes");
	IN_CHILD {
		assert_pattern(fresh_mapping(PAGES, MAP_PRIVATE, fd), PAGES * page_size(), UPDATE,
			       "what another one reads");
	}
	assert_file_holds(fd, UPDATE, "the file");
}
