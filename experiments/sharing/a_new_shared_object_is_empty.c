/* SPDX-License-Identifier: MIT */
/*
 * A new shared object is empty, and grows by zeros
 * ================================================
 *
 * shm_open(3) is open(2) for memory: it makes an object that has a name and no length at all. Nothing
 * of it can be used until ftruncate(2) gives it one, and what that adds reads as zeros. Both are
 * easily forgotten, for malloc takes a length and zeroes nothing: a mapping of the empty object
 * succeeds, and its first touch is a SIGBUS.
 *
 *      shm_open          ftruncate(2 pages)      O_TRUNC by anybody who may write
 *
 *      |                 | 0 0 0 | 0 0 0 |       |
 *      length 0          two pages of zeros      length 0 again, the bytes are gone
 *
 * The object bears the owner and the permissions of a file as well: the mode that was asked
 * for, less the bits of the umask.
 *
 * Look with: fstat(2), every byte of the mapping, a load that may trap.
 * Read on:   shm_open(3), ftruncate(2), umask(2); document 004 section 15.1.
 */
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A new shared object is empty, and grows by zeros");

enum { PAGES = 3 };

static size_t length(void)
{
	return PAGES * page_size();
}

static struct stat status_of(int fd)
{
	struct stat status;

	arrange(fstat(fd, &status) == 0);
	return status;
}

/* Gives the object its length, and sees to it that there is room for it in /dev/shm. */
static void grow(int fd)
{
	arrange(ftruncate(fd, (off_t)length()) == 0);
	arrange(fallocate(fd, 0, 0, (off_t)length()) == 0);
}

static int new_object(const char *name)
{
	return (int)assert_accepted(shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600));
}

CLAIM(a_new_object_has_no_length, "shm-01",
      "The new object is a file of length 0, and a touch of its mapping gets SIGBUS",
      .needs = POSIX_MEMORY)
{
	int fd = new_object(guard_shared_name());
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

	assert_equals(status_of(fd).st_size, 0, "bytes of the new object");
	assert_equals(S_ISREG(status_of(fd).st_mode), 1, "it is a regular file");
	assert_trap(try_load(area), SIGBUS, BUS_ADRERR, area);
	assert_trap(try_store(area, 'x'), SIGBUS, BUS_ADRERR, area);
	assert_equals(status_of(fd).st_size, 0, "bytes of it after the touches");
}

CLAIM(what_ftruncate_adds_is_zero, "shm-01",
      "Every byte that ftruncate adds is zero, in the first process and in another one",
      .needs = POSIX_MEMORY)
{
	const char *name = guard_shared_name();
	int fd = new_object(name);

	grow(fd);
	assert_equals(status_of(fd).st_size, length(), "bytes of the object after ftruncate");
	assert_all_bytes(fresh_mapping(PAGES, MAP_SHARED, fd), length(), 0, "the object");
	IN_CHILD {
		int own = (int)assert_accepted(shm_open(name, O_RDONLY, 0));
		char *area = mmap(NULL, length(), PROT_READ, MAP_SHARED, own, 0);

		arrange(area != MAP_FAILED);
		assert_all_bytes(area, length(), 0, "the object in another process");
	}
}

CLAIM(o_trunc_empties_it_for_everybody, "shm-10",
      "O_TRUNC sets the length of an object that is there to 0, and what it held is gone",
      .needs = POSIX_MEMORY)
{
	const char *name = guard_shared_name();
	int fd = new_object(name);

	grow(fd);

	char *area = fresh_mapping(PAGES, MAP_SHARED, fd), *last = page(area, PAGES) - 1;

	write_pattern(area, length(), 1);
	IN_CHILD {
		assert_accepted(shm_open(name, O_RDWR | O_TRUNC, 0));
	}
	assert_equals(status_of(fd).st_size, 0, "bytes of the object");
	assert_trap(try_load(area), SIGBUS, BUS_ADRERR, area);
	assert_trap(try_load(last), SIGBUS, BUS_ADRERR, last);
	grow(fd);
	assert_all_bytes(area, length(), 0, "the object when it has its length again");
}

CLAIM(it_has_an_owner_and_a_mode, "shm-11",
      "The object belongs to its maker, and its mode is what was asked for, less the umask",
      .needs = POSIX_MEMORY)
{
	mode_t masks[] = {0, 027, 0777};

	for (size_t i = 0; i < 3; i++) {
		const char *name = guard_shared_name();

		umask(masks[i]);

		int fd = (int)assert_accepted(shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0666));
		struct stat status = status_of(fd);

		assert_equals(status.st_mode & 07777, 0666 & ~masks[i], "its permissions");
		assert_equals(status.st_uid, geteuid(), "its owner");
		assert_accepted(shm_unlink(name));
	}
}

CONTROL(an_object_that_is_opened_again_is_not_new, "shm-01 shm-10 shm-11",
	"Opened again without O_TRUNC the object has its length, its bytes and its first mode",
	.needs = POSIX_MEMORY)
{
	const char *name = guard_shared_name();
	int fd = new_object(name);

	grow(fd);
	write_pattern(fresh_mapping(PAGES, MAP_SHARED, fd), length(), 1);
	IN_CHILD {
		int own = (int)assert_accepted(shm_open(name, O_RDWR | O_CREAT, 0640));

		assert_equals(status_of(own).st_size, length(), "bytes of it");
		assert_equals(status_of(own).st_mode & 07777, 0600, "its permissions");
		assert_pattern(fresh_mapping(PAGES, MAP_SHARED, own), length(), 1, "what it holds");
	}
}
