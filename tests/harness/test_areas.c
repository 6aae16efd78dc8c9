/* SPDX-License-Identifier: MIT */
/*
 * The areas instrument: parsers on recorded, damaged and hostile text, and the rest on mappings
 * made here. Text to be parsed ends where a page without access begins, so that reading one
 * byte too many ends the test.
 */
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "instruments/areas.h"
#include "instruments/page_size.h"

#define LIBRARY                                                                                    \
	"7f3c1a228000-7f3c1a37d000 r-xp 00028000 fe:00 1234567                    "                \
	"/usr/lib/x86_64-linux-gnu/libc.so.6"

static const char *at_the_edge(const char *text, size_t length)
{
	size_t page = machine_page_size();
	size_t room = (length + page - 1) / page * page;
	char *pages = mmap(NULL, room + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			   -1, 0);

	ck_assert_ptr_ne(pages, MAP_FAILED);
	ck_assert_int_eq(mprotect(pages + room, page, PROT_NONE), 0);
	memcpy(pages + room - length, text, length);
	return pages + room - length;
}

static bool parse_bytes(const char *line, size_t length, struct area *area)
{
	return areas_parse_line(at_the_edge(line, length), length, area);
}

static bool parse(const char *line, struct area *area)
{
	return parse_bytes(line, strlen(line), area);
}

static void assert_parsed(const char *line, uint64_t start, uint64_t end, const char *permissions,
			  uint64_t offset, unsigned major, unsigned minor, uint64_t inode,
			  const char *name)
{
	struct area area;

	ck_assert_msg(parse(line, &area), "not understood: %s", line);
	ck_assert(area.exists);
	ck_assert_uint_eq(area.start, start);
	ck_assert_uint_eq(area.end, end);
	ck_assert_str_eq(area.permissions, permissions);
	ck_assert_uint_eq(area.offset, offset);
	ck_assert_uint_eq(area.device_major, major);
	ck_assert_uint_eq(area.device_minor, minor);
	ck_assert_uint_eq(area.inode, inode);
	ck_assert_str_eq(area.name, name);
}

static void assert_refused(const char *line)
{
	struct area area = {.exists = true};

	ck_assert_msg(!parse(line, &area), "understood: %s", line);
	ck_assert(!area.exists);
}

START_TEST(recorded_lines_of_32_bits_are_understood)
{
	assert_parsed("08048000-08056000 r-xp 00000000 03:0c 64593      /usr/sbin/gpm\n", 0x8048000,
		      0x8056000, "r-xp", 0, 3, 12, 64593, "/usr/sbin/gpm");
	assert_parsed("bfe8b000-bfea0000 rw-p bffeb000 00:00 0          [stack]\n", 0xbfe8b000,
		      0xbfea0000, "rw-p", 0xbffeb000, 0, 0, 0, "[stack]");
	assert_parsed("ffff0000-ffff1000 r-xp 00000000 00:00 0          [vectors]\n", 0xffff0000,
		      0xffff1000, "r-xp", 0, 0, 0, 0, "[vectors]");
	assert_parsed("00000000-00001000 rw-p 00000000 00:00 0 \n", 0, 0x1000, "rw-p", 0, 0, 0, 0,
		      "");
	assert_parsed("b7000000-b7001000 rw-s fffff000 103:00010 4294967296 /dev/mem", 0xb7000000,
		      0xb7001000, "rw-s", 0xfffff000, 0x103, 0x10, UINT64_C(4294967296),
		      "/dev/mem");
}
END_TEST

#if UINTPTR_MAX > UINT32_MAX
START_TEST(recorded_lines_of_64_bits_are_understood)
{
	assert_parsed(LIBRARY "\n", 0x7f3c1a228000, 0x7f3c1a37d000, "r-xp", 0x28000, 0xfe, 0,
		      1234567, "/usr/lib/x86_64-linux-gnu/libc.so.6");
	assert_parsed("ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  "
		      "[vsyscall]\n",
		      0xffffffffff600000, 0xffffffffff601000, "--xp", 0, 0, 0, 0, "[vsyscall]");
	assert_parsed("7fff12345000-7fff12346000 ---p 100000000 00:00 18446744073709551615 x\n",
		      0x7fff12345000, 0x7fff12346000, "---p", 0x100000000, 0, 0, UINT64_MAX, "x");
}
END_TEST
#endif

START_TEST(a_name_is_kept_as_it_is_written)
{
#define HEAD "7f000000-7f001000 rw-s 00000000 00:01 77  "
	static const char *const names[] = {
		"/tmp/a name  with   spaces", "/tmp/two\\012lines",      "/memfd:scratch (deleted)",
		"/dev/zero (deleted)",        "/SYSV00000000 (deleted)", "[anon:two words]",
		"/tmp/na\xc3\xafve \xff\x01", "/tmp/ends in blanks  ",   "socket:[12345]",
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char line[200];
		int length = snprintf(line, sizeof line, HEAD "%s\n", names[i]);

		assert_parsed(line, 0x7f000000, 0x7f001000, "rw-s", 0, 0, 1, 77, names[i]);
		line[length - 1] = '\0';
		assert_parsed(line, 0x7f000000, 0x7f001000, "rw-s", 0, 0, 1, 77, names[i]);
	}
}
END_TEST

