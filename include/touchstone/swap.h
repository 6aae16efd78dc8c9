/* SPDX-License-Identifier: MIT */
/*
 * Memory that leaves for a swap area, and comes back.
 *
 *     struct swap_area area = guard_swap_area(SWAP_ON_LOOP, 64 * page_size());
 *     char *memory = swapped_pages(64, SEED);
 *     struct swap_traffic before = swap_traffic_of(&area);
 *     ...
 *     assert_equals(swap_traffic_of(&area).written - before.written, 64, "pages written");
 *
 * Observes: bit 62 of pagemap (pages.h); /proc/swaps; what went to and from the device, by
 *           /sys/block/DEVICE/stat (Documentation/admin-guide/iostats.rst), and what zram made of it, by
 *           mm_stat (Documentation/admin-guide/blockdev/zram.rst).
 * Needs:    SWAP for any area, SWAP_AREA for one of the claim's own; PAGE_STATES to see what is out. A claim
 *           that uses them names .alone = "swap".
 * Strength: an area of the claim's own has the highest priority, so its pages go there as long as there is
 *           room; pages of others may go there as well, on a machine that is short of memory.
 * Advice:   MADV_PAGEOUT overlooks a page that is in a list of another processor, on which the process has
 *           been before: stay_on_one_processor() (processors.h).
 * Read on:  swapon(2), madvise(2) MADV_PAGEOUT, proc(5) /proc/swaps.
 */
#ifndef TOUCHSTONE_SWAP_H
#define TOUCHSTONE_SWAP_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/mman.h>

#include <touchstone/machine.h>
#include <touchstone/memory.h>
#include <touchstone/outcome.h>
#include <touchstone/pages.h>
#include <touchstone/processors.h>
#include <touchstone/residency.h>

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21 /* Linux 5.4 */
#endif

/*
 * From here to its end this process can swap so many bytes: an active swap area has room for them,
 * and nothing is changed; or else the guardian activates a swap file on a disk, of the lowest
 * priority, which only happens by leave (--allow=swap). Undecided where neither can be. Needs SWAP,
 * and .alone = "swap".
 */
void guard_swap(size_t bytes);

/*
 * For who looks at what an area's device is sent, or at how much memory there is: undecided where zswap
 * takes the pages first, and keeps them compressed in memory (Documentation/admin-guide/mm/zswap.rst).
 */
static inline void need_no_zswap(void)
{
	const char enabled = setting_letter("/sys/module/zswap/parameters/enabled");

	if (enabled && enabled != 'N') {
		undecided("needs swap without zswap, which keeps the bytes in memory");
	}
}

enum swap_kind {
	SWAP_IN_FILE, /* a swap file on a disk file system, which can be read as a file */
	SWAP_ON_LOOP, /* a block device: a loop device of our own, over an unnamed file on a disk */
	SWAP_ON_ZRAM, /* compressed memory: a zram device of our own; it answers at once */
};

struct swap_area {
	enum swap_kind kind;
	char path[256];  /* as in /proc/swaps, for swapoff(2) */
	char device[32]; /* its name in /sys/block; empty for a file */
	size_t bytes;    /* room for so many, its header not counted */
};

/*
 * A swap area for this claim, of that kind, with room for so many bytes and not much more, made and ended
 * by the guardian. Only by leave (--allow=swap). Undecided where it cannot be made.
 */
struct swap_area guard_swap_area(enum swap_kind kind, size_t bytes);

/* The same, but false where there is no leave, or it cannot be made. */
bool try_swap_area(enum swap_kind kind, size_t bytes, struct swap_area *area);

/* Bytes of it that are in use, by /proc/swaps; an error where the area is not active. */
size_t swap_area_used(const struct swap_area *area);

/* Pages that have gone to and from its device, to be compared at two times. An error for a file. */
struct swap_traffic {
	long long written, read;
};
struct swap_traffic swap_traffic_of(const struct swap_area *area);

