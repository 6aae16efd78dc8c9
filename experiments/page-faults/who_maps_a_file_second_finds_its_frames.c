/* SPDX-License-Identifier: MIT */
/*
 * Who maps a file second finds its frames
 * =======================================
 *
 * Document 004 (10.2) counts "mapping an already-cached page" among the cheap faults. The page
 * cache belongs to nobody: what one process has had read, the next one finds. It takes a minor
 * fault for each entry of its page table, and behind the entry is the very same frame. A program
 * that is started twice is in memory once.
 *
 *      A   page table ----+                     only A: the frame is exclusive
 *                         +---> [frame]
 *      B   page table ----+                     A and B: shared, until one of them has gone
 *
 * Look with: /proc/PID/pagemap, bit 56 and, for root, frame numbers; ru_majflt of getrusage(2).
 * Read on:   proc(5) "pagemap", mmap(2); document 004 sections 10.2 and 16.3.
 */
#include <touchstone/experiment.h>

EXPERIMENT("Who maps a file second finds its frames");

enum { PAGES = 8, SEED = 2, WRITTEN = 3 };

/* Without read-ahead: who meets its mark in the cache starts the next one, and counts as major. */
static char *mapped_for_single_pages(int fd)
{
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

	arrange(madvise(area, PAGES * page_size(), MADV_RANDOM) == 0);
	return area;
}

CLAIM(the_second_has_minor_faults_only, "fault-25",
      "What one process has read from disk costs the next one minor faults only, and is the same",
      .needs = FAULT_COUNTS | DISK_FILE)
{
	int fd = cold_file(PAGES, SEED);
	struct child other;

	START_CHILD(other) {
		char *area = mapped_for_single_pages(fd);

		assert_at_least(faults_of(load_each(area, PAGES)).major, 1, "A's major faults");
		assert_pattern(area, PAGES * page_size(), SEED, "what A reads");
		hand_over(); /* A keeps it mapped, and so in memory */
	}

	char *area = mapped_for_single_pages(fd);
	struct faults spent = faults_of(load_each(area, PAGES));

	assert_equals(spent.major, 0, "B's major faults");
	assert_at_least(spent.minor, 1, "B's minor faults");
	assert_pattern(area, PAGES * page_size(), SEED, "what B reads");
	end_child(&other);
}

CLAIM(both_have_the_same_frames, "fault-25",
      "While both map the file one frame is behind each page, and it is exclusive before and after",
      .needs = FRAME_IDENTITY)
{
	int fd = scratch_file(PAGES, SEED);
	struct child other;

	START_CHILD(other) {
		hand_over();

		char *mine = fresh_mapping(PAGES, MAP_SHARED, fd);

		load_each(mine, PAGES);
		tell_parent(&mine, sizeof mine);
		hand_over();
	}

	char *area = fresh_mapping(PAGES, MAP_SHARED, fd), *theirs;

	load_each(area, PAGES);
	assert_strip(observe_pages("A, alone", area, PAGES), "o");
	give_turn(&other);
	hear_from(&other, &theirs, sizeof theirs);
	assert_same_frames(observe_pages("A", area, PAGES),
			   observe_pages_of(other.pid, "B", theirs, PAGES));
	end_child(&other);
	assert_strip(observe_pages("A, alone again", area, PAGES), "o");
	assert_pattern(area, PAGES * page_size(), SEED, "what A reads");
}

CONTROL(a_private_copy_has_a_frame_of_its_own, "fault-25",
	"A page that B has written to in a private mapping has another frame than A's, and it "
	"alone",
	.needs = FRAME_IDENTITY)
{
	int fd = scratch_file(PAGES, SEED);
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

	load_each(area, PAGES);
	IN_CHILD {
		char *mine = fresh_mapping(PAGES, MAP_PRIVATE, fd);

		load_each(mine, PAGES);
		store(page(mine, WRITTEN), 'b');
		assert_frames_differ_only_at(observe_pages("B", mine, PAGES),
					     observe_pages_of(parent_process(), "A", area, PAGES),
					     WRITTEN);
	}
	assert_pattern(area, PAGES * page_size(), SEED, "what A reads");
}
