/* SPDX-License-Identifier: MIT */
/*
 * A mapping stays with its file, not with the name
 * ================================================
 *
 * A mapping is made of a descriptor, and the descriptor of a name, but it hangs on neither: it
 * holds the file itself. The name may be removed, or given to another file. The mapping shows the
 * same file as before, and stores go into that.
 *
 *      name "library"   ---->  [ old file ]  <----  mapping          rename(2) of a new file
 *
 *      name "library"   -.     [ old file ]  <----  mapping          onto that name
 *                         `->  [ new file ]  <----  who opens it now
 *
 * That is how a library is replaced while programs run with it: they go on with the old one.
 * Writing into it in place would change it, or cut it, under their feet.
 *
 * Names are made in a file system in memory that no other process sees and that goes with this
 * one.
 *
 * Look with: loads on one side, open(2) and read(2) of the name on the other.
 * Read on:   mmap(2), unlink(2), rename(2); document 002 "Shared Objects Revisited".
 */
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A mapping stays with its file, not with the name");

enum { PAGES = 4, OLD = 5, NEW = 6, LATER = 7 };

static size_t length(void)
{
	return PAGES * page_size();
}

/* In a new user namespace: one line of its description, refused to some who may make one. */
static void describe_namespace(const char *path, const char *line)
{
	int fd = open(path, O_WRONLY);

	if (fd < 0 || write(fd, line, strlen(line)) < 0) {
		undecided("needs leave to map its own user in a user namespace: run as root with "
			  "its capabilities, or as another user");
	}
	close(fd);
}

/* A folder of our own: nobody else sees it, and it goes with the process. */
static void enter_folder_of_our_own(void)
{
	char user[32], group[32];

	snprintf(user, sizeof user, "%d %d 1", (int)geteuid(), (int)geteuid());
	snprintf(group, sizeof group, "%d %d 1", (int)getegid(), (int)getegid());
	if (unshare(CLONE_NEWNS) != 0) {
		if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) {
			undecided("needs a mount namespace of its own: run as root, or allow user "
				  "namespaces");
		}
		describe_namespace("/proc/self/uid_map", user);
		describe_namespace("/proc/self/setgroups", "deny");
		describe_namespace("/proc/self/gid_map", group);
	}
	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
	    mount("touchstone", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV, "mode=0700") != 0 ||
	    chdir("/tmp") != 0) {
		undecided("needs leave to mount a file system in memory for itself: run as root");
	}
}

static int open_filled(const char *name, unsigned seed)
{
	int fd = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	arrange(fd >= 0);
	write_at(fd, filled_pages(PAGES, MAP_PRIVATE, seed), length(), 0);
	return fd;
}

/* Whoever opens the name now finds this. */
static void assert_name_shows(const char *name, unsigned seed)
{
	int fd = open(name, O_RDONLY | O_CLOEXEC);
	char *content = fresh_pages(PAGES, MAP_PRIVATE);

	arrange(fd >= 0);
	read_at(fd, content, length(), 0);
	assert_pattern(content, length(), seed, "what the name stands for");
	close(fd);
}

CLAIM(a_removed_file_stays_mapped, "mapfile-26",
      "When the name of a mapped file was removed a new file of that name is another file")
{
	enter_folder_of_our_own();

	char *area = fresh_mapping(PAGES, MAP_SHARED, open_filled("library", OLD));

	load(page(area, 1));
	assert_accepted(unlink("library"));
	assert_refused(open("library", O_RDONLY), ENOENT);
	assert_pattern(area, length(), OLD, "the mapping");
	close(open_filled("library", NEW));
	assert_pattern(area, length(), OLD, "the mapping, beside a new file");
	write_pattern(area, length(), LATER);
	assert_pattern(area, length(), LATER, "the mapping, stored into");
	assert_name_shows("library", NEW);
}

CLAIM(a_replaced_file_stays_mapped, "mapfile-26",
      "A mapping follows its file when that is renamed, and stays when another takes its name")
{
	enter_folder_of_our_own();

	char *area = fresh_mapping(PAGES, MAP_SHARED, open_filled("library", OLD));

	assert_accepted(rename("library", "former"));
	write_pattern(area, length(), LATER);
	assert_name_shows("former", LATER);
	close(open_filled("newer", NEW));
	assert_accepted(rename("newer", "former"));
	assert_pattern(area, length(), LATER, "the mapping of the file that was replaced");
	assert_name_shows("former", NEW);
	write_pattern(area, length(), OLD);
	assert_name_shows("former", NEW);
}

CONTROL(a_file_written_in_place_changes_its_mappings, "mapfile-26",
	"Written under its name instead, the file changes in its mappings; cut, it is gone from "
	"them")
{
	enter_folder_of_our_own();

	char *area = fresh_mapping(PAGES, MAP_SHARED, open_filled("library", OLD));
	int again = open("library", O_RDWR | O_CLOEXEC);

	arrange(again >= 0);
	write_at(again, filled_pages(PAGES, MAP_PRIVATE, NEW), length(), 0);
	assert_pattern(area, length(), NEW, "the mapping");
	arrange(open("library", O_RDWR | O_TRUNC | O_CLOEXEC) >= 0);
	assert_trap(try_load(area), SIGBUS, BUS_ADRERR, area);
}