/* What zram holds: bytes stored, as they were and compressed. An error for other kinds. */
struct compression {
	long long original, compressed;
	long long same; /* pages all of one value, of which nothing but that is stored */
};
struct compression compression_of(const struct swap_area *area);

/*
 * Asks for the pages to be reclaimed, until all are in swap or it does not go on: how many are. Others may
 * hold a page for a moment, in a list of a processor; such a one stays.
 */
static inline size_t page_out(char *area, size_t count)
{
	enum { ATTEMPTS = 10 };
	size_t swapped = 0;

	for (int attempt = 0; attempt < ATTEMPTS && swapped < count; attempt++) {
		if (madvise(area, count * page_size(), MADV_PAGEOUT) != 0) {
			undecided("needs MADV_PAGEOUT, Linux 5.4: errno %d", errno);
		}
		swapped = count_swapped(observe_pages("paged out", area, count));
	}
	evidence("pages in swap", "%zu of %zu", swapped, count);
	return swapped;
}

/* Private pages that hold pattern_bytes(seed), all of them in swap; undecided where that does not come about. */
static inline char *swapped_pages(size_t count, unsigned seed)
{
	enum { ATTEMPTS = 10 };

	for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
		char *area = filled_pages(count, MAP_PRIVATE, seed);

		if (page_out(area, count) == count) {
			return area;
		}
		arrange(munmap(area, count * page_size()) == 0);
	}
	undecided("needs swap with room: MADV_PAGEOUT left pages in memory each time; a full swap "
		  "area, or memory.swap.max of a cgroup, does that");
}

/*
 * From here on what this process evicts goes to that area, and it stays on its processor. Up to Linux 6.13
 * each processor keeps some slots of other areas at hand, from before; these are used up first.
 */
static inline void turn_to_swap_area(const struct swap_area *area)
{
	enum { AT_ONCE = 8, ATTEMPTS = 64 };

	stay_on_one_processor();
	for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
		char *pages = swapped_pages(AT_ONCE, 1);
		bool arrived = swap_area_used(area) > 0;

		arrange(munmap(pages, AT_ONCE * page_size()) == 0);
		if (arrived) {
			return;
		}
	}
	undecided("needs pages that go to a new swap area: each went to another one");
}

/*
 * As guard_swap(); but by leave it is a zram device, which answers at once: then what goes, and when, is the
 * kernel's choice and no disk's. The process stays on its processor.
 */
static inline void guard_quick_swap(size_t bytes)
{
	struct swap_area area;

	if (try_swap_area(SWAP_ON_ZRAM, bytes, &area)) {
		turn_to_swap_area(&area);
	} else {
		guard_swap(bytes);
	}
}

/*
 * Waits for what is being written to the area (a page is read from it, past the page cache), and makes every
 * processor put down the pages that it keeps in lists of its own (by way of posix_fadvise(2)).
 */
void settle_swap_area(const struct swap_area *area);

/*
 * All pages are in swap and none is in memory any more, so that bringing them back reads the area: what
 * is being written stays in memory until that is done, and then gets another chance to go.
 */
static inline void leave_memory(const struct swap_area *area, char *memory, size_t count)
{
	enum { ATTEMPTS = 200 };

	for (int attempt = 0; attempt < ATTEMPTS && time_is_left(); attempt++) {
		if (madvise(memory, count * page_size(), MADV_PAGEOUT) != 0) {
			undecided("needs MADV_PAGEOUT, Linux 5.4: errno %d", errno);
		}
		if (count_in_memory(memory, count) == 0) {
			return;
		}
		settle_swap_area(area);
		for (size_t i = 0; i < count; i++) {
			if (count_in_memory(page(memory, i), 1) == 1) {
				load(page(memory, i));
			}
		}
	}
	undecided(
		"needs a swap area from which a page is gone once it was written: a quieter disk");
}

#endif
