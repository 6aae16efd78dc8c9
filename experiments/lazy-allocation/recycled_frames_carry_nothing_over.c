/* SPDX-License-Identifier: MIT */
/*
 * A recycled frame carries nothing of its former owner
 * ====================================================
 *
 * Hardly any frame is new. It has held a password, a letter, a page of some file, and was given
 * back when its owner ended. Document 004 (section 14.1) counts information leakage among what
 * isolation has to prevent, and document 002 tells how: before a page is handed out the kernel
 * overwrites it with binary zeros. Were this step left out nothing would crash, and every
 * program could read what others have thrown away.
 *
 *      former owner           free             next owner stores one byte
 *
 *      +----------------+     +----------------+     +----------------+
 *      | my secret, ... | ->  | my secret, ... | ->  | x000000000 ... |
 *      +----------------+     +----------------+     +----------------+
 *          frame 5e1              frame 5e1              frame 5e1
 *
 * So frames are given back in every way, as many are taken again, and every byte is looked at.
 *
 * Look with: loads, so that anybody can decide it.
 * Read on:   munmap(2), madvise(2), pipe(7); document 002, introduction; document 004 section 14.1.
 */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>
#include <touchstone/processors.h>

EXPERIMENT("A recycled frame carries nothing of its former owner");

enum { PAGES = 256, ROUNDS = 2 };

/* Takes a frame for every page by storing in one byte of each, first or last, and looks at all. */
static void take_frames_and_look(char *area, unsigned round, const char *what)
{
	size_t length = PAGES * page_size(), at = round % 2 ? page_size() - 1 : 0;
	size_t right = 0;

	for (size_t i = 0; i < PAGES; i++) {
		store(page(area, i) + at, 'x');
	}
	for (size_t i = 0; i < PAGES; i++) {
		right += load(page(area, i) + at) == 'x';
		store(page(area, i) + at, 0);
	}
	assert_equals(right, PAGES, "pages that hold the byte stored");
	assert_all_bytes(area, length, 0, what);
}

CLAIM(memory_given_back_comes_back_empty, "lazy-15",
      "What a process wrote and gave back by munmap, MADV_DONTNEED or mmap is never seen again")
{
	size_t length = PAGES * page_size();

	meet_the_same_frames();
	for (unsigned round = 0; round < ROUNDS; round++) {
		char *area = fresh_pages(PAGES, MAP_PRIVATE);

		write_pattern(area, length, round);
		assert_accepted(munmap(area, length));
		area = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
			    0);
		arrange(area != MAP_FAILED);
		take_frames_and_look(area, round, "memory mapped after munmap");

		write_pattern(area, length, round + ROUNDS);
		assert_accepted(madvise(area, length, MADV_DONTNEED));
		take_frames_and_look(area, round, "memory used again after MADV_DONTNEED");

		write_pattern(area, length, round + 2 * ROUNDS);
		assert_accepted(mmap(area, length, PROT_READ | PROT_WRITE,
				     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0));
		take_frames_and_look(area, round, "memory mapped over older memory");
	}
}

CLAIM(another_process_leaves_nothing, "lazy-15",
      "Nothing that another process wrote shows in fresh memory, be that process alive or dead")
{
	size_t length = PAGES * page_size();
	char *given_back = fresh_pages(PAGES, MAP_PRIVATE);
	char *left_behind = fresh_pages(PAGES, MAP_PRIVATE);
	struct child other;

	meet_the_same_frames();
	START_CHILD(other) {
		write_pattern(given_back, length, 1);
		write_pattern(left_behind, length, 2);
		assert_accepted(munmap(given_back, length));
		hand_over();
	}
	take_frames_and_look(fresh_pages(PAGES, MAP_PRIVATE), 0,
			     "memory taken while the other process lives");
	end_child(&other);
	take_frames_and_look(left_behind, 1, "memory taken after its death");
}

CLAIM(files_and_pipes_leave_nothing, "lazy-15",
      "Nothing shows in fresh memory of a memory file that was cut, or a pipe that was closed")
{
	size_t length = PAGES * page_size();

	meet_the_same_frames();
	for (unsigned round = 0; round < ROUNDS; round++) {
		int fd = memory_file(PAGES, round), ends[2];
		char *file = fresh_mapping(PAGES, MAP_SHARED, fd);

		write_pattern(file, length, round + ROUNDS);
		arrange(pipe2(ends, O_NONBLOCK) == 0 && write(ends[1], file, length) > 0);
		assert_accepted(ftruncate(fd, 0));
		arrange(close(ends[0]) == 0 && close(ends[1]) == 0);
		take_frames_and_look(fresh_pages(PAGES, MAP_PRIVATE), round,
				     "private memory after a file and a pipe");
		assert_accepted(ftruncate(fd, (off_t)length));
		assert_all_bytes(file, length, 0, "the file, extended again");
	}
}

CONTROL(memory_that_still_has_an_owner_keeps_its_bytes, "lazy-15",
	"A file in memory has its frames until it is gone: mapped anew, every byte is there")
{
	size_t length = PAGES * page_size();
	int fd = memory_file(PAGES, 1);
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

	write_pattern(area, length, 2);
	arrange(munmap(area, length) == 0);
	area = fresh_mapping(PAGES, MAP_SHARED, fd);
	assert_pattern(area, length, 2, "the file, mapped again by the same process");
	IN_CHILD {
		area = fresh_mapping(PAGES, MAP_SHARED, fd);
		assert_pattern(area, length, 2, "the file, mapped by another");
	}
}