START_TEST(a_long_name_is_cut)
{
	struct area area;
	char line[sizeof HEAD + 300];

	for (size_t length = 120; length < 140; length++) {
		size_t kept = length < sizeof area.name ? length : sizeof area.name - 1;

		memcpy(line, HEAD, sizeof HEAD - 1);
		memset(line + sizeof HEAD - 1, 'n', length);
		ck_assert(parse_bytes(line, sizeof HEAD - 1 + length, &area));
		ck_assert_uint_eq(strlen(area.name), kept);
		ck_assert_uint_eq(strspn(area.name, "n"), kept);
	}
}
END_TEST

START_TEST(a_line_without_a_name_may_end_with_its_inode)
{
	assert_parsed("40000000-40801000 ---p 00000000 00:00 0", 0x40000000, 0x40801000, "---p", 0,
		      0, 0, 0, "");
	assert_parsed("40000000-40801000 ---p 00000000 00:00 0\n", 0x40000000, 0x40801000, "---p",
		      0, 0, 0, 0, "");
	assert_parsed("40000000-40801000 ---p 00000000 00:00 0        \n", 0x40000000, 0x40801000,
		      "---p", 0, 0, 0, 0, "");
}
END_TEST

/* A cut inside the name or the inode leaves a line that looks whole; none before that does. */
START_TEST(a_line_cut_anywhere_is_refused_or_tells_its_beginning)
{
	static const char line[] =
		"7f228000-7f37d000 r-xp 00028000 fe:00 1234567   /usr/lib/libc.so\n";
	size_t inode = (size_t)(strstr(line, "1234567") - line);

	for (size_t length = 0; length < sizeof line; length++) {
		struct area area;
		bool understood = parse_bytes(line, length, &area);

		ck_assert_msg(understood == (length > inode), "cut at %zu", length);
		ck_assert_int_eq(area.exists, understood);
		if (understood) {
			ck_assert_uint_eq(area.start, 0x7f228000);
			ck_assert_uint_eq(area.end, 0x7f37d000);
			ck_assert_str_eq(area.permissions, "r-xp");
			ck_assert_uint_eq(area.offset, 0x28000);
			ck_assert_uint_eq(area.device_major, 0xfe);
			ck_assert(strncmp("/usr/lib/libc.so", area.name, strlen(area.name)) == 0);
		}
	}
}
END_TEST

/* Every byte of a good line replaced by every other: it may be refused, but nothing else. */
START_TEST(a_line_with_any_byte_exchanged_does_no_harm)
{
	static const char good[] =
		"7f228000-7f37d000 r-xp 00028000 fe:00 1234567   /usr/lib/libc.so\n";
	char line[sizeof good];
	const char *edge = at_the_edge(good, sizeof good - 1);
	struct area area;

	for (size_t at = 0; at < sizeof good - 1; at++) {
		for (int byte = 0; byte < 256; byte++) {
			memcpy(line, good, sizeof good);
			line[at] = (char)byte;
			memcpy((char *)(uintptr_t)edge, line, sizeof good - 1);
			if (areas_parse_line(edge, sizeof good - 1, &area)) {
				ck_assert(area.exists);
				ck_assert_uint_lt(area.start, area.end);
				ck_assert_uint_eq(strlen(area.permissions), 4);
			} else {
				ck_assert(!area.exists);
			}
		}
	}
}
END_TEST

START_TEST(what_is_no_line_of_maps_is_refused)
{
	static const char *const lines[] = {
		"",
		"\n",
		" ",
		"-",
		"garbage",
		"Size:                  4 kB",
		"VmFlags: rd ex mr mw me",
		"1000-2000",
		"1000-2000 ",
		"-2000 rw-p 00000000 00:00 0 ",
		"1000- rw-p 00000000 00:00 0 ",
		" 1000-2000 rw-p 00000000 00:00 0 ",
		"1000 2000 rw-p 00000000 00:00 0 ",
		"0x1000-0x2000 rw-p 00000000 00:00 0 ",
		"+1000-2000 rw-p 00000000 00:00 0 ",
		"1000--2000 rw-p 00000000 00:00 0 ",
		"g000-h000 rw-p 00000000 00:00 0 ",
		"2000-1000 rw-p 00000000 00:00 0 ",
		"1000-1000 rw-p 00000000 00:00 0 ",
		"1000-2000 rw-  00000000 00:00 0 ",
		"1000-2000 wr-p 00000000 00:00 0 ",
		"1000-2000 rwxq 00000000 00:00 0 ",
		"1000-2000 RW-P 00000000 00:00 0 ",
		"1000-2000 rw-pp 00000000 00:00 0 ",
		"1000-2000 rw-p  00:00 0 ",
		"1000-2000 rw-p 00000000 00 0 ",
		"1000-2000 rw-p 00000000 :00 0 ",
		"1000-2000 rw-p 00000000 00: 0 ",
		"1000-2000 rw-p 00000000 00:00 ",
		"1000-2000 rw-p 00000000 00:00 -1 ",
		"1000-2000 rw-p 00000000 00:00 12f ",
		"1000-2000 rw-p 00000000 00:00 0x",
		"1000-2000 rw-p 00000000 00:00 0 /a\n1000-2000 rw-p 00000000 00:00 0 /b\n",
	};

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		assert_refused(lines[i]);
	}
}
END_TEST

