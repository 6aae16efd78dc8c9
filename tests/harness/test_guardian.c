/* SPDX-License-Identifier: MIT */
/*
 * The guardian: whatever it changed is as before, however the process ends for which it was
 * changed. The setting is a real one where it may be written, and a file of ours everywhere.
 *
 * The process of each test adopts orphans (PR_SET_CHILD_SUBREAPER), so that it can wait for
 * guardians as for children, and knows when the last is gone.
 */
#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/shm.h>
#include <sys/swap.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <touchstone/machine.h>
#include <touchstone/memory.h>
#include <touchstone/memory_group.h>
#include <touchstone/swap.h>

#include "arrange/allowed.h"
#include "arrange/guardian.h"
#include "arrange/swap.h"
#include "instruments/fault_counts.h"

enum { KILLS = 30, MEBIBYTE = 1024 * 1024, LIMIT = 16 * MEBIBYTE };

/* --- Means ----------------------------------------------------------------------------------- */

#define SYSCTL "/proc/sys/vm/stat_interval"

static char our_file[64];
static const char *const settings[] = {our_file, SYSCTL};

/* A file in memory, which has a path while this process lives. */
static void make_our_file(void)
{
	int fd = memfd_create("setting", MFD_CLOEXEC);

	(void)!write(fd, "3\n", 2);
	snprintf(our_file, sizeof our_file, "/proc/%ld/fd/%d", (long)getpid(), fd);
}

static bool may_set(const char *path)
{
	if (!guardian_proves_setting(path)) {
		printf("left out: %s may not be written here\n", path);
		return false;
	}
	return true;
}

static bool may_group(void)
{
	if (!guardian_proves_memory_group()) {
		printf("left out: no memory cgroup can be made here\n");
		return false;
	}
	return true;
}

static const char *text_of(const char *path)
{
	static char text[4][256];
	static int turn;
	char *now = text[turn++ % 4];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t length = fd < 0 ? -1 : read(fd, now, sizeof text[0] - 1);

	close(fd);
	now[length > 0 ? length : 0] = 0;
	now[strcspn(now, "\n")] = 0;
	return now;
}

static void adopt_orphans(void)
{
	ck_assert_int_eq(prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), 0);
}

static void wait_for_everybody(void)
{
	while (waitpid(-1, NULL, 0) > 0 || errno == EINTR) {
	}
	ck_assert_int_eq(errno, ECHILD);
}

/* A process that talks with this one through two pipes. */
struct party {
	pid_t pid;
	int hear, tell;
};

static struct party start_party(void (*run)(struct party *self, const char *setting),
				const char *setting)
{
	int up[2], down[2];

	ck_assert_int_eq(pipe2(up, O_CLOEXEC), 0);
	ck_assert_int_eq(pipe2(down, O_CLOEXEC), 0);

	pid_t pid = fork();

	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		struct party self = {.pid = getpid(), .hear = down[0], .tell = up[1]};

		close(up[0]);
		close(down[1]);
		run(&self, setting);
		_exit(0);
	}
	close(up[1]);
	close(down[0]);
	return (struct party){.pid = pid, .hear = up[0], .tell = down[1]};
}

static void tell(const struct party *to, char what)
{
	(void)!write(to->tell, &what, 1);
}

static char hear(const struct party *from)
{
	char what;

	return read(from->hear, &what, 1) == 1 ? what : 0;
}

static void leave(const struct party *party)
{
	close(party->hear);
	close(party->tell);
}

static long long now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

/* --- Settings -------------------------------------------------------------------------------- */

START_TEST(a_setting_is_restored_by_the_end)
{
	const char *path = settings[_i], *before = text_of(path);

	if (!may_set(path)) {
		return;
	}
	adopt_orphans();
	ck_assert(guard_setting(path, "7"));
	ck_assert_str_eq(text_of(path), "7");
	guardians_end();
	ck_assert_str_eq(text_of(path), before);
	wait_for_everybody();
	ck_assert(guardian_end()); /* nothing to undo any more */

	/* And once more in the same process, with a new guardian. */
	ck_assert(guard_setting(path, "8"));
	ck_assert_str_eq(text_of(path), "8");
	ck_assert(guardian_end());
	ck_assert_str_eq(text_of(path), before);
}
END_TEST

START_TEST(the_same_setting_twice_is_restored_to_the_first)
{
	const char *path = settings[_i], *before = text_of(path);

	if (!may_set(path)) {
		return;
	}
	ck_assert(guard_setting(path, "7"));
	ck_assert(guard_setting(path, "8"));
	ck_assert_str_eq(text_of(path), "8");
	ck_assert(guardian_end());
	ck_assert_str_eq(text_of(path), before);
}
END_TEST

START_TEST(the_one_of_several_values_is_restored)
{
	int fd = open(our_file, O_RDWR | O_TRUNC | O_CLOEXEC);

	ck_assert_int_eq(write(fd, "always [madvise] never\n", 23), 23);
	ck_assert(guard_setting(our_file, "never"));
	ck_assert_str_eq(text_of(our_file), "never");
	guardian_end(); /* a file of ours shows no brackets: it is not as before, but what is
			   written is */
	ck_assert_str_eq(text_of(our_file), "madvise");
	ck_assert_int_eq(ftruncate(fd, 0), 0);
	ck_assert_int_eq(pwrite(fd, "3\n", 2, 0), 2);
	close(fd);
}
END_TEST

