/* SPDX-License-Identifier: MIT */
/*
 * The page map: recorded words and files cut short, memory whose state is known because it was made
 * here, and worlds in which the kernel lies (pread is replaced below). What needs frame
 * numbers is left out where a probe without the instrument finds none.
 */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "instruments/fresh_pages.h"
#include "instruments/page_size.h"
#include "instruments/pagemap.h"

#define PRESENT   PAGEMAP_PRESENT
#define SWAPPED   PAGEMAP_SWAPPED
#define OF_FILE   PAGEMAP_OF_FILE
#define EXCLUSIVE PAGEMAP_EXCLUSIVE
#define SOFTDIRTY (UINT64_C(1) << 55)

/* What this program's pread does to the words it brings. */
static enum {
	TRUTH,
	ALL_ABSENT,
	ALL_ONES,
	ALL_TOUCHED, /* present, exclusive, each with a number of its own */
	ALL_SWAPPED,
	BYTES_SWAPPED, /* as for a guest of the other byte order */
	ALWAYS_EXCLUSIVE,
	NEVER_EXCLUSIVE,
	NUMBERS_HIDDEN,
	ONE_NUMBER,
	NOTHING_TO_READ,
	ALWAYS_FAILING,
	BYTE_BY_BYTE,
	INTERRUPTED,
} world;

static unsigned preads;

ssize_t pread(int fd, void *buffer, size_t length, off_t offset)
{
	struct iovec whole = {buffer, world == BYTE_BY_BYTE && length > 1 ? 1 : length};

	preads++;
	if (world == NOTHING_TO_READ) {
		return 0;
	}
	if (world == ALWAYS_FAILING || (world == INTERRUPTED && preads % 3 != 0)) {
		errno = world == INTERRUPTED ? EINTR : EIO;
		return -1;
	}
	ssize_t got = preadv(fd, &whole, 1, offset);
	if (world == TRUTH || world == BYTE_BY_BYTE || world == INTERRUPTED || got <= 0) {
		return got;
	}

	uint64_t *words = buffer;
	for (size_t i = 0; i < (size_t)got / sizeof(*words); i++) {
		switch (world) {
		case ALL_ABSENT:
			words[i] = SOFTDIRTY;
			break;
		case ALL_ONES:
			words[i] = UINT64_MAX;
			break;
		case ALL_TOUCHED:
			words[i] = PRESENT | EXCLUSIVE | (100 + i);
			break;
		case ALL_SWAPPED:
			words[i] = SWAPPED | 1;
			break;
		case BYTES_SWAPPED:
			words[i] = __builtin_bswap64(words[i] & ~PAGEMAP_FRAME);
			break;
		case ALWAYS_EXCLUSIVE:
			words[i] |= EXCLUSIVE;
			break;
		case NEVER_EXCLUSIVE:
			words[i] &= ~EXCLUSIVE;
			break;
		case NUMBERS_HIDDEN:
			words[i] &= ~PAGEMAP_FRAME;
			break;
		case ONE_NUMBER:
			words[i] = (words[i] & ~PAGEMAP_FRAME) | 7;
			break;
		default:
			break;
		}
	}
	return got;
}

/* --- What this machine shows, probed without the instrument ---------------------------------- */

static uint64_t raw_word(const void *address)
{
	uint64_t word = 0;
	struct iovec one = {&word, sizeof(word)};
	int fd = open("/proc/self/pagemap", O_RDONLY);

	if (fd >= 0) {
		off_t at = (off_t)((uintptr_t)address / machine_page_size() * sizeof(word));
		if (preadv(fd, &one, 1, at) != sizeof(word)) {
			word = 0;
		}
		close(fd);
	}
	return word;
}

static uint64_t touched_word(void)
{
	char *area = fresh_pages_map(2);

	fresh_pages_write(area, 1);
	uint64_t untouched = raw_word(area);
	uint64_t touched = raw_word(area + machine_page_size());
	fresh_pages_unmap(area, 2);
	return untouched & PRESENT ? 0 : touched;
}

static bool machine_shows(const char *what, bool shows)
{
	if (!shows) {
		printf("left out: this machine shows no %s\n", what);
	}
	return shows;
}

static bool machine_shows_presence(void)
{
	return machine_shows("page map", touched_word() & PRESENT);
}

static bool machine_shows_exclusive(void)
{
	return machine_shows("exclusive bit", touched_word() & EXCLUSIVE);
}

static bool machine_shows_numbers(void)
{
	return machine_shows("frame numbers", touched_word() & PAGEMAP_FRAME);
}

static bool machine_shows_flags(void)
{
	return machine_shows("page flags", access("/proc/kpageflags", R_OK) == 0) &&
	       machine_shows_numbers();
}

