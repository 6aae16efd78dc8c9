/* SPDX-License-Identifier: MIT */
/* Swap areas of a claim: touchstone/swap.h. The guardian makes and ends them. */
#include <touchstone/swap.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "arrange/allowed.h"
#include "arrange/guardian.h"
#include "arrange/swap.h"
#include "instruments/text_file.h"
#include "words/groups.h"

static void demand_made(int error, const char *what)
{
	if (error == -EBUSY) {
		undecided("needs swap: an area of another run stays active (swapoff it)");
	}
	if (error) {
		undecided("needs swap: %s was refused (%s): point TOUCHSTONE_TMPDIR at a disk "
			  "file system that can hold one, or activate a swap area",
			  what, strerror(-error));
	}
}

void guard_swap(size_t bytes)
{
	groups_may_swap();
	if (swap_has_room(bytes)) {
		evidence("swap", "an area that was active before");
		return;
	}
	if (!is_allowed("swap")) {
		undecided("needs swap: %s", swap_remedy);
	}
	demand_made(guardian_make_swap(bytes), "a swap file");
	evidence("swap", "a file for this claim alone");
}

struct swap_area guard_swap_area(enum swap_kind kind, size_t bytes)
{
	static const char *const names[] = {"a swap file", "a loop device", "a zram device"};
	struct swap_area area = {.kind = kind, .bytes = bytes};

	groups_may_swap();
	if (!is_allowed("swap")) {
		undecided("needs a swap area of our own: %s", swap_area_remedy);
	}
	demand_made(guardian_make_swap_area(&area), names[kind]);
	evidence("swap", "%s for this claim alone", names[kind]);
	return area;
}

bool try_swap_area(enum swap_kind kind, size_t bytes, struct swap_area *area)
{
	*area = (struct swap_area){.kind = kind, .bytes = bytes};
	groups_may_swap();
	return is_allowed("swap") && guardian_make_swap_area(area) == 0;
}

size_t swap_area_used(const struct swap_area *area)
{
	long long used = swap_bytes_used(area->path);

	arrange(used >= 0 && "the swap area is active");
	return (size_t)used;
}

/* A file of the device in /sys, which holds nothing but numbers. */
static void read_numbers(const struct swap_area *area, const char *file, long long *numbers,
			 size_t count)
{
	char path[80], text[512];

	snprintf(path, sizeof path, "/sys/block/%s/%s", area->device, file);
	arrange(text_of_file(path, text, sizeof text) > 0 && "the device's counters can be read");

	char *at = text, *end;

	for (size_t i = 0; i < count; i++, at = end) {
		numbers[i] = strtoll(at, &end, 10);
		arrange(end != at && "the device has that many counters");
	}
}

struct swap_traffic swap_traffic_of(const struct swap_area *area)
{
	enum { SECTOR = 512, SECTORS_READ = 2, SECTORS_WRITTEN = 6, FIELDS = 7 };
	long long fields[FIELDS], sectors = (long long)page_size() / SECTOR;

	read_numbers(area, "stat", fields, FIELDS);
	return (struct swap_traffic){.written = fields[SECTORS_WRITTEN] / sectors,
				     .read = fields[SECTORS_READ] / sectors};
}

struct compression compression_of(const struct swap_area *area)
{
	enum { ORIGINAL = 0, COMPRESSED = 1, SAME = 5, FIELDS = 6 };
	long long fields[FIELDS];

	read_numbers(area, "mm_stat", fields, FIELDS);
	return (struct compression){fields[ORIGINAL], fields[COMPRESSED], fields[SAME]};
}

/*
 * Advice to drop a page that is mapped fails; the kernel then supposes that a processor has it in a list, and
 * has these emptied on all of them.
 */
static void empty_lists(int fd)
{
	char *first = mmap(NULL, page_size(), PROT_READ, MAP_SHARED, fd, 0);

	if (first != MAP_FAILED) {
		load(first);
		(void)posix_fadvise(fd, 0, (off_t)page_size(), POSIX_FADV_DONTNEED);
		munmap(first, page_size());
	}
}

void settle_swap_area(const struct swap_area *area)
{
	enum { LARGEST_PAGE = 64 * 1024 };
	static char bytes[LARGEST_PAGE] __attribute__((aligned(LARGEST_PAGE)));
	int fd = open(area->path, O_RDONLY | O_DIRECT | O_CLOEXEC);

	if (fd < 0) { /* it is a file in memory: nothing waits for a disk */
		fd = open(area->path, O_RDONLY | O_CLOEXEC);
	}
	arrange(fd >= 0 && page_size() <= LARGEST_PAGE);
	(void)!pread(fd, bytes, page_size(), 0);
	(void)fsync(fd); /* a read may overtake what is to be written, and a flush does not */
	empty_lists(fd);
	close(fd);
}
