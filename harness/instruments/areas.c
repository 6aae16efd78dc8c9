/* SPDX-License-Identifier: MIT */
/*
 * The areas of a process: parsers of maps and smaps, PROCMAP_QUERY, and proofs that all of it
 * tells the truth here.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "instruments/areas.h"
#include "instruments/fresh_pages.h"
#include "instruments/page_size.h"

/* linux/fs.h has these since 6.11, but must not be needed, nor meet sys/mount.h. */
#ifndef PROCMAP_QUERY
struct procmap_query {
	uint64_t size;
	uint64_t query_flags;
	uint64_t query_addr;
	uint64_t vma_start;
	uint64_t vma_end;
	uint64_t vma_flags;
	uint64_t vma_page_size;
	uint64_t vma_offset;
	uint64_t inode;
	uint32_t dev_major;
	uint32_t dev_minor;
	uint32_t vma_name_size;
	uint32_t build_id_size;
	uint64_t vma_name_addr;
	uint64_t build_id_addr;
};
#define PROCMAP_QUERY                _IOWR('f', 17, struct procmap_query)
#define PROCMAP_QUERY_VMA_READABLE   0x01
#define PROCMAP_QUERY_VMA_WRITABLE   0x02
#define PROCMAP_QUERY_VMA_EXECUTABLE 0x04
#define PROCMAP_QUERY_VMA_SHARED     0x08
#endif

/* The longest line of maps: a path whose every byte is a newline, written as \012. */
#define LONGEST_LINE (4 * PATH_MAX + 128)

/* What is left to be read of a line. */
struct cursor {
	const char *at;
	const char *end;
};

static bool take_char(struct cursor *cursor, char wanted)
{
	if (cursor->at == cursor->end || *cursor->at != wanted) {
		return false;
	}
	cursor->at++;
	return true;
}

static bool take_one_of(struct cursor *cursor, char first, char second, char *taken)
{
	if (cursor->at == cursor->end || (*cursor->at != first && *cursor->at != second)) {
		return false;
	}
	*taken = *cursor->at++;
	return true;
}

static int digit_value(char c)
{
	if (c >= '0' && c <= '9') {
		return c - '0';
	}
	if (c >= 'a' && c <= 'f') {
		return c - 'a' + 10;
	}
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : 16;
}

/* strtoull would read beyond the line, and accept signs and blanks. */
static bool take_number(struct cursor *cursor, unsigned base, uint64_t limit, uint64_t *value)
{
	const char *start = cursor->at;
	uint64_t sum = 0;

	for (; cursor->at < cursor->end; cursor->at++) {
		unsigned digit = (unsigned)digit_value(*cursor->at);

		if (digit >= base) {
			break;
		}
		if (digit > limit || sum > (limit - digit) / base) {
			return false;
		}
		sum = sum * base + digit;
	}
	*value = sum;
	return cursor->at > start;
}

static struct cursor cursor_over(const char *line, size_t length)
{
	if (length > 0 && line[length - 1] == '\n') {
		length--;
	}
	return (struct cursor){line, line + length};
}

static void copy_name(struct area *area, const char *name, size_t length)
{
	if (length >= sizeof area->name) {
		length = sizeof area->name - 1;
	}
	memcpy(area->name, name, length);
	area->name[length] = '\0';
}