/* --- A child that holds what it was forked with until it is let go ------------------------------
 */

struct companion {
	pid_t process;
	int says, told;
};

/* The child runs work(area) first, when there is some. */
static struct companion start_companion(void (*work)(char *area), char *area)
{
	int here[2], leave[2];
	char byte = 0;

	ck_assert_int_eq(pipe(here), 0);
	ck_assert_int_eq(pipe(leave), 0);
	pid_t child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		close(here[0]);
		close(leave[1]);
		if (work) {
			work(area);
		}
		if (write(here[1], &byte, 1) != 1 || read(leave[0], &byte, 1) != 0) {
			_exit(1);
		}
		_exit(0);
	}
	close(here[1]);
	close(leave[0]);
	ck_assert_int_eq(read(here[0], &byte, 1), 1);
	return (struct companion){child, here[0], leave[1]};
}

static void end_companion(struct companion companion)
{
	int status;

	close(companion.told);
	close(companion.says);
	ck_assert_int_eq(waitpid(companion.process, &status, 0), companion.process);
	ck_assert_int_eq(status, 0);
}

static void assert_drawn(pid_t process, const char *area, size_t count, const char *expected)
{
	uint64_t words[64];
	char text[65];

	ck_assert_int_eq(pagemap_read(process, area, count, words), 0);
	pagemap_draw(words, NULL, count, text, sizeof(text));
	ck_assert_str_eq(text, expected);
}

/* --- Words ----------------------------------------------------------------------------------- */

static const struct {
	uint64_t word;
	uint64_t frame;
	char letter;
} recorded[] = {
	{0, 0, '.'},
	{SOFTDIRTY, 0, '.'},
	{0x1234, 0, '.'},
	{OF_FILE, 0, '.'},
	{EXCLUSIVE, 0, '.'},
	{PRESENT, 0, 's'},
	{PRESENT | EXCLUSIVE, 0, 'o'},
	{PRESENT | EXCLUSIVE | SOFTDIRTY, 0, 'o'},
	{PRESENT | EXCLUSIVE | SOFTDIRTY | 0x107c8b, 0x107c8b, 'o'},
	{PRESENT | SOFTDIRTY | 0x107c8b, 0x107c8b, 's'},
	{PRESENT | OF_FILE | 0x1, 0x1, 's'},
	{PRESENT | OF_FILE | EXCLUSIVE | 0x1, 0x1, 'o'},
	{PRESENT | PAGEMAP_FRAME, PAGEMAP_FRAME, 's'},
	{SWAPPED, 0, '~'},
	{SWAPPED | SOFTDIRTY | 0x40 << 5 | 1, 0, '~'},
	{SWAPPED | EXCLUSIVE | 0x20, 0, '~'},
	{SWAPPED | OF_FILE | 0x20, 0, '~'},
	{SWAPPED | PAGEMAP_GUARD, 0, '.'},
	{PRESENT | SWAPPED | 0x20, 0, '~'}, /* no kernel says so */
	{UINT64_MAX, 0, '.'},
};

START_TEST(recorded_words_are_understood)
{
	uint64_t word = recorded[_i].word;

	ck_assert_uint_eq(pagemap_frame(word), recorded[_i].frame);
	ck_assert_int_eq(pagemap_letter(word, NULL), recorded[_i].letter);
	ck_assert_int_eq(pagemap_is_numbered(&word, 1), recorded[_i].frame != 0);
}
END_TEST

START_TEST(flags_tell_the_zero_page_among_present_pages_only)
{
	uint64_t zero = KPAGE_ZERO, huge_zero = KPAGE_ZERO | KPAGE_THP,
		 other = KPAGE_ANON | KPAGE_KSM;

	ck_assert_int_eq(pagemap_letter(PRESENT | 5, &zero), 'z');
	ck_assert_int_eq(pagemap_letter(PRESENT | 5, &huge_zero), 'z');
	ck_assert_int_eq(pagemap_letter(PRESENT | 5, &other), 's');
	ck_assert_int_eq(pagemap_letter(PRESENT | EXCLUSIVE | 5, &other), 'o');
	ck_assert_int_eq(pagemap_letter(SOFTDIRTY, &zero), '.');
	ck_assert_int_eq(pagemap_letter(SWAPPED | 5, &zero), '~');
}
END_TEST

START_TEST(one_number_is_enough_to_be_numbered)
{
	uint64_t words[] = {0, SWAPPED | 9, PRESENT, PRESENT | 9};

	ck_assert(!pagemap_is_numbered(words, 0));
	ck_assert(!pagemap_is_numbered(words, 3));
	ck_assert(pagemap_is_numbered(words, 4));
}
END_TEST

/* --- Strips ---------------------------------------------------------------------------------- */

