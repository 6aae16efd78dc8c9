/* SPDX-License-Identifier: MIT */
/*
 * Seals belong to the object, and are never broken
 * ================================================
 *
 * A seal that could be taken off, or that another descriptor did not have, would be worth nothing to
 * who receives a file from someone else. So seals are a property of the object: every descriptor shows
 * them and obeys them, in every process, whoever set them. They can be added, and F_SEAL_SEAL ends
 * that as well. A file that was not made to be sealed has F_SEAL_SEAL from the start, so that
 * nobody can be stopped in a file that he did not mean to be stopped in.
 *
 *      descriptor 3 ----\
 *      its duplicate ----> [ object | bytes | seals: SHRINK, GROW ]       only ever more
 *      a child's 3 -----/
 *
 * Look with: fcntl(2) F_GET_SEALS and errno, from a parent and its child.
 * Read on:   fcntl(2) "File Sealing", memfd_create(2) MFD_ALLOW_SEALING.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Seals belong to the object, and are never broken");

/* Set by a machine that makes all memory files non-executable (vm.memfd_noexec), and no matter here. */
enum { SEAL_EXEC = 0x20 };

static int sealable_file(void)
{
	int fd = memfd_create("sealable", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	arrange(fd >= 0 && ftruncate(fd, (off_t)page_size()) == 0);
	return fd;
}

static int seals_of(int fd)
{
	return (int)assert_accepted(fcntl(fd, F_GET_SEALS)) & ~SEAL_EXEC;
}

CLAIM(the_flag_decides_whether_it_can_be_sealed, "memfd-06",
      "With MFD_ALLOW_SEALING a file has no seal; without, it has F_SEAL_SEAL and gets no other")
{
	int open = sealable_file(), closed = memfd_create("closed", MFD_CLOEXEC);

	arrange(closed >= 0);
	assert_equals(seals_of(open), 0, "seals of a file made to be sealed");
	if (fcntl(closed, F_GET_SEALS) & SEAL_EXEC) {
		undecided("needs vm.memfd_noexec to be 0: otherwise each file can be sealed");
	}
	assert_equals(seals_of(closed), F_SEAL_SEAL, "seals of another");
	for (int i = 0; i < 2; i++) {
		assert_refused(fcntl(closed, F_ADD_SEALS, F_SEAL_SHRINK), EPERM);
		assert_refused(fcntl(closed, F_ADD_SEALS, F_SEAL_SEAL), EPERM);
	}
	assert_equals(seals_of(closed), F_SEAL_SEAL, "its seals after that");
}

CLAIM(the_last_seal_ends_the_sealing, "memfd-11",
      "F_SEAL_SEAL, alone or with others, makes every further seal EPERM; it forbids nothing else")
{
	int others[] = {0, F_SEAL_SHRINK};

	for (size_t i = 0; i < 2; i++) {
		int fd = sealable_file();

		assert_accepted(fcntl(fd, F_ADD_SEALS, F_SEAL_SEAL | others[i]));
		assert_refused(fcntl(fd, F_ADD_SEALS, F_SEAL_GROW), EPERM);
		assert_refused(fcntl(fd, F_ADD_SEALS, F_SEAL_SEAL), EPERM);
		assert_equals(seals_of(fd), F_SEAL_SEAL | others[i], "seals of the file");
		assert_accepted(ftruncate(fd, 2 * (off_t)page_size()));
		assert_equals(pwrite(fd, "x", 1, 0), 1, "bytes written");
	}
}

CLAIM(every_descriptor_has_them, "memfd-12",
      "A seal set through one descriptor binds each other one, in parent and child, both ways")
{
	int fd = sealable_file(), copy = dup(fd);
	struct child other;

	arrange(copy >= 0);
	START_CHILD(other) {
		assert_accepted(fcntl(copy, F_ADD_SEALS, F_SEAL_SHRINK));
		hand_over();
		assert_equals(seals_of(copy), F_SEAL_SHRINK | F_SEAL_GROW, "seals in the child");
		assert_refused(ftruncate(copy, 2 * (off_t)page_size()), EPERM);
	}
	assert_equals(seals_of(fd), F_SEAL_SHRINK, "seals that the child has set");
	assert_refused(ftruncate(fd, 0), EPERM);
	assert_accepted(fcntl(fd, F_ADD_SEALS, F_SEAL_GROW));
	end_child(&other);
	assert_refused(ftruncate(fd, 0), EPERM);
}

CLAIM(seals_are_only_added, "memfd-12",
      "Another seal, or the same, or none leaves those that are set; and so does whoever closes")
{
	int fd = sealable_file(), copy = dup(fd);

	arrange(copy >= 0);
	assert_accepted(fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK));
	assert_accepted(fcntl(fd, F_ADD_SEALS, 0));
	assert_accepted(fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK));
	assert_accepted(fcntl(fd, F_ADD_SEALS, F_SEAL_GROW));
	assert_equals(seals_of(fd), F_SEAL_SHRINK | F_SEAL_GROW, "seals of the file");
	arrange(close(fd) == 0);
	assert_equals(seals_of(copy), F_SEAL_SHRINK | F_SEAL_GROW, "seals when that one is closed");
}

CLAIM(not_everybody_seals_everything, "memfd-13",
      "A seal that is unknown, or on no memory file, is EINVAL; through a reader's descriptor "
      "EPERM")
{
	int fd = sealable_file(), ends[2];

	arrange(pipe2(ends, O_CLOEXEC) == 0);
	assert_refused(fcntl(fd, F_ADD_SEALS, 1 << 30), EINVAL);
	assert_refused(fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | 1 << 30), EINVAL);
	assert_refused(fcntl(ends[1], F_ADD_SEALS, F_SEAL_SHRINK), EINVAL);
	assert_refused(fcntl(ends[1], F_GET_SEALS), EINVAL);
	assert_equals(seals_of(fd), 0, "seals of the file after that");
	assert_refused(fcntl(open_again(fd, O_RDONLY), F_ADD_SEALS, F_SEAL_SHRINK), EPERM);
	assert_equals(seals_of(open_again(fd, O_RDONLY)), 0, "seals that a reader sees");
}

CONTROL(another_file_has_none_of_them, "memfd-06 memfd-11 memfd-12 memfd-13",
	"A second file beside the sealed one is free of its seals, and can be given its own")
{
	int sealed = sealable_file(), fd = sealable_file();

	assert_accepted(fcntl(sealed, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW));
	assert_equals(seals_of(fd), 0, "seals of the second file");
	assert_accepted(ftruncate(fd, 0));
	assert_accepted(fcntl(open_again(fd, O_RDWR), F_ADD_SEALS, F_SEAL_GROW));
	assert_equals(seals_of(fd), F_SEAL_GROW, "seals of the second file at last");
}