START_TEST(numbers_too_large_for_their_type_are_refused)
{
	assert_refused("1000-10000000000000000 rw-p 00000000 00:00 0 ");
	assert_refused("1000-fffffffffffffffffffffffffffffffffffff rw-p 00000000 00:00 0 ");
	assert_refused("10000000000000000-10000000000001000 rw-p 00000000 00:00 0 ");
	assert_refused("1000-2000 rw-p 10000000000000000 00:00 0 ");
	assert_refused("1000-2000 rw-p 00000000 100000000:00 0 ");
	assert_refused("1000-2000 rw-p 00000000 00:100000000 0 ");
	assert_refused("1000-2000 rw-p 00000000 00:00 18446744073709551616 ");
	assert_refused("1000-2000 rw-p 00000000 00:00 99999999999999999999999999 ");
	assert_parsed("1000-2000 rw-p ffffffffffffffff ffffffff:ffffffff 18446744073709551615 ",
		      0x1000, 0x2000, "rw-p", UINT64_MAX, UINT32_MAX, UINT32_MAX, UINT64_MAX, "");
	assert_parsed("000000000000000000001000-2000 rw-p 00000000 00:00 0 ", 0x1000, 0x2000,
		      "rw-p", 0, 0, 0, 0, "");
}
END_TEST

START_TEST(an_embedded_nul_is_refused)
{
	static const char line[] =
		"7f228000-7f37d000 r-xp 00028000 fe:00 1234567   /usr/lib/libc.so\n";
	char damaged[sizeof line];
	struct area area;

	for (size_t at = 0; at < sizeof line - 1; at++) {
		memcpy(damaged, line, sizeof line);
		damaged[at] = '\0';
		ck_assert_msg(!parse_bytes(damaged, sizeof line - 1, &area), "NUL at %zu", at);
	}
}
END_TEST

START_TEST(a_line_of_a_megabyte_is_cut_or_refused)
{
	enum { LENGTH = 1 << 20 };
	char *line = malloc(LENGTH);
	struct usage usage = {.size = 0};
	struct area area;
	const char *name;
	size_t name_length;
	uint64_t bytes;

	memset(line, 'f', LENGTH);
	ck_assert(!parse_bytes(line, LENGTH, &area));
	ck_assert(!areas_parse_figure(line, LENGTH, &name, &name_length, &bytes));

	memset(line, '0', LENGTH);
	ck_assert(!parse_bytes(line, LENGTH, &area));

	memset(line, 'n', LENGTH);
	memcpy(line, HEAD, sizeof HEAD - 1);
	ck_assert(parse_bytes(line, LENGTH, &area));
	ck_assert_uint_eq(strlen(area.name), sizeof area.name - 1);
	ck_assert(areas_find(line, LENGTH, 0x7f000000, &area));

	for (size_t i = 0; i + 3 <= LENGTH; i += 3) {
		memcpy(line + i, " rd", 3);
	}
	memcpy(line, "VmFlags:", 8);
	areas_add_usage_line(line, LENGTH, &usage);
	ck_assert_uint_gt(strlen(usage.flags), sizeof usage.flags - 4);
	ck_assert(areas_flags_hold(usage.flags, "rd"));
	free(line);
}
END_TEST

static bool figure(const char *line, size_t length, const char *wanted, uint64_t *bytes)
{
	const char *name;
	size_t name_length;

	return areas_parse_figure(at_the_edge(line, length), length, &name, &name_length, bytes) &&
	       name_length == strlen(wanted) && memcmp(name, wanted, name_length) == 0;
}

START_TEST(figures_are_told_in_bytes)
{
	static const struct {
		const char *line, *name;
		uint64_t bytes;
	} good[] = {
		{"Size:                  4 kB", "Size", 4 * 1024},
		{"Size:                  4 kB\n", "Size", 4 * 1024},
		{"Rss:                   0 kB\n", "Rss", 0},
		{"Private_Hugetlb:       8 kB\n", "Private_Hugetlb", 8 * 1024},
		{"VmPTE:\t      44 kB\n", "VmPTE", 44 * 1024},
		{"Rss:12 kB", "Rss", 12 * 1024},
		{"Rss: 18014398509481983 kB", "Rss", UINT64_C(18014398509481983) * 1024},
	};
	static const char *const bad[] = {
		"",
		"\n",
		":",
		": 4 kB",
		"Size",
		"Size:",
		"Size: kB",
		"Size: 4",
		"Size: 4 ",
		"Size: 4 k",
		"Size: 4kB",
		"Size: 4 MB",
		"Size: 4 kB ",
		"Size: 4 kBx",
		"Size: -4 kB",
		"Size: 0x4 kB",
		"Size : 4 kB",
		" Size: 4 kB",
		"Size 4 kB",
		"Size: 4 kB\n\n",
		"THPeligible:    0\n",
		"ProtectionKey:         0\n",
		"VmFlags: rd ex mr mw me\n",
		"Rss: 18014398509481984 kB",
		"Rss: 99999999999999999999999 kB",
		LIBRARY,
	};
	uint64_t bytes;

	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		ck_assert_msg(figure(good[i].line, strlen(good[i].line), good[i].name, &bytes),
			      "not understood: %s", good[i].line);
		ck_assert_uint_eq(bytes, good[i].bytes);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		const char *name;
		size_t length;
		const char *line = at_the_edge(bad[i], strlen(bad[i]));

		ck_assert_msg(!areas_parse_figure(line, strlen(bad[i]), &name, &length, &bytes),
			      "understood: %s", bad[i]);
	}
}
END_TEST

