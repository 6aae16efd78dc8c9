/* SPDX-License-Identifier: MIT */
/*
 * Swapping out takes longer than forgetting
 * =========================================
 *
 * "Evicting a clean file-backed page is far cheaper than evicting a dirty anonymous page that must
 * go to swap" (document 004, 11.4). For the one the kernel clears an entry and takes the page out
 * of a list. For the other it finds a slot of the swap area, writes its number into the entry, and
 * sends the page to a device, or compresses it.
 *
 *      clean page of a file      |unmap|drop|
 *      memory without a file     |unmap|find a slot|send, or compress|drop|
 *
 * How much longer depends on the device, and on whether somebody waits for it: what is timed is the
 * processor's part alone, which is there even where the device answers at once.
 *
 * Look with: the time that madvise(2) with MADV_PAGEOUT takes, for as many pages of both kinds.
 * Read on:   madvise(2); document 004 sections 11.4 and 12.4.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Swapping out takes longer than forgetting");

enum { PAGES = 256, SEED = 5 };

struct both {
	char *memory, *file, *other_file;
	size_t stayed; /* pages that did not go when they were let go */
};

static void let_go(char *area)
{
	if (madvise(area, PAGES * page_size(), MADV_PAGEOUT) != 0) {
		undecided("needs MADV_PAGEOUT: Linux 5.4");
	}
}

static char *file_pages(void)
{
	return fresh_mapping(PAGES, MAP_SHARED, disk_file(PAGES, SEED));
}

/* New pages each time, for one that has come back may have its slot and need no write. */
static void fill_memory(void *context)
{
	struct both *both = context;

	if (both->memory) {
		both->stayed += PAGES - count_swapped(observe_pages("memory", both->memory, PAGES));
		arrange(munmap(both->memory, PAGES * page_size()) == 0);
	}
	both->memory = filled_pages(PAGES, MAP_PRIVATE, SEED);
}

static void swap_memory(void *context)
{
	let_go(((struct both *)context)->memory);
}

/* They should all have gone the last time. */
static void read_again(struct both *both, char *file)
{
	both->stayed += count_in_memory(file, PAGES);
	load_each(file, PAGES);
}

static void read_file(void *context)
{
	read_again(context, ((struct both *)context)->file);
}

static void drop_file(void *context)
{
	let_go(((struct both *)context)->file);
}

static void read_other_file(void *context)
{
	read_again(context, ((struct both *)context)->other_file);
}

static void drop_other_file(void *context)
{
	let_go(((struct both *)context)->other_file);
}

CLAIM(memory_takes_longer, "replace-19",
      "Swapping memory out takes longer than letting go of as many clean pages of a file",
      .needs = DISK_FILE | SWAP | PAGE_STATES | TIMING, .alone = "swap")
{
	struct both both = {.file = file_pages()};
	struct race race = {.before_slow = fill_memory,
			    .slow = swap_memory,
			    .before_fast = read_file,
			    .fast = drop_file,
			    .context = &both,
			    .wanted = 1.5};

	guard_swap(4 * PAGES * page_size());
	fill_memory(&both);
	swap_memory(&both);
	fill_memory(&both); /* which counts */
	if (both.stayed > 0) {
		undecided("needs swap with room, and pages that go at the first call");
	}
	assert_race(&race, "swapping memory out, against letting go of a file's pages");
}

CONTROL(files_take_alike, "replace-19",
	"The clean pages of one file go in about the time of those of another",
	.needs = DISK_FILE | TIMING)
{
	struct both both = {.file = file_pages(), .other_file = file_pages()};
	struct race race = {.before_slow = read_other_file,
			    .slow = drop_other_file,
			    .before_fast = read_file,
			    .fast = drop_file,
			    .context = &both,
			    .at_most = 1.5};

	stay_on_one_processor();      /* its lists hide no page from the advice */
	for (int i = 0; i < 2; i++) { /* what has just been written has to be sent first */
		drop_file(&both);
		read_file(&both);
		drop_other_file(&both);
		read_other_file(&both);
	}
	both.stayed = 0;
	drop_file(&both);
	drop_other_file(&both);

	double ratio = run_race(&race);

	evidence("pages that did not go", "%zu", both.stayed);
	if (ratio > race.at_most && both.stayed > 0) {
		undecided("needs pages of a file that go at the first call");
	}
	assert_raced(&race, "letting go of one file's pages, against those of another");
}
