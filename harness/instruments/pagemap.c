/* SPDX-License-Identifier: MIT */
/*
 * /proc/PID/pagemap, /proc/kpageflags and /proc/kpagecount, for pagemap.h. All three are arrays of
 * 64-bit words in the machine's own byte order, indexed by page or frame number.
 */
#include "instruments/pagemap.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "instruments/fresh_pages.h"
#include "instruments/page_size.h"

enum {
	READ_AT_ONCE = 512 * 1024, /* bytes: the kernel holds the memory map's lock meanwhile */
	DRAWN_SINGLY = 64,         /* pages */
};

int pagemap_read_from(int fd, uint64_t first_page, size_t count, uint64_t *words)
{
	const uint64_t reach = (sizeof(off_t) < 8 ? INT32_MAX : INT64_MAX) / sizeof(*words);

	if (count > reach || count > SIZE_MAX / sizeof(*words) || first_page > reach - count) {
		return -EOVERFLOW;
	}
	uint64_t offset = first_page * sizeof(*words);
	size_t length = count * sizeof(*words);

	for (size_t done = 0; done < length;) {
		size_t some = length - done < READ_AT_ONCE ? length - done : READ_AT_ONCE;
		ssize_t got = pread(fd, (char *)words + done, some, (off_t)(offset + done));
		if (got < 0 && errno == EINTR) {
			continue;
		}
		if (got < 0) {
			return -errno;
		}
		if (got == 0) {
			return -ENODATA;
		}
		done += (size_t)got;
	}
	return 0;
}

int pagemap_read(pid_t process, const void *start, size_t count, uint64_t *words)
{
	char path[64] = "/proc/self/pagemap";

	if (process < 0) {
		return -EINVAL;
	}
	if (process > 0) {
		snprintf(path, sizeof(path), "/proc/%ld/pagemap", (long)process);
	}

	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		return -errno;
	}
	int error = pagemap_read_from(fd, (uintptr_t)start / machine_page_size(), count, words);
	close(fd);
	return error;
}

uint64_t pagemap_frame(uint64_t word)
{
	if (!(word & PAGEMAP_PRESENT) || (word & PAGEMAP_SWAPPED)) {
		return 0;
	}
	return word & PAGEMAP_FRAME;
}

bool pagemap_is_numbered(const uint64_t *words, size_t count)
{
	for (size_t page = 0; page < count; page++) {
		if (pagemap_frame(words[page]) != 0) {
			return true;
		}
	}
	return false;
}

/* How many pages from the first are backed by frames that follow each other. */
static size_t run_of_frames(const uint64_t *words, size_t count)
{
	uint64_t first = pagemap_frame(words[0]);
	size_t run = 1;

	while (run < count && pagemap_frame(words[run]) == first + run) {
		run++;
	}
	return run;
}

/*
 * The file is opened even when no page has a frame, so that the caller learns when it may not be
 * read at all.
 */
static int read_by_frame(const char *path, const uint64_t *words, size_t count, uint64_t *values)
{
	int error = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		return -errno;
	}

	for (size_t page = 0, run; page < count && error == 0; page += run) {
		uint64_t frame = pagemap_frame(words[page]);
		run = 1;
		if (frame == 0) {
			values[page] = 0;
		} else if (page > 0 && frame == pagemap_frame(words[page - 1])) {
			values[page] = values[page - 1]; /* often the zero page, over and over */
		} else {
			run = run_of_frames(words + page, count - page);
			error = pagemap_read_from(fd, frame, run, values + page);
		}
	}
	close(fd);
	return error;
}

int kpageflags_read(const uint64_t *words, size_t count, uint64_t *flags)
{
	return read_by_frame("/proc/kpageflags", words, count, flags);
}

int kpagecount_read(const uint64_t *words, size_t count, uint64_t *counts)
{
	return read_by_frame("/proc/kpagecount", words, count, counts);
}

char pagemap_letter(uint64_t word, const uint64_t *flags)
{
	if (word & PAGEMAP_SWAPPED) { /* a guard's marker is kept where a swap slot would be */
		return word & PAGEMAP_GUARD ? '.' : '~';
	}
	if (!(word & PAGEMAP_PRESENT)) {
		return '.';
	}
	if (flags && (*flags & KPAGE_ZERO)) {
		return 'z';
	}
	return word & PAGEMAP_EXCLUSIVE ? 'o' : 's';
}

static char letter_at(const uint64_t *words, const uint64_t *flags, size_t page)
{
	return pagemap_letter(words[page], flags ? &flags[page] : NULL);
}

/* A run that does not fit is left out whole: half of "o*256" would be another number. */
static void draw_runs(const uint64_t *words, const uint64_t *flags, size_t count, char *text,
		      size_t size)
{
	size_t used = 0;

	text[0] = '\0';
	for (size_t page = 0, run; page < count; page += run) {
		char letter = letter_at(words, flags, page);
		char drawn[32];
		int length;

		for (run = 1; page + run < count; run++) {
			if (letter_at(words, flags, page + run) != letter) {
				break;
			}
		}
		const char *gap = page > 0 ? " " : "";
		if (run == 1) {
			length = snprintf(drawn, sizeof(drawn), "%s%c", gap, letter);
		} else {
			length = snprintf(drawn, sizeof(drawn), "%s%c*%zu", gap, letter, run);
		}
		if (length < 0 || (size_t)length >= size - used) {
			return;
		}
		memcpy(text + used, drawn, (size_t)length + 1);
		used += (size_t)length;
	}
}