START_TEST(a_figure_cut_anywhere_or_with_a_nul_is_refused)
{
	static const char line[] = "Shared_Clean:       1234 kB";
	uint64_t bytes;

	for (size_t length = 0; length < sizeof line - 1; length++) {
		ck_assert_msg(!figure(line, length, "Shared_Clean", &bytes), "cut at %zu", length);
	}
	for (size_t at = 0; at < sizeof line - 1; at++) {
		char damaged[sizeof line];

		memcpy(damaged, line, sizeof line);
		damaged[at] = '\0';
		ck_assert(!figure(damaged, sizeof line - 1, "Shared_Clean", &bytes));
	}
	ck_assert(figure(line, sizeof line - 1, "Shared_Clean", &bytes));
	ck_assert_uint_eq(bytes, 1234 * 1024);
}
END_TEST

static const char recorded_smaps[] =
	"10000000-10003000 rw-p 00000000 00:00 0                          [heap]\n"
	"Size:                 12 kB\n"
	"KernelPageSize:        4 kB\n"
	"MMUPageSize:           4 kB\n"
	"Rss:                   8 kB\n"
	"Pss:                   6 kB\n"
	"Pss_Dirty:             5 kB\n"
	"Shared_Clean:          1 kB\n"
	"Shared_Dirty:          2 kB\n"
	"Private_Clean:         3 kB\n"
	"Private_Dirty:         4 kB\n"
	"Referenced:            7 kB\n"
	"Anonymous:             9 kB\n"
	"KSM:                   0 kB\n"
	"LazyFree:              0 kB\n"
	"AnonHugePages:        16 kB\n"
	"ShmemPmdMapped:       32 kB\n"
	"FilePmdMapped:        64 kB\n"
	"Shared_Hugetlb:      128 kB\n"
	"Private_Hugetlb:     256 kB\n"
	"Swap:                 10 kB\n"
	"SwapPss:              11 kB\n"
	"Locked:               13 kB\n"
	"THPeligible:           0\n"
	"ProtectionKey:         0\n"
	"VmFlags: rd wr mr mw me ac sd \n"
	"10003000-10004000 rw-s 00000000 00:05 9                          /dev/zero (deleted)\n"
	"Size:                  4 kB\n"
	"Rss:                   4 kB\n"
	"Pss:                   2 kB\n"
	"Shared_Dirty:          4 kB\n"
	"VmFlags: rd wr sh mr mw me ms sd \n"
	"20000000-20001000 r--p 00000000 fe:00 5                          /tmp/Rss: 4 kB\n"
	"Size:                  4 kB\n"
	"Rss:                   4 kB\n"
	"VmFlags: rd mr mw me sd \n";

static size_t sum(uintptr_t start, uintptr_t end, struct usage *usage)
{
	size_t length = sizeof recorded_smaps - 1;

	memset(usage, 0x5a, sizeof *usage);
	return areas_sum_usage(at_the_edge(recorded_smaps, length), length, start, end, usage);
}

START_TEST(usage_is_summed_from_its_figures)
{
	struct usage usage;

	ck_assert_uint_eq(sum(0x10000000, 0x10003000, &usage), 1);
	ck_assert_uint_eq(usage.size, 12 * 1024);
	ck_assert_uint_eq(usage.rss, 8 * 1024);
	ck_assert_uint_eq(usage.pss, 6 * 1024);
	ck_assert_uint_eq(usage.shared, 3 * 1024);
	ck_assert_uint_eq(usage.exclusive, 7 * 1024);
	ck_assert_uint_eq(usage.dirty, 6 * 1024);
	ck_assert_uint_eq(usage.referenced, 7 * 1024);
	ck_assert_uint_eq(usage.anonymous, 9 * 1024);
	ck_assert_uint_eq(usage.huge, 112 * 1024);
	ck_assert_uint_eq(usage.swap, 10 * 1024);
	ck_assert_uint_eq(usage.swap_pss, 11 * 1024);
	ck_assert_uint_eq(usage.locked, 13 * 1024);
	ck_assert_str_eq(usage.flags, "rd wr mr mw me ac sd");
}
END_TEST

START_TEST(only_areas_that_reach_into_the_range_count)
{
	struct usage usage;

	ck_assert_uint_eq(sum(0x10002fff, 0x10003001, &usage), 2);
	ck_assert_uint_eq(usage.size, 16 * 1024);
	ck_assert_uint_eq(usage.dirty, 10 * 1024);
	ck_assert_str_eq(usage.flags, "rd wr mr mw me ac sd");
	ck_assert_uint_eq(sum(0x10003000, 0x20000000, &usage), 1);
	ck_assert_uint_eq(usage.size, 4 * 1024);
	ck_assert_str_eq(usage.flags, "rd wr sh mr mw me ms sd");
	ck_assert_uint_eq(sum(0, UINTPTR_MAX, &usage), 3);
	ck_assert_uint_eq(usage.rss, 16 * 1024);

	ck_assert_uint_eq(sum(0x10004000, 0x20000000, &usage), 0);
	ck_assert_uint_eq(usage.size, 0);
	ck_assert_str_eq(usage.flags, "");
	ck_assert_uint_eq(sum(0x10001000, 0x10001000, &usage), 0);
	ck_assert_uint_eq(sum(0x10002000, 0x10001000, &usage), 0);
	ck_assert_uint_eq(usage.size, 0);
}
END_TEST

