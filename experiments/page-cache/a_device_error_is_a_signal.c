/* SPDX-License-Identifier: MIT */
/*
 * An error of the device is a signal to who loads
 * ===============================================
 *
 * "I/O errors may appear during memory access, not explicit reads" (document 004, 16.5). read(2)
 * can say EIO. A load can say nothing: when the page that it waits for cannot be read, the program
 * gets SIGBUS in the midst of an expression. Pages that are in memory already are not asked for
 * again, and go on to be loaded.
 *
 * A device that fails is made of a loop device over an unnamed file, which is then cut to nothing.
 * Both go with the last descriptor.
 *
 *      program        load            load
 *      page cache    [ok] [ok] ...    ---
 *      loop device   [ok] [ok] ...   [EIO]     the file behind it was cut
 *                      |               |
 *                     'x'            SIGBUS
 *
 * Look with: signal and code; errno of read(2).
 * Read on:   mmap(2) "SIGBUS", loop(4); document 004 section 16.5.
 */
#include <fcntl.h>
#include <linux/loop.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("An error of the device is a signal to who loads");

enum { PAGES = 32, CACHED = 4, SEED = 5, LOOPS = 64 };

#ifndef LOOP_CONFIGURE /* Linux 5.8 */
#define LOOP_CONFIGURE 0x4C0A
struct loop_config {
	__u32 fd, block_size;
	struct loop_info64 info;
	__u64 reserved[8];
};
#endif

/* A block device over the file; it goes with its descriptor, whatever ends the process. */
static int device_over(int file)
{
	struct loop_config config = {.fd = (__u32)file, .info = {.lo_flags = LO_FLAGS_AUTOCLEAR}};

	for (int i = 0; i < LOOPS; i++) {
		char path[40];

		snprintf(path, sizeof path, "/dev/loop%d", i);

		int device = open(path, O_RDWR | O_CLOEXEC);

		if (device >= 0 && ioctl(device, LOOP_CONFIGURE, &config) == 0) {
			return device;
		}
		if (device >= 0) {
			close(device);
		}
	}
	undecided("needs a free loop device: run as root, where /dev/loop0 and others are");
}

/* A device of which a few pages are in memory; what lies behind it was taken away. */
static char *failing_device(int *device)
{
	int file = scratch_file(PAGES, SEED);
	char byte;

	*device = device_over(file);
	arrange(posix_fadvise(*device, 0, 0, POSIX_FADV_RANDOM) == 0);

	char *area = mmap(NULL, PAGES * page_size(), PROT_READ, MAP_SHARED, *device, 0);

	arrange(area != MAP_FAILED && madvise(area, PAGES * page_size(), MADV_RANDOM) == 0);
	load_each(area, CACHED);
	arrange(ftruncate(file, 0) == 0);
	if (pread(*device, &byte, 1, (off_t)((PAGES - 1) * page_size())) != -1 || errno != EIO) {
		undecided("needs a loop device that fails when its file is cut: a newer kernel");
	}
	return area;
}

CLAIM(a_page_that_cannot_be_read_is_a_signal, "mapfile-08",
      "Where read(2) says EIO a load gives SIGBUS, the second time too, and no wrong byte")
{
	static char expected[64 * 1024];
	int device;
	char *area = failing_device(&device), byte;
	size_t failed = 0;

	arrange(page_size() <= sizeof expected);
	for (size_t i = 0; i < PAGES; i++) {
		char *at = page(area, i) + 9;
		struct trap first = try_load(at), second = try_load(at);

		pattern_bytes(expected, page_size(), SEED, i * page_size());
		if (first.signal) { /* some pages may have come along with others before the cut */
			assert_trap(first, SIGBUS, BUS_ADRERR, at);
			assert_trap(second, SIGBUS, BUS_ADRERR, at);
			assert_refused(pread(device, &byte, 1, at - area), EIO);
			failed++;
		} else {
			assert_same_bytes(page(area, i), expected, page_size(), "a page in memory");
		}
	}
	assert_at_least(failed, 1, "pages that gave SIGBUS");
}

CONTROL(cached_pages_need_no_device, "mapfile-08",
	"Pages that were in memory before are loaded and read as ever")
{
	int device;
	char *area = failing_device(&device), *buffer = fresh_pages(CACHED, MAP_PRIVATE);

	assert_pattern(area, CACHED * page_size(), SEED, "the mapping");
	assert_equals(pread(device, buffer, CACHED * page_size(), 0), CACHED * page_size(),
		      "bytes read");
	assert_pattern(buffer, CACHED * page_size(), SEED, "what was read");
}
