/* SPDX-License-Identifier: MIT */
/*
 * Written pages stay where there is no swap
 * =========================================
 *
 * Swap is "a last resort" (document 004, section 12.3), and a machine may do without it. It then has no
 * place for a page that belongs to no file, once something was written there: the only copy of these
 * bytes is the frame. So such pages stay, whoever advises to push them out, and however tight memory
 * becomes. What can be had again goes instead: pages of files.
 *
 *      memory is short     [mine][mine][mine][file][file]
 *      a little later      [mine][mine][mine][other file]      mine are all there still
 *
 * Look with: bit 63 of /proc/PID/pagemap, mincore(2), every byte.
 * Read on:   madvise(2) MADV_PAGEOUT, cgroups(7); document 004 sections 12.3 and 12.4.
 */
#include <sys/mman.h>
#include <sys/sysinfo.h>

#include <touchstone/experiment.h>

EXPERIMENT("Written pages stay where there is no swap");

enum { FEW = 16, OWN = 256, FILE_PAGES = 512, LIMIT = 512, SEED = 1 };

static bool machine_has_swap(void)
{
	struct sysinfo machine;

	arrange(sysinfo(&machine) == 0);
	return machine.totalswap > 0;
}

CLAIM(advice_cannot_push_them_out, "swap-15",
      "Pages that were written stay in memory when they are advised to leave, with every byte",
      .needs = PAGE_STATES, .alone = "swap")
{
	char *area = filled_pages(OWN, MAP_PRIVATE, SEED);
	bool swapless = !machine_has_swap();
	size_t out = page_out(area, OWN);

	if (!swapless || machine_has_swap()) { /* which comes and goes */
		undecided("needs a machine without swap: swapoff");
	}
	assert_equals(out, 0, "pages in swap");
	assert_strip(observe_pages("advised to leave", area, OWN), "p");
	assert_equals(count_in_memory(area, OWN), OWN, "pages in memory");
	assert_pattern(area, OWN * page_size(), SEED, "what they hold");
}

CLAIM(no_advice_takes_their_bytes, "swap-15",
      "With swap or without, pages that were advised to leave have the bytes that were written",
      .alone = "swap")
{
	char *area = filled_pages(FEW, MAP_PRIVATE, SEED);

	for (int times = 0; times < 2; times++) {
		if (madvise(area, FEW * page_size(), MADV_PAGEOUT) != 0) {
			undecided("needs MADV_PAGEOUT, Linux 5.4: errno %d", errno);
		}
		assert_pattern(area, FEW * page_size(), SEED, "what they hold");
	}
}

CLAIM(want_of_memory_cannot_either, "swap-15",
      "In a cgroup that may not swap, and is full, pages of a file go and written pages stay",
      .needs = MEMORY_CGROUP | DISK_FILE | PAGE_STATES, .alone = "swap")
{
	struct memory_group group = guard_memory_group(LIMIT * page_size());
	int fd = cold_file(FILE_PAGES, SEED + 1);

	if (machine_has_swap()) {
		limit_memory_group_swap(&group, 0);
	}
	enter_memory_group(&group);

	char *area = filled_pages(OWN, MAP_PRIVATE, SEED);
	char *file = mmap(NULL, FILE_PAGES * page_size(), PROT_READ, MAP_SHARED, fd, 0);

	arrange(file != MAP_FAILED && madvise(file, FILE_PAGES * page_size(), MADV_RANDOM) == 0);
	for (int times = 0; times < 2; times++) {
		load_each(file, FILE_PAGES);
		assert_strip(observe_pages("written pages", area, OWN), "p");
	}
	assert_at_most(count_in_memory(file, FILE_PAGES), LIMIT - OWN,
		       "pages of the file in memory, where 256 fit in");
	assert_pattern(area, OWN * page_size(), SEED, "what they hold");
}

CONTROL(where_there_is_swap_they_leave, "swap-15",
	"With swap the same advice makes them leave, and they come back with every byte",
	.needs = SWAP | PAGE_STATES, .alone = "swap")
{
	guard_swap(OWN * page_size());

	char *area = swapped_pages(OWN, SEED);

	assert_strip(observe_pages("advised to leave", area, OWN), "~");
	assert_pattern(area, OWN * page_size(), SEED, "what came back");
}
