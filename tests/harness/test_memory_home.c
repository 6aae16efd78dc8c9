/* SPDX-License-Identifier: MIT */
/* Our own memory cgroup: found where the kernel says that we are, and its kills are counted. */
#include <check.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "instruments/memory_home.h"
#include "instruments/text_file.h"

static char text[1 << 20];

static const char *in(const char *folder, const char *name)
{
	static char path[PATH_MAX];

	snprintf(path, sizeof path, "%s/%s", folder, name);
	return path;
}

static bool look_for_us(const struct memory_home *home, void *context)
{
	int *seen = context;
	char number[24];

	snprintf(number, sizeof number, "%d", (int)getpid());
	ck_assert(home->version == 1 || home->version == 2);
	ck_assert_int_eq(strncmp(home->folder, home->mount, strlen(home->mount)), 0);
	++*seen;
	/* A mount that shows only a part may not show us. */
	if (strcmp(home->folder, home->mount) != 0) {
		ck_assert_uint_gt(text_of_file(in(home->folder, "cgroup.procs"), text, sizeof text),
				  0);
		ck_assert(text_has_word(text, number, "\n"));
	}
	return true;
}

START_TEST(we_are_where_we_are_said_to_be)
{
	int seen = 0;

	ck_assert_int_eq(memory_home_each(look_for_us, &seen), 0);
}
END_TEST

static bool stop(const struct memory_home *home, void *context)
{
	++*(int *)context;
	return home->version == 0;
}

START_TEST(a_visit_can_be_the_last_one)
{
	int all = 0, visits = 0;

	ck_assert_int_eq(memory_home_each(look_for_us, &all), 0);
	ck_assert_int_eq(memory_home_each(stop, &visits), 0);
	ck_assert_int_eq(visits, all > 0);
}
END_TEST

static bool put(const char *path, const char *value)
{
	FILE *file = fopen(path, "w");
	bool done = file && fputs(value, file) >= 0;

	return file && fclose(file) == 0 && done;
}

/* A group of 8 MiB below ours, where there may be one; its folder. */
static bool make_group(const struct memory_home *home, void *context)
{
	static const char size[] = "8388608";
	char *folder = context;

	snprintf(folder, PATH_MAX, "%s/touchstone-test-%d", home->folder, (int)getpid());
	if (mkdir(folder, 0755) == 0) {
		if (put(in(folder, home->version == 1 ? "memory.limit_in_bytes" : "memory.max"),
			size)) {
			/* Without swap, where that can be said. */
			(void)(home->version == 1
				       ? put(in(folder, "memory.memsw.limit_in_bytes"), size)
				       : put(in(folder, "memory.swap.max"), "0"));
			return false;
		}
		rmdir(folder);
	}
	folder[0] = 0;
	return true;
}

/* In a child: joins the group, and counts the end of its own child, which takes too much. */
static int count_one_kill(const char *folder)
{
	enum { TOO_MUCH = 64 << 20 };
	int status = 0;

	if (!put(in(folder, "cgroup.procs"), "0")) {
		return 2;
	}

	long long before = memory_home_kills();
	pid_t child = fork();

	if (child == 0) {
		char *area = mmap(NULL, TOO_MUCH, PROT_READ | PROT_WRITE,
				  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		put("/proc/self/oom_score_adj", "1000");
		for (size_t i = 0; area != MAP_FAILED && i < TOO_MUCH; i += 1024) {
			area[i] = 1;
		}
		_exit(0);
	}
	waitpid(child, &status, 0);
	if (before < 0 || !WIFSIGNALED(status)) {
		return 2; /* it is not told, or the group could swap */
	}
	return memory_home_kills() == before + 1 ? 0 : 1;
}

START_TEST(a_kill_is_counted_where_it_happened)
{
	char folder[PATH_MAX] = "";
	long long here = memory_home_kills();
	int status = 0;

	ck_assert_int_ge(here, -1);
	(void)memory_home_each(make_group, folder);
	if (!folder[0]) {
		return; /* groups are made by root alone */
	}

	pid_t child = fork();

	if (child == 0) {
		_exit(count_one_kill(folder));
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(rmdir(folder), 0);
	ck_assert(WIFEXITED(status) && WEXITSTATUS(status) != 1);
	ck_assert_int_eq(memory_home_kills(), here);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("memory home");
	TCase *tests = tcase_create("memory home");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_test(tests, we_are_where_we_are_said_to_be);
	tcase_add_test(tests, a_visit_can_be_the_last_one);
	tcase_add_test(tests, a_kill_is_counted_where_it_happened);
	suite_add_tcase(suite, tests);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? 0 : 1;
}