START_TEST(smaps_cut_anywhere_does_no_harm)
{
	size_t whole = sizeof recorded_smaps - 1;
	size_t last = 0;

	for (size_t length = 0; length <= whole; length++) {
		char *copy = malloc(length + 1);
		struct usage usage;
		size_t areas;

		memcpy(copy, recorded_smaps, length);
		areas = areas_sum_usage(copy, length, 0, UINTPTR_MAX, &usage);
		ck_assert_uint_le(areas, 3);
		ck_assert_uint_ge(areas, last);
		ck_assert_uint_le(usage.rss, 16 * 1024);
		last = areas;
		free(copy);
	}
}
END_TEST

START_TEST(figures_after_a_head_not_understood_belong_to_nobody)
{
	static const char text[] = "1000-2000 rw-p 00000000 00:00 0 \n"
				   "Rss:                   4 kB\n"
				   "2000-fffffffffffffffff rw-p 00000000 00:00 0 \n"
				   "Rss:                   8 kB\n";
	struct usage usage;

	ck_assert_uint_eq(areas_sum_usage(text, sizeof text - 1, 0, UINTPTR_MAX, &usage), 1);
	ck_assert_uint_eq(usage.rss, 4 * 1024);
}
END_TEST

static void add(struct usage *usage, const char *line)
{
	areas_add_usage_line(at_the_edge(line, strlen(line)), strlen(line), usage);
}

START_TEST(a_sum_too_large_stays_at_its_largest)
{
	struct usage usage = {.size = 0};

	for (int i = 0; i < 3; i++) {
		add(&usage, "Rss: 18014398509481983 kB\n");
	}
	ck_assert_uint_eq(usage.rss, SIZE_MAX);
	ck_assert_uint_eq(usage.pss, 0);
}
END_TEST

START_TEST(flags_are_kept_once_and_cut_between_two)
{
	struct usage usage = {.size = 0};
	char line[1000] = "VmFlags:";

	add(&usage, "VmFlags: \n");
	ck_assert_str_eq(usage.flags, "");
	add(&usage, "VmFlags: rd ex\n");
	add(&usage, "VmFlags: wr\n");
	ck_assert_str_eq(usage.flags, "rd ex");

	for (size_t extra = 0; extra < 6; extra++) {
		size_t at = 8;
		size_t length;

		at += (size_t)sprintf(line + at, "%*s", (int)extra + 1, "");
		for (int i = 0; i < 200; i++) {
			at += (size_t)sprintf(line + at, "%c%c%s", 'a' + i % 26, 'a' + i / 26,
					      i == 199 ? "" : " ");
		}
		usage.flags[0] = '\0';
		add(&usage, line);
		length = strlen(usage.flags);
		ck_assert_uint_lt(length, sizeof usage.flags);
		ck_assert_uint_ge(length, sizeof usage.flags - 3);
		ck_assert_uint_eq(length % 3, 2);
		ck_assert(strncmp(usage.flags, "aa ba ca", 8) == 0);
	}

	/* One word without a blank is none that could be cut. */
	memset(line + 8, 'x', 600);
	line[608] = '\0';
	usage.flags[0] = '\0';
	add(&usage, line);
	ck_assert_str_eq(usage.flags, "");

	usage.flags[0] = '\0';
	areas_add_usage_line("VmFlags: rd\0wr", 14, &usage);
	ck_assert_str_eq(usage.flags, "");
	areas_add_usage_line("VmFlag: rd wr", 13, &usage);
	ck_assert_str_eq(usage.flags, "");
}
END_TEST

START_TEST(flags_as_long_as_the_field_fit)
{
	struct usage usage = {.size = 0};
	char line[400] = "VmFlags: ";
	size_t at = strlen(line);

	for (size_t i = 0; i < sizeof usage.flags / 3; i++) {
		at += (size_t)sprintf(line + at, i == 0 ? "rd" : " wr");
	}
	ck_assert_uint_eq(at - 9, sizeof usage.flags - 2);
	add(&usage, line);
	ck_assert_str_eq(usage.flags, line + 9);
	strcat(line, "x");
	usage.flags[0] = '\0';
	add(&usage, line);
	ck_assert_str_eq(usage.flags, line + 9);
}
END_TEST

START_TEST(flags_are_words_of_two_letters)
{
	ck_assert(areas_flags_hold("rd wr mr", "rd"));
	ck_assert(areas_flags_hold("rd wr mr", "wr"));
	ck_assert(areas_flags_hold("rd wr mr", "mr"));
	ck_assert(areas_flags_hold("  rd  wr ", "wr"));
	ck_assert(areas_flags_hold("sh", "sh"));
	ck_assert(!areas_flags_hold("rd wr mr", "ex"));
	ck_assert(!areas_flags_hold("rd wr mr", "d "));
	ck_assert(!areas_flags_hold("rd wr mr", "dw"));
	ck_assert(!areas_flags_hold("rdwr mr", "rd"));
	ck_assert(!areas_flags_hold("rd wr", "r"));
	ck_assert(!areas_flags_hold("rd wr", "rd wr"));
	ck_assert(!areas_flags_hold("rd wr", ""));
	ck_assert(!areas_flags_hold("", "rd"));
	ck_assert(!areas_flags_hold("r", "rd"));
}
END_TEST

struct seen {
	size_t lines, stop_after, length[8];
};