bool areas_parse_line(const char *line, size_t length, struct area *area)
{
	struct cursor cursor = cursor_over(line, length);
	struct area parsed = {.exists = true};
	uint64_t start, end, major, minor;
	size_t left;

	*area = (struct area){.exists = false};
	if (!take_number(&cursor, 16, UINTPTR_MAX, &start) || !take_char(&cursor, '-') ||
	    !take_number(&cursor, 16, UINTPTR_MAX, &end) || !take_char(&cursor, ' ') ||
	    !take_one_of(&cursor, 'r', '-', &parsed.permissions[0]) ||
	    !take_one_of(&cursor, 'w', '-', &parsed.permissions[1]) ||
	    !take_one_of(&cursor, 'x', '-', &parsed.permissions[2]) ||
	    !take_one_of(&cursor, 'p', 's', &parsed.permissions[3]) || !take_char(&cursor, ' ') ||
	    !take_number(&cursor, 16, UINT64_MAX, &parsed.offset) || !take_char(&cursor, ' ') ||
	    !take_number(&cursor, 16, UINT_MAX, &major) || !take_char(&cursor, ':') ||
	    !take_number(&cursor, 16, UINT_MAX, &minor) || !take_char(&cursor, ' ') ||
	    !take_number(&cursor, 10, UINT64_MAX, &parsed.inode)) {
		return false;
	}
	if (start >= end) {
		return false;
	}

	/* The kernel ends the inode with a blank even where no name follows; qemu-user does not. */
	if (cursor.at < cursor.end && *cursor.at != ' ') {
		return false;
	}
	while (take_char(&cursor, ' ')) {
		;
	}
	left = (size_t)(cursor.end - cursor.at);
	if (memchr(cursor.at, '\n', left) != NULL || memchr(cursor.at, '\0', left) != NULL) {
		return false;
	}

	parsed.start = (uintptr_t)start;
	parsed.end = (uintptr_t)end;
	parsed.device_major = (unsigned)major;
	parsed.device_minor = (unsigned)minor;
	copy_name(&parsed, cursor.at, left);
	*area = parsed;
	return true;
}

/* The "Name:" before a figure. What begins a line of maps is none, for a blank comes first. */
static bool take_label(struct cursor *cursor, const char **name, size_t *name_length)
{
	const char *start = cursor->at;

	while (cursor->at < cursor->end && (unsigned char)*cursor->at > ' ' && *cursor->at != ':') {
		cursor->at++;
	}
	*name = start;
	*name_length = (size_t)(cursor->at - start);
	return *name_length > 0 && take_char(cursor, ':');
}

bool areas_parse_figure(const char *line, size_t length, const char **name, size_t *name_length,
			uint64_t *bytes)
{
	struct cursor cursor = cursor_over(line, length);
	const char *label;
	size_t label_length;
	uint64_t kilobytes;
	char blank;

	if (!take_label(&cursor, &label, &label_length)) {
		return false;
	}
	while (take_one_of(&cursor, ' ', '\t', &blank)) {
		;
	}
	if (!take_number(&cursor, 10, UINT64_MAX / 1024, &kilobytes) || !take_char(&cursor, ' ') ||
	    !take_char(&cursor, 'k') || !take_char(&cursor, 'B') || cursor.at != cursor.end) {
		return false;
	}
	*name = label;
	*name_length = label_length;
	*bytes = kilobytes * 1024;
	return true;
}

/* Which figure of smaps counts towards which member; some count towards two. */
static const struct {
	const char *name;
	size_t member;
} sums[] = {
	{"Size", offsetof(struct usage, size)},
	{"Rss", offsetof(struct usage, rss)},
	{"Pss", offsetof(struct usage, pss)},
	{"Shared_Clean", offsetof(struct usage, shared)},
	{"Shared_Dirty", offsetof(struct usage, shared)},
	{"Private_Clean", offsetof(struct usage, exclusive)},
	{"Private_Dirty", offsetof(struct usage, exclusive)},
	{"Shared_Dirty", offsetof(struct usage, dirty)},
	{"Private_Dirty", offsetof(struct usage, dirty)},
	{"Referenced", offsetof(struct usage, referenced)},
	{"Anonymous", offsetof(struct usage, anonymous)},
	{"AnonHugePages", offsetof(struct usage, huge)},
	{"ShmemPmdMapped", offsetof(struct usage, huge)},
	{"FilePmdMapped", offsetof(struct usage, huge)},
	{"Swap", offsetof(struct usage, swap)},
	{"SwapPss", offsetof(struct usage, swap_pss)},
	{"Locked", offsetof(struct usage, locked)},
};