static void draw_as(const char *letters, size_t count, uint64_t *words, uint64_t *flags)
{
	for (size_t i = 0; i < count; i++) {
		char letter = letters[i % strlen(letters)];
		words[i] = letter == '.'   ? SOFTDIRTY
			   : letter == '~' ? SWAPPED | 3
			   : letter == 'o' ? PRESENT | EXCLUSIVE | 8
					   : PRESENT | 8;
		flags[i] = letter == 'z' ? KPAGE_ZERO : 0;
	}
}

START_TEST(up_to_64_pages_are_letters)
{
	uint64_t words[64], flags[64];
	char text[65];

	draw_as(".oszzs~o", 64, words, flags);
	pagemap_draw(words, flags, 8, text, sizeof(text));
	ck_assert_str_eq(text, ".oszzs~o");
	pagemap_draw(words, NULL, 8, text, sizeof(text));
	ck_assert_str_eq(text, ".ossss~o");
	pagemap_draw(words, flags, 64, text, sizeof(text));
	ck_assert_uint_eq(strlen(text), 64);
	pagemap_draw(words, flags, 0, text, sizeof(text));
	ck_assert_str_eq(text, "");
}
END_TEST

START_TEST(more_pages_are_runs)
{
	static uint64_t words[300], flags[300];
	char text[100];

	draw_as("o", 256, words, flags);
	draw_as(".", 12, words + 256, flags + 256);
	pagemap_draw(words, flags, 268, text, sizeof(text));
	ck_assert_str_eq(text, "o*256 .*12");
	pagemap_draw(words, flags, 65, text, sizeof(text));
	ck_assert_str_eq(text, "o*65");
	draw_as("z", 1, words + 100, flags + 100);
	pagemap_draw(words, flags, 268, text, sizeof(text));
	ck_assert_str_eq(text, "o*100 z o*155 .*12");
}
END_TEST

START_TEST(a_drawing_is_cut_to_fit)
{
	static uint64_t words[300], flags[300];
	static const char whole[] = "o*100 z o*155 .*12";

	draw_as("o", 256, words, flags);
	draw_as(".", 12, words + 256, flags + 256);
	draw_as("z", 1, words + 100, flags + 100);
	for (size_t count = 1; count <= 268; count += 267) {
		for (size_t size = 0; size <= sizeof(whole); size++) {
			char *text = malloc(size + 1); /* a sanitizer guards its end */
			text[size] = '!';
			pagemap_draw(words, flags, count, text, size);
			ck_assert_int_eq(text[size], '!');
			if (size > 0 && count > 1) {
				size_t length = strlen(text);
				ck_assert_uint_lt(length, size);
				ck_assert_int_eq(strncmp(text, whole, length), 0);
				ck_assert(whole[length] == ' ' || whole[length] == '\0' ||
					  length == 0);
			}
			free(text);
		}
	}
	char text[5];
	draw_as(".", 64, words, flags);
	pagemap_draw(words, flags, 64, text, sizeof(text));
	ck_assert_str_eq(text, "....");
}
END_TEST

/* --- Recordings ------------------------------------------------------------------------------ */

enum { MANY = 150000 };
static uint64_t many[MANY];

/* A file of length bytes: the words of present pages with the numbers 1, 2, 3 ... */
static int recording(size_t length)
{
	static uint64_t words[MANY];
	int fd = memfd_create("recording", MFD_CLOEXEC);

	ck_assert_int_ge(fd, 0);
	ck_assert_uint_le(length, sizeof(words));
	for (size_t i = 0; i < MANY; i++) {
		words[i] = PRESENT | (i + 1);
	}
	for (size_t done = 0; done < length;) {
		ssize_t got = write(fd, (char *)words + done, length - done);
		ck_assert_int_gt(got, 0);
		done += (size_t)got;
	}
	return fd;
}

/* One assertion for all words: each costs check a system call. */
static void assert_recorded(size_t first, size_t count)
{
	size_t right = 0;

	while (right < count && many[right] == (PRESENT | (first + right + 1))) {
		right++;
	}
	ck_assert_uint_eq(right, count);
}

START_TEST(a_recording_is_read_from_any_page_on)
{
	int fd = recording(20 * 8);

	ck_assert_int_eq(pagemap_read_from(fd, 0, 20, many), 0);
	assert_recorded(0, 20);
	ck_assert_int_eq(pagemap_read_from(fd, 7, 3, many), 0);
	assert_recorded(7, 3);
	ck_assert_int_eq(pagemap_read_from(fd, 19, 1, many), 0);
	assert_recorded(19, 1);
	ck_assert_int_eq(pagemap_read_from(fd, 20, 0, many), 0);
}
END_TEST

