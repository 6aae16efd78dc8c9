/* SPDX-License-Identifier: MIT */
/*
 * munmap answers with an int
 * ==========================
 *
 * Document 002 prints the prototype as  void *munmap(void *start, size_t length),  as though it
 * were that of mmap. In truth munmap returns an int: 0, or -1 with errno. There is no address to
 * return: what the caller gave is what is unmapped, or nothing is. Who tested the answer for
 * MAP_FAILED, as one has to after mmap, would compare an integer with a pointer.
 *
 *                    worked            failed
 *      mmap          an address        MAP_FAILED, (void *)-1
 *      munmap        0                 -1
 *
 * Look with: the type that the header declares, as the compiler sees it; the answers.
 * Read on:   munmap(2) "RETURN VALUE"; document 002 "User-Level Memory Mapping".
 */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("munmap answers with an int");

CLAIM(it_answers_with_an_int, "munmap-02",
      "munmap is declared to return an int, and answers 0 when it worked and -1 when it did not")
{
	char *area = filled_pages(1, MAP_PRIVATE, 1);

	assert_equals(__builtin_types_compatible_p(__typeof__(munmap(area, 1)), int), 1,
		      "the header declares that munmap returns an int");
	assert_equals(munmap(area + 1, 1), -1, "its answer for a start inside a page");
	assert_equals(munmap(area, 1), 0, "its answer for a page");
	assert_equals(syscall(SYS_munmap, area, (size_t)1), 0, "the kernel's, the second time");
}

CONTROL(mmap_does_return_a_pointer, "munmap-02",
	"The same look at mmap's declaration and answers finds a pointer")
{
	char *area = filled_pages(1, MAP_PRIVATE, 1);

	assert_equals(__builtin_types_compatible_p(__typeof__(mmap(area, 1, 0, 0, -1, 0)), int), 0,
		      "the header declares that mmap returns an int");
	assert_equals(__builtin_types_compatible_p(__typeof__(mmap(area, 1, 0, 0, -1, 0)), void *),
		      1, "the header declares that mmap returns a void *");

	void *again = mmap(area, page_size(), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED,
			   -1, 0);

	assert_address(again, area, "its answer where munmap has 0");
}
