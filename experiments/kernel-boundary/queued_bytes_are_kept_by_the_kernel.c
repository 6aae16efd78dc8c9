/* SPDX-License-Identifier: MIT */
/*
 * Queued bytes are kept by the kernel
 * ===================================
 *
 * What was written into a socket and not yet read is somewhere. Not in the writer's memory: it may
 * change its buffer, unmap it, or die. Not in the reader's, which may not even be waiting. It is in
 * "socket buffers", memory of the kernel (document 004, section 17.2). No page of either
 * process holds it; and so that a process cannot fill all memory that way, it is counted, and limited.
 *
 *      writer                   kernel                   reader
 *      [buffer]  -- write -->   [copy][copy][copy]   -- read -->  [buffer]
 *                               SIOCOUTQ: so many bytes, limited by SO_SNDBUF
 *
 * Look with: ioctl(SIOCOUTQ); getrusage(2), for no page comes; a loop of writes that ends in EAGAIN.
 * Read on:   unix(7), socket(7) SO_SNDBUF; document 004 sections 4.3 and 17.2.
 */
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/sockios.h>
#include <touchstone/experiment.h>

EXPERIMENT("Queued bytes are kept by the kernel");

enum { PIECE = 1024, MOST = 64 * 1024, SEEDS = 1000 };

static void open_sockets(int end[2])
{
	arrange(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, end) == 0);
}

/* Writes pieces, each of a pattern of its own, until the socket takes no more: how many it took. */
static unsigned fill(int socket, char *piece)
{
	unsigned count = 0;
	ssize_t written;

	do {
		pattern_bytes(piece, PIECE, count % SEEDS + 1, 0);
		written = write(socket, piece, PIECE);
	} while (written == PIECE && ++count < MOST);
	arrange(count == MOST || (written == -1 && errno == EAGAIN));
	return count;
}

/* Reads them all, and finds each byte. */
static void assert_queued(int socket, unsigned count)
{
	static char piece[PIECE], wanted[PIECE];

	for (unsigned i = 0; i < count; i++) {
		pattern_bytes(wanted, PIECE, i % SEEDS + 1, 0);
		assert_equals(read(socket, piece, PIECE), PIECE, "bytes read");
		assert_same_bytes(piece, wanted, PIECE, "the bytes of a piece");
	}
	assert_refused(read(socket, piece, PIECE), EAGAIN);
}

static int queued_bytes(int socket)
{
	int bytes = -1;

	if (ioctl(socket, SIOCOUTQ, &bytes) != 0) {
		undecided("needs SIOCOUTQ for sockets of this machine: errno %d", errno);
	}
	return bytes;
}

CLAIM(what_is_queued_outlives_its_buffer, "kernel-07",
      "All bytes arrive after their writer has unmapped its buffer and died")
{
	int end[2];
	struct child writer;
	unsigned count;

	open_sockets(end);
	START_CHILD(writer) {
		char *piece = fresh_pages(1, MAP_PRIVATE);

		count = fill(end[1], piece);
		tell_parent(&count, sizeof count);
		memset(piece, 0, PIECE);
		arrange(munmap(piece, page_size()) == 0);
	}
	end_child(&writer);
	hear_from(&writer, &count, sizeof count);
	assert_at_least(count, 2, "pieces that were queued");
	assert_queued(end[0], count);
}

CLAIM(what_is_queued_is_counted, "kernel-07",
      "The kernel counts at least the bytes that are queued, and none when all were read")
{
	int end[2];
	static char piece[PIECE];

	open_sockets(end);
	assert_equals(queued_bytes(end[1]), 0, "bytes counted before");

	unsigned count = fill(end[1], piece);

	assert_at_least(queued_bytes(end[1]), (long long)count * PIECE, "bytes counted");
	assert_queued(end[0], count);
	assert_equals(queued_bytes(end[1]), 0, "bytes counted when all were read");
	assert_at_least(fill(end[1], piece), 1, "pieces that fit again");
}

CLAIM(no_page_of_the_process_holds_them, "kernel-07",
      "Queuing many pages' worth of bytes costs the process no fault, and so no page",
      .needs = FAULT_COUNTS)
{
	int end[2];
	static char piece[PIECE];

	open_sockets(end);
	assert_queued(end[0], fill(end[1], piece)); /* once, so that no code is new */

	struct faults spent = faults_of(fill(end[1], piece));

	assert_equals(of_both_kinds(spent), 0, "faults while queuing");
}

CONTROL(the_same_bytes_in_memory_cost_pages, "kernel-07",
	"To keep as many bytes in its own memory costs the process a page for each page of them",
	.needs = FAULT_COUNTS)
{
	int end[2];
	static char piece[PIECE];

	open_sockets(end);

	size_t pages = ((size_t)fill(end[1], piece) * PIECE + page_size() - 1) / page_size();
	char *memory = fresh_pages(pages, MAP_PRIVATE);
	struct faults spent = faults_of(store_each(memory, pages, 'x'));

	assert_equals(spent.minor, pages, "faults while storing");
}
