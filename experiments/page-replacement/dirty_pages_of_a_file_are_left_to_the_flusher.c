/* SPDX-License-Identifier: MIT */
/*
 * Dirty pages of a file are left to the flusher
 * =============================================
 *
 * Document 004 (11.3) draws it so: "Victim dirty?", yes: "write victim to disk or backing file",
 * then use the frame. For pages of a file that is not what Linux does. Whoever needs a frame does
 * not write files: single pages, from wherever the list of victims leads, would be the worst order
 * for a disk. A dirty page of a file is no victim, and is passed over; threads of the kernel, the
 * flushers, write what is dirty, file by file, and then it can go like any other clean page.
 *
 *      dirty       # # # # # # # #     asked to go: all stay, and are dirty still
 *      written     . . . . . . . .     by fsync(2), or by a flusher in its own time
 *      clean       . . . . . . . .     asked to go: all are gone
 *
 * A flusher may come by at any time. So a part of the file that nobody asks to go, and which a
 * flusher would write first, stands watch: as long as it is dirty none has been there.
 *
 * Look with: mincore(2), and Shared_Dirty in /proc/PID/smaps.
 * Read on:   madvise(2) MADV_PAGEOUT, fsync(2); document 004 section 11.3.
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Dirty pages of a file are left to the flusher");

enum { PAGES = 64, ATTEMPTS = 10, OLD = 5, NEW = 6, LARGEST_PAGE = 64 * 1024 };

/* One file in two areas: its beginning, and what follows, which is asked to go. */
struct parts {
	int fd;
	char *watch, *victims;
};

static struct parts mapped_file(bool dirty)
{
	struct parts parts = {.fd = disk_file(2 * PAGES, OLD)};

	parts.watch = fresh_mapping(PAGES, MAP_SHARED, parts.fd);
	parts.victims = mmap(reserve(PAGES), PAGES * page_size(), PROT_READ | PROT_WRITE,
			     MAP_SHARED | MAP_FIXED, parts.fd, (off_t)(PAGES * page_size()));
	arrange(parts.victims != MAP_FAILED);
	load_each(parts.watch, PAGES);
	load_each(parts.victims, PAGES);
	if (dirty) {
		write_pattern(parts.watch, PAGES * page_size(), NEW);
		write_pattern(parts.victims, PAGES * page_size(), NEW);
	}
	return parts;
}

static size_t left_in_memory(struct parts parts)
{
	if (madvise(parts.victims, PAGES * page_size(), MADV_PAGEOUT) != 0) {
		undecided("needs MADV_PAGEOUT: Linux 5.4");
	}
	return count_in_memory(parts.victims, PAGES);
}

static size_t dirty_bytes(const char *area)
{
	load_each(area, PAGES); /* what is in no page table is not told of */
	return observe_usage("dirty", area, PAGES * page_size()).dirty;
}

CLAIM(dirty_pages_stay, "replace-20",
      "Dirty pages of a file that are asked to go stay in memory, dirty as they were",
      .needs = DISK_FILE | AREA_USAGE)
{
	for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
		struct parts parts = mapped_file(true);
		size_t left = left_in_memory(parts);
		size_t dirty = dirty_bytes(parts.victims);

		if (dirty_bytes(parts.watch) == PAGES * page_size()) {
			assert_equals(left, PAGES, "pages in memory");
			assert_equals(dirty, PAGES * page_size(), "bytes that are dirty still");
			assert_pattern(parts.victims, PAGES * page_size(), NEW, "the pages");
			return;
		}
	}
	undecided("needs a machine where flushers are not at work all the time");
}

CLAIM(no_change_is_lost, "replace-20",
      "What was stored into pages that were asked to go is read from the file, to the last byte",
      .needs = DISK_FILE)
{
	static char content[PAGES * LARGEST_PAGE];
	struct parts parts = mapped_file(true);

	arrange(page_size() <= LARGEST_PAGE);
	for (int time = 0; time < 2; time++) {
		(void)left_in_memory(parts);
		read_at(parts.fd, content, PAGES * page_size(), PAGES * page_size());
		assert_pattern(content, PAGES * page_size(), NEW, "the file");
		assert_pattern(parts.victims, PAGES * page_size(), NEW, "the mapping");
	}
}

CLAIM(once_written_they_go, "replace-20",
      "When fsync has written them such pages go, and come back from the disk as they were",
      .needs = DISK_FILE)
{
	size_t left = PAGES;

	for (int attempt = 0; attempt < ATTEMPTS && left > 0; attempt++) {
		struct parts parts = mapped_file(true);

		arrange(fsync(parts.fd) == 0);
		left = left_in_memory(parts);
		assert_pattern(parts.victims, PAGES * page_size(), NEW, "what came back");
	}
	assert_equals(left, 0, "pages in memory");
}

CONTROL(clean_pages_go_at_once, "replace-20",
	"Pages of the same file that nobody has stored into go at the first call",
	.needs = DISK_FILE)
{
	size_t left = PAGES;

	for (int attempt = 0; attempt < ATTEMPTS && left > 0; attempt++) {
		left = left_in_memory(mapped_file(false));
	}
	assert_equals(left, 0, "pages in memory");
}
