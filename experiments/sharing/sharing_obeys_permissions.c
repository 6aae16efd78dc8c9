/* SPDX-License-Identifier: MIT */
/*
 * Sharing obeys permissions
 * =========================
 *
 * Memory that is shared is shared with somebody, and for something. Who: a named object has an owner and
 * a mode, and whoever is not meant by it does not get in, though he knows the name. For what:
 * who has opened it to read gets a mapping that cannot be stored to, and no call makes it writable. And a seal
 * binds even the owner.
 *
 *      owner,  opened to write    PROT_READ | PROT_WRITE        yes
 *      owner,  opened to read     store: SIGSEGV                mprotect: EACCES
 *      owner,  sealed             mmap to write: EPERM
 *      another user, mode 0600    shm_open: EACCES
 *
 * Root passes over the mode; so the claims about it are made without root's capabilities.
 *
 * Look with: errno, and stores that may trap.
 * Read on:   shm_open(3), fcntl(2) "File Sealing", capabilities(7); document 004 section 1.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Sharing obeys permissions");

enum { PAGES = 2, SOMEBODY = 65534 };

static size_t length(void)
{
	return PAGES * page_size();
}

static void give_up_capabilities(void)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct none[2] = {{0}};

	arrange(syscall(SYS_capset, &header, none) == 0);
}

static void become_somebody_else(void)
{
	if (geteuid() == SOMEBODY || setresgid(SOMEBODY, SOMEBODY, SOMEBODY) != 0 ||
	    setresuid(SOMEBODY, SOMEBODY, SOMEBODY) != 0) {
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

CLAIM(a_reader_cannot_write, "share-09",
      "Who maps an object he has opened to read cannot store to it, nor get the leave to later")
{
	int fd = memory_file(PAGES, 1), reader = open_again(fd, O_RDONLY);
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

	IN_CHILD {
		char *seen = mmap(NULL, length(), PROT_READ, MAP_SHARED, reader, 0);

		arrange(seen != MAP_FAILED);
		for (size_t i = 0; i < PAGES; i++) {
			char *last = page(seen, i + 1) - 1;

			assert_trap(try_store(page(seen, i), 'x'), SIGSEGV, SEGV_ACCERR,
				    page(seen, i));
			assert_trap(try_store(last, 'x'), SIGSEGV, SEGV_ACCERR, last);
			assert_refused(mprotect(page(seen, i), page_size(), PROT_READ | PROT_WRITE),
				       EACCES);
		}
		assert_pattern(seen, length(), 1, "what the reader reads");
	}
	assert_pattern(area, length(), 1, "the object after that");
}

CLAIM(a_seal_binds_the_owner_too, "share-09",
      "Once an object is sealed against writing its owner maps it to write in vain: EPERM")
{
	int fd = memfd_create("sealed", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	arrange(fd >= 0 && ftruncate(fd, (off_t)length()) == 0);
	assert_accepted(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE));
	assert_refused(mmap(NULL, length(), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0), EPERM);
	IN_CHILD {
		assert_refused(mmap(NULL, length(), PROT_WRITE, MAP_SHARED, fd, 0), EPERM);
	}
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
