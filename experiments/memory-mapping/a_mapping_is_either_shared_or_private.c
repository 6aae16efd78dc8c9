/* SPDX-License-Identifier: MIT */
/*
 * A mapping is either shared or private
 * =====================================
 *
 * Document 002 calls an object that is mapped into an area either shared or private. There is
 * nothing between, and nothing that goes without saying: mmap(2) wants to be told which of the two
 * it shall be, for memory as for files. Who says neither gets no mapping, and no default.
 * Even anonymous memory has to be the one or the other, since it may live through a fork(2).
 *
 *      flags            of a file     with MAP_ANONYMOUS
 *      neither          EINVAL        EINVAL
 *      MAP_SHARED       a mapping     a mapping
 *      MAP_PRIVATE      a mapping     a mapping
 *      both             (see below)   EINVAL
 *
 * Both bits together are another flag where a file is mapped, MAP_SHARED_VALIDATE: a shared mapping
 * that refuses what it does not know. Memory without a file has no such mapping.
 *
 * Look with: errno, and the bytes on either side of a fork.
 * Read on:   mmap(2) "The flags argument"; documents 002 "Shared Objects Revisited", 003.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A mapping is either shared or private");

enum { PAGES = 4 };

static void *map_with(int flags, int fd)
{
	return mmap(NULL, PAGES * page_size(), PROT_READ | PROT_WRITE, flags, fd, 0);
}

CLAIM(one_of_the_flags_must_be_given, "map-10",
      "A mapping that is neither shared nor private is refused, and so is one that is both")
{
	int both = MAP_SHARED | MAP_PRIVATE, fd = memory_file(PAGES, 1);

	assert_refused(map_with(MAP_ANONYMOUS, -1), EINVAL);
	assert_refused(map_with(0, fd), EINVAL);
	assert_refused(map_with(MAP_ANONYMOUS | both, -1), EINVAL);
	assert_accepted(map_with(MAP_ANONYMOUS | MAP_PRIVATE, -1));
	assert_accepted(map_with(MAP_SHARED, fd));
}

CONTROL(either_flag_alone_is_accepted, "map-10",
	"By the same call either flag is accepted for itself, and each gives the memory it names")
{
	size_t length = PAGES * page_size();
	char *shared = (char *)assert_accepted(map_with(MAP_ANONYMOUS | MAP_SHARED, -1));
	char *private = (char *)assert_accepted(map_with(MAP_ANONYMOUS | MAP_PRIVATE, -1));
	char *shared_file = (char *)assert_accepted(map_with(MAP_SHARED, memory_file(PAGES, 1)));
	char *private_file = (char *)assert_accepted(map_with(MAP_PRIVATE, memory_file(PAGES, 1)));

	IN_CHILD {
		write_pattern(shared, length, 2);
		write_pattern(private, length, 2);
		write_pattern(shared_file, length, 2);
		write_pattern(private_file, length, 2);
	}
	assert_pattern(shared, length, 2, "shared memory that a child has written");
	assert_all_bytes(private, length, 0, "private memory that a child has written");
	assert_pattern(shared_file, length, 2, "a file mapped shared");
	assert_pattern(private_file, length, 1, "a file mapped privately");
}