static bool see_line(const char *line, size_t length, void *context)
{
	struct seen *seen = context;

	ck_assert_ptr_null(memchr(line, '\n', length));
	seen->length[seen->lines++] = length;
	return seen->lines != seen->stop_after;
}

static struct seen lines_of(const char *text, size_t length, size_t stop_after)
{
	struct seen seen = {.stop_after = stop_after};

	areas_each_line(at_the_edge(text, length), length, see_line, &seen);
	return seen;
}

START_TEST(lines_end_at_newlines_and_at_the_end)
{
	struct seen seen = lines_of("ab\n\nc\0d\nlast", 12, 0);

	ck_assert_uint_eq(seen.lines, 4);
	ck_assert_uint_eq(seen.length[0], 2);
	ck_assert_uint_eq(seen.length[1], 0);
	ck_assert_uint_eq(seen.length[2], 3);
	ck_assert_uint_eq(seen.length[3], 4);
	ck_assert_uint_eq(lines_of("ab\n", 3, 0).lines, 1);
	ck_assert_uint_eq(lines_of("\n", 1, 0).lines, 1);
	ck_assert_uint_eq(lines_of("", 0, 0).lines, 0);
	ck_assert_uint_eq(lines_of("a\nb\nc\n", 6, 2).lines, 2);
}
END_TEST

START_TEST(the_area_of_an_address_is_found_in_a_text)
{
	static const char text[] = "1000-2000 r--p 00000000 00:00 0 [first]\n"
				   "nonsense\n"
				   "2000-4000 rw-p 00000000 00:00 0 [second]\n"
				   "8000-9000 rw-p 00000000 00:00 0 [last]";
	static const struct {
		uintptr_t address;
		const char *name;
	} cases[] = {
		{0, NULL},           {0xfff, NULL},        {0x1000, "[first]"},
		{0x1fff, "[first]"}, {0x2000, "[second]"}, {0x3fff, "[second]"},
		{0x4000, NULL},      {0x7fff, NULL},       {0x8000, "[last]"},
		{0x8fff, "[last]"},  {0x9000, NULL},       {UINTPTR_MAX, NULL},
	};
	const char *edge = at_the_edge(text, sizeof text - 1);
	struct area area;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		memset(&area, 0x5a, sizeof area);
		ck_assert_int_eq(areas_find(edge, sizeof text - 1, cases[i].address, &area),
				 cases[i].name != NULL);
		ck_assert_int_eq(area.exists, cases[i].name != NULL);
		ck_assert_str_eq(area.name, cases[i].name != NULL ? cases[i].name : "");
	}
	ck_assert(!areas_find("", 0, 0x1000, &area));
}
END_TEST

/* Room for what sanitizers add to a process. */
static char text[4 << 20];

static struct area area_of(const void *address)
{
	ssize_t length = areas_read_text(0, "maps", text, sizeof text);
	struct area area;

	ck_assert_int_gt(length, 0);
	ck_assert_int_eq(text[length - 1], '\n');
	areas_find(text, (size_t)length, (uintptr_t)address, &area);
	return area;
}

