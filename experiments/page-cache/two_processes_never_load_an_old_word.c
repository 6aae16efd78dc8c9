/* SPDX-License-Identifier: MIT */
/*
 * Two processes that map a file never load an old word
 * ====================================================
 *
 * "Consistency rules matter when multiple processes map the same file", says document 004 (16.5).
 * The first of them is simple: all shared mappings of a file are the file, at every moment, at
 * whatever addresses they lie and in whatever process. What one has stored, before it tells the
 * other, the other loads. No call makes it so; there is but one page. (Who may store when is
 * another matter, and left to the programs.)
 *
 *      round   A stores through       B loads through         B stores through
 *        0     its mapping 1          its mappings 1 2 3      its mapping 2
 *        1     ...                    A loads through 1 2 3
 *
 * Look with: words that nobody has stored before, at the ends of pages and across their borders.
 * Read on:   mmap(2) MAP_SHARED; documents 002 "Shared Objects Revisited", 004 section 16.5.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Two processes that map a file never load an old word");

enum { PAGES = 4, SEED = 5, PIECE = 8, ROUNDS = 200, VIEWS = 3 };

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
		memcpy(views[(round + 1) % VIEWS] + place_number((round + 1) % PLACES), word,
		       PIECE);
		give_turn(&other);
	}
	end_child(&other);
}

CONTROL(private_mappings_agree_only_until_they_are_written, "mapfile-20",
	"Through private mappings whose pages are written each process goes on loading its own "
	"word")
{
	int fd = scratch_file(PAGES, SEED);
	char *own = fresh_mapping(PAGES, MAP_PRIVATE, fd), word[PIECE];
	struct child other;

	START_CHILD(other) {
		for (size_t round = 0; round < PLACES; round++) {
			fill_piece(word, round);
			memcpy(own + place_number(round), word, PIECE);
			hand_over();
			assert_same_bytes(own + place_number(round), word, PIECE,
					  "the child's word");
		}
	}
	for (size_t round = 0; round < PLACES; round++) {
		fill_piece(word, 100 + round);
		memcpy(own + place_number(round), word, PIECE);
		give_turn(&other);
		assert_same_bytes(own + place_number(round), word, PIECE, "the parent's word");
	}
	end_child(&other);
}