static bool label_is(const char *label, size_t length, const char *name)
{
	return strlen(name) == length && memcmp(label, name, length) == 0;
}

static void keep_flags(struct cursor cursor, char *flags, size_t size)
{
	size_t length;

	while (take_char(&cursor, ' ')) {
		;
	}
	while (cursor.end > cursor.at && cursor.end[-1] == ' ') {
		cursor.end--;
	}
	length = (size_t)(cursor.end - cursor.at);
	if (memchr(cursor.at, '\0', length) != NULL) {
		return;
	}
	if (length >= size) {
		/* Half a flag would read as another one. */
		for (length = size - 1; length > 0 && cursor.at[length] != ' '; length--) {
			;
		}
	}
	memcpy(flags, cursor.at, length);
	flags[length] = '\0';
}

void areas_add_usage_line(const char *line, size_t length, struct usage *usage)
{
	struct cursor cursor = cursor_over(line, length);
	const char *label;
	size_t label_length;
	uint64_t bytes;

	if (areas_parse_figure(line, length, &label, &label_length, &bytes)) {
		for (size_t i = 0; i < sizeof sums / sizeof *sums; i++) {
			size_t *sum = (size_t *)((char *)usage + sums[i].member);

			if (label_is(label, label_length, sums[i].name)) {
				*sum = bytes > SIZE_MAX - *sum ? SIZE_MAX : *sum + (size_t)bytes;
			}
		}
	} else if (take_label(&cursor, &label, &label_length) &&
		   label_is(label, label_length, "VmFlags") && usage->flags[0] == '\0') {
		keep_flags(cursor, usage->flags, sizeof usage->flags);
	}
}

bool areas_flags_hold(const char *flags, const char *flag)
{
	if (strlen(flag) != 2) {
		return false;
	}
	for (;;) {
		size_t length;

		flags += strspn(flags, " ");
		length = strcspn(flags, " ");
		if (length == 0) {
			return false;
		}
		if (length == 2 && memcmp(flags, flag, 2) == 0) {
			return true;
		}
		flags += length;
	}
}

