/* SPDX-License-Identifier: MIT */
/*
 * What is shared is not copied, and what is sent is
 * =================================================
 *
 * A message through a pipe leaves two of everything: the sender keeps its page, the receiver has one of its
 * own that holds the same bytes, and from then on each may do with its own what it likes. In shared
 * memory there is one page. That saves the copy, and it takes away the peace: what the receiver
 * has looked at may be another thing a moment later.
 *
 *      pipe              sender [ page ]  ~~copied~~>  [ page ] receiver       two frames
 *
 *      shared memory     sender  \_____ [ page ] _____/ receiver               one frame
 *
 * Look with: /proc/PID/pagemap, whose bit 56 tells anybody whether a page is mapped by one process
 *            alone; what the receiver reads after the sender has stored something else.
 * Read on:   pipe(7), proc(5) "pagemap"; document 004 section 15.2.
 */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("What is shared is not copied, and what is sent is");

enum { PAGES = 3 };

static size_t length(void)
{
	return PAGES * page_size();
}

/* Sends all pages of the area through a pipe to a buffer, a piece at a time. */
static void send_through_pipe(const char *area, char *to)
{
	enum { PIECE = 512 }; /* even the smallest pipe has room for it */
	int ends[2];

	arrange(pipe2(ends, O_CLOEXEC) == 0);
	for (size_t at = 0; at < length(); at += PIECE) {
		arrange(write(ends[1], area + at, PIECE) == PIECE);
		arrange(read(ends[0], to + at, PIECE) == PIECE);
	}
}

CLAIM(shared_pages_have_one_frame, "share-07",
      "Sender and receiver of shared memory have the same frame behind every page",
      .needs = FRAME_IDENTITY)
{
	char *area = filled_pages(PAGES, MAP_SHARED, 1);

	IN_CHILD {
		assert_pattern(area, length(), 1, "what the receiver reads");
		assert_same_frames(observe_pages("receiver", area, PAGES),
				   observe_pages_of(parent_process(), "sender", area, PAGES));
	}
}

CLAIM(what_comes_through_a_pipe_has_frames_of_its_own, "share-07",
      "What the receiver has read from a pipe lies in frames that nobody else has",
      .needs = FRAME_IDENTITY)
{
	char *area = filled_pages(PAGES, MAP_SHARED, 1);

	IN_CHILD {
		char *received = fresh_pages(PAGES, MAP_PRIVATE);

		send_through_pipe(area, received);
		assert_pattern(received, length(), 1, "what the receiver reads");
		assert_strip(observe_pages("what was received", received, PAGES), "o");
		assert_strip(observe_pages("what was sent", area, PAGES), "s");
	}
}

CLAIM(what_was_received_stays, "share-07",
      "What the sender stores after sending does not show in what was received through a pipe")
{
	char *area = filled_pages(PAGES, MAP_SHARED, 1);
	struct child receiver;

	START_CHILD(receiver) {
		char *received = fresh_pages(PAGES, MAP_PRIVATE);

		send_through_pipe(area, received);
		assert_pattern(received, length(), 1, "what was received");
		hand_over();
		assert_pattern(received, length(), 1, "what was received, later");
		write_pattern(received, length(), 3);
	}
	write_pattern(area, length(), 2);
	end_child(&receiver);
	assert_pattern(area, length(), 2, "what the sender has, later");
}

CONTROL(what_is_shared_does_not_stay, "share-07",
	"The same store shows at once in what the receiver reads of shared memory")
{
	char *area = filled_pages(PAGES, MAP_SHARED, 1);
	struct child receiver;

	START_CHILD(receiver) {
		assert_pattern(area, length(), 1, "what the receiver reads");
		hand_over();
		assert_pattern(area, length(), 2, "what the receiver reads later");
	}
	write_pattern(area, length(), 2);
	end_child(&receiver);
}
