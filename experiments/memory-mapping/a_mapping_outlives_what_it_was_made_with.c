/* SPDX-License-Identifier: MIT */
/*
 * A mapping outlives what it was made with
 * ========================================
 *
 * mmap(2) looks at the descriptor, at how it was opened and at what the file permits, once. From
 * then on the mapping holds the file itself. The descriptor may be closed, and its number go to
 * another file; the file may lose its last name; its permissions may be taken away. Nothing of
 * this is noticed by a load or a store.
 *
 *      descriptor 5 --+
 *                     v
 *      name  ----->  file  <===== mapping        after close(5), unlink(name) and chmod(0)
 *                                                only the mapping is left, and it is enough
 *
 * When the last mapping goes, the file goes.
 *
 * Look with: the bytes, seen by a second mapping; errno of whoever comes too late.
 * Read on:   mmap(2) "the file descriptor can be closed immediately", unlink(2), chmod(2).
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A mapping outlives what it was made with");

enum { PAGES = 3 };

/* Two shared mappings of a file: each shows all that is stored into the other. */
struct views {
	char *one, *other;
};

static struct views two_views(int fd)
{
	struct views views = {fresh_mapping(PAGES, MAP_SHARED, fd),
			      fresh_mapping(PAGES, MAP_SHARED, fd)};

	return views;
}

static void assert_alive(struct views views, unsigned seed)
{
	write_pattern(views.one, PAGES * page_size(), seed);
	assert_pattern(views.other, PAGES * page_size(), seed, "what was stored into the mapping");
}

CLAIM(it_outlives_descriptor_and_name, "mmap-26 vma-11",
      "The mapping of a file that has no name and is open nowhere shows each byte and takes stores")
{
	int fd = scratch_file(PAGES, 1);
	struct views views = two_views(fd);
	struct stat status;

	arrange(fstat(fd, &status) == 0);
	assert_equals(status.st_nlink, 0, "names of the file");
	assert_accepted(close(fd));
	assert_pattern(views.one, PAGES * page_size(), 1, "the file");
	assert_alive(views, 2);
	IN_CHILD {
		assert_alive(views, 3);
	}
	assert_pattern(views.one, PAGES * page_size(), 3, "what a child has stored");
}

CLAIM(it_does_not_follow_the_number, "mmap-26",
      "When the number of the descriptor goes to another file, the mapping stays with its own")
{
	int fd = scratch_file(PAGES, 1), another = scratch_file(PAGES, 2);
	struct views views = two_views(fd);

	arrange(close(fd) == 0 && fcntl(another, F_DUPFD, fd) == fd);
	assert_pattern(views.one, PAGES * page_size(), 1, "the mapping");
	assert_alive(views, 3);
	assert_pattern(fresh_mapping(PAGES, MAP_SHARED, fd), PAGES * page_size(), 2,
		       "the other file, mapped by the same number");
}

/* In a child: an ordinary user, who owns the file. */
static void become_the_owner(int fd)
{
	if (geteuid() == 0) {
		if (fchown(fd, NOBODY, NOBODY) != 0) {
			undecided("needs leave to give a file away: root with CAP_CHOWN, or any "
				  "user");
		}
		become_an_ordinary_user();
		arrange(prctl(PR_SET_DUMPABLE, 1) == 0); /* else /proc/self is closed to it */
	}
}

CLAIM(permissions_are_asked_once, "mmap-27",
      "When all permissions of the file are taken away, the mapping is read and written as before")
{
	IN_CHILD {
		int fd = scratch_file(PAGES, 1);
		struct views views = two_views(fd);

		become_the_owner(fd);
		arrange(fchmod(fd, 0) == 0);
		assert_pattern(views.one, PAGES * page_size(), 1, "the file");
		assert_alive(views, 2);
		assert_accepted(mprotect(views.one, page_size(), PROT_READ));
		assert_accepted(mprotect(views.one, page_size(), PROT_READ | PROT_WRITE));
		assert_alive(views, 3);
		assert_alive(two_views(fd), 4);
	}
}

CONTROL(who_comes_later_is_refused, "mmap-27",
	"Whoever opens that file anew is refused with EACCES, though it could be opened before")
{
	IN_CHILD {
		int fd = scratch_file(PAGES, 1);
		char path[40];

		become_the_owner(fd);
		(void)open_again(fd, O_RDWR);
		snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
		arrange(fchmod(fd, 0) == 0);
		assert_refused(open(path, O_RDWR | O_CLOEXEC), EACCES);
		assert_refused(open(path, O_RDONLY | O_CLOEXEC), EACCES);
	}
}

CONTROL(a_closed_descriptor_maps_nothing, "mmap-26 vma-11",
	"A new mapping by the number of a descriptor that was closed is refused with EBADF")
{
	int fd = scratch_file(PAGES, 1);
	struct views views = two_views(fd);

	arrange(close(fd) == 0);
	assert_refused(mmap(NULL, page_size(), PROT_READ, MAP_SHARED, fd, 0), EBADF);
	assert_alive(views, 2);
}
