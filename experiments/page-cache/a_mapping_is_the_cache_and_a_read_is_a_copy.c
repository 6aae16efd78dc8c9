/* SPDX-License-Identifier: MIT */
/*
 * A mapping is the cache itself, and a read is a copy
 * ===================================================
 *
 * Mapping a file "often reduces copying", says document 004 (16.2), and of the page cache it says
 * that "the same physical memory can serve multiple roles: recent file contents, backing for
 * mapped files, backing for executable code pages" (18.3). Both are one fact: a mapping puts the
 * very frame of the page cache into the page table. read(2) copies out of that frame into the
 * buffer's own.
 *
 *      read(2) buffer     mapping A     mapping B     code that runs
 *           |                 \             |             /
 *        [ copy ] <- read -   [     page of the cache     ]  <- write(2)
 *
 * So a store into the buffer stays there, while one into the mapping is a store into the file; and
 * what write(2) puts into a file that is mapped executable can run the next moment.
 *
 * Look with: bytes; /proc/PID/pagemap bits 56 (mapped once) and 61 (a file's page).
 * Read on:   mmap(2), read(2), proc(5) pagemap; document 004 sections 16.1, 16.2 and 18.3.
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A mapping is the cache itself, and a read is a copy");

enum { PAGES = 4, CODE = 1, SEED = 5, LARGEST_PAGE = 64 * 1024 };

static char *read_into_buffer(int fd)
{
	char *buffer = fresh_pages(PAGES, MAP_PRIVATE);

	assert_equals(pread(fd, buffer, PAGES * page_size(), 0), PAGES * page_size(), "bytes read");
	return buffer;
}

CLAIM(a_store_into_a_buffer_stays_there, "mapfile-10",
      "A store into what read(2) has read reaches nobody; one into a mapping reaches the file")
{
	int fd = scratch_file(PAGES, SEED);
	char *buffer = read_into_buffer(fd), *area = fresh_mapping(PAGES, MAP_SHARED, fd);

	write_pattern(buffer, PAGES * page_size(), SEED + 1);
	assert_pattern(area, PAGES * page_size(), SEED, "the mapping");
	assert_pattern(read_into_buffer(fd), PAGES * page_size(), SEED, "what is read anew");
	write_pattern(area, PAGES * page_size(), SEED + 2);
	assert_pattern(buffer, PAGES * page_size(), SEED + 1, "the buffer");
	assert_pattern(read_into_buffer(fd), PAGES * page_size(), SEED + 2, "what is read anew");
}

CLAIM(a_buffer_has_frames_of_its_own, "mapfile-10",
      "Behind two mappings are the frames of the file, behind a buffer frames of its own",
      .needs = FRAME_IDENTITY)
{
	int fd = scratch_file(PAGES, SEED);
	char *buffer = read_into_buffer(fd), *one = fresh_mapping(PAGES, MAP_SHARED, fd);

	load_each(one, PAGES);
	assert_strip(observe_pages("one mapping", one, PAGES), "o");

	char *other = fresh_mapping(PAGES, MAP_PRIVATE, fd);

	load_each(other, PAGES);

	struct pages buffers = observe_pages("buffer", buffer, PAGES);

	assert_same_frames(observe_pages("one mapping", one, PAGES),
			   observe_pages("the other", other, PAGES));
	assert_equals(count_of_file(observe_pages("one mapping", one, PAGES)), PAGES,
		      "pages of the file in a mapping");
	assert_strip(buffers, "o");
	assert_equals(count_of_file(buffers), 0, "pages of the file in the buffer");
}

/* A file in memory with a function at each end of its second page; mapped as a loader would. */
static char *mapped_code(int *fd)
{
	char bytes[64];
	size_t length = copy_return_function(bytes);

	*fd = memory_file(PAGES, SEED);
	arrange(pwrite(*fd, bytes, length, (off_t)(CODE * page_size())) == (ssize_t)length);

	char *code = mmap(reserve(PAGES), PAGES * page_size(), PROT_READ | PROT_EXEC,
			  MAP_PRIVATE | MAP_FIXED, *fd, 0);

	arrange(code != MAP_FAILED);
	__builtin___clear_cache(page(code, CODE), page(code, CODE + 1));
	assert_no_trap(try_call(page(code, CODE)));
	return code;
}

CLAIM(code_runs_in_the_frames_of_the_file, "mapfile-16",
      "A page of code that ran is a frame of the file, which a mapping for reading shares",
      .needs = FRAME_IDENTITY | EXECUTABLE_MEMORY)
{
	int fd;
	char *code = page(mapped_code(&fd), CODE);

	assert_strip(observe_pages("code that ran", code, 1), "o");

	char *view = page(fresh_mapping(PAGES, MAP_SHARED, fd), CODE);

	load(view);
	assert_same_frames(observe_pages("code", code, 1), observe_pages("view", view, 1));
	assert_equals(count_of_file(observe_pages("code", code, 1)), 1, "pages of the file");
}

CLAIM(code_that_is_written_runs, "mapfile-16",
      "Code that write(2) or a store puts into the file runs where it is mapped executable",
      .needs = EXECUTABLE_MEMORY)
{
	char bytes[64], found[64];
	size_t length = copy_return_function(bytes);
	int fd;
	char *code = mapped_code(&fd), *later = page(code, CODE) + page_size() / 2;

	assert_equals(pwrite(fd, bytes, length, later - code), length, "bytes of code written");
	assert_same_bytes(later, bytes, length, "the code, where it is to run");
	__builtin___clear_cache(later, later + length);
	assert_no_trap(try_call(later));

	char *view = fresh_mapping(PAGES, MAP_SHARED, fd), *last = page(code, CODE + 1) + 64;

	memcpy(view + (last - code), bytes, length);
	assert_same_bytes(last, bytes, length, "the code, where it is to run");
	__builtin___clear_cache(last, last + length);
	assert_no_trap(try_call(last));
	assert_equals(pread(fd, found, length, last - code), length, "bytes of code read");
	assert_same_bytes(found, bytes, length, "what read(2) finds");
}

CONTROL(another_file_has_other_frames, "mapfile-10 mapfile-16",
	"A file with the same bytes has frames of its own, and hears nothing of what is written",
	.needs = FRAME_IDENTITY)
{
	int fd = memory_file(PAGES, SEED), copy = memory_file(PAGES, SEED);
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);
	char *other = fresh_mapping(PAGES, MAP_SHARED, copy);

	load_each(area, PAGES);
	load_each(other, PAGES);
	assert_strip(observe_pages("a file", area, PAGES), "o");
	assert_strip(observe_pages("another one", other, PAGES), "o");
	arrange(pwrite(fd, "written", 7, (off_t)(CODE * page_size())) == 7);
	assert_pattern(other, PAGES * page_size(), SEED, "the other file");
}
