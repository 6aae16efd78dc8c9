/* SPDX-License-Identifier: MIT */
/*
 * Unmapping is no business of other processes
 * ===========================================
 *
 * munmap(2) changes one address space. Document 002 shows two processes that map one object; when
 * one of them unmaps it, the other one keeps its mapping, the frames and every byte. The
 * object lives until the last mapping and the last descriptor are gone; then its memory is lost,
 * and nobody will ever see its bytes again.
 *
 *        A          B                    A          B
 *      | a |      | a |                .   .      | a |
 *         \        /       A: munmap                |
 *          [ 7 ]           ------->              [ 7 ]   B's alone
 *
 * Look with: the bytes that B reads and writes; pagemap, which tells that a frame is mapped once.
 * Read on:   munmap(2); document 002 "Shared Objects Revisited".
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Unmapping is no business of other processes");

enum { PAGES = 4 };

static int object(void)
{
	int fd = memfd_create("object", MFD_CLOEXEC);

	arrange(fd >= 0 && ftruncate(fd, (off_t)(PAGES * page_size())) == 0);
	return fd;
}

static char *map_pages(int fd)
{
	char *area = mmap(NULL, PAGES * page_size(), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	arrange(area != MAP_FAILED);
	return area;
}

CLAIM(other_processes_keep_their_mapping, "munmap-08",
      "What one process unmaps, another one that maps the same object still reads and writes")
{
	int fd = object();
	char *area = map_pages(fd);
	struct child other;

	write_pattern(area, PAGES * page_size(), 1);
	START_CHILD(other) {
		hand_over();
		assert_pattern(area, PAGES * page_size(), 1, "what the other process reads");
		write_pattern(area, PAGES * page_size(), 2);
	}
	assert_accepted(munmap(area, PAGES * page_size()));
	assert_trap(try_load(area), SIGSEGV, SEGV_MAPERR, area);
	give_turn(&other);
	end_child(&other);
	assert_pattern(map_pages(fd), PAGES * page_size(), 2, "what the other wrote, mapped anew");
}

CLAIM(the_frames_become_the_others_own, "munmap-08",
      "Frames that two processes mapped are mapped by one alone, after the other's munmap",
      .needs = FRAME_IDENTITY)
{
	char *area = map_pages(object());
	struct child other;

	write_pattern(area, PAGES * page_size(), 1);
	START_CHILD(other) {
		load_each(area, PAGES);
		hand_over();
		assert_accepted(munmap(area, PAGES * page_size()));
		hand_over();
	}
	assert_strip(observe_pages("while both map them", area, PAGES), "s");
	give_turn(&other);
	assert_strip(observe_pages("after one has unmapped them", area, PAGES), "o");
	assert_pattern(area, PAGES * page_size(), 1, "what they hold");
}

CONTROL(the_object_goes_with_its_last_user, "munmap-08",
	"Once nobody maps or holds it the object is lost, and a new one of that name reads zeros")
{
	int fd = object();
	char *area = map_pages(fd);

	write_pattern(area, PAGES * page_size(), 1);
	arrange(close(fd) == 0);
	assert_pattern(area, PAGES * page_size(), 1, "the object, which its mapping keeps alive");
	assert_accepted(munmap(area, PAGES * page_size()));
	assert_all_bytes(map_pages(object()), PAGES * page_size(), 0, "a new object");
}