START_TEST(what_cannot_be_set_is_refused)
{
	ck_assert(!guard_setting("/proc/self/no-such-file", "1"));
	ck_assert_int_eq(errno, ENOENT);
	ck_assert(!guard_setting("/proc/sys/kernel/ostype", "1"));
	ck_assert(!guardian_proves_setting("/proc/self/no-such-file"));
	ck_assert(guardian_end());
	if (may_set(SYSCTL)) {
		const char *before = text_of(SYSCTL);

		ck_assert(!guard_setting(SYSCTL, "no number"));
		ck_assert_int_eq(errno, EINVAL);
		ck_assert(guardian_end());
		ck_assert_str_eq(text_of(SYSCTL), before);
	}
}
END_TEST

static void change_and_exit(struct party *self, const char *setting)
{
	tell(self, guard_setting(setting, "7") ? 'y' : 'n');
	hear(self);
	_exit(3);
}

START_TEST(the_first_letter_of_a_setting_is_told)
{
	ck_assert_int_eq(setting_letter("/proc/sys/kernel/ostype"), 'L');
	ck_assert_int_eq(setting_letter("/proc/sys/kernel/no_such_setting"), 0);
	ck_assert_int_eq(setting_letter("/dev/null"), 0); /* nothing to be read */
	ck_assert_int_eq(setting_letter("/"), 0);         /* nor here */
}
END_TEST

START_TEST(the_number_of_a_setting_is_told)
{
	ck_assert_int_eq(setting_number("/proc/sys/kernel/pid_max"),
			 strtoll(text_of("/proc/sys/kernel/pid_max"), NULL, 10));
	ck_assert_int_eq(setting_number("/proc/sys/kernel/ostype"), -1);
	ck_assert_int_eq(setting_number("/proc/sys/kernel/no_such_setting"), -1);
	ck_assert_int_eq(setting_number("/dev/null"), -1);
}
END_TEST

START_TEST(a_setting_is_restored_after_an_exit_without_a_word)
{
	const char *path = settings[_i], *before = text_of(path);

	if (!may_set(path)) {
		return;
	}
	adopt_orphans();

	struct party claim = start_party(change_and_exit, path);

	ck_assert_int_eq(hear(&claim), 'y');
	ck_assert_str_eq(text_of(path), "7");
	tell(&claim, 'g');
	wait_for_everybody();
	ck_assert_str_eq(text_of(path), before);
}
END_TEST

static void change_and_stay(struct party *self, const char *setting)
{
	guard_setting(setting, "7");
	tell(self, 'y');
	pause();
}

static void kill_at_random_moments(void (*run)(struct party *, const char *), const char *setting,
				   void (*check)(const char *), const char *context)
{
	unsigned seed = (unsigned)now_us();
	long long start = now_us();
	struct party claim = start_party(run, setting);
	int finished = 0;

	hear(&claim);

	unsigned whole = (unsigned)(now_us() - start) + 1;

	for (int i = 0; i < KILLS; i++) {
		kill(claim.pid, SIGKILL);
		finished += hear(&claim) != 0;
		leave(&claim);
		wait_for_everybody();
		check(context);
		claim = start_party(run, setting);
		usleep((unsigned)rand_r(&seed) % (whole + whole / 2));
	}
	kill(claim.pid, SIGKILL);
	leave(&claim);
	wait_for_everybody();
	check(context);
	printf("killed %d times, %d of them after the change (which takes %u us): nothing left\n",
	       KILLS, finished, whole);
}

static const char *setting_checked;

static void check_setting(const char *before)
{
	ck_assert_str_eq(text_of(setting_checked), before);
}

START_TEST(a_setting_is_restored_after_SIGKILL_at_any_moment)
{
	char before[64];

	setting_checked = settings[_i];
	if (!may_set(setting_checked)) {
		return;
	}
	snprintf(before, sizeof before, "%s", text_of(setting_checked));
	adopt_orphans();
	kill_at_random_moments(change_and_stay, setting_checked, check_setting, before);
}
END_TEST

static void change_with_a_child(struct party *self, const char *setting)
{
	guard_setting(setting, "7");
	if (fork() == 0) {
		tell(self, 'c');
		hear(self); /* its end, when the test leaves */
		_exit(0);
	}
	pause();
}

START_TEST(a_child_that_lives_on_holds_nothing_up)
{
	int life = (int)syscall(SYS_pidfd_open, getpid(), 0);

	if (life < 0) {
		printf("left out: no pidfd here\n");
		return;
	}
	close(life);
	adopt_orphans();

	char before[64];

	snprintf(before, sizeof before, "%s", text_of(our_file));

	struct party claim = start_party(change_with_a_child, our_file);

	ck_assert_int_eq(hear(&claim), 'c');
	ck_assert_str_eq(text_of(our_file), "7");
	kill(claim.pid, SIGKILL);
	/* The child is alive and will stay; the guardian ends all the same. Two processes end. */
	ck_assert_int_gt(waitpid(-1, NULL, 0), 0);
	ck_assert_int_gt(waitpid(-1, NULL, 0), 0);
	ck_assert_str_eq(text_of(our_file), before);
	leave(&claim);
	wait_for_everybody();
}
END_TEST