START_TEST(a_long_recording_takes_few_reads)
{
	int fd = recording(MANY * 8);

	preads = 0;
	ck_assert_int_eq(pagemap_read_from(fd, 0, MANY, many), 0);
	assert_recorded(0, MANY);
	ck_assert_uint_le(preads, 3);
}
END_TEST

START_TEST(what_is_not_there_is_no_data)
{
	int fd = recording(20 * 8);

	ck_assert_int_eq(pagemap_read_from(fd, 0, 21, many), -ENODATA);
	ck_assert_int_eq(pagemap_read_from(fd, 20, 1, many), -ENODATA);
	ck_assert_int_eq(pagemap_read_from(fd, 1000000, 1, many), -ENODATA);
	for (size_t length = 0; length < 16; length++) {
		ck_assert_int_eq(pagemap_read_from(recording(length), 0, 2, many), -ENODATA);
	}
}
END_TEST

START_TEST(figures_beyond_any_file_are_refused)
{
	int fd = recording(16);

	ck_assert_int_eq(pagemap_read_from(fd, UINT64_MAX, 1, many), -EOVERFLOW);
	ck_assert_int_eq(pagemap_read_from(fd, UINT64_MAX / 8, 1, many), -EOVERFLOW);
	ck_assert_int_eq(pagemap_read_from(fd, INT64_MAX / 8, 1, many), -EOVERFLOW);
	ck_assert_int_eq(pagemap_read_from(fd, 0, SIZE_MAX, many), -EOVERFLOW);
	ck_assert_int_eq(pagemap_read_from(fd, 0, SIZE_MAX / 8 + 1, many), -EOVERFLOW);
	ck_assert_int_eq(pagemap_read_from(fd, UINT64_MAX, SIZE_MAX, many), -EOVERFLOW);
	ck_assert_int_eq(pagemap_read_from(fd, INT64_MAX / 8, 0, many), 0);
}
END_TEST

START_TEST(descriptors_that_cannot_be_read_tell_so)
{
	int fd = recording(16), ends[2];

	close(fd);
	ck_assert_int_eq(pagemap_read_from(fd, 0, 1, many), -EBADF);
	ck_assert_int_eq(pagemap_read_from(-1, 0, 1, many), -EBADF);
	ck_assert_int_eq(pipe(ends), 0);
	ck_assert_int_eq(pagemap_read_from(ends[0], 0, 1, many), -ESPIPE);
	ck_assert_int_eq(pagemap_read_from(ends[1], 0, 1, many), -ESPIPE);
	fd = open("/", O_RDONLY);
	ck_assert_int_eq(pagemap_read_from(fd, 0, 1, many), -EISDIR);
}
END_TEST

START_TEST(pieces_and_interruptions_are_put_together)
{
	int fd = recording(100 * 8 + 3);

	world = _i;
	ck_assert_int_eq(pagemap_read_from(fd, 3, 97, many), 0);
	assert_recorded(3, 97);
	ck_assert_int_eq(pagemap_read_from(fd, 3, 98, many), -ENODATA);
}
END_TEST

/* --- Real memory ------------------------------------------------------------------------------ */

START_TEST(fresh_pages_are_absent_until_touched)
{
	char *area = fresh_pages_map(6);

	if (!machine_shows_exclusive()) {
		return;
	}
	assert_drawn(0, area, 6, "......");
	fresh_pages_write(area, 1);
	fresh_pages_write(area, 4);
	assert_drawn(0, area, 6, ".o..o.");
	assert_drawn(getpid(), area, 6, ".o..o.");
	ck_assert_int_eq(madvise(area, 3 * machine_page_size(), MADV_DONTNEED), 0);
	assert_drawn(0, area, 6, "....o.");
	ck_assert_int_eq(munmap(area, 6 * machine_page_size()), 0);
	assert_drawn(0, area, 6, "......");
}
END_TEST

START_TEST(an_address_means_its_page)
{
	char *area = fresh_pages_map(3);
	size_t last_byte = machine_page_size() - 1;

	if (!machine_shows_exclusive()) {
		return;
	}
	fresh_pages_write(area, 1);
	assert_drawn(0, area + last_byte, 2, ".o");
	assert_drawn(0, area + machine_page_size() + last_byte, 2, "o.");
}
END_TEST

START_TEST(no_page_needs_no_words)
{
	if (machine_shows_presence()) {
		ck_assert_int_eq(pagemap_read(0, many, 0, NULL), 0);
	}
}
END_TEST

