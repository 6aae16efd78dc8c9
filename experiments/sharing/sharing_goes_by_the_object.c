/* SPDX-License-Identifier: MIT */
/*
 * Sharing goes by the object, not by its name or its bytes
 * ========================================================
 *
 * "Since each object has a unique filename", says document 002, the kernel can tell that a page of it is
 * in memory already, for another process. What it says of the frames is right, and the reason is not.
 * A name is neither needed nor sufficient: one object may have two names, or none, and one name may
 * lead to this object now and to another one later. What the kernel goes by is the object itself,
 * which in a file system is the inode.
 *
 *      "/one" ----\                        "/one" --> [ object ]      removed, and made anew:
 *                  [ object ]              "/one" --> [ another ]     the same name and bytes,
 *      "/two" ----/                                                   but nothing in common
 *
 * Nor does it go by content. Pages that hold the same bytes by chance stay two; only who asks for
 * it (KSM, madvise MADV_MERGEABLE) has them merged, until one is written.
 *
 * Look with: stores through one mapping, and what the other one shows; bit 56 of pagemap.
 * Read on:   inode(7), link(2), shm_open(3); documents 002 "Shared Objects Revisited", 004 section
 *            15.4.
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Sharing goes by the object, not by its name or its bytes");

enum { PAGES = 3 };

static size_t length(void)
{
	return PAGES * page_size();
}

static char *mapped_by_name(const char *name, int flags)
{
	int fd = (int)assert_accepted(shm_open(name, O_RDWR | flags, 0600));

	arrange(ftruncate(fd, (off_t)length()) == 0);
	arrange(fallocate(fd, 0, 0, (off_t)length()) == 0);
	return fresh_mapping(PAGES, MAP_SHARED, fd);
}

/* What is stored through either mapping shows in the other one. */
static void assert_one_object(char *one, char *other)
{
	write_pattern(one, length(), 5);
	assert_pattern(other, length(), 5, "the other mapping");
	write_pattern(other, length(), 6);
	assert_pattern(one, length(), 6, "the first mapping");
}

/* What is stored through either mapping shows in that one alone. */
static void assert_two_objects(char *one, char *other)
{
	write_pattern(one, length(), 1);
	write_pattern(other, length(), 1);
	store(one + length() - 1, (unsigned char)~load(one + length() - 1));
	assert_pattern(other, length(), 1, "the other mapping");
	write_pattern(one, length(), 2);
	assert_pattern(other, length(), 1, "the other mapping after more stores");
	write_pattern(other, length(), 3);
	assert_pattern(one, length(), 2, "the first mapping");
}

CLAIM(two_names_of_one_object_share_it, "share-10",
      "An object with two names, one a hard link, is one memory to who comes by either",
      .needs = POSIX_MEMORY)
{
	const char *name = guard_shared_name(), *second = guard_shared_name();
	char *area = mapped_by_name(name, O_CREAT | O_EXCL);
	char path[200], second_path[200];

	snprintf(path, sizeof path, "/dev/shm%s", name);
	snprintf(second_path, sizeof second_path, "/dev/shm%s", second);
	arrange(link(path, second_path) == 0);
	assert_one_object(area, mapped_by_name(second, 0));
	IN_CHILD {
		write_pattern(mapped_by_name(second, 0), length(), 7);
	}
	assert_pattern(area, length(), 7, "what a child wrote that came by the second name");
}

CLAIM(an_object_without_a_name_is_shared, "share-10",
      "An object whose name was removed is one memory for each mapping of it, before and after",
      .needs = POSIX_MEMORY)
{
	const char *name = guard_shared_name();
	char *before = mapped_by_name(name, O_CREAT | O_EXCL);
	int fd = shm_open(name, O_RDWR, 0);

	arrange(fd >= 0 && shm_unlink(name) == 0);
	assert_one_object(before, fresh_mapping(PAGES, MAP_SHARED, fd));
}

CLAIM(the_same_name_later_is_another_object, "share-10",
      "An object made anew under the name of a former one has nothing in common with it",
      .needs = POSIX_MEMORY)
{
	const char *name = guard_shared_name();
	char *former = mapped_by_name(name, O_CREAT | O_EXCL);

	arrange(shm_unlink(name) == 0);
	assert_two_objects(former, mapped_by_name(name, O_CREAT | O_EXCL));
}

CLAIM(equal_bytes_share_nothing, "share-10",
      "Two objects, and two private areas, that hold the same bytes are two all the same")
{
	assert_two_objects(filled_pages(PAGES, MAP_PRIVATE, 1),
			   filled_pages(PAGES, MAP_PRIVATE, 1));
	assert_two_objects(fresh_mapping(PAGES, MAP_SHARED, memory_file(PAGES, 1)),
			   fresh_mapping(PAGES, MAP_SHARED, memory_file(PAGES, 1)));
}

CLAIM(equal_pages_have_frames_of_their_own, "share-10",
      "Pages that hold the same bytes have two frames, as long as nobody asks for them to be "
      "merged",
      .needs = FRAME_IDENTITY)
{
	char *one = filled_pages(PAGES, MAP_PRIVATE, 1),
	     *other = filled_pages(PAGES, MAP_PRIVATE, 1);

	assert_strip(observe_pages("the one", one, PAGES), "o");
	assert_strip(observe_pages("the other", other, PAGES), "o");
}

CONTROL(the_same_object_shows_each_store, "share-10",
	"Two mappings of one object, of whatever name and content, are one memory")
{
	int fd = memory_file(PAGES, 1);

	assert_one_object(fresh_mapping(PAGES, MAP_SHARED, fd),
			  fresh_mapping(PAGES, MAP_SHARED, fd));
}
