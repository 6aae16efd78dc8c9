/* SPDX-License-Identifier: MIT */
/*
 * Where nothing runs, nothing is mapped to run
 * ============================================
 *
 * A file system that is mounted with noexec refuses to execute its files. That would be worth little
 * if a program could map such a file and jump into it; so mmap(2) refuses PROT_EXEC there with EPERM,
 * and mprotect(2), which might come later, with EACCES. To read is permitted, and whoever reads
 * can copy: it is a barrier against accidents, not against malice.
 *
 *                          mmap, read    mmap, execute    mprotect, execute
 *      mounted noexec      granted       EPERM            EACCES
 *      mounted otherwise   granted       granted          granted
 *
 * Look with: errno. The mount is one that only this child sees, and goes with it.
 * Read on:   mmap(2) EPERM, mprotect(2) EACCES, mount(2) MS_NOEXEC.
 */
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Where nothing runs, nothing is mapped to run");

static void *map_file(int fd, int prot, int sharing)
{
	return mmap(NULL, page_size(), prot, sharing, fd, 0);
}

/* The id stands twice in what is written, or not at all. */
static bool write_line(const char *path, const char *format, unsigned id)
{
	char line[40];
	int length = snprintf(line, sizeof line, format, id, id), fd = open(path, O_WRONLY);
	bool written = fd >= 0 && write(fd, line, (size_t)length) == length;

	return fd >= 0 && close(fd) == 0 && written;
}

/* In a child: it may mount what it likes, and nobody else sees it. */
static bool has_mounts_of_its_own(void)
{
	unsigned user = getuid(), group = getgid();

	if (unshare(CLONE_NEWNS) == 0) {
		return true;
	}
	return unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0 &&
	       write_line("/proc/self/uid_map", "%u %u 1", user) &&
	       write_line("/proc/self/setgroups", "deny", 0) &&
	       write_line("/proc/self/gid_map", "%u %u 1", group);
}

/* In a child: a file of one page on a file system of its own, mounted with these flags. */
static int file_on_a_mount(unsigned long flags)
{
	static char bytes[64 * 1024];

	arrange(page_size() <= sizeof bytes);
	pattern_bytes(bytes, page_size(), 1, 0);
	if (!has_mounts_of_its_own() || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
	    mount("none", "/tmp", "tmpfs", flags, NULL) != 0) {
		undecided(
			"needs a mount of its own: CAP_SYS_ADMIN, or user namespaces for anybody");
	}

	int fd = open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, S_IRWXU);

	arrange(fd >= 0);
	write_at(fd, bytes, page_size(), 0);
	return fd;
}

CLAIM(where_nothing_runs_nothing_is_mapped_to_run, "mmap-25",
      "On a mount with noexec a file cannot be mapped with PROT_EXEC, nor made executable later")
{
	IN_CHILD {
		int fd = file_on_a_mount(MS_NOEXEC), rx = PROT_READ | PROT_EXEC;

		assert_refused(map_file(fd, rx, MAP_PRIVATE), EPERM);
		assert_refused(map_file(fd, rx, MAP_SHARED), EPERM);
		assert_refused(map_file(fd, PROT_EXEC, MAP_PRIVATE), EPERM);

		char *area = (char *)assert_accepted(map_file(fd, PROT_READ, MAP_PRIVATE));

		assert_pattern(area, page_size(), 1, "the file, mapped to be read");
		assert_refused(mprotect(area, page_size(), rx), EACCES);
	}
}

CONTROL(elsewhere_it_can_be_mapped_to_run, "mmap-25",
	"On the same mount without noexec the same file is mapped with PROT_EXEC",
	.needs = EXECUTABLE_MEMORY)
{
	IN_CHILD {
		int fd = file_on_a_mount(0), rx = PROT_READ | PROT_EXEC;
		char *area = (char *)assert_accepted(map_file(fd, PROT_READ, MAP_SHARED));

		assert_pattern((char *)assert_accepted(map_file(fd, rx, MAP_PRIVATE)), page_size(),
			       1, "the file");
		assert_accepted(mprotect(area, page_size(), rx));
	}
}
