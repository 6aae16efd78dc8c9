/* SPDX-License-Identifier: MIT */
/*
 * Each frame has a descriptor
 * ===========================
 *
 * "The operating system keeps metadata about frames" (document 004, section 4.3). Linux has one
 * descriptor, struct page, for every frame there is, made when the machine starts. It is 64 bytes
 * on nearly all 64-bit machines: with frames of 4 KiB that is a 64th of the memory, 1.6 percent, and
 * with frames of 64 KiB a sixteenth of that.
 *
 *      frames        [0][1][2][3] ...                    n * page size
 *      descriptors   |0|1|2|3| ...                       n * 64 bytes
 *
 * Debugging aids make it somewhat larger. And descriptors are made for whole blocks of memory, so that
 * holes in a block have some, too. So what is asserted is: 56 bytes at least for each
 * frame that is present, and 128 at most for each that the blocks have room for.
 *
 * Look with: nr_memmap_boot_pages and nr_memmap_pages in /proc/vmstat; "present" in /proc/zoneinfo.
 * Read on:   the kernel's physical_memory.rst and memory-hotplug.rst; document 004 section 4.3.
 */
#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Each frame has a descriptor");

enum { SMALLEST = 56, LARGEST = 128, FEW = 64 * 1024 };

static const char *text_of(const char *path)
{
	static char text[1 << 20];
	size_t length = 0;
	ssize_t more;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		undecided("needs %s: errno %d", path, errno);
	}
	while ((more = read(fd, text + length, sizeof text - 1 - length)) > 0) {
		length += (size_t)more;
	}
	close(fd);
	text[length] = 0;
	return text;
}

/* The sum of what stands behind a word wherever it begins a line; *lines tells how often it does. */
static unsigned long long sum_of(const char *text, const char *word, int *lines)
{
	unsigned long long sum = 0;

	*lines = 0;
	for (const char *line = text; line; line = strchr(line, '\n')) {
		line += strspn(line, " \n");
		if (strncmp(line, word, strlen(word)) == 0 && line[strlen(word)] == ' ') {
			sum += strtoull(line + strlen(word), NULL, 10);
			++*lines;
		}
	}
	return sum;
}

/* Those made at the start of the machine; or all, with those of memory and devices that came later. */
static unsigned long long bytes_of_descriptors(bool all)
{
	int boot, later;
	unsigned long long pages = sum_of(text_of("/proc/vmstat"), "nr_memmap_boot_pages", &boot);

	unsigned long long more = sum_of(text_of("/proc/vmstat"), "nr_memmap_pages", &later);

	if (boot == 0 || later == 0) {
		undecided("needs nr_memmap_boot_pages in /proc/vmstat: Linux 6.11");
	}
	if (sizeof(long) < 8) {
		undecided("needs a 64-bit program: on 32-bit machines descriptors are smaller");
	}
	if (strtol(text_of("/proc/sys/vm/nr_hugepages"), NULL, 10) > 0) {
		undecided("needs an empty pool of huge pages: those may share their descriptors");
	}
	return (pages + (all ? more : 0)) * page_size();
}

CLAIM(there_is_one_for_each_frame, "kernel-06",
      "The kernel has at least 56 bytes of descriptors for each frame that is present")
{
	unsigned long long bytes = bytes_of_descriptors(true);
	int zones;
	unsigned long long present = sum_of(text_of("/proc/zoneinfo"), "present", &zones);

	if (zones == 0 || present == 0) {
		undecided("needs /proc/zoneinfo with the frames that are present");
	}
	evidence("bytes a frame", "%.2f", (double)bytes / (double)present);
	evidence("share of memory", "%.2f %%",
		 100.0 * (double)bytes / ((double)present * (double)page_size()));
	assert_at_least(bytes, SMALLEST * present, "bytes of descriptors");
}

CLAIM(it_is_small, "kernel-06",
      "It has at most 128 bytes of descriptors for each frame that its blocks have room for")
{
	unsigned long long bytes = bytes_of_descriptors(false);
	unsigned long long block;
	glob_t blocks;

	block = strtoull(text_of("/sys/devices/system/memory/block_size_bytes"), NULL, 16);
	if (glob("/sys/devices/system/memory/memory[0-9]*", GLOB_NOSORT, NULL, &blocks) != 0) {
		undecided("needs the blocks of memory in /sys/devices/system/memory");
	}

	unsigned long long frames = blocks.gl_pathc * block / page_size();

	if (bytes > LARGEST * frames && frames < FEW) {
		undecided("needs more memory: room for descriptors comes in large pieces");
	}
	assert_at_most(bytes, LARGEST * frames, "bytes of descriptors");
	globfree(&blocks);
}

CONTROL(kernel_stacks_go_by_something_else, "kernel-06",
	"Stacks of the kernel, by the same reckoning, are not so many bytes for each frame")
{
	int lines, zones;
	unsigned long long bytes = sum_of(text_of("/proc/meminfo"), "KernelStack:", &lines) * 1024;
	unsigned long long present = sum_of(text_of("/proc/zoneinfo"), "present", &zones);

	if (lines != 1 || zones == 0 || present == 0) {
		undecided("needs KernelStack in /proc/meminfo, and /proc/zoneinfo");
	}
	if (present < FEW) {
		undecided("needs more memory: of %llu frames the descriptors are small, too",
			  present);
	}
	assert_at_most(bytes, SMALLEST * present - 1, "bytes of stacks");
}