static char *map(int protection, int flags, int fd, size_t pages)
{
	/* Between two holes, so that nothing merges with it. */
	size_t page = machine_page_size();
	char *room = mmap(NULL, (pages + 2) * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char *area;

	ck_assert_ptr_ne(room, MAP_FAILED);
	area = mmap(room + page, pages * page, protection, flags | MAP_FIXED, fd, 0);
	ck_assert_ptr_eq(area, room + page);
	ck_assert_int_eq(munmap(room, page), 0);
	ck_assert_int_eq(munmap(area + pages * page, page), 0);
	return area;
}

static void assert_area(const char *start, size_t pages, const char *permissions)
{
	struct area area = area_of(start + pages * machine_page_size() - 1);

	ck_assert(area.exists);
	ck_assert_uint_eq(area.start, (uintptr_t)start);
	ck_assert_uint_eq(area.end, (uintptr_t)start + pages * machine_page_size());
	ck_assert_str_eq(area.permissions, permissions);
}

START_TEST(mappings_made_here_are_found_as_they_were_made)
{
	size_t page = machine_page_size();
	char *private = map(PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 3);
	char *shared = map(PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1, 2);
	char *none = map(PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 1);

	assert_area(private, 3, "rw-p");
	assert_area(shared, 2, "r--s");
	assert_area(none, 1, "---p");
	ck_assert(!area_of(private - 1).exists);
	ck_assert(!area_of(private + 3 * page).exists);
	ck_assert_int_eq(munmap(private + page, page), 0);
	ck_assert(!area_of(private + page).exists);
	assert_area(private, 1, "rw-p");
	assert_area(private + 2 * page, 1, "rw-p");
	ck_assert(area_of(text).exists);
	ck_assert(area_of(&page).exists);
	ck_assert(!area_of(NULL).exists);
}
END_TEST

static int file_named(const char *name)
{
	int fd = memfd_create(name, MFD_CLOEXEC);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(ftruncate(fd, (off_t)(4 * machine_page_size())), 0);
	return fd;
}

START_TEST(a_file_with_an_odd_name_is_found_by_it)
{
	int fd = file_named("two words\nand a line");
	char *area = map(PROT_READ, MAP_SHARED, fd, 2);
	struct area found = area_of(area);

	ck_assert(found.exists);
	ck_assert_uint_ne(found.inode, 0);
	/* Not every sandbox names a memfd; one that does names it whole. */
	if (strstr(found.name, "two") != NULL) {
		ck_assert_str_eq(found.name, "/memfd:two words\\012and a line (deleted)");
	}
	close(fd);
}
END_TEST

static void assert_query_agrees(const void *address)
{
	struct area listed = area_of(address);
	struct area asked;
	int result = areas_query((uintptr_t)address, &asked);

	ck_assert_int_eq(result, listed.exists ? 0 : -ENOENT);
	ck_assert_int_eq(asked.exists, listed.exists);
	ck_assert_uint_eq(asked.start, listed.start);
	ck_assert_uint_eq(asked.end, listed.end);
	ck_assert_str_eq(asked.permissions, listed.permissions);
	ck_assert_uint_eq(asked.offset, listed.offset);
	ck_assert_uint_eq(asked.device_major, listed.device_major);
	ck_assert_uint_eq(asked.device_minor, listed.device_minor);
	ck_assert_uint_eq(asked.inode, listed.inode);
	ck_assert_str_eq(asked.name, listed.name);
}

START_TEST(the_query_tells_what_the_list_tells)
{
	char long_name[240];
	struct area area;
	int local = 0;

	if (areas_query((uintptr_t)&area, &area) != 0) {
		ck_assert(!area.exists);
		return; /* no PROCMAP_QUERY before Linux 6.11 */
	}
	assert_query_agrees(&local);
	assert_query_agrees(text);
	assert_query_agrees((const void *)(uintptr_t)map);
	assert_query_agrees(NULL);
	assert_query_agrees(map(PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 1));
	assert_query_agrees(map(PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 1));
	assert_query_agrees(map(PROT_READ, MAP_PRIVATE, file_named("words\nand a line"), 1));
	for (size_t length = 100; length < 130; length++) {
		memset(long_name, 'n', length);
		long_name[length - 1] = '\n';
		long_name[length] = '\0';
		assert_query_agrees(map(PROT_READ, MAP_SHARED, file_named(long_name), 1));
	}
}
END_TEST

START_TEST(usage_of_a_mapping_follows_its_pages)
{
	size_t page = machine_page_size();
	char *area = map(PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 8);
	uintptr_t start = (uintptr_t)area;
	struct usage usage;
	ssize_t length;

	madvise(area, 8 * page, MADV_NOHUGEPAGE);
	for (size_t touched = 0; touched < 8; touched++) {
		length = areas_read_text(0, "smaps", text, sizeof text);
		if (length == -ENOENT) {
			return; /* a kernel without smaps */
		}
		ck_assert_int_gt(length, 0);
		ck_assert_uint_eq(
			areas_sum_usage(text, (size_t)length, start, start + 8 * page, &usage), 1);
		ck_assert_uint_eq(usage.size, 8 * page);
		ck_assert_uint_eq(usage.rss, touched * page);
		area[touched * page] = 1;
	}
}
END_TEST

START_TEST(reading_tells_what_went_wrong)
{
	char small[64], tail[8] = "unused";
	ssize_t whole = areas_read_text(0, "maps", text, sizeof text);
	pid_t child;

	ck_assert_int_gt(whole, (ssize_t)sizeof small);
	ck_assert_int_eq(areas_read_text(0, "maps", small, sizeof small), -EOVERFLOW);
	ck_assert_int_eq(areas_read_text(0, "maps", small, 0), -EOVERFLOW);
	ck_assert_str_eq(tail, "unused");
	ck_assert_int_eq(areas_read_text(0, "no such file", text, sizeof text), -ENOENT);
	ck_assert_int_eq(areas_read_text(-1, "maps", text, sizeof text), -ENOENT);
	memset(text, 'n', 200);
	text[200] = '\0';
	ck_assert_int_eq(areas_read_text(0, text, small, sizeof small), -ENAMETOOLONG);

	child = fork();
	if (child == 0) {
		_exit(0);
	}
	ck_assert_int_eq(waitpid(child, NULL, 0), child);
	ck_assert_int_lt(areas_read_text(child, "maps", text, sizeof text), 0);
	ck_assert_int_gt(areas_read_text(getpid(), "maps", text, sizeof text), 0);
	ck_assert_int_gt(areas_read_text(getppid(), "maps", text, sizeof text), 0);
}
END_TEST

static bool count_until(const char *line, size_t length, void *context)
{
	size_t *left = context;

	ck_assert(length > 0 && line[length - 1] != '\n');
	return --*left > 0;
}

START_TEST(lines_come_without_a_buffer_for_the_whole)
{
	ssize_t length = areas_read_text(0, "maps", text, sizeof text);
	size_t lines = 0, most = SIZE_MAX, one = 1;

	for (ssize_t i = 0; i < length; i++) {
		lines += text[i] == '\n';
	}
	ck_assert_int_eq(areas_each_line_of(0, "maps", count_until, &most), 0);
	ck_assert_uint_eq(SIZE_MAX - most, lines);
	ck_assert_int_eq(areas_each_line_of(0, "maps", count_until, &one), 0);
	ck_assert_uint_eq(one, 0);
	ck_assert_int_eq(areas_each_line_of(0, "no such file", count_until, &one), -ENOENT);
}
END_TEST

START_TEST(the_own_area_is_found_or_not)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	char *fresh = mmap(NULL, page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct area area;

	ck_assert_ptr_ne(fresh, MAP_FAILED);
	ck_assert_int_eq(areas_at((uintptr_t)fresh, &area), 0);
	ck_assert(area.exists && area.start <= (uintptr_t)fresh &&
		  area.end >= (uintptr_t)fresh + page);
	ck_assert_str_eq(area.permissions, "r--p");
	munmap(fresh, page);
	ck_assert_int_eq(areas_at((uintptr_t)fresh, &area), 0);
	ck_assert(!area.exists);
	ck_assert_uint_eq(area.start, 0);
	ck_assert_int_eq(areas_at(0, &area), 0);
	ck_assert(!area.exists);
}
END_TEST

/* comm is 1 line whose length is known to the byte: exactly full is not too small. */
START_TEST(a_buffer_exactly_filled_is_large_enough)
{
	ssize_t length = areas_read_text(0, "comm", text, sizeof text);

	ck_assert_int_gt(length, 1);
	ck_assert_int_eq(areas_read_text(0, "comm", text, (size_t)length), length);
	ck_assert_int_eq(areas_read_text(0, "comm", text, (size_t)length - 1), -EOVERFLOW);
}
END_TEST

START_TEST(the_instrument_proves_itself_and_leaves_nothing)
{
	static char before[sizeof text];
	ssize_t length, after;

	ck_assert(areas_prove_list());
	if (areas_read_text(0, "smaps", text, sizeof text) > 0) {
		ck_assert(areas_prove_usage());
	}
	/* Twice before, so that what the first one grew (the stack) has grown. */
	length = areas_read_text(0, "maps", before, sizeof before);
	ck_assert_int_gt(length, 0);
	areas_prove_list();
	areas_prove_usage();
	after = areas_read_text(0, "maps", text, sizeof text);
	ck_assert_int_eq(after, length);
	ck_assert(memcmp(before, text, (size_t)length) == 0);
}
END_TEST

/* More areas than any buffer of the proofs could hold at once. */
START_TEST(the_proofs_work_among_many_areas)
{
	enum { MANY = 4000 };
	size_t page = machine_page_size();
	char *area = mmap(NULL, MANY * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	ck_assert_ptr_ne(area, MAP_FAILED);
	for (size_t i = 0; i < MANY; i += 2) {
		ck_assert_int_eq(mprotect(area + i * page, page, PROT_READ), 0);
	}
	ck_assert(areas_prove_list());
	if (areas_read_text(0, "smaps", text, sizeof text) != -ENOENT) {
		ck_assert(areas_prove_usage());
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("areas");
	TCase *parsers = tcase_create("text");
	TCase *machine = tcase_create("machine");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_test(parsers, recorded_lines_of_32_bits_are_understood);
#if UINTPTR_MAX > UINT32_MAX
	tcase_add_test(parsers, recorded_lines_of_64_bits_are_understood);
#endif
	tcase_add_test(parsers, a_name_is_kept_as_it_is_written);
	tcase_add_test(parsers, a_long_name_is_cut);
	tcase_add_test(parsers, a_line_without_a_name_may_end_with_its_inode);
	tcase_add_test(parsers, a_line_cut_anywhere_is_refused_or_tells_its_beginning);
	tcase_add_test(parsers, a_line_with_any_byte_exchanged_does_no_harm);
	tcase_add_test(parsers, what_is_no_line_of_maps_is_refused);
	tcase_add_test(parsers, numbers_too_large_for_their_type_are_refused);
	tcase_add_test(parsers, an_embedded_nul_is_refused);
	tcase_add_test(parsers, a_line_of_a_megabyte_is_cut_or_refused);
	tcase_add_test(parsers, figures_are_told_in_bytes);
	tcase_add_test(parsers, a_figure_cut_anywhere_or_with_a_nul_is_refused);
	tcase_add_test(parsers, usage_is_summed_from_its_figures);
	tcase_add_test(parsers, only_areas_that_reach_into_the_range_count);
	tcase_add_test(parsers, smaps_cut_anywhere_does_no_harm);
	tcase_add_test(parsers, figures_after_a_head_not_understood_belong_to_nobody);
	tcase_add_test(parsers, a_sum_too_large_stays_at_its_largest);
	tcase_add_test(parsers, flags_are_kept_once_and_cut_between_two);
	tcase_add_test(parsers, flags_as_long_as_the_field_fit);
	tcase_add_test(parsers, flags_are_words_of_two_letters);
	tcase_add_test(parsers, lines_end_at_newlines_and_at_the_end);
	tcase_add_test(parsers, the_area_of_an_address_is_found_in_a_text);
	tcase_add_test(machine, mappings_made_here_are_found_as_they_were_made);
	tcase_add_test(machine, a_file_with_an_odd_name_is_found_by_it);
	tcase_add_test(machine, the_query_tells_what_the_list_tells);
	tcase_add_test(machine, usage_of_a_mapping_follows_its_pages);
	tcase_add_test(machine, reading_tells_what_went_wrong);
	tcase_add_test(machine, lines_come_without_a_buffer_for_the_whole);
	tcase_add_test(machine, the_own_area_is_found_or_not);
	tcase_add_test(machine, a_buffer_exactly_filled_is_large_enough);
	tcase_add_test(machine, the_instrument_proves_itself_and_leaves_nothing);
	tcase_add_test(machine, the_proofs_work_among_many_areas);
	tcase_set_timeout(parsers, 60);
	tcase_set_timeout(machine, 60);
	suite_add_tcase(suite, parsers);
	suite_add_tcase(suite, machine);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? 0 : 1;
}
