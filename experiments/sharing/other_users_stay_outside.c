/* SPDX-License-Identifier: MIT */
/*
 * Other users stay outside
 * ========================
 *
 * A named object lies where everybody can see its name. So it has an owner and a mode, as a file has,
 * and shm_open(3) asks for leave as open(2) does: the name alone opens nothing. The owner is bound by
 * the mode as well. Root is not, for he has the capability to pass over it; so what the mode
 * means is seen best without root's capabilities.
 *
 *      mode        owner, to write    owner, to read    another user
 *      rw-------   yes                yes               EACCES
 *      r--------   EACCES             yes               EACCES
 *      rw-r--r--   yes                yes               to read
 *
 * Look with: errno, in a process without capabilities, and in one that has become another user.
 * Read on:   shm_open(3), capabilities(7), credentials(7); document 004 section 1.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Other users stay outside");

enum { PAGES = 2 };

static size_t length(void)
{
	return PAGES * page_size();
}

static void become_somebody_else(void)
{
	if (!become_another_user()) {
		undecided("needs a second user: run as root");
	}
}

/* A named object of the given mode, whatever the umask. */
static const char *object(mode_t mode)
{
	const char *name = guard_shared_name();
	int fd = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600);

	arrange(fd >= 0 && ftruncate(fd, (off_t)length()) == 0 && fchmod(fd, mode) == 0);
	return name;
}

CLAIM(the_mode_binds_who_has_no_privilege, "share-09",
      "Who may only read, by the object's mode, opens it to read; who may nothing, not at all",
      .needs = POSIX_MEMORY)
{
	const char *readable = object(0400), *closed = object(0);

	give_up_capabilities();
	for (int i = 0; i < 2; i++) {
		assert_refused(shm_open(readable, O_RDWR, 0), EACCES);
		assert_refused(shm_open(closed, O_RDWR, 0), EACCES);
		assert_refused(shm_open(closed, O_RDONLY, 0), EACCES);
	}
	assert_accepted(shm_open(readable, O_RDONLY, 0));
}

CLAIM(another_user_stays_outside, "share-09",
      "Another user gets EACCES for an object of mode 0600, to read or to write, and removes "
      "nothing",
      .needs = POSIX_MEMORY)
{
	const char *name = object(0600);

	IN_CHILD {
		become_somebody_else();
		assert_refused(shm_open(name, O_RDONLY, 0), EACCES);
		assert_refused(shm_open(name, O_RDWR, 0), EACCES);
		assert_refused(shm_open(name, O_RDWR | O_CREAT, 0666), EACCES);
	}
	assert_accepted(shm_open(name, O_RDWR, 0));
}

CONTROL(the_owner_may_do_what_the_mode_allows, "share-09",
	"The owner, without any privilege, opens his object of mode 0600 and writes to it",
	.needs = POSIX_MEMORY)
{
	const char *name = object(0600);
	int room = shm_open(name, O_RDWR, 0);

	arrange(room >= 0 && fallocate(room, 0, 0, (off_t)length()) == 0);
	give_up_capabilities();

	int fd = (int)assert_accepted(shm_open(name, O_RDWR, 0));
	char *area = (char *)assert_accepted(
		mmap(NULL, length(), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0));

	assert_no_trap(try_store(area, 'x'));
	assert_no_trap(try_store(page(area, PAGES) - 1, 'x'));
}

CONTROL(another_user_comes_in_where_he_may, "share-09",
	"An object of mode 0644 is opened by another user to read, and not to write",
	.needs = POSIX_MEMORY)
{
	const char *name = object(0644);

	IN_CHILD {
		become_somebody_else();
		assert_accepted(shm_open(name, O_RDONLY, 0));
		assert_refused(shm_open(name, O_RDWR, 0), EACCES);
	}
}