START_TEST(a_large_range_comes_in_order)
{
	char *area = fresh_pages_map(MANY);

	if (!machine_shows("room for a large range", area != NULL) || !machine_shows_presence()) {
		return;
	}
	for (size_t page = 0; page < MANY; page += 4999) {
		fresh_pages_write(area, page);
	}
	preads = 0;
	ck_assert_int_eq(pagemap_read(0, area, MANY, many), 0);
	ck_assert_uint_le(preads, 3);
	size_t right = 0;
	while (right < MANY && !!(many[right] & PRESENT) == (right % 4999 == 0)) {
		right++;
	}
	ck_assert_uint_eq(right, MANY);
}
END_TEST

START_TEST(a_page_only_read_is_the_zero_page)
{
	char *area = fresh_pages_map(3);
	uint64_t words[3], flags[3];
	char text[4];

	if (!machine_shows_exclusive()) {
		return;
	}
	fresh_pages_read(area, 0);
	fresh_pages_write(area, 1);
	assert_drawn(0, area, 3, "so.");
	if (!machine_shows_flags()) {
		return;
	}
	ck_assert_int_eq(pagemap_read(0, area, 3, words), 0);
	ck_assert_int_eq(kpageflags_read(words, 3, flags), 0);
	pagemap_draw(words, flags, 3, text, sizeof(text));
	ck_assert_str_eq(text, "zo.");
	ck_assert_uint_eq(flags[2], 0);
}
END_TEST

static void write_second_page(char *area)
{
	fresh_pages_write(area, 1);
}

START_TEST(forked_pages_are_shared_until_written)
{
	char *area = fresh_pages_map(4);

	if (!machine_shows_exclusive()) {
		return;
	}
	for (size_t page = 0; page < 3; page++) {
		fresh_pages_write(area, page);
	}
	struct companion child = start_companion(write_second_page, area);
	assert_drawn(0, area, 4, "sos.");
	assert_drawn(child.process, area, 4, "sos.");
	if (machine_shows_numbers()) {
		uint64_t here[3], there[3];
		ck_assert_int_eq(pagemap_read(0, area, 3, here), 0);
		ck_assert_int_eq(pagemap_read(child.process, area, 3, there), 0);
		for (size_t page = 0; page < 3; page++) {
			ck_assert_int_eq(pagemap_frame(here[page]) == pagemap_frame(there[page]),
					 page != 1);
		}
	}
	end_companion(child);
	assert_drawn(0, area, 4, "ooo.");
}
END_TEST

static void read_each_page(char *area)
{
	for (size_t page = 0; page < 3; page++) {
		fresh_pages_read(area, page);
	}
}

