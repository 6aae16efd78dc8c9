/* SPDX-License-Identifier: MIT */
/*
 * System calls refuse addresses of the kernel
 * ===========================================
 *
 * A program cannot touch the kernel's memory; but the kernel could, and a program can tell it where
 * to load and to store: read(2) stores where it is told. So the door (document 004, section 17.4) has
 * to look at each pointer that comes in. An address that is not the program's own is refused with
 * EFAULT: no signal, for it was not the program that touched it, and no byte is moved.
 *
 *      program                       kernel
 *
 *      *pointer          ------->    SIGSEGV: the processor refused
 *      read(fd, pointer) ------->    EFAULT:  the kernel refused, and the bytes stay in the pipe
 *
 * Look with: errno; what is in the pipe afterwards.
 * Read on:   read(2), write(2) EFAULT; document 004 section 17.4.
 */
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("System calls refuse addresses of the kernel");

enum { LENGTH = 16 };
static const char message[LENGTH] = "fifteen letters";

/* The last page of all is nobody's anywhere; above it, where the program has 64 bits, others. */
static size_t kernel_addresses(char *address[])
{
	size_t count = 0;

	address[count++] = (char *)(uintptr_t)(0 - (uintptr_t)page_size());
#if UINTPTR_MAX > 0xffffffff
	address[count++] = (char *)(uintptr_t)0xffff888000000000;
	address[count++] = (char *)(uintptr_t)0xfffffe0000000000;
	address[count++] = (char *)(uintptr_t)0xffffffff81000000;
#endif
	return count;
}

static void open_pipe(int end[2])
{
	arrange(pipe(end) == 0);
}

CLAIM(the_kernel_stores_nothing_there, "kernel-03",
      "read to an address of the kernel gives EFAULT, and the bytes wait for a better one")
{
	char *address[4], buffer[LENGTH];
	int end[2];

	open_pipe(end);
	arrange(write(end[1], message, LENGTH) == LENGTH);
	for (size_t i = 0, count = kernel_addresses(address); i < count; i++) {
		assert_refused(read(end[0], address[i], LENGTH), EFAULT);
		assert_refused(read(end[0], address[i] + 1, 1), EFAULT);
	}
	assert_equals(read(end[0], buffer, LENGTH), LENGTH, "bytes that are in the pipe still");
	assert_same_bytes(buffer, message, LENGTH, "the bytes in the pipe");
}

CLAIM(the_kernel_gives_nothing_from_there, "kernel-03",
      "write from an address of the kernel gives EFAULT, and nothing is in the pipe")
{
	char *address[4], buffer[LENGTH];
	int end[2];

	open_pipe(end);
	for (size_t i = 0, count = kernel_addresses(address); i < count; i++) {
		assert_refused(write(end[1], address[i], LENGTH), EFAULT);
		assert_refused(write(end[1], address[i] + 1, 1), EFAULT);
	}
	arrange(write(end[1], message, 1) == 1);
	assert_equals(read(end[0], buffer, LENGTH), 1,
		      "bytes in the pipe, of which one was written");
	assert_byte(buffer, message[0], "the byte in the pipe");
}

CLAIM(what_begins_before_it_ends_before_it, "kernel-03",
      "A write that runs out of the program's memory tells how far it came, or EFAULT, and no "
      "more arrives")
{
	char *area = filled_pages(2, MAP_PRIVATE, 1), buffer[2 * LENGTH];
	int end[2];

	open_pipe(end);
	arrange(munmap(page(area, 1), page_size()) == 0);

	ssize_t written = write(end[1], page(area, 1) - LENGTH, LENGTH + 1);

	if (written < 0) {
		assert_equals(errno, EFAULT, "errno of a write that was refused as a whole");
		written = 0;
	}
	assert_at_most(written, LENGTH, "bytes written, of those that are there");
	arrange(write(end[1], message, 1) == 1);
	assert_equals(read(end[0], buffer, sizeof buffer), written + 1, "bytes that arrived");
	assert_same_bytes(buffer, page(area, 1) - LENGTH, (size_t)written, "the bytes before");
}

CONTROL(an_own_buffer_is_served, "kernel-03",
	"The same calls with a buffer of the program's own move every byte, up to its last page's "
	"end")
{
	char *area = fresh_pages(1, MAP_PRIVATE), *last = page(area, 1) - LENGTH;
	int end[2];

	open_pipe(end);
	memcpy(last, message, LENGTH);
	assert_equals(write(end[1], last, LENGTH), LENGTH, "bytes written");
	memset(last, 0, LENGTH);
	assert_equals(read(end[0], last, LENGTH), LENGTH, "bytes read");
	assert_same_bytes(last, message, LENGTH, "the bytes that were read");
}
