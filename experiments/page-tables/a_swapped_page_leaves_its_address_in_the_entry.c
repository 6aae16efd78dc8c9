/* SPDX-License-Identifier: MIT */
/*
 * A swapped page leaves its address in the entry
 * ==============================================
 *
 * Where does the kernel remember which piece of the disk holds a page that is in swap? In the page
 * table. As long as the present bit is clear the hardware looks at no other bit of an entry
 * (document 004, section 8.1), so all the others are free for the kernel's own use: it writes down
 * the number of the swap area and the place in it.
 *
 *      resident     1 | frame 107c8b ............ rights |     read by the hardware
 *      swapped      0 | area 0 | place 42 .............. |     read by the kernel, at the fault
 *
 * Look with: /proc/PID/pagemap: bit 62 for anybody; for root the area in bits 0 to 4, and the place,
 *            counted in pages, in bits 5 to 54.
 * Read on:   the kernel's pagemap.rst, madvise(2); document 004 sections 6.5 and 8.1.
 */
#include <fcntl.h>
#include <limits.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>
#include <touchstone/translations.h>

EXPERIMENT("A swapped page leaves its address in the entry");

#ifndef MADV_COLD
#define MADV_COLD 20
#endif
enum { PAGES = 8, READINGS = 500, AREA_BITS = 5, PLACE_BITS = 50, LONGEST = 4000, ROUNDS = 4 };

static char *pages_in_swap(void)
{
	struct swap_area own;

	/* A file of our own can be read back, for its blocks have been written. */
	if (try_swap_area(SWAP_IN_FILE, 8 * PAGES * page_size(), &own)) {
		turn_to_swap_area(&own);
	} else {
		guard_swap(PAGES * page_size());
	}
	return swapped_pages(PAGES, 1);
}

CLAIM(the_entry_leads_back_to_the_bytes, "ptable-18",
      "A swapped page is not present; a load brings back that page, with every byte it had",
      .needs = SWAP | PAGE_STATES, .alone = "swap")
{
	char *area = pages_in_swap();

	assert_strip(observe_pages("swapped", area, PAGES), "~~~~~~~~");
	load(page(area, 3) + page_size() - 1);
	assert_strip(observe_pages("after a load from page 3", area, PAGES), "~~~p~~~~");
	assert_pattern(area, PAGES * page_size(), 1, "what the pages hold");
	assert_strip(observe_pages("after loads from all", area, PAGES), "pppppppp");
}

/*
 * Whether one of the active areas has this page of the pattern at a place, on the disk itself.
 * Undecided where that cannot be told.
 */
static bool is_on_disk(uint64_t place, size_t number)
{
	static char seen[64 * 1024] __attribute__((aligned(64 * 1024)));
	static char expected[64 * 1024], list[LONGEST];
	int swaps = open("/proc/swaps", O_RDONLY | O_CLOEXEC);
	ssize_t length = swaps < 0 ? -1 : read(swaps, list, sizeof list - 1);
	bool found = false, hidden = false;

	arrange(length > 0 && close(swaps) == 0 && page_size() <= sizeof seen);
	list[length] = 0;
	pattern_bytes(expected, page_size(), 1, number * page_size());
	for (char *line = strchr(list, '\n'), *next; line && line[1] && !found; line = next) {
		next = strchr(line + 1, '\n');
		line[1 + strcspn(line + 1, " \t")] = 0;

		int fd = open(line + 1, O_RDONLY | O_CLOEXEC | O_DIRECT);

		found = fd >= 0 &&
			pread(fd, seen, page_size(), (off_t)(place * page_size())) ==
				(ssize_t)page_size() &&
			memcmp(seen, expected, page_size()) == 0;
		hidden |= fd < 0 || close(fd) != 0;
	}
	if (!found && hidden) {
		undecided("needs swap areas that can be opened with O_DIRECT under their names");
	}
	return found;
}

CLAIM(the_entry_names_the_place, "ptable-18",
      "The entries of swapped pages name places in one area, and there the bytes are, on the disk",
      .needs = SWAP | PAGE_STATES | FRAME_NUMBERS, .alone = "swap")
{
	need_no_zswap();

	char *area = pages_in_swap();
	struct pages seen = observe_pages("swapped", area, PAGES);

	for (size_t i = 0; i < PAGES; i++) {
		uint64_t place = seen.words[i] >> AREA_BITS & ((UINT64_C(1) << PLACE_BITS) - 1);

		assert_differs(place, 0, "the place, where 0 would be the area's header");
		/* The kernel writes while we go on: each reading waits in the same queue behind it. */
		for (int readings = 0; !is_on_disk(place, i); readings++) {
			if (readings == READINGS) {
				broken(HERE, "the page's bytes at that place", "others, always");
			}
		}
	}
}

CONTROL(a_resident_page_has_a_frame_instead, "ptable-18",
	"Pages that are only called cold are present, in no swap area, and no fault brings them "
	"back, though one may note their use",
	.needs = PAGE_STATES | FAULT_COUNTS)
{
	long noted = a_use_costs_a_fault() ? PAGES : 0, fewest = LONG_MAX;
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	/* Where a use is noted by a fault, that of a page of the program's code may be, too. */
	for (int round = 0; round < ROUNDS && fewest != noted; round++) {
		arrange(madvise(area, PAGES * page_size(), MADV_COLD) == 0);

		struct pages seen = observe_pages("cold", area, PAGES);

		assert_strip(seen, "pppppppp");
		for (size_t i = 0; i < PAGES; i++) {
			assert_equals(page_is_swapped(seen, i), false,
				      "whether the page is in swap");
		}
		keep_least(&fewest, faults_of(load_each(area, PAGES)).minor);
	}
	assert_equals(fewest, noted, "minor faults of a walk");
}
