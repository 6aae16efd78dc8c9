/* SPDX-License-Identifier: MIT */
/*
 * A shared object is found by its name, until the name is removed
 * ===============================================================
 *
 * A name is how processes that have no common parent come to the same memory. It obeys the rules of
 * open(2): O_CREAT makes what is not there, O_EXCL makes sure that it was not there. The name
 * is one word behind one slash. It says where the object is found and nothing else; the object goes
 * on without it.
 *
 *      "/name" ----> [ object ]  <---- descriptors and mappings
 *
 *      shm_unlink:   [ object ]  <---- descriptors and mappings: they go on
 *      "/name" ----> [ a new one ]     whoever makes it now gets another object
 *
 * The man page has the name begin with a slash and refuses a long one by ENAMETOOLONG. On Linux the
 * C library drops the slash, so that a name without it is the same name, and some versions
 * call a name that is too long merely invalid.
 *
 * Look with: errno, and st_ino of fstat(2), which numbers the objects.
 * Read on:   shm_open(3), shm_overview(7); document 004 section 15.1.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A shared object is found by its name, until the name is removed");

enum { NAME_LIMIT = 255 };

static int make(const char *name)
{
	return (int)assert_accepted(shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600));
}

static long long number_of(int fd)
{
	struct stat status;

	arrange(fstat(fd, &status) == 0);
	return (long long)status.st_ino;
}

CLAIM(exclusive_means_that_it_was_not_there, "shm-02",
      "O_CREAT with O_EXCL refuses a name that is taken with EEXIST; O_CREAT alone opens it",
      .needs = POSIX_MEMORY)
{
	const char *name = guard_shared_name();
	int fd = make(name);

	for (int i = 0; i < 2; i++) {
		assert_refused(shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600), EEXIST);
		IN_CHILD {
			assert_refused(shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600), EEXIST);

			int own = (int)assert_accepted(shm_open(name, O_RDWR | O_CREAT, 0600));

			assert_equals(number_of(own), number_of(fd), "number of the object");
		}
	}
}

CLAIM(a_name_that_nobody_made_is_not_found, "shm-03",
      "A name that is not there can neither be opened nor removed: ENOENT", .needs = POSIX_MEMORY)
{
	const char *name = guard_shared_name();

	assert_refused(shm_open(name, O_RDWR, 0600), ENOENT);
	assert_refused(shm_open(name, O_RDONLY, 0600), ENOENT);
	assert_refused(shm_unlink(name), ENOENT);
	make(name);
	assert_accepted(shm_unlink(name));
	assert_refused(shm_open(name, O_RDWR, 0600), ENOENT);
	assert_refused(shm_unlink(name), ENOENT);
}

CLAIM(a_name_is_one_word, "shm-04",
      "A name that is empty, or has a slash inside, is invalid; one of 256 letters is too long",
      .needs = POSIX_MEMORY)
{
	char inside[100], longest[NAME_LIMIT + 3] = "/";
	const char *invalid[] = {"", "/", inside};

	snprintf(inside, sizeof inside, "%s/part", guard_shared_name());
	for (size_t i = 0; i < 3; i++) {
		assert_refused(shm_open(invalid[i], O_RDWR | O_CREAT, 0600), EINVAL);
	}
	memset(longest + 1, 'x', NAME_LIMIT + 1);
	assert_refused_either(shm_open(longest, O_RDWR | O_CREAT, 0600), ENAMETOOLONG, EINVAL);
	longest[NAME_LIMIT - 30] = 0;
	assert_refused(shm_open(longest, O_RDWR, 0600), ENOENT);
}

CLAIM(the_first_slash_is_no_part_of_the_name, "shm-04",
      "The name without its slash is the same name, to be opened and to be removed",
      .needs = POSIX_MEMORY)
{
	const char *name = guard_shared_name();
	int fd = make(name), again = (int)assert_accepted(shm_open(name + 1, O_RDWR, 0600));

	assert_equals(number_of(again), number_of(fd), "number of the object");
	assert_accepted(shm_unlink(name + 1));
	assert_refused(shm_open(name, O_RDWR, 0600), ENOENT);
}

CLAIM(a_removed_name_is_free_again, "shm-05",
      "After shm_unlink the name makes a new object, which knows nothing of the one before",
      .needs = POSIX_MEMORY)
{
	const char *name = guard_shared_name();
	int former = make(name);

	arrange(ftruncate(former, 1) == 0);
	assert_accepted(shm_unlink(name));
	IN_CHILD {
		int later = make(name);
		struct stat status;

		assert_differs(number_of(later), number_of(former), "number of the new object");
		arrange(fstat(later, &status) == 0);
		assert_equals(status.st_size, 0, "bytes of the new object");
	}
	assert_differs(number_of((int)assert_accepted(shm_open(name, O_RDWR, 0600))),
		       number_of(former), "number of the object, opened by another process");
}

CONTROL(another_name_is_another_object, "shm-02 shm-03 shm-04 shm-05",
	"Beside an object that is there another name is made, opened and removed like the first",
	.needs = POSIX_MEMORY)
{
	const char *name = guard_shared_name(), *other = guard_shared_name();
	int fd = make(name), second = make(other);

	assert_differs(number_of(second), number_of(fd), "number of the second object");
	assert_accepted(shm_unlink(other));
	assert_equals(number_of((int)assert_accepted(shm_open(name, O_RDWR, 0600))), number_of(fd),
		      "number of the first object");
}
