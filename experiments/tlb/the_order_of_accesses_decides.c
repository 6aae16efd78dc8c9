/* SPDX-License-Identifier: MIT */
/*
 * The order of accesses decides
 * =============================
 *
 * "Sequential access" is good and "jumping around" is not, says document 004 (20.2): what is read
 * brings its neighbours along, in a line of the cache, in a page, in the translation of it. So two programs
 * that read the very same bytes, each of them once, may differ by far in time (9.3), and neither of them
 * shows why.
 *
 *      by rows       > > > > > > > >        one page after another, and each line of it is used up
 *      by columns    v  a page is left after each step, and when it is met again its line has gone
 *                    v
 *
 * What is used again soon is cheap too, wherever it lies.
 *
 * Look with: a clock, as a ratio only.
 * Read on:   document 004 sections 9.3 and 20.2.
 */
#include <touchstone/experiment.h>
#include <touchstone/translations.h>

EXPERIMENT("The order of accesses decides");

enum { ROWS = 1024, SMALL = 4, CELLS = 512, CELL = 8 };

/* A matrix with a row of so many cells at the beginning of each page. */
struct matrix {
	char *cells;
	size_t rows;
	int times;
};

/* On a line lie so many cells, and so far apart; then comes the next line. */
struct way {
	size_t cells, step, lines, next_line;
};

/*
 * One load from each cell. Both orders go through the same instructions, cell by cell, so that the compiler
 * cannot make one of them the quicker.
 */
__attribute__((noinline)) static void walk(const struct matrix *matrix, struct way way)
{
	size_t all = matrix->times * way.lines * way.cells, cells = way.cells, lines = way.lines;
	const char *line = matrix->cells, *at = line;

	for (size_t i = 0; i < all; i++) {
		load(at);
		at += way.step;
		if (--cells == 0) {
			cells = way.cells;
			line += way.next_line;
			if (--lines == 0) {
				lines = way.lines;
				line = matrix->cells;
			}
			at = line;
		}
	}
}

static void walk_rows(void *context)
{
	struct matrix *matrix = context;

	walk(matrix, (struct way){CELLS, CELL, matrix->rows, page_size()});
}

static void walk_columns(void *context)
{
	struct matrix *matrix = context;

	walk(matrix, (struct way){matrix->rows, page_size(), CELLS, CELL});
}

CLAIM(rows_are_quicker_than_columns, "perf-01",
      "The cells of a matrix are read more quickly along its rows than along columns of a page's "
      "stride",
      .needs = TIMING)
{
	need_caches();

	struct matrix matrix = {filled_pages(ROWS, MAP_PRIVATE, 1), ROWS, 1};
	struct race race = {
		.slow = walk_columns, .fast = walk_rows, .context = &matrix, .wanted = 2};

	assert_race(&race, "by columns, against by rows");
}

CONTROL(a_small_matrix_has_no_wrong_order, "perf-01",
	"With four rows, which fit the fastest cache, the order costs at most twice as much, or "
	"half as much as with a thousand",
	.needs = TIMING)
{
	need_caches();

	struct matrix large = {filled_pages(ROWS, MAP_PRIVATE, 1), ROWS, 1};
	struct matrix small = {filled_pages(SMALL, MAP_PRIVATE, 1), SMALL, ROWS / SMALL / 8};
	struct race large_race = {
		.slow = walk_columns, .fast = walk_rows, .context = &large, .wanted = 2};
	double half = run_race(&large_race) / 2;
	/* Some caches guess by the address, and guess wrong for a few pages at a page's distance. */
	struct race small_race = {.slow = walk_columns,
				  .fast = walk_rows,
				  .context = &small,
				  .at_most = half > 2 ? half : 2};

	assert_race(&small_race, "by columns, against by rows");
}