void pagemap_draw(const uint64_t *words, const uint64_t *flags, size_t count, char *text,
		  size_t size)
{
	if (size == 0) {
		return;
	}
	if (count > DRAWN_SINGLY) {
		draw_runs(words, flags, count, text, size);
		return;
	}
	size_t page = 0;
	for (; page < count && page < size - 1; page++) {
		text[page] = letter_at(words, flags, page);
	}
	text[page] = '\0';
}

/* Eight pages, of which some are touched: words that are foreign, or stuck, do not match that. */
static bool presence_follows(void)
{
	enum { PAGES = 8, TOUCHED = 1 << 1 | 1 << 2 | 1 << 5 };
	uint64_t before[PAGES], after[PAGES];
	char *area = fresh_pages_map(PAGES);
	if (!area) {
		return false;
	}

	bool told = pagemap_read(0, area, PAGES, before) == 0;
	for (size_t page = 0; page < PAGES; page++) {
		if (TOUCHED >> page & 1) {
			fresh_pages_write(area, page);
		}
	}
	told = told && pagemap_read(0, area, PAGES, after) == 0;
	fresh_pages_unmap(area, PAGES);

	for (size_t page = 0; told && page < PAGES; page++) {
		bool touched = TOUCHED >> page & 1;
		told = pagemap_letter(before[page], NULL) == '.' &&
		       (pagemap_letter(after[page], NULL) != '.') == touched &&
		       !(after[page] & (PAGEMAP_SWAPPED | PAGEMAP_OF_FILE));
	}
	return told;
}

bool pagemap_proves_presence(void)
{
	return fresh_pages_prove(presence_follows);
}

static bool reads_exclusive(const char *area, bool exclusive)
{
	uint64_t word = 0;

	return pagemap_read(0, area, 1, &word) == 0 && (word & PAGEMAP_PRESENT) &&
	       !(word & PAGEMAP_EXCLUSIVE) == !exclusive;
}

/*
 * The child says that it is there, and leaves when its parent closes the other pipe, or dies. It
 * never looks at the page.
 */
static void wait_beside(pid_t parent, const int here[2], const int leave[2])
{
	char byte = 0;

	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent) {
		_exit(1);
	}
	close(here[0]);
	close(leave[1]);
	if (write(here[1], &byte, 1) != 1) {
		_exit(1);
	}
	while (read(leave[0], &byte, 1) < 0 && errno == EINTR) {
		continue;
	}
	_exit(0);
}

static bool hears(int fd)
{
	char byte;
	ssize_t got;

	do {
		got = read(fd, &byte, 1);
	} while (got < 0 && errno == EINTR);
	return got == 1;
}

static bool exclusive_beside_child(const char *area, const int here[2], const int leave[2])
{
	pid_t parent = getpid();
	pid_t child = fork();

	if (child == 0) {
		wait_beside(parent, here, leave);
	}
	/* Without these ends of its own the parent hears of a child that died early. */
	close(here[1]);
	close(leave[0]);
	bool told = child > 0 && hears(here[0]) && reads_exclusive(area, false);
	close(here[0]);
	close(leave[1]);
	while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR) {
		continue;
	}
	return told;
}

static bool exclusive_follows(void)
{
	int here[2], leave[2];
	char *area = fresh_pages_map(1);
	bool told = false;

	if (!area) {
		return false;
	}
	fresh_pages_write(area, 0);
	if (reads_exclusive(area, true) && pipe2(here, O_CLOEXEC) == 0) {
		if (pipe2(leave, O_CLOEXEC) == 0) {
			told = exclusive_beside_child(area, here, leave) &&
			       reads_exclusive(area, true);
		} else {
			close(here[0]);
			close(here[1]);
		}
	}
	fresh_pages_unmap(area, 1);
	return told;
}

bool pagemap_proves_exclusive(void)
{
	return fresh_pages_prove(exclusive_follows);
}

static bool numbers_differ(void)
{
	uint64_t words[2] = {0};
	char *area = fresh_pages_map(2);
	if (!area) {
		return false;
	}

	fresh_pages_write(area, 0);
	fresh_pages_write(area, 1);
	bool told = pagemap_read(0, area, 2, words) == 0;
	fresh_pages_unmap(area, 2);
	return told && pagemap_frame(words[0]) != 0 && pagemap_frame(words[1]) != 0 &&
	       pagemap_frame(words[0]) != pagemap_frame(words[1]);
}

bool pagemap_proves_numbers(void)
{
	return fresh_pages_prove(numbers_differ);
}

static bool flags_tell_zero(void)
{
	uint64_t words[2] = {0}, flags[2] = {0};
	char *area = fresh_pages_map(2);
	if (!area) {
		return false;
	}

	fresh_pages_read(area, 0);
	fresh_pages_write(area, 1);
	bool told = pagemap_read(0, area, 2, words) == 0 && kpageflags_read(words, 2, flags) == 0;
	fresh_pages_unmap(area, 2);
	return told && (flags[0] & KPAGE_ZERO) && !(flags[1] & KPAGE_ZERO) &&
	       (flags[1] & KPAGE_ANON);
}

bool kpageflags_proves_itself(void)
{
	return fresh_pages_prove(flags_tell_zero);
}
