/* SPDX-License-Identifier: MIT */
/*
 * A private frame belongs to one process
 * ======================================
 *
 * "Two programs could write to the same physical location by accident": with this danger
 * document 004 begins. It is the kernel that keeps the account of frames, and it must never hand
 * out one twice. If ever it did, somebody would find bytes in his memory that he has not written.
 *
 *      process 1   [1][1][1][1]      ten processes, one address, and forty frames:
 *      process 2   [2][2][2][2]      each writes its own pattern into all its pages, and when
 *      ...                           all have done so each looks at every byte
 *      process 10  [a][a][a][a]
 *
 * Two processes at one address are the subject of
 * protection.equal_addresses_are_different_places; here many of them fill their memory, give it
 * back and fill it anew, so that frames go round.
 *
 * Look with: all the bytes of everybody; pagemap, while everybody stands still.
 * Read on:   mmap(2), madvise(2), proc(5) "pagemap"; document 004 section 1.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A private frame belongs to one process");

enum { PROCESSES = 10, PAGES = 4, ROUNDS = 3 };

static struct child others[PROCESSES];

/* In a process: fills its memory, waits until all the others have, and looks. */
static void fill_and_look(char *area, unsigned number, bool gives_back)
{
	for (unsigned round = 0; round < ROUNDS; round++) {
		unsigned seed = 1 + number * ROUNDS + round;

		write_pattern(area, PAGES * page_size(), seed);
		hand_over();
		assert_pattern(area, PAGES * page_size(), seed, "what the process wrote itself");
		if (gives_back) {
			arrange(madvise(area, PAGES * page_size(), MADV_DONTNEED) == 0);
			assert_all_bytes(area, PAGES * page_size(), 0, "new pages");
		}
	}
}

/* Starts all, each of which stands still when it has filled its memory. */
static void start_all(char *area, bool give_back)
{
	for (unsigned i = 0; i < PROCESSES; i++) {
		START_CHILD(others[i]) {
			fill_and_look(area, i, give_back);
		}
	}
}

static void end_all(void)
{
	for (unsigned i = 0; i < PROCESSES; i++) {
		end_child(&others[i]);
	}
}

CLAIM(nobody_finds_foreign_bytes, "paging-10",
      "Ten processes fill private memory time and again, and each finds its own bytes and zeros")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 0);

	start_all(area, true);
	for (unsigned round = 1; round < ROUNDS; round++) {
		for (unsigned i = 0; i < PROCESSES; i++) {
			give_turn(&others[i]);
		}
	}
	end_all();
	assert_pattern(area, PAGES * page_size(), 0, "what their parent wrote");
}

/* How many frames two of them have; while pages move it may seem to be one. */
static size_t frames_seen_twice(char *area)
{
	struct pages seen[PROCESSES];
	size_t twice = 0;

	for (unsigned i = 0; i < PROCESSES; i++) {
		seen[i] = observe_pages_of(others[i].pid, "process", area, PAGES);
		assert_strip(seen[i], "o");
	}
	for (size_t a = 0; a < (size_t)PROCESSES * PAGES && seen[0].numbered; a++) {
		for (size_t b = 0; b < a; b++) {
			twice += page_frame(seen[a / PAGES], a % PAGES) ==
				 page_frame(seen[b / PAGES], b % PAGES);
		}
	}
	return twice;
}

CLAIM(no_frame_is_handed_out_twice, "paging-10",
      "While all of them stand still each frame is one process's own, and no two have the same",
      .needs = FRAME_IDENTITY)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 0);
	size_t twice = 1;

	start_all(area, false);
	for (int tries = 0; tries < 5 && twice; tries++) {
		twice = frames_seen_twice(area);
	}
	assert_equals(twice, 0, "frames that two of them have");
	end_all();
}

CONTROL(shared_frames_belong_to_all, "paging-10",
	"In shared memory each finds the bytes of whoever wrote last, and all have the same pages")
{
	char *area = filled_pages(PAGES, MAP_SHARED, 0);

	for (unsigned i = 0; i < PROCESSES; i++) {
		START_CHILD(others[i]) {
			write_pattern(area, PAGES * page_size(), 1 + i);
			hand_over();
			assert_pattern(area, PAGES * page_size(), PROCESSES, "what the last wrote");
		}
	}
	end_all();
	assert_pattern(area, PAGES * page_size(), PROCESSES, "what their parent reads");
}
