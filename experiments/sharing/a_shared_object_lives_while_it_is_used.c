/* SPDX-License-Identifier: MIT */
/*
 * A shared object lives while it is used, with or without a name
 * ==============================================================
 *
 * Three things hold a shared object: its name, each descriptor, and each mapping. Any one of them
 * is enough. That is why a careful program removes the name as soon as everybody has come,
 * and closes the descriptor as soon as it has mapped: the memory stays, and no crash leaves it behind.
 *
 *      name --------\
 *      descriptor ----> [ object ]      shm_unlink cuts the first, close(2) the second;
 *      mapping -----/                   the third is enough
 *
 * The descriptor has FD_CLOEXEC set from the start, so a program that is executed inherits neither
 * the mapping nor the descriptor.
 *
 * Look with: every byte, from both of two processes; fcntl(2) F_GETFD.
 * Read on:   shm_open(3), shm_overview(7), fcntl(2); document 004 section 15.1.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A shared object lives while it is used, with or without a name");

enum { PAGES = 3, OLD = 1, CHILDS, PARENTS };

static size_t length(void)
{
	return PAGES * page_size();
}

static int new_object(const char *name)
{
	int fd = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600);

	arrange(fd >= 0);
	arrange(ftruncate(fd, (off_t)length()) == 0);
	arrange(fallocate(fd, 0, 0, (off_t)length()) == 0);
	return fd;
}

CLAIM(a_mapping_needs_neither_name_nor_descriptor, "shm-06",
      "After shm_unlink and close two mappings in two processes are one memory as before",
      .needs = POSIX_MEMORY)
{
	const char *name = guard_shared_name();
	int fd = new_object(name);
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);
	struct child other;

	write_pattern(area, length(), OLD);
	START_CHILD(other) {
		int own_fd = shm_open(name, O_RDWR, 0);
		char *own = fresh_mapping(PAGES, MAP_SHARED, own_fd);

		close(own_fd);
		close(fd);
		munmap(area, length());
		hand_over(); /* the parent removes the name, and closes as well */
		assert_pattern(own, length(), OLD, "the object after its name has gone");
		write_pattern(own, length(), CHILDS);
		hand_over();
		assert_pattern(own, length(), PARENTS, "what the child reads at last");
	}
	assert_accepted(shm_unlink(name));
	assert_accepted(close(fd));
	give_turn(&other);
	assert_pattern(area, length(), CHILDS, "what the parent reads");
	write_pattern(area, length(), PARENTS);
	end_child(&other);
	assert_pattern(area, length(), PARENTS, "what is there when the other has gone");
}

CLAIM(a_descriptor_needs_no_name, "shm-05 shm-06",
      "A descriptor that is open when the name goes can be mapped anew, and lengthened",
      .needs = POSIX_MEMORY)
{
	const char *name = guard_shared_name();
	int fd = new_object(name);

	write_pattern(fresh_mapping(PAGES, MAP_SHARED, fd), length(), OLD);
	assert_accepted(shm_unlink(name));
	IN_CHILD {
		assert_accepted(ftruncate(fd, 2 * (off_t)length()));
		assert_accepted(fallocate(fd, 0, 0, 2 * (off_t)length()));

		char *later = fresh_mapping(2 * PAGES, MAP_SHARED, fd);

		assert_pattern(later, length(), OLD, "the object, mapped after its name has gone");
		assert_all_bytes(later + length(), length(), 0, "what was added to it");
	}
}

CLAIM(the_descriptor_is_not_for_others, "shm-07",
      "The descriptor of shm_open has FD_CLOEXEC set, whether the object is new or not",
      .needs = POSIX_MEMORY)
{
	const char *name = guard_shared_name();
	int first = new_object(name), again = shm_open(name, O_RDONLY, 0);

	arrange(again >= 0);
	assert_equals(fcntl(first, F_GETFD), FD_CLOEXEC, "descriptor flags where it was made");
	assert_equals(fcntl(again, F_GETFD), FD_CLOEXEC, "descriptor flags where it was opened");
}

CONTROL(the_last_user_takes_it_along, "shm-05 shm-06",
	"With name, descriptor and mapping gone nothing is left: the name leads to zeros, made "
	"anew",
	.needs = POSIX_MEMORY)
{
	const char *name = guard_shared_name();
	int fd = new_object(name);
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

	write_pattern(area, length(), OLD);
	arrange(shm_unlink(name) == 0 && close(fd) == 0 && munmap(area, length()) == 0);
	assert_refused(shm_open(name, O_RDWR, 0), ENOENT);
	assert_all_bytes(fresh_mapping(PAGES, MAP_SHARED, new_object(name)), length(), 0,
			 "an object made anew");
}

CONTROL(a_copy_of_the_descriptor_is_for_others, "shm-07",
	"A duplicate by dup has no such flag, so that the flag can be told", .needs = POSIX_MEMORY)
{
	assert_equals(fcntl(dup(new_object(guard_shared_name())), F_GETFD), 0,
		      "descriptor flags of the duplicate");
}
