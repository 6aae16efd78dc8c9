/* SPDX-License-Identifier: MIT */
/*
 * Parent and child share their open files
 * =======================================
 *
 * Memory is copied, descriptors are copied, but not what they stand for. The child's descriptor 3
 * refers to the same open file as its parent's: one offset, one set of status flags. That is how a
 * shell and the programs that it starts can write one after the other to one file. To close
 * a descriptor is another thing: the table of descriptors is each one's own.
 *
 *      parent   3 --\
 *                    > [open file: offset, O_APPEND...] --> file
 *      child    3 --/
 *
 * Look with: lseek(2), fcntl(2) F_GETFL.
 * Read on:   fork(2), open(2) "Open file descriptions"; document 002 "fork revisited".
 */
#include <fcntl.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Parent and child share their open files");

enum { PAGES = 2, FIRST = 100, SECOND = 77 };

CLAIM(the_offset_is_one, "fork-38",
      "Where the child has read to is where the parent reads on, and the other way round")
{
	int fd = memory_file(PAGES, 1);
	static char expected[FIRST + SECOND + FIRST], bytes[FIRST];
	struct child other;

	pattern_bytes(expected, sizeof expected, 1, 0);
	START_CHILD(other) {
		arrange(read(fd, bytes, FIRST) == FIRST);
		hand_over();
		assert_equals(lseek(fd, 0, SEEK_CUR), FIRST + SECOND, "the offset in the child");
		arrange(read(fd, bytes, FIRST) == FIRST);
		assert_same_bytes(bytes, expected + FIRST + SECOND, FIRST,
				  "what the child reads next");
	}
	assert_equals(lseek(fd, 0, SEEK_CUR), FIRST, "the offset in the parent");
	arrange(read(fd, bytes, SECOND) == SECOND);
	assert_same_bytes(bytes, expected + FIRST, SECOND, "what the parent reads");
	end_child(&other);
	assert_equals(lseek(fd, 0, SEEK_CUR), FIRST + SECOND + FIRST, "the offset at last");
}

CLAIM(the_status_flags_are_one, "fork-38",
      "O_APPEND and O_NONBLOCK, set in the child, are set in the parent, and stay when it has "
      "ended")
{
	int fd = memory_file(1, 1), flags = fcntl(fd, F_GETFL);

	arrange(flags >= 0 && !(flags & (O_APPEND | O_NONBLOCK)));
	IN_CHILD {
		arrange(fcntl(fd, F_SETFL, flags | O_APPEND | O_NONBLOCK) == 0);
	}
	assert_equals(fcntl(fd, F_GETFL), flags | O_APPEND | O_NONBLOCK,
		      "the parent's status flags");
}

CONTROL(the_table_is_each_ones_own, "fork-38",
	"Descriptors that the child closes, opens or marks are as before in the parent")
{
	int fd = memory_file(1, 1), second = dup(fd), flags;

	arrange(second >= 0 && fcntl(fd, F_SETFD, 0) == 0);
	IN_CHILD {
		flags = fcntl(fd, F_GETFD);
		arrange(fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 && close(second) == 0);
		assert_equals(flags, 0, "the mark that the child begins with");
		assert_refused(lseek(second, 0, SEEK_CUR), EBADF);
	}
	assert_equals(fcntl(fd, F_GETFD), 0, "the mark in the parent");
	assert_equals(lseek(second, 0, SEEK_CUR), 0, "the offset of what the child has closed");
}

CONTROL(a_file_opened_anew_has_its_own_offset, "fork-38",
	"A child that opens the same file anew reads on its own, and the parent's offset stays")
{
	int fd = memory_file(PAGES, 1);
	static char bytes[FIRST];

	IN_CHILD {
		int own = open_again(fd, O_RDONLY);

		arrange(read(own, bytes, FIRST) == FIRST);
	}
	assert_equals(lseek(fd, 0, SEEK_CUR), 0, "the parent's offset");
}
