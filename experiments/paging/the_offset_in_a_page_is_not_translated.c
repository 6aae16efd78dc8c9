/* SPDX-License-Identifier: MIT */
/*
 * The offset in a page is not translated
 * ======================================
 *
 * An address has two parts (document 004, 6.2): the number of its page, which is looked up, and
 * the offset in the page, which is taken as it is. So one frame can appear under as many page
 * numbers as one likes, and the byte at offset 100 is at offset 100 under each of them.
 *
 *      page number | offset
 *         7f31a    |  064   ---+
 *         7f402    |  064   ---+--> frame 2a0c7, byte 064
 *         7fe11    |  064   ---+
 *
 * Of a page of 4096 bytes the offset has 12 bits, as in the document; of one of 65536 bytes 16.
 *
 * Look with: each byte of one page of a file, through windows at unlike addresses; pagemap.
 * Read on:   mmap(2), proc(5) "pagemap"; document 004 sections 5.2, 6.2 and 15.1.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("The offset in a page is not translated");

enum { WINDOWS = 5, SEED = 3 };

/* One page of the file, at one of the pages of a new reserve. */
static char *window(int fd, size_t file_page, size_t place)
{
	char *address = page(reserve(WINDOWS), place);

	arrange(mmap(address, page_size(), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd,
		     (off_t)(file_page * page_size())) == address);
	return address;
}

CLAIM(each_byte_keeps_its_offset, "paging-02",
      "A byte stored at any offset is at that offset, and at no other, under all the addresses")
{
	int fd = memory_file(2, SEED);
	char *each[WINDOWS];

	for (size_t i = 0; i < WINDOWS; i++) {
		each[i] = window(fd, 1, i);
	}
	for (size_t offset = 0; offset < page_size(); offset++) {
		char *writer = each[offset % WINDOWS], *reader = each[(offset + 1) % WINDOWS];
		unsigned char old = load(writer + offset);

		store(writer + offset, (unsigned char)~old);
		ck_assert_uint_eq(load(reader + offset), (unsigned char)~old);
		store(reader + offset, old);
	}
	for (unsigned i = 0; i < WINDOWS; i++) {
		write_pattern(each[i], page_size(), SEED + i);
		for (size_t k = 0; k < WINDOWS; k++) {
			assert_pattern(each[k], page_size(), SEED + i, "what another one wrote");
		}
	}
}

CLAIM(one_frame_has_many_addresses, "paging-11",
      "First, middle and last byte of a frame can be changed under each of its addresses")
{
	int fd = memory_file(1, SEED);
	char *one = window(fd, 0, 0), *other = window(fd, 0, 3);
	const size_t offsets[] = {0, page_size() / 2, page_size() - 1};

	for (size_t i = 0; i < 3; i++) {
		store(one + offsets[i], 'a');
		assert_byte(other + offsets[i], 'a', "what was stored at the one address");
		store(other + offsets[i], 'b');
		assert_byte(one + offsets[i], 'b', "what was stored at the other");
	}
	arrange(munmap(one, page_size()) == 0);
	for (size_t i = 0; i < 3; i++) {
		assert_byte(other + offsets[i], 'b', "what is left when one address has gone");
	}
}

CLAIM(it_counts_its_addresses, "paging-11",
      "The frame is shared while it has two addresses, and exclusive again when one has gone",
      .needs = FRAME_IDENTITY)
{
	int fd = memory_file(1, SEED);
	char *one = window(fd, 0, 0), *other = window(fd, 0, 3);

	store(one, 'a');
	assert_strip(observe_pages("one address in use", one, 1), "o");
	store(other, 'b');
	assert_same_frames(observe_pages("one", one, 1), observe_pages("other", other, 1));
	assert_strip(observe_pages("two addresses in use", one, 1), "s");
	arrange(munmap(one, page_size()) == 0);
	assert_strip(observe_pages("one address left", other, 1), "o");
}

CONTROL(another_page_has_other_bytes, "paging-02 paging-11",
	"Windows onto two pages of the file do not show each other's bytes")
{
	int fd = memory_file(2, SEED);
	char *one = window(fd, 0, 0), *other = window(fd, 1, 3);

	write_pattern(one, page_size(), SEED + 1);
	write_pattern(other, page_size(), SEED + 2);
	assert_pattern(one, page_size(), SEED + 1, "the one page");
	assert_pattern(other, page_size(), SEED + 2, "the other page");
}
