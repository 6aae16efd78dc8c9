/* SPDX-License-Identifier: MIT */
/*
 * Residency: texts of /proc/PID/status as they are and as they should never be, and memory of which
 * it is known what is there. What a machine does not tell (mincore of untouched memory, VmPTE) is
 * left out where a probe without the instrument finds it missing.
 */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "instruments/fresh_pages.h"
#include "instruments/page_size.h"
#include "instruments/residency.h"

static bool machine_tells(const char *what, bool tells)
{
	if (!tells) {
		printf("left out: this machine tells no %s\n", what);
	}
	return tells;
}

static bool machine_tells_residency(void)
{
	unsigned char told[2];
	char *area = fresh_pages_map(2);

	fresh_pages_write(area, 1);
	bool tells = mincore(area, 2 * machine_page_size(), told) == 0 && !(told[0] & 1) &&
		     (told[1] & 1);
	fresh_pages_unmap(area, 2);
	return machine_tells("residency of fresh memory", tells);
}

static bool machine_tells_tables(void)
{
	static char text[1024 * 1024];
	size_t used = 0;
	int fd = open("/proc/self/status", O_RDONLY);

	for (ssize_t got; fd >= 0 && (got = read(fd, text + used, sizeof(text) - 1 - used)) > 0;) {
		used += (size_t)got;
	}
	close(fd);
	return machine_tells("VmPTE", strstr(text, "\nVmPTE:") != NULL);
}

/* --- Texts ----------------------------------------------------------------------------------- */

static const struct {
	const char *text, *name;
	int error;
	uint64_t bytes;
} texts[] = {
	{"VmPTE:\t      44 kB\n", "VmPTE", 0, 44 * 1024},
	{"VmPTE:\t      44 kB", "VmPTE", 0, 44 * 1024},
	{"VmPTE:44 kB\n", "VmPTE", 0, 44 * 1024},
	{"VmPTE: 44kB\n", "VmPTE", 0, 44 * 1024},
	{"VmPTE:\t       0 kB\n", "VmPTE", 0, 0},
	{"Name:\ta VmPTE: 1 kB\nVmPeak: 2 kB\nVmPTE: 3 kB\n", "VmPTE", 0, 3 * 1024},
	{"\n\n\nVmPTE: 3 kB\n", "VmPTE", 0, 3 * 1024},
	{"VmPTE: 3 kB\nVmPTE: 4 kB\n", "VmPTE", 0, 3 * 1024},
	{"VmPTE: 000000000000000000000000000000000000007 kB\n", "VmPTE", 0, 7 * 1024},
	/* 2^54 - 1 kB is the last that 64 bits of bytes can hold */
	{"VmSize: 18014398509481983 kB\n", "VmSize", 0, UINT64_MAX - 1023},
	{"VmSize: 18014398509481984 kB\n", "VmSize", -EOVERFLOW, 0},
	{"VmSize: 18446744073709551615 kB\n", "VmSize", -EOVERFLOW, 0},
	{"VmSize: 18446744073709551617 kB\n", "VmSize", -EOVERFLOW, 0},
	{"VmSize: 184467440737095516160000000000000000000001 kB\n", "VmSize", -EOVERFLOW, 0},
	{"", "VmPTE", -ENOENT, 0},
	{"\n", "VmPTE", -ENOENT, 0},
	{"VmPTE", "VmPTE", -ENOENT, 0},
	{"VmPTE\n: 3 kB\n", "VmPTE", -ENOENT, 0},
	{"VmPTEs: 3 kB\n", "VmPTE", -ENOENT, 0},
	{"xVmPTE: 3 kB\n", "VmPTE", -ENOENT, 0},
	{" VmPTE: 3 kB\n", "VmPTE", -ENOENT, 0},
	{"VmPT: 3 kB\n", "VmPTE", -ENOENT, 0},
	{"vmpte: 3 kB\n", "VmPTE", -ENOENT, 0},
	{"VmPTE: 3 kB\n", "", -ENOENT, 0},
	{"VmPTE:", "VmPTE", -EINVAL, 0},
	{"VmPTE:\n", "VmPTE", -EINVAL, 0},
	{"VmPTE:\t\n3 kB\n", "VmPTE", -EINVAL, 0},
	{"VmPTE: 3\n", "VmPTE", -EINVAL, 0},
	{"VmPTE: 3 k", "VmPTE", -EINVAL, 0},
	{"VmPTE: 3 MB\n", "VmPTE", -EINVAL, 0},
	{"VmPTE: 3 kBs\n", "VmPTE", -EINVAL, 0},
	{"VmPTE: 3 kB \n", "VmPTE", -EINVAL, 0},
	{"VmPTE: kB\n", "VmPTE", -EINVAL, 0},
	{"VmPTE: -3 kB\n", "VmPTE", -EINVAL, 0},
	{"VmPTE: 0x3 kB\n", "VmPTE", -EINVAL, 0},
	{"VmPTE: 3 4 kB\n", "VmPTE", -EINVAL, 0},
	{"Threads:\t1\n", "Threads", -EINVAL, 0},
	{"Name:\tcat\n", "Name", -EINVAL, 0},
};