static int open_file_of(pid_t process, const char *file)
{
	char path[64];
	int length = process == 0
			     ? snprintf(path, sizeof path, "/proc/self/%s", file)
			     : snprintf(path, sizeof path, "/proc/%ld/%s", (long)process, file);
	int fd;

	if (length < 0 || (size_t)length >= sizeof path) {
		return -ENAMETOOLONG;
	}
	fd = open(path, O_RDONLY | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

static ssize_t read_some(int fd, char *buffer, size_t size)
{
	ssize_t got;

	do {
		got = read(fd, buffer, size);
	} while (got < 0 && errno == EINTR);
	return got < 0 ? -errno : got;
}

ssize_t areas_read_text(pid_t process, const char *file, char *buffer, size_t size)
{
	int fd = open_file_of(process, file);
	size_t length = 0;
	ssize_t got;
	char beyond;

	if (fd < 0) {
		return fd;
	}
	while (length < size && (got = read_some(fd, buffer + length, size - length)) != 0) {
		if (got < 0) {
			goto close;
		}
		length += (size_t)got;
	}
	got = length < size ? 0 : read_some(fd, &beyond, 1);
	if (got > 0) {
		got = -EOVERFLOW;
	}
close:
	close(fd);
	return got < 0 ? got : (ssize_t)length;
}

int areas_each_line_of(pid_t process, const char *file,
		       bool (*visit)(const char *line, size_t length, void *context), void *context)
{
	char buffer[LONGEST_LINE];
	size_t kept = 0;
	int fd = open_file_of(process, file);
	ssize_t got;

	if (fd < 0) {
		return fd;
	}
	while ((got = read_some(fd, buffer + kept, sizeof buffer - kept)) > 0) {
		char *line = buffer;
		char *newline;

		kept += (size_t)got;
		while ((newline = memchr(line, '\n', kept)) != NULL) {
			if (!visit(line, (size_t)(newline - line), context)) {
				goto close;
			}
			kept -= (size_t)(newline + 1 - line);
			line = newline + 1;
		}
		memmove(buffer, line, kept);
		if (kept == sizeof buffer) {
			got = -EOVERFLOW;
			break;
		}
	}
	if (got == 0 && kept > 0) {
		visit(buffer, kept, context);
	}
close:
	close(fd);
	return got < 0 ? (int)got : 0;
}

void areas_each_line(const char *text, size_t length,
		     bool (*visit)(const char *line, size_t length, void *context), void *context)
{
	while (length > 0) {
		const char *newline = memchr(text, '\n', length);
		size_t line = newline == NULL ? length : (size_t)(newline - text);
		size_t step = newline == NULL ? length : line + 1;

		if (!visit(text, line, context)) {
			return;
		}
		text += step;
		length -= step;
	}
}

struct search {
	uintptr_t address;
	struct area *area;
};

static bool seek_area(const char *line, size_t length, void *context)
{
	struct search *search = context;

	if (areas_parse_line(line, length, search->area) &&
	    search->area->start <= search->address && search->address < search->area->end) {
		return false;
	}
	search->area->exists = false;
	return true;
}

bool areas_find(const char *text, size_t length, uintptr_t address, struct area *area)
{
	struct search search = {address, area};

	area->exists = false;
	areas_each_line(text, length, seek_area, &search);
	if (!area->exists) {
		*area = (struct area){.exists = false};
	}
	return area->exists;
}

int areas_at(uintptr_t address, struct area *area)
{
	struct search search = {address, area};

	area->exists = false;

	int error = areas_each_line_of(0, "maps", seek_area, &search);

	if (!area->exists) {
		*area = (struct area){.exists = false};
	}
	return error;
}

/* maps writes a newline as \012, the query tells it as it is; both shall give the same name. */
static void copy_query_name(struct area *area, const char *name)
{
	size_t length = 0;

	for (; *name != '\0' && length + 1 < sizeof area->name; name++) {
		const char *written = *name == '\n' ? "\\012" : (char[]){*name, '\0'};

		while (*written != '\0' && length + 1 < sizeof area->name) {
			area->name[length++] = *written++;
		}
	}
	area->name[length] = '\0';
}

int areas_query(uintptr_t address, struct area *area)
{
	char name[PATH_MAX] = "";
	struct procmap_query query = {
		.size = sizeof query,
		.query_addr = address,
		.vma_name_addr = (uintptr_t)name,
		.vma_name_size = sizeof name,
	};
	int fd = open_file_of(0, "maps");
	int result;

	*area = (struct area){.exists = false};
	if (fd < 0) {
		return fd;
	}
	result = ioctl(fd, PROCMAP_QUERY, &query) == 0 ? 0 : -errno;
	close(fd);
	if (result < 0) {
		return result;
	}

	area->exists = true;
	area->start = (uintptr_t)query.vma_start;
	area->end = (uintptr_t)query.vma_end;
	area->permissions[0] = query.vma_flags & PROCMAP_QUERY_VMA_READABLE ? 'r' : '-';
	area->permissions[1] = query.vma_flags & PROCMAP_QUERY_VMA_WRITABLE ? 'w' : '-';
	area->permissions[2] = query.vma_flags & PROCMAP_QUERY_VMA_EXECUTABLE ? 'x' : '-';
	area->permissions[3] = query.vma_flags & PROCMAP_QUERY_VMA_SHARED ? 's' : 'p';
	area->offset = query.vma_offset;
	area->device_major = query.dev_major;
	area->device_minor = query.dev_minor;
	area->inode = query.inode;
	if (query.vma_name_size > 0) {
		name[sizeof name - 1] = '\0';
		copy_query_name(area, name);
	}
	return 0;
}

struct sum {
	uintptr_t start, end;
	struct usage *usage;
	size_t areas;
	bool inside; /* the lines now belong to an area that reaches into the range */
};

static bool add_line(const char *line, size_t length, void *context)
{
	struct sum *sum = context;
	struct cursor cursor = cursor_over(line, length);
	const char *label;
	size_t label_length;
	struct area area;

	if (take_label(&cursor, &label, &label_length)) {
		if (sum->inside) {
			areas_add_usage_line(line, length, sum->usage);
		}
		return true;
	}
	/* A head that is not understood ends the area before it all the same. */
	if (!areas_parse_line(line, length, &area)) {
		sum->inside = false;
		return true;
	}
	sum->inside = sum->start < sum->end && area.start < sum->end && area.end > sum->start;
	sum->areas += sum->inside;
	/* They come in order, and each costs the kernel a walk through all its pages. */
	return area.start < sum->end;
}

size_t areas_sum_usage(const char *text, size_t length, uintptr_t start, uintptr_t end,
		       struct usage *usage)
{
	struct sum sum = {start, end, usage, 0, false};

	memset(usage, 0, sizeof *usage);
	areas_each_line(text, length, add_line, &sum);
	return sum.areas;
}

ssize_t areas_usage(pid_t process, uintptr_t start, uintptr_t end, struct usage *usage)
{
	struct sum sum = {start, end, usage, 0, false};

	memset(usage, 0, sizeof *usage);

	int error = areas_each_line_of(process, "smaps", add_line, &sum);

	return error < 0 ? error : (ssize_t)sum.areas;
}

/* Pages between two holes of a page each, so that no area beside them can merge with theirs. */
static char *map_between_holes(size_t count)
{
	char *all = fresh_pages_map(count + 2);

	if (all == NULL) {
		return NULL;
	}
	fresh_pages_unmap(all, 1);
	fresh_pages_unmap(all + (count + 1) * machine_page_size(), 1);
	return all + machine_page_size();
}

static bool list_shows(const char *address, struct area *area)
{
	return areas_at((uintptr_t)address, area) == 0 && area->exists;
}

bool areas_prove_list(void)
{
	size_t page = machine_page_size();
	char *fresh = map_between_holes(1);
	struct area area, other;
	bool proved;

	if (fresh == NULL) {
		return false;
	}
	proved = list_shows(fresh, &area) && area.start == (uintptr_t)fresh &&
		 area.end == (uintptr_t)fresh + page && strcmp(area.permissions, "rw-p") == 0 &&
		 !list_shows(fresh - 1, &other) && !list_shows(fresh + page, &other);
	fresh_pages_unmap(fresh, 1);
	return proved && !list_shows(fresh, &area);
}

static bool usage_shows(const char *start, size_t length, size_t areas, size_t size, size_t rss)
{
	struct usage usage;

	return areas_usage(0, (uintptr_t)start, (uintptr_t)start + length, &usage) ==
		       (ssize_t)areas &&
	       usage.size == size && usage.rss == rss;
}

static bool usage_follows_touches(void)
{
	enum { PAGES = 4, TOUCHED = 3 };
	size_t page = machine_page_size();
	char *fresh = map_between_holes(PAGES);
	bool proved;

	if (fresh == NULL) {
		return false;
	}
	proved = usage_shows(fresh, PAGES * page, 1, PAGES * page, 0);
	for (size_t i = 0; i < TOUCHED; i++) {
		fresh_pages_write(fresh, i);
	}
	proved = proved && usage_shows(fresh, PAGES * page, 1, PAGES * page, TOUCHED * page);
	fresh_pages_unmap(fresh, PAGES);
	return proved && usage_shows(fresh, PAGES * page, 0, 0, 0);
}

bool areas_prove_usage(void)
{
	return fresh_pages_prove(usage_follows_touches);
}
