/* SPDX-License-Identifier: MIT */
/*
 * mremap moves frames to new addresses, not bytes
 * ===============================================
 *
 * A mapping relates addresses to frames, and the kernel can change one side of it and keep the
 * other. mremap(2) takes the entries out of the page table at the old addresses and puts them
 * in at the new ones: the frames stay where they are, not a byte is copied, and no page
 * faults. The old addresses are free afterwards. memcpy has the same result and does it the hard
 * way: a fault, a frame and a page full of copying for each page.
 *
 *         old addresses                        old addresses
 *         +---+---+---+                        .   .   .   .  SIGSEGV
 *         | a | b | c |
 *         +---+---+---+                        new addresses
 *           |   |   |          mremap          +---+---+---+
 *          [7] [9] [4]        -------->        | a | b | c |
 *                                              +---+---+---+
 *                                                |   |   |
 *                                               [7] [9] [4]
 *
 * Document 003 names mmap, mprotect and munmap as the calls that define, modify and remove regions;
 * this one is the fourth.
 *
 * Look with: fault counts, and pagemap. The frames are held by a child as well, so that anybody can
 *            see them stay shared; a copy would belong to the parent alone.
 * Read on:   mremap(2); document 003.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("mremap moves frames to new addresses, not bytes");

enum { PAGES = 8 };

static size_t length(void)
{
	return PAGES * page_size();
}

static void *move(char *from, char *to, size_t bytes)
{
	return mremap(from, bytes, bytes, MREMAP_MAYMOVE | MREMAP_FIXED, to);
}

CLAIM(the_bytes_are_at_the_new_address, "map-16",
      "After mremap every byte is at the new address, and a reference to the old one traps")
{
	char *from = filled_pages(PAGES, MAP_PRIVATE, 1), *to = reserve(PAGES),
	     *last = from + length() - 1;

	assert_address(move(from, to, length()), to, "the new address");
	assert_pattern(to, length(), 1, "what is there");
	assert_trap(try_load(from), SIGSEGV, SEGV_MAPERR, from);
	assert_trap(try_store(last, 'x'), SIGSEGV, SEGV_MAPERR, last);
	write_pattern(to, length(), 2);
	assert_pattern(to, length(), 2, "what can be written there");
}

CLAIM(a_part_moves_alone, "map-16",
      "Pages from the middle of an area can be moved, and all the others stay where they are")
{
	char *from = filled_pages(PAGES, MAP_PRIVATE, 1), *to = reserve(PAGES),
	     *end = page(from, PAGES - 1);

	write_pattern(page(from, 2), 2 * page_size(), 2);
	write_pattern(page(from, 4), (PAGES - 4) * page_size(), 3);
	assert_address(move(page(from, 2), page(to, 1), 2 * page_size()), page(to, 1),
		       "the new address");
	assert_pattern(page(to, 1), 2 * page_size(), 2, "the pages moved");
	assert_pattern(from, 2 * page_size(), 1, "the pages below them");
	assert_pattern(page(from, 4), (PAGES - 4) * page_size(), 3, "the pages above them");
	assert_trap(try_load(page(from, 2)), SIGSEGV, SEGV_MAPERR, page(from, 2));
	assert_trap(try_load(page(from, 4) - 1), SIGSEGV, SEGV_MAPERR, page(from, 4) - 1);
	assert_trap(try_load(to), SIGSEGV, SEGV_ACCERR, to);
	assert_trap(try_load(page(to, 3)), SIGSEGV, SEGV_ACCERR, page(to, 3));
	assert_no_trap(try_store(end, load(end)));
}

CLAIM(no_page_faults, "map-16",
      "Moving the pages, and writing to all of them at the new address, costs not a single fault",
      .needs = FAULT_COUNTS)
{
	char *from = filled_pages(PAGES, MAP_PRIVATE, 1), *to = reserve(PAGES);
	void *moved;
	struct faults spent = faults_of({
		moved = move(from, to, length());
		store_each(to, PAGES, 'm');
	});

	assert_address(moved, to, "the new address");
	assert_equals(spent.minor, 0, "minor faults");
	assert_equals(spent.major, 0, "major faults");
}

CLAIM(the_frames_are_the_same, "map-16",
      "The frames that a child shares with the old addresses are shared with the new ones",
      .needs = FRAME_IDENTITY)
{
	char *from = filled_pages(PAGES, MAP_PRIVATE, 1), *to = reserve(PAGES);
	struct child holder;

	START_CHILD(holder) {
		hand_over();
	}
	assert_strip(observe_pages("old addresses", from, PAGES), "s");
	assert_address(move(from, to, length()), to, "the new address");

	struct pages moved = observe_pages("new addresses", to, PAGES);
	struct pages held = observe_pages_of(holder.pid, "child, old addresses", from, PAGES);

	assert_strip(moved, "s");
	assert_same_frames(moved, held);
	assert_strip(observe_pages("old addresses, after", from, PAGES), ".");
}

CLAIM(each_frame_travels, "map-16",
      "By their numbers, each page has the frame at the new address that it had at the old one",
      .needs = FRAME_NUMBERS)
{
	char *from = filled_pages(PAGES, MAP_PRIVATE, 1), *to = reserve(PAGES);
	struct pages before = observe_pages("old addresses", from, PAGES);

	assert_address(move(from, to, length()), to, "the new address");
	assert_equals(count_frames_kept(observe_pages("new addresses", to, PAGES), before), PAGES,
		      "frames kept");
}

CONTROL(a_copy_has_frames_of_its_own, "map-16",
	"A copy by memcpy has the same bytes in frames of its own, and the old address still works",
	.needs = FRAME_IDENTITY | FAULT_COUNTS)
{
	char *from = filled_pages(PAGES, MAP_PRIVATE, 1), *to = reserve(PAGES);
	struct child holder;

	START_CHILD(holder) {
		hand_over();
	}
	arrange(mprotect(to, length(), PROT_READ | PROT_WRITE) == 0);

	struct faults spent = faults_of(memcpy(to, from, length()));

	assert_equals(spent.minor, PAGES, "minor faults");
	assert_strip(observe_pages("copy", to, PAGES), "o");
	assert_strip(observe_pages("original", from, PAGES), "s");
	assert_pattern(to, length(), 1, "the copy");
	assert_pattern(from, length(), 1, "the original");
}
