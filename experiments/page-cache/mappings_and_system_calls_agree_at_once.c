/* SPDX-License-Identifier: MIT */
/*
 * Mappings and system calls agree at once
 * ========================================
 *
 * A file can be changed by stores and by write(2), and looked at by loads and by read(2), through
 * any number of mappings. On Linux all of them meet in one page of the page cache, so there is no
 * moment at which one shows what another does not, and no call is needed to make them agree. (On
 * older systems each had a cache of its own, and msync(2) was what reconciled them.)
 *
 *      store  load              store  load              read(2)  write(2)
 *          \  /                     \  /                     |      |
 *        mapping 1               mapping 2               +---+------+---+
 *            +----------------------+--------------------| page cache   |
 *
 * Look with: single bytes at the ends of pages, and pieces that lie across two.
 * Read on:   mmap(2) MAP_SHARED, msync(2) "NOTES"; documents 002 "Shared Objects Revisited", 004
 *            sections 16.3 and 16.5.
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Mappings and system calls agree at once");

enum { PAGES = 4, SEED = 5, PIECE = 8 };

/* Where pieces are put: at both ends of the file, and at every position across a border. */
static size_t place_number(size_t number)
{
	return number == 0           ? 0
	       : number <= PIECE + 1 ? 2 * page_size() - PIECE - 1 + number
				     : PAGES * page_size() - PIECE;
}
enum { PLACES = PIECE + 3 };

/* A piece that no other place and no earlier round had. */
static void fill_piece(char *piece, size_t number)
{
	pattern_bytes(piece, PIECE, (unsigned)(100 + number), 0);
}

CLAIM(stores_show_in_read, "mapfile-02",
      "What is stored through a mapping is what read(2) finds next, and another mapping shows")
{
	const int files[] = {memory_file(PAGES, SEED), scratch_file(PAGES, SEED)};

	for (size_t f = 0; f < 2; f++) {
		char *area = fresh_mapping(PAGES, MAP_SHARED, files[f]);
		char *other = fresh_mapping(PAGES, MAP_SHARED, files[f]);
		char piece[PIECE], found[PIECE];

		for (size_t i = 0; i < PLACES; i++) {
			fill_piece(piece, i);
			for (size_t at = 0; at < PIECE; at++) {
				store(area + place_number(i) + at, (unsigned char)piece[at]);
				assert_equals(
					pread(files[f], found, at + 1, (off_t)place_number(i)),
					at + 1, "bytes read");
				assert_same_bytes(found, piece, at + 1, "what read(2) finds");
			}
			assert_same_bytes(other + place_number(i), piece, PIECE, "another mapping");
		}
	}
}

CLAIM(writes_show_in_mappings, "mapfile-02",
      "What write(2) puts into the file is what the next load finds, in every mapping")
{
	const int files[] = {memory_file(PAGES, SEED), scratch_file(PAGES, SEED)};

	for (size_t f = 0; f < 2; f++) {
		char *shared = fresh_mapping(PAGES, MAP_SHARED, files[f]);
		char *lent = fresh_mapping(PAGES, MAP_PRIVATE, files[f]);
		char piece[PIECE];

		for (size_t i = 0; i < PLACES; i++) {
			for (size_t some = 1; some <= PIECE; some++) {
				fill_piece(piece, 10 * i + some);
				assert_equals(pwrite(files[f], piece, some, (off_t)place_number(i)),
					      some, "bytes written");
				assert_same_bytes(shared + place_number(i), piece, some,
						  "the shared mapping");
				assert_same_bytes(lent + place_number(i), piece, some,
						  "the private mapping, which nobody has written");
			}
		}
	}
}

CONTROL(a_written_private_mapping_agrees_with_nobody, "mapfile-02",
	"A private mapping whose pages were written keeps its words, whatever the file shows")
{
	int fd = scratch_file(PAGES, SEED);
	char *shared = fresh_mapping(PAGES, MAP_SHARED, fd);
	char *private = fresh_mapping(PAGES, MAP_PRIVATE, fd), piece[PIECE], found[PIECE];

	write_pattern(private, PAGES * page_size(), SEED + 1);
	for (size_t i = 0; i < PLACES; i++) {
		fill_piece(piece, i);
		memcpy(shared + place_number(i), piece, PIECE);
		store(private + place_number(i), load(private + place_number(i)));
		arrange(pread(fd, found, PIECE, (off_t)place_number(i)) == PIECE);
		assert_same_bytes(found, piece, PIECE, "what read(2) finds");
	}
	assert_pattern(private, PAGES * page_size(), SEED + 1, "the private mapping");
}