START_TEST(a_forked_child_ends_nothing)
{
	const char *before = text_of(our_file);
	int status;

	ck_assert(guard_setting(our_file, "7"));

	pid_t pid = fork();

	if (pid == 0) {
		guardian_end();
		/* But it may have more changed. */
		_exit(guard_setting(our_file, "8") ? 0 : 1);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
	ck_assert_str_eq(text_of(our_file), "8");
	ck_assert(guardian_end());
	ck_assert_str_eq(text_of(our_file), before);
}
END_TEST

static void change_until_told(struct party *self, const char *setting)
{
	const char *before;

	guard_setting(setting, "7");
	tell(self, 'c');
	hear(self);
	/* The other one waits: what it found before was not this value, and is not changed now. */
	before = text_of(setting);
	tell(self, strcmp(before, "7") == 0 ? 'y' : 'n');
	guardian_end();
}

static void change_second(struct party *self, const char *setting)
{
	tell(self, guard_setting(setting, "8") && strcmp(text_of(setting), "8") == 0 ? 'y' : 'n');
	guardian_end();
}

START_TEST(two_claims_do_not_change_one_thing_at_once)
{
	const char *path = settings[_i], *before = text_of(path);

	if (!may_set(path)) {
		return;
	}
	adopt_orphans();

	struct party first = start_party(change_until_told, path);

	ck_assert_int_eq(hear(&first), 'c');

	struct party second = start_party(change_second, path);

	usleep(50000); /* time enough for the second to do it, if it could */
	tell(&first, 'g');
	ck_assert_int_eq(hear(&first), 'y');
	ck_assert_int_eq(hear(&second), 'y');
	wait_for_everybody();
	ck_assert_str_eq(text_of(path), before);
}
END_TEST

START_TEST(who_waits_for_the_lock_can_be_killed)
{
	const char *before = text_of(our_file);

	adopt_orphans();

	struct party first = start_party(change_until_told, our_file);

	ck_assert_int_eq(hear(&first), 'c');

	struct party second = start_party(change_second, our_file);

	usleep(20000);
	kill(second.pid, SIGKILL);
	/* It and its guardian end, while the first holds the lock. */
	ck_assert_int_gt(waitpid(-1, NULL, 0), 0);
	ck_assert_int_gt(waitpid(-1, NULL, 0), 0);
	ck_assert_str_eq(text_of(our_file), "7");
	tell(&first, 'g');
	ck_assert_int_eq(hear(&first), 'y');
	wait_for_everybody();
	ck_assert_str_eq(text_of(our_file), before);
}
END_TEST

/* --- The process ----------------------------------------------------------------------------- */

/* The only child of this process, which has adopted it. */
static pid_t find_guardian(void)
{
	DIR *processes = opendir("/proc");
	struct dirent *entry;
	pid_t found = 0;

	while (processes && (entry = readdir(processes))) {
		char path[300], text[512] = "";
		int parent, fd;

		snprintf(path, sizeof path, "/proc/%s/stat", entry->d_name);
		fd = open(path, O_RDONLY | O_CLOEXEC);
		if (fd < 0 || read(fd, text, sizeof text - 1) < 0) {
			text[0] = 0;
		}
		if (fd >= 0) {
			close(fd);
		}

		char *after = strrchr(text, ')');

		if (after && sscanf(after, ") %*c %d", &parent) == 1 && parent == getpid()) {
			found = (pid_t)atoi(entry->d_name);
		}
	}
	if (processes) {
		closedir(processes);
	}
	return found;
}

START_TEST(no_signal_but_SIGKILL_ends_a_guardian)
{
	const char *before = text_of(our_file);

	adopt_orphans();
	ck_assert(guard_setting(our_file, "7"));

	pid_t guardian = find_guardian();

	ck_assert_int_gt(guardian, 1);
	ck_assert_int_ne(getsid(guardian), getsid(0));
	for (int i = 1; i <= SIGRTMAX; i++) {
		if (i != SIGKILL && i != SIGSTOP) {
			kill(guardian, i);
		}
	}
	ck_assert_str_eq(text_of(our_file), "7");
	ck_assert(guardian_end());
	ck_assert_str_eq(text_of(our_file), before);
	wait_for_everybody();
}
END_TEST

START_TEST(a_guardian_keeps_no_descriptor_of_ours)
{
	char path[64], where[64] = "";
	int kept[2];

	ck_assert_int_eq(pipe(kept), 0); /* not close-on-exec */
	adopt_orphans();
	ck_assert(guard_setting(our_file, "7"));

	pid_t guardian = find_guardian();

	snprintf(path, sizeof path, "/proc/%ld/fd", (long)guardian);

	DIR *descriptors = opendir(path);
	int count = 0;

	ck_assert_ptr_nonnull(descriptors);
	while (readdir(descriptors)) {
		count++;
	}
	closedir(descriptors);
	ck_assert_int_eq(count, 2 + 3 + 1); /* . and .., the first three, the lock */
	snprintf(path, sizeof path, "/proc/%ld/cwd", (long)guardian);
	ck_assert_int_eq(readlink(path, where, sizeof where - 1), 1);
	ck_assert_str_eq(where, "/");
	ck_assert(guardian_end());
}
END_TEST

START_TEST(starting_a_guardian_leaves_the_callers_pages_alone)
{
	enum { PAGES = 32 };

	fault_counts_warm_up();
	if (!fault_counts_prove_themselves()) {
		return;
	}

	char *area = mmap(NULL, PAGES * page_size(), PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	ck_assert(area != MAP_FAILED);
	madvise(area, PAGES * page_size(), MADV_NOHUGEPAGE);
	store_each(area, PAGES, 'x');
	ck_assert(guard_setting(our_file, "7"));
	ck_assert_int_eq(faults_of(store_each(area, PAGES, 'y')).minor, 0);
	ck_assert(guardian_end());
}
END_TEST

/* --- Memory cgroups -------------------------------------------------------------------------- */

static char groups_parent[256];

/* Groups of other programs may be there for a moment; what is ours does not go by itself. */
static void check_no_group(const char *parent)
{
	for (int attempt = 0;; attempt++) {
		DIR *folder = opendir(parent);
		struct dirent *entry;
		bool found = false;

		ck_assert_ptr_nonnull(folder);
		while ((entry = readdir(folder))) {
			found |= strncmp(entry->d_name, "touchstone-", 11) == 0;
		}
		closedir(folder);
		if (!found) {
			return;
		}
		ck_assert_msg(attempt < 1000, "a group is left in %s", parent);
		usleep(10000);
	}
}

static void learn_parent(const struct memory_group *group)
{
	snprintf(groups_parent, sizeof groups_parent, "%s", group->path);
	*strrchr(groups_parent, '/') = 0;
}

START_TEST(the_probe_leaves_no_group)
{
	adopt_orphans();
	if (may_group()) {
		ck_assert(guardian_proves_memory_group());
		wait_for_everybody();

		struct memory_group group = guard_memory_group(LIMIT);

		learn_parent(&group);
		ck_assert(
			guardian_proves_memory_group()); /* beside another one, with its guardian */
		ck_assert_int_eq(access(group.path, F_OK), 0);
		ck_assert(guardian_end());
		check_no_group(groups_parent);
	}
}
END_TEST

static bool is_in(const struct memory_group *group)
{
	char path[300];
	long pid;
	bool found = false;

	snprintf(path, sizeof path, "%s/cgroup.procs", group->path);

	FILE *list = fopen(path, "re");

	while (list && fscanf(list, "%ld", &pid) == 1) {
		found |= pid == getpid();
	}
	if (list) {
		fclose(list);
	}
	return found;
}

START_TEST(who_entered_a_group_leaves_it_alive_and_others_do_not)
{
	int status;

	if (!may_group()) {
		return;
	}

	struct memory_group group = guard_memory_group(LIMIT);

	ck_assert(!is_in(&group));
	enter_memory_group(&group);
	ck_assert(is_in(&group));

	pid_t child = fork();

	if (child == 0) {
		pause();
		_exit(0);
	}
	learn_parent(&group);
	ck_assert(guardian_end());
	ck_assert_int_eq(access(group.path, F_OK), -1);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	check_no_group(groups_parent);
}
END_TEST

START_TEST(the_limit_limits_and_its_hits_are_counted)
{
	int status;

	if (!may_group()) {
		return;
	}

	struct memory_group group = guard_memory_group(LIMIT);

	ck_assert_int_eq(memory_group_limit_hits(&group), 0);

	pid_t child = fork();

	if (child == 0) {
		char *area = mmap(NULL, 4 * LIMIT, PROT_READ | PROT_WRITE,
				  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		enter_memory_group(&group);
		for (size_t at = 0; area != MAP_FAILED && at < 4 * LIMIT; at += page_size()) {
			area[at] = 1;
		}
		_exit(0); /* with swap it gets here; without, it is killed */
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_gt(memory_group_limit_hits(&group), 0);
	ck_assert(guardian_end());
}
END_TEST

START_TEST(two_groups_and_a_setting_end_together)
{
	const char *before = text_of(our_file);

	if (!may_group()) {
		return;
	}

	struct memory_group first = guard_memory_group(LIMIT);
	bool set = guard_setting(our_file, "7");
	struct memory_group second = guard_memory_group(2 * LIMIT);

	ck_assert(set);
	ck_assert_str_ne(first.path, second.path);
	enter_memory_group(&first);
	enter_memory_group(&second);
	ck_assert(guardian_end());
	ck_assert_int_eq(access(first.path, F_OK), -1);
	ck_assert_int_eq(access(second.path, F_OK), -1);
	ck_assert_str_eq(text_of(our_file), before);
}
END_TEST

static void group_and_stay(struct party *self, const char *setting)
{
	(void)setting;

	struct memory_group group = guard_memory_group(LIMIT);

	enter_memory_group(&group);
	for (int i = 0; i < 2; i++) {
		if (fork() == 0) {
			pause();
			_exit(0);
		}
	}
	tell(self, 'y');
	pause();
}

/* The children of each claim are alive when it is killed: the guardian kills them with the group.
 */
START_TEST(a_group_is_removed_after_SIGKILL_at_any_moment)
{
	if (!may_group()) {
		return;
	}

	struct memory_group group = guard_memory_group(LIMIT);

	learn_parent(&group);
	ck_assert(guardian_end());
	adopt_orphans();
	kill_at_random_moments(group_and_stay, NULL, check_no_group, groups_parent);
}
END_TEST

/* --- Swap ------------------------------------------------------------------------------------ */

enum { ROOM = MEBIBYTE };

/* A guardian's file is made and activated even where the machine swaps already: by its own request. */
static bool may_swap(void)
{
	int error = guardian_make_swap(ROOM);

	if (error) {
		printf("left out: no swap file can be activated here (%s)\n", strerror(-error));
	}
	ck_assert(guardian_end());
	return error == 0;
}

static void list_swap_files(const char *folder, char *text, size_t size)
{
	DIR *files = opendir(folder);
	struct dirent *entry;

	while (files && (entry = readdir(files))) {
		if (strncmp(entry->d_name, "touchstone-swap-", 16) == 0) {
			size_t length = strlen(text);

			snprintf(text + length, size - length, "%s/%s\n", folder, entry->d_name);
		}
	}
	if (files) {
		closedir(files);
	}
}

/* The file of a claim that another program runs goes by itself; what is ours would stay. */
static void check_no_swap(const char *context)
{
	(void)context;
	for (int attempt = 0;; attempt++) {
		char files[1024] = "";

		list_swap_files("/var/tmp", files, sizeof files);
		list_swap_files("/tmp", files, sizeof files);
		if (!*files && !swap_of_a_guardian_is_active()) {
			return;
		}
		ck_assert_msg(attempt < 1000, "swap is left: %s", files);
		usleep(10000);
	}
}

static void keep_files_in_the_usual_folders(void)
{
	unsetenv("TOUCHSTONE_TMPDIR");
	unsetenv("TMPDIR");
}

START_TEST(a_swap_file_lasts_as_long_as_its_guardian)
{
	keep_files_in_the_usual_folders();
	if (!may_swap()) {
		return;
	}
	adopt_orphans();
	ck_assert_int_eq(guardian_make_swap(ROOM), 0);
	ck_assert(swap_of_a_guardian_is_active());
	ck_assert_int_eq(guardian_make_swap(ROOM), 0); /* it does not wait for itself */
	ck_assert(guardian_end());
	wait_for_everybody();
	check_no_swap(NULL);
}
END_TEST

START_TEST(what_was_swapped_comes_back_whole)
{
	enum { PAGES = 32, ATTEMPTS = 20 };
	size_t length = PAGES * page_size();
	char *area = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	keep_files_in_the_usual_folders();
	if (!may_swap()) {
		return;
	}
	ck_assert(area != MAP_FAILED);
	write_pattern(area, length, 1);
	ck_assert_int_eq(guardian_make_swap(length), 0);
	for (int i = 0; i < ATTEMPTS; i++) {
		madvise(area, length, MADV_PAGEOUT);
	}

	/* The process lives on: its pages are brought in when the area ends. */
	ck_assert(guardian_end());
	check_no_swap(NULL);
	for (size_t i = 0; i < PAGES; i++) {
		char bytes[64];

		pattern_bytes(bytes, sizeof bytes, 1, i * page_size());
		ck_assert_int_eq(memcmp(page(area, i), bytes, sizeof bytes), 0);
	}
}
END_TEST

START_TEST(swap_that_is_not_allowed_is_not_made)
{
	unsetenv(ALLOWED_VARIABLE);
	if (swap_has_room(1)) {
		ck_assert(swap_proves_itself());
		guard_swap(page_size()); /* uses what is there */
	} else {
		ck_assert(!swap_proves_itself());
	}
	ck_assert(!is_allowed("swap"));
	ck_assert(guardian_end());
}
END_TEST

START_TEST(what_may_be_allowed_is_a_list_of_known_words)
{
	ck_assert_ptr_null(allowed_unknown_word("swap"));
	ck_assert_ptr_null(allowed_unknown_word("swap,swap"));
	ck_assert_str_eq(allowed_unknown_word(""), "");
	ck_assert_ptr_null(allowed_unknown_word("swap,overcommit"));
	ck_assert_str_eq(allowed_unknown_word("swap,"), "");
	ck_assert_str_eq(allowed_unknown_word("swap,swa"), "swa");
	ck_assert_str_eq(allowed_unknown_word("swaps"), "swaps");
	unsetenv(ALLOWED_VARIABLE);
	ck_assert(allow("swap"));
	ck_assert(is_allowed("swap"));
	ck_assert(allow("swap"));
	ck_assert_str_eq(getenv(ALLOWED_VARIABLE), "swap,swap");
	ck_assert(!is_allowed("swa"));
	ck_assert(!is_allowed("swap,swap"));
}
END_TEST

START_TEST(a_probe_activates_nothing)
{
	setenv(ALLOWED_VARIABLE, "swap", 1);

	bool proved = swap_proves_itself();

	ck_assert_int_eq(guardian_end(), true);
	check_no_swap(NULL);
	keep_files_in_the_usual_folders();
	ck_assert(proved || swap_has_room(1) || !may_swap());
}
END_TEST

static void swap_and_stay(struct party *self, const char *setting)
{
	enum { PAGES = 16 };
	char *area = mmap(NULL, PAGES * page_size(), PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)setting;
	if (area != MAP_FAILED && guardian_make_swap(ROOM) == 0) {
		store_each(area, PAGES, 'x');
		madvise(area, PAGES * page_size(), MADV_PAGEOUT);
	}
	tell(self, 'y');
	pause();
}

START_TEST(swap_is_ended_after_SIGKILL_at_any_moment)
{
	keep_files_in_the_usual_folders();
	if (!may_swap()) {
		return;
	}
	adopt_orphans();
	kill_at_random_moments(swap_and_stay, NULL, check_no_swap, NULL);
}
END_TEST

static void swap_until_told(struct party *self, const char *setting)
{
	(void)setting;
	tell(self, guardian_make_swap(ROOM) == 0 ? 'y' : 'n');
	hear(self);
	guardian_end();
}

/* What is attached to loop devices, and how many zram devices there are: what an area might leave. */
static const char *devices_now(void)
{
	static char text[4096];
	size_t length = 0;
	DIR *devices = opendir("/sys/block");
	struct dirent *entry;

	text[0] = 0;
	while (devices && (entry = readdir(devices))) {
		char path[300];

		snprintf(path, sizeof path, "/sys/block/%s/loop/backing_file", entry->d_name);
		if (strncmp(entry->d_name, "zram", 4) == 0 || access(path, F_OK) == 0) {
			length += (size_t)snprintf(text + length, sizeof text - length, "%s ",
						   entry->d_name);
		}
	}
	if (devices) {
		closedir(devices);
	}
	return text;
}

static char devices_before[4096];

static void check_no_area(const char *context)
{
	check_no_swap(context);
	for (int attempt = 0; strcmp(devices_now(), devices_before) != 0; attempt++) {
		ck_assert_msg(attempt < 1000, "devices are left: %s", devices_now());
		usleep(10000);
	}
}

static enum swap_kind kind_of_area;

/* To begin each of these tests with. A kind that cannot be made here is left out, and said. */
static bool may_have_area(int kind)
{
	struct swap_area area = {.kind = (enum swap_kind)kind, .bytes = ROOM};

	keep_files_in_the_usual_folders();
	adopt_orphans();
	kind_of_area = area.kind;
	strcpy(devices_before, devices_now());

	int error = guardian_make_swap_area(&area);

	if (error) {
		printf("left out: swap areas of kind %d (%s)\n", kind, strerror(-error));
	}
	ck_assert(guardian_end());
	return error == 0;
}

START_TEST(an_area_of_each_kind_is_used_and_ends)
{
	enum { PAGES = 16 };
	struct swap_area area = {.kind = (enum swap_kind)_i, .bytes = ROOM};

	ck_assert(allow("swap"));
	if (!may_have_area(_i)) {
		return;
	}
	area = guard_swap_area(area.kind, ROOM);
	ck_assert(swap_of_a_guardian_is_active());
	ck_assert_uint_eq(swap_area_used(&area), 0);

	char *pages = swapped_pages(PAGES, 1);

	ck_assert_uint_ge(swap_area_used(&area), PAGES * page_size());
	if (area.kind != SWAP_IN_FILE) {
		ck_assert_int_ge(swap_traffic_of(&area).written, PAGES);
	}
	if (area.kind == SWAP_ON_ZRAM) {
		struct compression all = compression_of(&area);

		ck_assert_int_ge(all.original, PAGES * (long long)page_size());
		ck_assert_int_gt(all.compressed, 0);
	}
	assert_pattern(pages, PAGES * page_size(), 1, "what came back");
	ck_assert(guardian_end());
	wait_for_everybody();
	check_no_area(NULL);
}
END_TEST

static void area_and_stay(struct party *self, const char *setting)
{
	enum { PAGES = 16 };
	struct swap_area area = {.kind = kind_of_area, .bytes = ROOM};
	char *pages = mmap(NULL, PAGES * page_size(), PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)setting;
	if (pages != MAP_FAILED && guardian_make_swap_area(&area) == 0) {
		store_each(pages, PAGES, 'x');
		madvise(pages, PAGES * page_size(), MADV_PAGEOUT);
	}
	tell(self, 'y');
	pause();
}

START_TEST(an_area_of_each_kind_is_ended_after_SIGKILL_at_any_moment)
{
	if (!may_have_area(_i)) {
		return;
	}
	kill_at_random_moments(area_and_stay, NULL, check_no_area, NULL);
}
END_TEST

START_TEST(an_area_that_the_claim_deactivates_itself_is_removed)
{
	struct swap_area area = {.kind = (enum swap_kind)_i, .bytes = ROOM};

	if (!may_have_area(_i)) {
		return;
	}
	ck_assert_int_eq(guardian_make_swap_area(&area), 0);
	ck_assert_int_eq(swapoff(area.path), 0);
	ck_assert(!swap_of_a_guardian_is_active());
	ck_assert(guardian_end());
	wait_for_everybody();
	check_no_area(NULL);
}
END_TEST

static void hold_a_device_to_the_end(struct party *self, const char *setting)
{
	struct swap_area area = {.kind = SWAP_ON_ZRAM, .bytes = ROOM};
	int error = guardian_make_swap_area(&area), device = open(area.path, O_RDONLY);

	(void)setting;
	ck_assert(error == 0 && device >= 0);
	ck_assert(!guardian_end()); /* it is said; and when this process is gone, it is done */
	tell(self, 'y');
	close(device);
	_exit(0);
}

START_TEST(a_device_in_use_goes_when_its_user_is_gone)
{
	if (!may_have_area(SWAP_ON_ZRAM)) {
		return;
	}

	struct party claim = start_party(hold_a_device_to_the_end, NULL);

	ck_assert_int_eq(hear(&claim), 'y');
	wait_for_everybody();
	check_no_area(NULL);
}
END_TEST

static int times_told;

/* By now another claim may make its own; the device may still be there. */
static void look_when_undone(void)
{
	int locked = open("/proc/swaps", O_RDONLY | O_CLOEXEC);

	times_told++;
	ck_assert(!swap_of_a_guardian_is_active());
	ck_assert_int_eq(flock(locked, LOCK_EX | LOCK_NB), 0);
	close(locked);
}

START_TEST(others_are_let_in_before_the_device_is_gone)
{
	struct swap_area area = {.kind = (enum swap_kind)_i, .bytes = ROOM};

	if (!may_have_area(_i)) {
		return;
	}
	guardian_when_undone = look_when_undone;
	ck_assert_int_eq(guardian_make_swap_area(&area), 0);
	ck_assert_int_eq(times_told, 0);
	ck_assert(guardian_end());
	guardian_when_undone = NULL;
	ck_assert_int_eq(times_told, area.kind == SWAP_ON_ZRAM);
	/* At once: a loop device forgets its file a moment later. */
	if (area.kind == SWAP_ON_ZRAM) {
		ck_assert_str_eq(devices_now(), devices_before);
	}
	wait_for_everybody();
	check_no_area(NULL);
}
END_TEST

START_TEST(two_claims_do_not_swap_to_each_others_files)
{
	struct party second;
	char files[1024] = "";

	keep_files_in_the_usual_folders();
	if (!may_swap()) {
		return;
	}
	adopt_orphans();

	struct party first = start_party(swap_until_told, NULL);

	ck_assert_int_eq(hear(&first), 'y');
	second = start_party(swap_until_told, NULL);
	usleep(50000); /* time enough for the second to do it, if it could */
	list_swap_files("/var/tmp", files, sizeof files);
	list_swap_files("/tmp", files, sizeof files);
	ck_assert_ptr_eq(strchr(files, '\n'), strrchr(files, '\n'));
	tell(&first, 'g');
	ck_assert_int_eq(hear(&second), 'y');
	tell(&second, 'g');
	wait_for_everybody();
	check_no_swap(NULL);
}
END_TEST

/* --- Shared memory --------------------------------------------------------------------------- */

/* What the next party makes and this process looks for: the words give each party its own. */
struct makings {
	char name[64];
	key_t key;
};
static struct makings *makings; /* shared with the parties */

static bool may_share_memory(void)
{
	if (access("/dev/shm", W_OK | X_OK) == 0 && shmget(IPC_PRIVATE, 0, 0600) < 0 &&
	    errno == EINVAL) {
		return true;
	}
	printf("left out: no /dev/shm, or no segments here\n");
	return false;
}

static void share_makings(void)
{
	makings = mmap(NULL, sizeof *makings, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		       -1, 0);
	ck_assert(makings != MAP_FAILED);
}

static bool make_both(void)
{
	snprintf(makings->name, sizeof makings->name, "%s", guard_shared_name());
	makings->key = guard_segment_key();

	int fd = shm_open(makings->name, O_RDWR | O_CREAT | O_EXCL, 0600);
	int id = shmget(makings->key, 1, IPC_CREAT | IPC_EXCL | 0600);

	close(fd);
	return fd >= 0 && id >= 0;
}

static void check_nothing_made(const char *unused)
{
	(void)unused;
	if (makings->name[0]) {
		ck_assert_int_eq(shm_open(makings->name, O_RDONLY, 0), -1);
		ck_assert_int_eq(errno, ENOENT);
	}
	if (makings->key) {
		ck_assert_int_eq(shmget(makings->key, 0, 0), -1);
		ck_assert_int_eq(errno, ENOENT);
	}
}

START_TEST(what_has_a_name_or_a_key_goes_with_the_claim)
{
	if (!may_share_memory()) {
		return;
	}
	share_makings();
	adopt_orphans();
	ck_assert(make_both());
	ck_assert_int_ge(shmget(makings->key, 0, 0), 0);
	ck_assert(guardian_end());
	check_nothing_made(NULL);

	/* Names and keys that are never used are no trouble, nor what the claim removes itself. */
	ck_assert_str_ne(guard_shared_name(), guard_shared_name());
	ck_assert_int_ne(guard_segment_key(), guard_segment_key());
	ck_assert(make_both());
	ck_assert_int_eq(shm_unlink(makings->name), 0);
	ck_assert_int_eq(shmctl(shmget(makings->key, 0, 0), IPC_RMID, NULL), 0);
	ck_assert(guardian_end());
	wait_for_everybody();
}
END_TEST

START_TEST(a_name_or_a_key_in_use_is_not_taken_over)
{
	if (!may_share_memory()) {
		return;
	}
	share_makings();
	ck_assert(make_both());
	ck_assert_int_eq(guardian_expect_name(makings->name), -EEXIST);
	ck_assert_int_eq(guardian_expect_segment(makings->key), -EEXIST);
	ck_assert(guardian_end());
	check_nothing_made(NULL);
}
END_TEST

static void make_and_stay(struct party *self, const char *setting)
{
	(void)setting;
	make_both();
	tell(self, 'y');
	pause();
}

START_TEST(shared_memory_is_removed_after_SIGKILL_at_any_moment)
{
	if (!may_share_memory()) {
		return;
	}
	share_makings();
	adopt_orphans();
	kill_at_random_moments(make_and_stay, NULL, check_nothing_made, NULL);
}
END_TEST

/* The claim is killed while a child of it, which will die with it, makes things without end. */
static void make_in_a_child(struct party *self, const char *setting)
{
	const char *name = guard_shared_name();
	pid_t claim = getpid();

	(void)setting;
	snprintf(makings->name, sizeof makings->name, "%s", name);
	tell(self, 'y');
	if (fork() == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		while (getppid() == claim) {
			close(shm_open(name, O_RDWR | O_CREAT, 0600));
			shm_unlink(name);
			close(shm_open(name, O_RDWR | O_CREAT, 0600));
		}
		_exit(0);
	}
	pause();
}

START_TEST(what_a_dying_child_makes_is_removed_too)
{
	if (!may_share_memory()) {
		return;
	}
	share_makings();
	adopt_orphans();
	kill_at_random_moments(make_in_a_child, NULL, check_nothing_made, NULL);
}
END_TEST

int main(void)
{
	make_our_file();

	/* Another run of this program, changing the same settings, would be seen by the tests. */
	int settings_folder = open("/proc/sys/vm", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	(void)!flock(settings_folder, LOCK_EX);

	TCase *set = tcase_create("settings");
	tcase_set_timeout(set, 60);
	tcase_add_loop_test(set, a_setting_is_restored_by_the_end, 0, 2);
	tcase_add_loop_test(set, the_same_setting_twice_is_restored_to_the_first, 0, 2);
	tcase_add_test(set, the_one_of_several_values_is_restored);
	tcase_add_test(set, what_cannot_be_set_is_refused);
	tcase_add_test(set, the_first_letter_of_a_setting_is_told);
	tcase_add_test(set, the_number_of_a_setting_is_told);
	tcase_add_loop_test(set, a_setting_is_restored_after_an_exit_without_a_word, 0, 2);
	tcase_add_loop_test(set, a_setting_is_restored_after_SIGKILL_at_any_moment, 0, 2);
	tcase_add_test(set, a_child_that_lives_on_holds_nothing_up);
	tcase_add_test(set, a_forked_child_ends_nothing);
	tcase_add_loop_test(set, two_claims_do_not_change_one_thing_at_once, 0, 2);
	tcase_add_test(set, who_waits_for_the_lock_can_be_killed);

	TCase *process = tcase_create("the process");
	tcase_add_test(process, no_signal_but_SIGKILL_ends_a_guardian);
	tcase_add_test(process, a_guardian_keeps_no_descriptor_of_ours);
	tcase_add_test(process, starting_a_guardian_leaves_the_callers_pages_alone);

	TCase *groups = tcase_create("memory cgroups");
	tcase_set_timeout(groups, 60);
	tcase_add_test(groups, the_probe_leaves_no_group);
	tcase_add_test(groups, who_entered_a_group_leaves_it_alive_and_others_do_not);
	tcase_add_test(groups, the_limit_limits_and_its_hits_are_counted);
	tcase_add_test(groups, two_groups_and_a_setting_end_together);
	tcase_add_test(groups, a_group_is_removed_after_SIGKILL_at_any_moment);

	TCase *swap = tcase_create("swap");
	tcase_set_timeout(swap, 60);
	tcase_add_test(swap, a_swap_file_lasts_as_long_as_its_guardian);
	tcase_add_test(swap, what_was_swapped_comes_back_whole);
	tcase_add_test(swap, swap_that_is_not_allowed_is_not_made);
	tcase_add_test(swap, what_may_be_allowed_is_a_list_of_known_words);
	tcase_add_test(swap, a_probe_activates_nothing);
	tcase_add_test(swap, swap_is_ended_after_SIGKILL_at_any_moment);
	tcase_add_loop_test(swap, an_area_of_each_kind_is_used_and_ends, SWAP_IN_FILE,
			    SWAP_ON_ZRAM + 1);
	tcase_add_loop_test(swap, an_area_of_each_kind_is_ended_after_SIGKILL_at_any_moment,
			    SWAP_IN_FILE, SWAP_ON_ZRAM + 1);
	tcase_add_loop_test(swap, an_area_that_the_claim_deactivates_itself_is_removed,
			    SWAP_IN_FILE, SWAP_ON_ZRAM + 1);
	tcase_add_loop_test(swap, others_are_let_in_before_the_device_is_gone, SWAP_IN_FILE,
			    SWAP_ON_ZRAM + 1);
	tcase_add_test(swap, a_device_in_use_goes_when_its_user_is_gone);
	tcase_add_test(swap, two_claims_do_not_swap_to_each_others_files);

	TCase *memory = tcase_create("shared memory");
	tcase_set_timeout(memory, 60);
	tcase_add_test(memory, what_has_a_name_or_a_key_goes_with_the_claim);
	tcase_add_test(memory, a_name_or_a_key_in_use_is_not_taken_over);
	tcase_add_test(memory, shared_memory_is_removed_after_SIGKILL_at_any_moment);
	tcase_add_test(memory, what_a_dying_child_makes_is_removed_too);

	Suite *suite = suite_create("guardian");
	suite_add_tcase(suite, set);
	suite_add_tcase(suite, process);
	suite_add_tcase(suite, groups);
	suite_add_tcase(suite, swap);
	suite_add_tcase(suite, memory);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	close(settings_folder); /* and lets the next run go on */
	return failed != 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