START_TEST(texts_give_their_figure_or_say_why_not)
{
	uint64_t bytes = 12345;
	size_t length = strlen(texts[_i].text);
	char *exact = malloc(length + 1); /* a sanitizer guards its end */

	memcpy(exact, texts[_i].text, length);
	int error = residency_figure(exact, length, texts[_i].name, &bytes);
	free(exact);
	ck_assert_int_eq(error, texts[_i].error);
	ck_assert_uint_eq(bytes, error == 0 ? texts[_i].bytes : 12345);
}
END_TEST

START_TEST(a_text_cut_anywhere_gives_no_wrong_figure)
{
	static const char text[] = "Name:\tx\nVmPTE:\t 123 kB\nVmSize:\t 45 kB\n";
	size_t whole = (size_t)(strstr(text, "kB") - text) + 2;

	for (size_t length = 0; length < sizeof(text); length++) {
		char *cut = malloc(length + 1);
		uint64_t bytes = 0;
		memcpy(cut, text, length);
		int error = residency_figure(cut, length, "VmPTE", &bytes);
		free(cut);
		if (length < whole) {
			ck_assert_int_lt(error, 0);
		} else {
			ck_assert_uint_eq(bytes, 123 * 1024);
		}
	}
}
END_TEST

START_TEST(zero_bytes_in_a_text_end_nothing)
{
	static const char text[] = "Name:\ta\0b\nVmPTE: 3 kB\nVmSize: 3\0 kB\n";
	uint64_t bytes;

	ck_assert_int_eq(residency_figure(text, sizeof(text) - 1, "VmPTE", &bytes), 0);
	ck_assert_uint_eq(bytes, 3 * 1024);
	ck_assert_int_eq(residency_figure(text, sizeof(text) - 1, "VmSize", &bytes), -EINVAL);
}
END_TEST

/* --- This process's status ----------------------------------------------------------------------
 */

START_TEST(the_kernels_own_text_is_understood)
{
	uint64_t bytes = 12345;

	if (!machine_tells("status", access("/proc/self/status", R_OK) == 0)) {
		return;
	}
	ck_assert_int_eq(residency_status("VmSize", &bytes), 0);
	ck_assert_uint_gt(bytes, machine_page_size());
	bytes = 12345;
	ck_assert_int_eq(residency_status("VmNothing", &bytes), -ENOENT);
	ck_assert_int_eq(residency_status("Name", &bytes), -EINVAL);
	ck_assert_int_eq(residency_status("Threads", &bytes), -EINVAL);
	ck_assert_int_eq(residency_status("", &bytes), -ENOENT);
	ck_assert_uint_eq(bytes, 12345);
	if (machine_tells_tables()) {
		ck_assert_int_eq(residency_status("VmPTE", &bytes), 0);
	}
}
END_TEST