START_TEST(shared_memory_is_of_a_file)
{
	uint64_t words[3];
	char *area = mmap(NULL, 3 * machine_page_size(), PROT_READ | PROT_WRITE,
			  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	ck_assert_ptr_ne(area, MAP_FAILED);

	if (!machine_shows_exclusive()) {
		return;
	}
	for (size_t page = 0; page < 3; page++) {
		fresh_pages_write(area, page);
	}
	ck_assert_int_eq(pagemap_read(0, area, 3, words), 0);
	for (size_t page = 0; page < 3; page++) {
		ck_assert(words[page] & OF_FILE);
	}
	struct companion child = start_companion(read_each_page, area);
	assert_drawn(0, area, 3, "sss");
	end_companion(child);
}
END_TEST

START_TEST(a_memfd_mapped_twice_has_one_frame_behind_both)
{
	size_t size = machine_page_size();
	uint64_t first[2], second[2];
	int fd = memfd_create("twice", MFD_CLOEXEC);

	ck_assert_int_eq(ftruncate(fd, (off_t)(2 * size)), 0);
	char *a = mmap(NULL, 2 * size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	char *b = mmap(NULL, 2 * size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (!machine_shows_exclusive()) {
		return;
	}
	for (size_t page = 0; page < 2; page++) {
		fresh_pages_write(a, page);
		fresh_pages_write(b, page);
	}
	assert_drawn(0, a, 2, "ss");
	ck_assert_int_eq(pagemap_read(0, a, 2, first), 0);
	ck_assert_int_eq(pagemap_read(0, b, 2, second), 0);
	for (size_t page = 0; page < 2; page++) {
		ck_assert(first[page] & second[page] & OF_FILE);
		ck_assert_uint_eq(pagemap_frame(first[page]), pagemap_frame(second[page]));
	}
	ck_assert_int_eq(pagemap_is_numbered(first, 2), machine_shows_numbers());
}
END_TEST

START_TEST(a_guard_page_is_absent)
{
	enum { GUARD_INSTALL = 102 }; /* MADV_GUARD_INSTALL, Linux 6.13 */
	char *area = fresh_pages_map(2);
	uint64_t word;

	if (!machine_shows_presence()) {
		return;
	}
	fresh_pages_write(area, 0);
	if (madvise(area, machine_page_size(), GUARD_INSTALL) != 0) {
		puts("left out: this machine has no guard pages");
		return;
	}
	ck_assert_int_eq(pagemap_read(0, area, 1, &word), 0);
	if (word & PAGEMAP_GUARD) {
		ck_assert_int_eq(pagemap_letter(word, NULL), '.');
	}
	ck_assert_uint_eq(pagemap_frame(word), 0);
}
END_TEST

START_TEST(processes_and_addresses_that_do_not_exist_are_refused)
{
	uint64_t word = 0;
	pid_t child = fork();

	if (child == 0) {
		_exit(0);
	}
	ck_assert_int_eq(waitpid(child, NULL, 0), child);
	ck_assert_int_lt(pagemap_read(child, &word, 1, &word), 0);
	ck_assert_int_eq(pagemap_read(INT_MAX, &word, 1, &word), -ENOENT);
	ck_assert_int_eq(pagemap_read(-1, &word, 1, &word), -EINVAL);
	ck_assert_int_eq(pagemap_read(INT_MIN, &word, 1, &word), -EINVAL);
	if (machine_shows_presence()) {
		const void *last = (const void *)(UINTPTR_MAX - machine_page_size() + 1);
		ck_assert_int_eq(pagemap_read(0, last, 1, &word), -ENODATA);
		ck_assert_int_lt(pagemap_read(0, last, 1000, many), 0);
		ck_assert_int_eq(pagemap_read(0, NULL, SIZE_MAX, many), -EOVERFLOW);
	}
}
END_TEST

START_TEST(a_zombie_has_no_pages)
{
	uint64_t word = 0;
	siginfo_t info;
	pid_t child = fork();

	if (child == 0) {
		_exit(0);
	}
	ck_assert_int_eq(waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT), 0);
	ck_assert_int_lt(pagemap_read(child, &word, 1, &word), 0);
	ck_assert_int_eq(waitpid(child, NULL, 0), child);
}
END_TEST

/* --- Frames ---------------------------------------------------------------------------------- */

START_TEST(flags_and_counts_belong_to_their_pages)
{
	enum { PAGES = 600 };
	static uint64_t words[PAGES], flags[PAGES], counts[PAGES];
	char *area = fresh_pages_map(PAGES);

	if (!machine_shows_flags()) {
		return;
	}
	for (size_t page = 0; page < PAGES; page++) {
		if (page % 7 == 3) {
			continue;
		}
		if (page % 5 == 2 || page % 50 == 1) {
			fresh_pages_read(area, page);
		} else {
			fresh_pages_write(area, page);
		}
	}
	ck_assert_int_eq(pagemap_read(0, area, PAGES, words), 0);
	ck_assert_int_eq(kpageflags_read(words, PAGES, flags), 0);
	for (size_t page = 0; page < PAGES; page++) {
		bool absent = page % 7 == 3, read = page % 5 == 2 || page % 50 == 1;
		uint64_t kind = flags[page] & (KPAGE_ZERO | KPAGE_ANON);
		ck_assert_uint_eq(kind, absent ? 0 : read ? KPAGE_ZERO : KPAGE_ANON);
	}
	if (!machine_shows("mapping counts", access("/proc/kpagecount", R_OK) == 0)) {
		return;
	}
	ck_assert_int_eq(kpagecount_read(words, PAGES, counts), 0);
	ck_assert_uint_eq(counts[0], 1);
	ck_assert_uint_eq(counts[3], 0);
	struct companion child = start_companion(NULL, NULL);
	ck_assert_int_eq(kpagecount_read(words, PAGES, counts), 0);
	ck_assert_uint_eq(counts[0], 2);
	end_companion(child);
}
END_TEST

START_TEST(pages_without_a_number_have_no_flags)
{
	uint64_t words[] = {0, SOFTDIRTY, SWAPPED | 5, PRESENT, PRESENT | EXCLUSIVE};
	uint64_t flags[] = {1, 1, 1, 1, 1}, counts[] = {1, 1, 1, 1, 1};

	int expected = 0, fd = open("/proc/kpageflags", O_RDONLY);
	if (fd < 0) {
		expected = -errno; /* told even though there is nothing to look up */
	}
	ck_assert_int_eq(kpageflags_read(words, 5, flags), expected);
	ck_assert_int_eq(kpageflags_read(words, 0, flags), expected);
	for (size_t page = 0; page < 5; page++) {
		ck_assert_uint_eq(flags[page], expected == 0 ? 0 : 1);
	}
	if (kpagecount_read(words, 5, counts) == 0) {
		for (size_t page = 0; page < 5; page++) {
			ck_assert_uint_eq(counts[page], 0);
		}
	}
}
END_TEST

START_TEST(frames_beyond_memory_are_no_data)
{
	uint64_t words[] = {PRESENT | PAGEMAP_FRAME, PRESENT | (PAGEMAP_FRAME - 1)};
	uint64_t flags[2];

	if (!machine_shows_flags()) {
		return;
	}
	ck_assert_int_eq(kpageflags_read(words, 1, flags), -ENODATA);
	ck_assert_int_eq(kpageflags_read(words + 1, 1, flags), -ENODATA);
	ck_assert_int_eq(kpagecount_read(words, 2, flags), -ENODATA);
}
END_TEST

/* --- Proofs ---------------------------------------------------------------------------------- */

START_TEST(proofs_say_what_this_machine_shows)
{
	ck_assert_int_eq(pagemap_proves_presence(), machine_shows_presence());
	ck_assert_int_eq(pagemap_proves_exclusive(), machine_shows_exclusive());
	ck_assert_int_eq(pagemap_proves_numbers(), machine_shows_numbers());
	ck_assert_int_eq(kpageflags_proves_itself(), machine_shows_flags());
}
END_TEST

START_TEST(proofs_of_numbers_fall_with_the_privilege)
{
	if (!machine_shows_numbers() || setuid(65534) != 0) {
		puts("left out: no privilege to give up");
		return;
	}
	ck_assert_int_eq(prctl(PR_SET_DUMPABLE, 1), 0);
	ck_assert(!pagemap_proves_numbers());
	ck_assert(!kpageflags_proves_itself());
	ck_assert(pagemap_proves_presence());
	ck_assert(pagemap_proves_exclusive());
}
END_TEST

static const struct {
	bool (*proof)(void);
	int world;
} lies[] = {
	{pagemap_proves_presence, ALL_ABSENT},        {pagemap_proves_presence, ALL_ONES},
	{pagemap_proves_presence, ALL_TOUCHED},       {pagemap_proves_presence, ALL_SWAPPED},
	{pagemap_proves_presence, BYTES_SWAPPED},     {pagemap_proves_presence, NOTHING_TO_READ},
	{pagemap_proves_presence, ALWAYS_FAILING},    {pagemap_proves_exclusive, ALL_ABSENT},
	{pagemap_proves_exclusive, ALL_ONES},         {pagemap_proves_exclusive, ALL_TOUCHED},
	{pagemap_proves_exclusive, ALWAYS_EXCLUSIVE}, {pagemap_proves_exclusive, NEVER_EXCLUSIVE},
	{pagemap_proves_exclusive, NOTHING_TO_READ},  {pagemap_proves_exclusive, ALWAYS_FAILING},
	{pagemap_proves_numbers, ALL_ABSENT},         {pagemap_proves_numbers, ALL_ONES},
	{pagemap_proves_numbers, ALL_SWAPPED},        {pagemap_proves_numbers, NUMBERS_HIDDEN},
	{pagemap_proves_numbers, ONE_NUMBER},         {pagemap_proves_numbers, NOTHING_TO_READ},
	{pagemap_proves_numbers, ALWAYS_FAILING},     {kpageflags_proves_itself, ALL_ABSENT},
	{kpageflags_proves_itself, ALL_ONES},         {kpageflags_proves_itself, ALL_TOUCHED},
	{kpageflags_proves_itself, NUMBERS_HIDDEN},   {kpageflags_proves_itself, ONE_NUMBER},
	{kpageflags_proves_itself, NOTHING_TO_READ},  {kpageflags_proves_itself, ALWAYS_FAILING},
};

START_TEST(proofs_fail_in_worlds_that_lie)
{
	world = lies[_i].world;
	ck_assert(!lies[_i].proof());
}
END_TEST

static void run_all_proofs(void)
{
	pagemap_proves_presence();
	pagemap_proves_exclusive();
	pagemap_proves_numbers();
	kpageflags_proves_itself();
}

static size_t read_maps(char *text, size_t size)
{
	size_t used = 0;
	int fd = open("/proc/self/maps", O_RDONLY);

	for (ssize_t got; fd >= 0 && (got = read(fd, text + used, size - used)) > 0;) {
		used += (size_t)got;
	}
	close(fd);
	return used;
}

static int next_descriptor(void)
{
	int fd = dup(STDOUT_FILENO);

	close(fd);
	return fd;
}

/* With no descriptor left, with one, and so on: whichever of the calls fails, nothing stays. */
START_TEST(proofs_leave_nothing_behind)
{
	static char before[256 * 1024], after[sizeof(before)];
	int descriptor = next_descriptor();
	struct rlimit usual, few;

	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &usual), 0);
	few = usual;
	run_all_proofs(); /* so that what the program maps once is there */
	size_t length = read_maps(before, sizeof(before));
	for (int spare = 0; spare <= 6; spare++) {
		few.rlim_cur = (rlim_t)(descriptor + spare);
		ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &few), 0);
		if (spare == 0) {
			ck_assert(!pagemap_proves_presence());
			ck_assert(!pagemap_proves_numbers());
			ck_assert(!kpageflags_proves_itself());
		}
		if (spare < 4) {
			ck_assert(!pagemap_proves_exclusive());
		}
		run_all_proofs();
		ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &usual), 0);
		ck_assert_int_eq(next_descriptor(), descriptor);
		ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
		ck_assert_int_eq(errno, ECHILD);
		ck_assert_uint_eq(read_maps(after, sizeof(after)), length);
		ck_assert_int_eq(memcmp(before, after, length), 0);
	}
}
END_TEST

