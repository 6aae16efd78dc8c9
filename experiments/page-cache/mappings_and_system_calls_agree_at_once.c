/* SPDX-License-Identifier: MIT */
/*
 * Mappings and system calls agree at once, in every process
 * =========================================================
 *
 * A file can be changed by stores and by write(2), and looked at by loads and by read(2), here and in
 * other processes, through any number of mappings at any addresses. On Linux all of them meet
 * in one page of the page cache, so there is no moment at which one shows what another does not,
 * and no call is needed to make them agree. (On older systems each had a cache of its own, and
 * msync(2) was what reconciled them.)
 *
 *      process A                process B                either
 *      store  load              store  load              read(2)  write(2)
 *          \  /                     \  /                     |      |
 *        mapping 1               mapping 2               +---+------+---+
 *            +----------------------+--------------------| page cache   |
 *
 * "Consistency rules matter when multiple processes map the same file", says document 004 (16.5): this is the
 * rule. It is about bytes, not about words that several write at a time.
 *
 * Look with: single bytes at the ends of pages, and pieces that lie across two.
 * Read on:   mmap(2) MAP_SHARED, msync(2) "NOTES"; documents 002 "Shared Objects Revisited", 004
 *            sections 16.3 and 16.5.
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Mappings and system calls agree at once, in every process");

enum { PAGES = 4, SEED = 5, PIECE = 8, ROUNDS = 200, VIEWS = 3 };

/* Where pieces are put: at both ends of the file, and at every position across a border. */
static size_t place_number(size_t number)
{
	return number == 0	   ? 0
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
				assert_equals(pread(files[f], found, at + 1,
						    (off_t)place_number(i)),
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

/* Each of several mappings shows the same word at this place. */
static void assert_all_show(char *const views[VIEWS], size_t at, const char *word)
{
	for (size_t i = 0; i < VIEWS; i++) {
		assert_same_bytes(views[i] + at, word, PIECE, "what a mapping shows");
	}
}

CLAIM(two_processes_agree_at_every_step, "mapfile-20",
      "Two processes that store in turn, through several mappings each, never load an old word")
{
	int fd = scratch_file(PAGES, SEED);
	char *views[VIEWS], word[PIECE];
	struct child other;

	START_CHILD(other) {
		for (size_t i = 0; i < VIEWS; i++) {
			views[i] = fresh_mapping(PAGES, MAP_SHARED, fd);
		}
		for (size_t round = 0; round < ROUNDS; round += 2) {
			fill_piece(word, round);
			memcpy(views[round % VIEWS] + place_number(round % PLACES), word, PIECE);
			hand_over();
			fill_piece(word, round + 1);
			assert_all_show(views, place_number((round + 1) % PLACES), word);
		}
	}
	for (size_t i = 0; i < VIEWS; i++) {
		views[i] = fresh_mapping(PAGES, MAP_SHARED, fd);
	}
	for (size_t round = 0; round < ROUNDS; round += 2) {
		fill_piece(word, round);
		assert_all_show(views, place_number(round % PLACES), word);
		fill_piece(word, round + 1);
		memcpy(views[(round + 1) % VIEWS] + place_number((round + 1) % PLACES), word, PIECE);
		give_turn(&other);
	}
	end_child(&other);
}

CONTROL(a_written_private_mapping_agrees_with_nobody, "mapfile-02 mapfile-20",
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