/* Its line of groups stands above the figures, and grows past any buffer. */
START_TEST(a_process_in_many_groups_is_understood)
{
	enum { GROUPS = 60000 };
	static gid_t groups[GROUPS];
	static const size_t counts[] = {300, 500, 700, 1000, 5000, GROUPS};
	uint64_t bytes, usual;

	if (!machine_tells_tables()) {
		return;
	}
	ck_assert_int_eq(residency_status("VmSize", &usual), 0);
	for (size_t i = 0; i < GROUPS; i++) {
		groups[i] = (gid_t)(1000000000 + i);
	}
	for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++) {
		if (setgroups(counts[i], groups) != 0) {
			puts("left out: no privilege to join groups");
			return;
		}
		ck_assert_int_eq(residency_status("VmSize", &bytes), 0);
		ck_assert_uint_eq(bytes, usual);
		ck_assert_int_eq(residency_status("VmPTE", &bytes), 0);
		ck_assert_int_eq(residency_status("Groups", &bytes) < 0, true);
		ck_assert_int_eq(residency_status("VmNothing", &bytes), -ENOENT);
	}
	/* Every length of the line near the buffer's: the figures' lines are split everywhere. */
	for (size_t count = 200; count < 800; count++) {
		ck_assert_int_eq(setgroups(count, groups), 0);
		ck_assert_int_eq(residency_status("VmSize", &bytes), 0);
		ck_assert_uint_eq(bytes, usual);
	}
}
END_TEST

START_TEST(the_proof_agrees_with_the_machine)
{
	bool tells = machine_tells_tables();

	for (int round = 0; round < 20; round++) {
		ck_assert_int_eq(residency_proves_status(), tells);
	}
}
END_TEST

START_TEST(the_proof_leaves_nothing_behind)
{
	uint64_t before, after;

	if (!machine_tells_tables()) {
		return;
	}
	residency_proves_status();
	ck_assert_int_eq(residency_status("VmSize", &before), 0);
	int descriptor = dup(STDOUT_FILENO);
	for (int round = 0; round < 10; round++) {
		residency_proves_status();
	}
	ck_assert_int_eq(dup(STDOUT_FILENO), descriptor + 1);
	ck_assert_int_eq(residency_status("VmSize", &after), 0);
	ck_assert_uint_eq(before, after);
}
END_TEST

START_TEST(without_descriptors_or_memory_there_is_no_proof)
{
	uint64_t bytes;
	int resource = _i == 0 ? RLIMIT_NOFILE : RLIMIT_AS;
	struct rlimit usual, none;

	ck_assert_int_eq(getrlimit(resource, &usual), 0);
	none = usual;
	none.rlim_cur = 0;
	ck_assert_int_eq(setrlimit(resource, &none), 0);
	bool proven = residency_proves_status();
	int error = residency_status("VmSize", &bytes);
	ck_assert_int_eq(setrlimit(resource, &usual), 0);
	ck_assert(!proven);
	if (resource == RLIMIT_NOFILE) {
		ck_assert_int_eq(error, -EMFILE);
	}
}
END_TEST

/* --- mincore --------------------------------------------------------------------------------- */

START_TEST(touched_pages_are_in_memory)
{
	enum { PAGES = 10 };
	char *area = fresh_pages_map(PAGES);
	size_t found = 99;

	if (!machine_tells_residency()) {
		return;
	}
	ck_assert_int_eq(residency_count(area, PAGES, &found), 0);
	ck_assert_uint_eq(found, 0);
	fresh_pages_write(area, 0);
	fresh_pages_write(area, 7);
	ck_assert_int_eq(residency_count(area, PAGES, &found), 0);
	ck_assert_uint_eq(found, 2);
	ck_assert_int_eq(residency_count(area + machine_page_size(), PAGES - 1, &found), 0);
	ck_assert_uint_eq(found, 1);
	ck_assert_int_eq(residency_count(area, 0, &found), 0);
	ck_assert_uint_eq(found, 0);
	ck_assert_int_eq(madvise(area, PAGES * machine_page_size(), MADV_DONTNEED), 0);
	ck_assert_int_eq(residency_count(area, PAGES, &found), 0);
	ck_assert_uint_eq(found, 0);
}
END_TEST

