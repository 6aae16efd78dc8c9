/* SPDX-License-Identifier: MIT */
/*
 * Zeros take no room in swap
 * ==========================
 *
 * Document 002 has each evicted page written to the swap file. For some that would be a
 * waste: they hold nothing but zeros. Linux looks before it writes (6.12): that a page was all
 * zeros fits into one bit, so the device is left in peace, both then and when the page is wanted
 * again. zram has always done so for itself, with any page of one repeated value.
 *
 *      0 0 0 0 ... 0     -->  a note: "zeros"          nothing is written
 *      0 0 0 0 ... 1     -->  [0 0 0 0 ... 1]          one bit more, and it is
 *
 * The note must not outlive the page: a slot is used again, by pages of other bytes.
 *
 * Look with: /sys/block/DEVICE/stat and mm_stat of a zram device, which is done when it answers.
 * Read on:   madvise(2) MADV_PAGEOUT, the kernel's zram.rst; document 002.
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Zeros take no room in swap");

enum { PAGES = 32, ROUNDS = 5, SEED = 1 };

/* A page that is being written stays in memory: a disk gets the time to write something else. */
static void send_out_again(char *area)
{
	for (int round = 0; page_out(area, PAGES) < PAGES; round++) {
		int fd = scratch_file(1, SEED);

		arrange(fsync(fd) == 0 && close(fd) == 0);
		if (round == ROUNDS) {
			undecided("needs swap with room for the same pages a second time");
		}
	}
}

/* A device of our own, which is sent what is swapped from here on. */
static struct swap_area zram(void)
{
	need_no_zswap();

	struct swap_area area = guard_swap_area(SWAP_ON_ZRAM, 2 * ROUNDS * PAGES * page_size());

	turn_to_swap_area(&area);
	return area;
}

/* Pages of zeros, each written by its process, and in swap; one byte in each may be another. */
static char *zeros_in_swap(size_t odd_byte, unsigned char odd)
{
	for (int round = 0; round < ROUNDS; round++) {
		char *area = fresh_pages(PAGES, MAP_PRIVATE);

		store_each(area, PAGES, 0);
		for (size_t i = 0; i < PAGES; i++) {
			store(page(area, i) + odd_byte, odd);
		}
		if (page_out(area, PAGES) == PAGES) {
			return area;
		}
		arrange(munmap(area, PAGES * page_size()) == 0);
	}
	undecided("needs swap with room: MADV_PAGEOUT left pages in memory each time");
}

CLAIM(zeros_are_not_written, "swap-19",
      "Not one of the pages of zeros that are in swap was written to the device, or read from it",
      .needs = SWAP_AREA | PAGE_STATES, .alone = "swap")
{
	struct swap_area swap = zram();
	long long written = PAGES, read = PAGES;

	/* Somebody else's page may come in between; hardly so each time. */
	for (int round = 0; round < ROUNDS && written + read > 0; round++) {
		struct swap_traffic before = swap_traffic_of(&swap);
		char *area = zeros_in_swap(0, 0);

		written = swap_traffic_of(&swap).written - before.written;
		if (written >= PAGES) {
			undecided(
				"needs a kernel that looks for zeros before it swaps: Linux 6.12");
		}
		assert_all_bytes(area, PAGES * page_size(), 0, "what came back");
		read = swap_traffic_of(&swap).read - before.read;
	}
	assert_equals(written, 0, "pages written, in the best round");
	assert_equals(read, 0, "pages read, in the best round");
}

CLAIM(zeros_take_no_room, "swap-19",
      "However many pages of zeros are in swap, zram holds not a compressed byte more for them",
      .needs = SWAP_AREA | PAGE_STATES, .alone = "swap")
{
	struct swap_area swap = zram();
	long long least = 1;

	for (int round = 0; round < ROUNDS && least > 0; round++) {
		struct compression before = compression_of(&swap);
		char *area = zeros_in_swap(0, 0);

		least = compression_of(&swap).compressed - before.compressed;
		assert_all_bytes(area, PAGES * page_size(), 0, "what came back");
	}
	assert_at_most(least, 0, "compressed bytes more, in the best round");
}

CLAIM(a_slot_forgets_the_zeros, "swap-19",
      "Pages that are zeros at one time and bytes at another always come back as they went last",
      .needs = SWAP | PAGE_STATES, .alone = "swap")
{
	guard_swap(ROUNDS * PAGES * page_size());
	stay_on_one_processor();

	char *area = zeros_in_swap(0, 0);

	for (unsigned round = 0; round < ROUNDS; round++) {
		assert_all_bytes(area, PAGES * page_size(), 0, "zeros that came back");
		write_pattern(area, PAGES * page_size(), SEED + round);
		send_out_again(area);
		assert_pattern(area, PAGES * page_size(), SEED + round, "bytes that came back");
		memset(area, 0, PAGES * page_size());
		send_out_again(area);
	}
	assert_all_bytes(area, PAGES * page_size(), 0, "zeros that came back");
}

CONTROL(one_byte_makes_the_difference, "swap-19",
	"Pages of zeros but for one byte, the first or the last, are written, and keep that byte",
	.needs = SWAP_AREA | PAGE_STATES, .alone = "swap")
{
	struct swap_area swap = zram();
	const size_t odd[] = {0, page_size() / 2 + 3, page_size() - 1};

	for (size_t each = 0; each < sizeof odd / sizeof *odd; each++) {
		long long before = swap_traffic_of(&swap).written;
		char *area = zeros_in_swap(odd[each], 1);

		assert_at_least(swap_traffic_of(&swap).written - before, PAGES, "pages written");
		for (size_t i = 0; i < PAGES; i++) {
			assert_byte(page(area, i) + odd[each], 1, "the one byte");
			store(page(area, i) + odd[each], 0);
		}
		assert_all_bytes(area, PAGES * page_size(), 0, "all other bytes");
		arrange(munmap(area, PAGES * page_size()) == 0);
	}
}
