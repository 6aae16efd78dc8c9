/* SPDX-License-Identifier: MIT */
/*
 * Fresh memory is all zeros, whichever call it came from
 * ======================================================
 *
 * Document 002 speaks of an anonymous file that contains all binary zeros, and calls the pages
 * that are mapped to it demand-zero pages: nothing is read from anywhere, the kernel makes the
 * zeros when the page is first needed. Every program relies on it. The loader leaves global
 * variables to it, calloc(3) skips its memset for it, and nobody could be given memory that
 * others have used without it.
 *
 * There are many doors through which memory is handed out, and each has code of its own that has to
 * clear the frame. So somebody's data is first left behind in free frames; then memory is taken
 * through each door, and every byte of it is looked at:
 *
 *      free frames         taken through a door            looked at
 *
 *      +----+----+         mmap, MAP_POPULATE,             +----+----+
 *      | 9f | 4b |   ->    brk, mremap,             ->     | 00 | 00 |     every byte
 *      +----+----+         a read(2) into it               +----+----+
 *
 * A mere look at private memory would prove little, since it only borrows the kernel's one page
 * of zeros. Storing a single zero makes the page own a frame, and leaves all of it to be judged.
 *
 * Look with: your own eyes: the claims need nothing but loads.
 * Read on:   mmap(2) MAP_ANONYMOUS, brk(2), mremap(2); document 002, introduction;
 *            document 004 sections 3.2 and 18.2.
 */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Fresh memory is all zeros, whichever call it came from");

enum { PAGES = 64 };

/* The call itself, the kernel choosing the place, for the door is what is studied. */
static char *fresh(int flags)
{
	char *area = mmap(NULL, PAGES * page_size(), PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | flags, -1, 0);

	arrange(area != MAP_FAILED);
	return area;
}

/* Frames full of data go back to the kernel, which likes to hand out next what came back last. */
static void leave_data_in_free_frames(void)
{
	arrange(munmap(filled_pages(PAGES, MAP_PRIVATE, 7), PAGES * page_size()) == 0);
}

/* Moves the program break to an address; the bare system call, since musl's brk(3) refuses. */
static void move_break(uintptr_t to)
{
	if ((uintptr_t)syscall(SYS_brk, to) != to) {
		undecided("needs room above the program break: raise ulimit -d");
	}
}

CLAIM(private_memory_is_zero, "lazy-14",
      "Every byte of fresh private memory is zero, in pages only read and in pages written to")
{
	size_t length = PAGES * page_size();

	leave_data_in_free_frames();

	char *area = fresh(0);

	assert_all_bytes(area, length, 0, "pages that were only read");
	store_each(area, PAGES, 0);
	assert_all_bytes(area, length, 0, "the same pages, read and then written");
	leave_data_in_free_frames();
	area = fresh(0);
	store_each(area, PAGES / 2, 0);
	store_each(page(area, PAGES / 2 + 1) - 1, PAGES / 2, 0);
	assert_all_bytes(area, length, 0, "pages first written in their first or last byte");
	leave_data_in_free_frames();
	area = fresh(MAP_POPULATE);
	assert_all_bytes(area, length, 0, "pages the kernel was told to populate");
}

CLAIM(a_page_first_written_by_the_kernel_is_zero, "lazy-14",
      "A page that read(2) was the first to write to holds the bytes read, and zeros beside them")
{
	char *area = fresh(0);
	size_t offset = page_size() / 3, right = 0;
	int ends[2];

	arrange(pipe(ends) == 0);
	leave_data_in_free_frames();
	for (size_t i = 0; i < PAGES; i++) {
		char *in_page = page(area, i) + offset;

		arrange(write(ends[1], "ab", 2) == 2);
		right += read(ends[0], in_page, 2) == 2 && load(in_page) == 'a' &&
			 load(in_page + 1) == 'b';
		memset(in_page, 0, 2);
	}
	assert_equals(right, PAGES, "pages that hold the two bytes read");
	assert_all_bytes(area, PAGES * page_size(), 0, "the bytes beside what was read");
}

CLAIM(grown_memory_is_zero, "lazy-14",
      "What brk and mremap add to an area is zero, also where the break has been before")
{
	size_t length = PAGES * page_size();
	char *heap = page_of((char *)syscall(SYS_brk, 0) + page_size() - 1);

	for (unsigned seed = 1; seed <= 3; seed++) {
		leave_data_in_free_frames();
		move_break((uintptr_t)heap + length);
		store_each(heap, PAGES, 0);
		assert_all_bytes(heap, length, 0, "memory above the old program break");
		write_pattern(heap, length, seed);
		move_break((uintptr_t)heap);
	}

	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	leave_data_in_free_frames();
	area = mremap(area, length, 2 * length, MREMAP_MAYMOVE);
	arrange(area != MAP_FAILED);
	store_each(area + length, PAGES, 0);
	assert_pattern(area, length, 1, "the memory that was there before mremap");
	assert_all_bytes(area + length, length, 0, "the memory that mremap added");
}

CONTROL(memory_of_a_file_shows_the_file, "lazy-14",
	"The same look at memory that stands for a file finds the file, and what is written later")
{
	size_t length = PAGES * page_size();
	char *area = fresh_mapping(PAGES, MAP_PRIVATE, memory_file(PAGES, 1));

	assert_pattern(area, length, 1, "a fresh mapping of a file");
	write_pattern(area, length, 2);
	assert_pattern(area, length, 2, "the same mapping after it was written to");
}