START_TEST(a_large_range_is_counted_whole)
{
	enum { PAGES = 10000 };
	char *area = fresh_pages_map(PAGES);
	size_t found, touched = 0;

	if (!machine_tells("room for a large range", area != NULL) || !machine_tells_residency()) {
		return;
	}
	for (size_t page = 0; page < PAGES; page += 97, touched++) {
		fresh_pages_write(area, page);
	}
	ck_assert_int_eq(residency_count(area, PAGES, &found), 0);
	ck_assert_uint_eq(found, touched);
	fresh_pages_unmap(area + (PAGES - 1) * machine_page_size(), 1);
	ck_assert_int_eq(residency_count(area, PAGES, &found), -ENOMEM);
	ck_assert_uint_eq(found, touched);
}
END_TEST

START_TEST(a_files_pages_are_in_memory_before_they_are_mapped)
{
	size_t size = machine_page_size(), found;
	int fd = memfd_create("written", MFD_CLOEXEC);

	ck_assert_int_eq(ftruncate(fd, (off_t)(4 * size)), 0);
	ck_assert_int_eq(pwrite(fd, "x", 1, (off_t)(2 * size)), 1);
	char *area = mmap(NULL, 4 * size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (!machine_tells_residency()) {
		return;
	}
	ck_assert_int_eq(residency_count(area, 4, &found), 0);
	ck_assert_uint_eq(found, 1);
}
END_TEST

START_TEST(ranges_that_are_not_mapped_whole_are_refused)
{
	size_t size = machine_page_size(), found = 99;
	char *area = fresh_pages_map(3);

	fresh_pages_unmap(area + size, 1);
	ck_assert_int_eq(residency_count(area, 3, &found), -ENOMEM);
	ck_assert_int_eq(residency_count(area + size, 1, &found), -ENOMEM);
	ck_assert_int_eq(residency_count(area, SIZE_MAX, &found), -ENOMEM);
	ck_assert_int_eq(residency_count(area, SIZE_MAX / size, &found), -ENOMEM);
	ck_assert_int_eq(residency_count(area, SIZE_MAX / size + 2, &found), -ENOMEM);
	ck_assert_int_eq(residency_count((void *)(UINTPTR_MAX - size + 1), 1, &found), -ENOMEM);
	ck_assert_int_eq(residency_count((void *)(UINTPTR_MAX - size + 1), 2, &found), -ENOMEM);
	ck_assert_int_eq(residency_count(area + 1, 1, &found), -EINVAL);
	ck_assert_int_eq(residency_count(area + size - 1, 0, &found), -EINVAL);
	ck_assert_uint_eq(found, 99);
}
END_TEST

int main(void)
{
	TCase *figures = tcase_create("texts");
	tcase_add_loop_test(figures, texts_give_their_figure_or_say_why_not, 0,
			    sizeof(texts) / sizeof(*texts));
	tcase_add_test(figures, a_text_cut_anywhere_gives_no_wrong_figure);
	tcase_add_test(figures, zero_bytes_in_a_text_end_nothing);

	TCase *status = tcase_create("status");
	tcase_add_test(status, the_kernels_own_text_is_understood);
	tcase_add_test(status, a_process_in_many_groups_is_understood);
	tcase_add_test(status, the_proof_agrees_with_the_machine);
	tcase_add_test(status, the_proof_leaves_nothing_behind);
	tcase_add_loop_test(status, without_descriptors_or_memory_there_is_no_proof, 0, 2);

	TCase *memory = tcase_create("mincore");
	tcase_add_test(memory, touched_pages_are_in_memory);
	tcase_add_test(memory, a_large_range_is_counted_whole);
	tcase_add_test(memory, a_files_pages_are_in_memory_before_they_are_mapped);
	tcase_add_test(memory, ranges_that_are_not_mapped_whole_are_refused);

	Suite *suite = suite_create("residency");
	suite_add_tcase(suite, figures);
	suite_add_tcase(suite, status);
	suite_add_tcase(suite, memory);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
