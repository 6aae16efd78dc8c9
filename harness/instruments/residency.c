/* SPDX-License-Identifier: MIT */
/*
 * mincore(2) and /proc/PID/status, for residency.h.
 */
#include "instruments/residency.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "instruments/fresh_pages.h"
#include "instruments/page_size.h"

int residency_count(const void *start, size_t count, size_t *in_memory)
{
	unsigned char told[2048];
	size_t size = machine_page_size();
	size_t found = 0;

	if ((uintptr_t)start % size != 0) {
		return -EINVAL;
	}
	if (count > (UINTPTR_MAX - (uintptr_t)start) / size) {
		return -ENOMEM; /* what reaches beyond the last address is not mapped */
	}
	for (size_t done = 0; done < count;) {
		size_t some = count - done < sizeof(told) ? count - done : sizeof(told);
		char *from = (char *)(uintptr_t)start + done * size;
		if (mincore(from, some * size, told) != 0) {
			return -errno;
		}
		for (size_t number = 0; number < some; number++) {
			found += told[number] & 1; /* the other bits are reserved */
		}
		done += some;
	}
	*in_memory = found;
	return 0;
}

/* What follows the colon: blanks, digits, blanks, "kB" and nothing more. */
static int parse_kilobytes(const char *at, const char *end, uint64_t *bytes)
{
	uint64_t value = 0;
	bool fits = true;

	while (at < end && (*at == ' ' || *at == '\t')) {
		at++;
	}
	const char *first = at;
	for (; at < end && *at >= '0' && *at <= '9'; at++) {
		unsigned digit = (unsigned)(*at - '0');
		fits = fits && value <= (UINT64_MAX / 1024 - digit) / 10;
		value = value * 10 + digit;
	}
	if (at == first) {
		return -EINVAL;
	}
	while (at < end && *at == ' ') {
		at++;
	}
	if (end - at != 2 || memcmp(at, "kB", 2) != 0) {
		return -EINVAL;
	}
	if (!fits) {
		return -EOVERFLOW;
	}
	*bytes = value * 1024;
	return 0;
}

int residency_figure(const char *text, size_t length, const char *name, uint64_t *bytes)
{
	size_t name_length = strlen(name);
	const char *end = text + length;

	for (const char *line = text; line < end;) {
		const char *newline = memchr(line, '\n', (size_t)(end - line));
		const char *stop = newline ? newline : end;
		if ((size_t)(stop - line) > name_length && line[name_length] == ':' &&
		    memcmp(line, name, name_length) == 0) {
			return parse_kilobytes(line + name_length + 1, stop, bytes);
		}
		line = stop + 1;
	}
	return -ENOENT;
}

static ssize_t read_some(int fd, char *buffer, size_t size)
{
	ssize_t got;

	do {
		got = read(fd, buffer, size);
	} while (got < 0 && errno == EINTR);
	return got < 0 ? -errno : got;
}

/*
 * Piece by piece, whole lines at a time: with many supplementary groups the text has a line of
 * hundreds of kilobytes above the figures. The kernel writes it once, at the first read.
 */
static int figure_of_file(int fd, const char *name, uint64_t *bytes)
{
	char buffer[4 * 1024];
	size_t held = 0;
	bool inside = false; /* in a line too long to hold, whose start is gone */

	for (;;) {
		ssize_t got = read_some(fd, buffer + held, sizeof(buffer) - held);
		if (got < 0) {
			return (int)got;
		}
		if (got == 0) { /* a last line without newline */
			return inside ? -ENOENT : residency_figure(buffer, held, name, bytes);
		}
		held += (size_t)got;

		const char *last = memrchr(buffer, '\n', held);
		if (!last) {
			if (inside || held == sizeof(buffer)) {
				inside = true;
				held = 0;
			}
			continue;
		}
		size_t whole = (size_t)(last - buffer) + 1;
		size_t skip = 0;
		if (inside) {
			skip = (size_t)((const char *)memchr(buffer, '\n', held) - buffer) + 1;
		}
		inside = false;
		int error = residency_figure(buffer + skip, whole - skip, name, bytes);
		if (error != -ENOENT) {
			return error;
		}
		held -= whole;
		memmove(buffer, buffer + whole, held);
	}
}

int residency_status(const char *name, uint64_t *bytes)
{
	int fd = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		return -errno;
	}

	int error = figure_of_file(fd, name, bytes);
	close(fd);
	return error;
}

static bool status_now(uint64_t *mapped, uint64_t *tables)
{
	return residency_status("VmSize", mapped) == 0 && residency_status("VmPTE", tables) == 0;
}

/*
 * Two last-level page tables' worth of addresses hold one such table that nobody else can have
 * filled, wherever the mapping begins: touching a page there makes the kernel add a table. All but
 * that page stays inaccessible, so that no overcommit policy minds the length.
 */
static bool status_follows(void)
{
	size_t size = machine_page_size();
	size_t reach = size / sizeof(void *) * size; /* of one table, at most */
	uint64_t mapped[3], tables[3];

	if (!status_now(&mapped[0], &tables[0])) {
		return false;
	}
	char *area = mmap(NULL, 2 * reach, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
			  -1, 0);
	if (area == MAP_FAILED) {
		return false;
	}

	char *inner = area + (reach - (uintptr_t)area % reach) % reach;
	bool told = mprotect(inner, size, PROT_READ | PROT_WRITE) == 0;
	if (told) {
		fresh_pages_write(inner, 0);
		told = status_now(&mapped[1], &tables[1]);
	}
	(void)munmap(area, 2 * reach);
	return told && status_now(&mapped[2], &tables[2]) && mapped[1] - mapped[0] == 2 * reach &&
	       mapped[2] == mapped[0] && tables[1] > tables[0];
}

bool residency_proves_status(void)
{
	return fresh_pages_prove(status_follows);
}