START_TEST(proofs_fail_without_memory)
{
	struct rlimit usual, none;

	ck_assert_int_eq(getrlimit(RLIMIT_AS, &usual), 0);
	none = usual;
	none.rlim_cur = 0;
	ck_assert_int_eq(setrlimit(RLIMIT_AS, &none), 0);
	bool proven = pagemap_proves_presence() || pagemap_proves_exclusive() ||
		      pagemap_proves_numbers() || kpageflags_proves_itself();
	ck_assert_int_eq(setrlimit(RLIMIT_AS, &usual), 0);
	ck_assert(!proven);
}
END_TEST

START_TEST(the_exclusive_proof_bears_an_ignored_sigchld)
{
	signal(SIGCHLD, SIG_IGN);
	bool proven = pagemap_proves_exclusive();
	signal(SIGCHLD, SIG_DFL);
	ck_assert_int_eq(proven, machine_shows_exclusive());
}
END_TEST

int main(void)
{
	TCase *words = tcase_create("words");
	tcase_add_loop_test(words, recorded_words_are_understood, 0,
			    sizeof(recorded) / sizeof(*recorded));
	tcase_add_test(words, flags_tell_the_zero_page_among_present_pages_only);
	tcase_add_test(words, one_number_is_enough_to_be_numbered);

	TCase *strips = tcase_create("strips");
	tcase_add_test(strips, up_to_64_pages_are_letters);
	tcase_add_test(strips, more_pages_are_runs);
	tcase_add_test(strips, a_drawing_is_cut_to_fit);

	TCase *recordings = tcase_create("recordings");
	tcase_add_test(recordings, a_recording_is_read_from_any_page_on);
	tcase_add_test(recordings, a_long_recording_takes_few_reads);
	tcase_add_test(recordings, what_is_not_there_is_no_data);
	tcase_add_test(recordings, figures_beyond_any_file_are_refused);
	tcase_add_test(recordings, descriptors_that_cannot_be_read_tell_so);
	tcase_add_loop_test(recordings, pieces_and_interruptions_are_put_together, BYTE_BY_BYTE,
			    INTERRUPTED + 1);

	TCase *memory = tcase_create("real memory");
	tcase_add_test(memory, fresh_pages_are_absent_until_touched);
	tcase_add_test(memory, an_address_means_its_page);
	tcase_add_test(memory, no_page_needs_no_words);
	tcase_add_test(memory, a_large_range_comes_in_order);
	tcase_add_test(memory, a_page_only_read_is_the_zero_page);
	tcase_add_test(memory, forked_pages_are_shared_until_written);
	tcase_add_test(memory, shared_memory_is_of_a_file);
	tcase_add_test(memory, a_memfd_mapped_twice_has_one_frame_behind_both);
	tcase_add_test(memory, a_guard_page_is_absent);
	tcase_add_test(memory, processes_and_addresses_that_do_not_exist_are_refused);
	tcase_add_test(memory, a_zombie_has_no_pages);

	TCase *frames = tcase_create("frames");
	tcase_add_test(frames, flags_and_counts_belong_to_their_pages);
	tcase_add_test(frames, pages_without_a_number_have_no_flags);
	tcase_add_test(frames, frames_beyond_memory_are_no_data);

	TCase *proofs = tcase_create("proofs");
	tcase_add_test(proofs, proofs_say_what_this_machine_shows);
	tcase_add_test(proofs, proofs_of_numbers_fall_with_the_privilege);
	tcase_add_loop_test(proofs, proofs_fail_in_worlds_that_lie, 0,
			    sizeof(lies) / sizeof(*lies));
	tcase_add_test(proofs, proofs_leave_nothing_behind);
	tcase_add_test(proofs, proofs_fail_without_memory);
	tcase_add_test(proofs, the_exclusive_proof_bears_an_ignored_sigchld);

	Suite *suite = suite_create("page map");
	suite_add_tcase(suite, words);
	suite_add_tcase(suite, strips);
	suite_add_tcase(suite, recordings);
	suite_add_tcase(suite, memory);
	suite_add_tcase(suite, frames);
	suite_add_tcase(suite, proofs);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
