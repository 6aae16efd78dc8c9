/* SPDX-License-Identifier: MIT */
/*
 * A system call touches the program's memory like anybody
 * =======================================================
 *
 * A buffer handed to read(2) need not have been touched before. The kernel stores into it through
 * the same page table that the program uses, finds nothing there, and falls into the same page
 * faults, in the midst of the system call, on the program's account:
 *
 *      read(file, buffer, ...)     the kernel stores    each page faults and gets a frame
 *      write(pipe, buffer, ...)    the kernel loads     each page faults, and borrows the zero page
 *
 *      buffer     ................
 *      read       ....oooooooo....     frames where bytes were delivered, however large the buffer
 *
 * Document 004 speaks of the boundary between user space and kernel space; lazy memory is
 * lazy on either side of it. A refusal (EFAULT) is for addresses that were never mapped.
 *
 * Look with: getrusage(2), ru_minflt; /proc/PID/pagemap.
 * Read on:   read(2), write(2); documents 001 "Lazy Allocation Explained", 004 section 17.1.
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A system call touches the program's memory like anybody");

enum { PAGES = 16, FIRST = 4, ASKED = 8, LARGEST_PAGE = 64 * 1024 };

/* write(2) of the page to a pipe, counted; the bytes that came through it are left in received. */
static struct faults send_page(const char *sent, unsigned char *received)
{
	int ends[2];
	ssize_t written = -1;

	arrange(pipe(ends) == 0);
	arrange(write(ends[1], received, 1) == 1); /* once uncounted */
	arrange(read(ends[0], received, 1) == 1);

	struct faults spent = faults_of(written = write(ends[1], sent, page_size()));

	assert_equals(written, page_size(), "bytes that write accepted");
	arrange(read(ends[0], received, page_size()) == (ssize_t)page_size());
	return spent;
}

CLAIM(the_kernel_faults_for_the_program, "lazy-12",
      "read(2) into untouched memory attaches a frame to every page, with one fault each",
      .needs = FAULT_COUNTS | FRAME_IDENTITY)
{
	int file = memory_file(PAGES, 1);
	char *buffer = fresh_pages(PAGES, MAP_PRIVATE);
	ssize_t got = -1;

	arrange(pread(file, &got, 1, 0) == 1); /* once uncounted */

	struct faults spent = faults_of(got = pread(file, buffer, PAGES * page_size(), 0));

	assert_equals(got, PAGES * page_size(), "bytes read");
	assert_equals(spent.minor, PAGES, "minor faults of read");
	assert_equals(spent.major, 0, "major faults of read");
	assert_strip(observe_pages("buffer", buffer, PAGES), "o");
}

CLAIM(a_system_call_may_store_anywhere, "lazy-12",
      "read(2) into untouched memory delivers every byte, and leaves zeros beside them")
{
	int file = memory_file(ASKED, 1);
	char *buffer = fresh_pages(PAGES, MAP_PRIVATE);
	char *within = page(buffer, FIRST) - 5; /* off the border, so that both ends show */
	size_t length = ASKED * page_size();

	assert_equals(pread(file, within, PAGES * page_size() / 2 + 5, 0), length, "bytes read");
	assert_pattern(within, length, 1, "the bytes read");
	assert_all_bytes(buffer, (size_t)(within - buffer), 0, "the bytes before them");
	assert_all_bytes(within + length, (size_t)(page(buffer, PAGES) - within) - length, 0,
			 "the bytes behind them");
}

CLAIM(only_what_is_delivered_attaches, "lazy-12",
      "A read that delivers less than was asked for attaches frames only where bytes arrived",
      .needs = FAULT_COUNTS | FRAME_IDENTITY)
{
	int file = memory_file(ASKED, 1);
	char *buffer = fresh_pages(PAGES, MAP_PRIVATE);
	ssize_t got = -1;

	arrange(pread(file, &got, 1, 0) == 1);

	struct faults spent =
		faults_of(got = pread(file, page(buffer, FIRST), (PAGES - FIRST) * page_size(), 0));

	assert_equals(got, ASKED * page_size(), "bytes read, to the end of the file");
	assert_equals(spent.minor, ASKED, "minor faults of read");
	assert_strip(observe_pages("buffer", buffer, PAGES), "....oooooooo....");
}

CLAIM(the_kernel_reads_like_anybody, "lazy-13",
      "A system call that only reads an untouched page maps the zero page there, with one fault",
      .needs = FAULT_COUNTS | FRAME_IDENTITY | AREA_USAGE)
{
	char *sent = fresh_pages(3, MAP_PRIVATE);
	static unsigned char received[LARGEST_PAGE]; /* not on the stack, where counting goes */

	arrange(page_size() <= sizeof received);
	memset(received, 0xff, page_size());
	assert_equals(send_page(page(sent, 1), received).minor, 1, "minor faults of write");
	assert_strip(observe_pages("sent", sent, 3), ".z.");
	assert_equals(observe_usage("smaps", sent, 3 * page_size()).rss, 0, "bytes resident");
	assert_all_bytes(received, page_size(), 0, "what came through the pipe");
}

CONTROL(a_second_read_faults_no_more, "lazy-12",
	"The same read into the same buffer, whose frames are there, takes no fault",
	.needs = FAULT_COUNTS)
{
	int file = memory_file(PAGES, 1);
	char *buffer = fresh_pages(PAGES, MAP_PRIVATE);
	size_t length = PAGES * page_size();
	ssize_t got = -1;

	arrange(pread(file, buffer, length, 0) == (ssize_t)length);

	struct faults spent = faults_of(got = pread(file, buffer, length, 0));

	assert_equals(got, length, "bytes read");
	assert_equals(of_both_kinds(spent), 0, "faults of read");
}

CONTROL(a_written_page_is_sent_without_a_fault, "lazy-13",
	"The same system call on a page that was written before takes no fault, and sends it",
	.needs = FAULT_COUNTS | FRAME_IDENTITY | AREA_USAGE)
{
	char *sent = fresh_pages(3, MAP_PRIVATE);
	static unsigned char received[LARGEST_PAGE]; /* not on the stack, where counting goes */

	arrange(page_size() <= sizeof received);
	write_pattern(page(sent, 1), page_size(), 1);
	assert_equals(send_page(page(sent, 1), received).minor, 0, "minor faults of write");
	assert_strip(observe_pages("sent", sent, 3), ".o.");
	assert_equals(observe_usage("smaps", sent, 3 * page_size()).rss, page_size(),
		      "bytes resident");
	assert_pattern(received, page_size(), 1, "what came through the pipe");
}
