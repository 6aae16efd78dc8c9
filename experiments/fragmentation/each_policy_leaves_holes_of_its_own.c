/* SPDX-License-Identifier: MIT */
/*
 * Each policy leaves holes of its own kind
 * ========================================
 *
 * "Each strategy trades one kind of waste for another", says document 004 (section 4.1): best fit "may
 * leave many tiny unusable holes", first fit creates "uneven fragmentation patterns", worst fit "tries to
 * preserve medium holes but often wastes large spaces". All of this shows at once, when the same
 * random requests, the same on every machine, come and go under each of the three for a while:
 *
 *      first fit   |#.##.##.#..###.....##........................|    splinters at the low end
 *      best fit    |##.###.#.##.####.#..##.###...................|    most of them of no use
 *      worst fit   |##...##....#...###...##....#....##...###...##|    medium holes, no large one
 *
 * Look with: the list of holes; the kernel agrees to each placement.
 * Read on:   document 004 section 4.1; touchstone/placement.h.
 */
#include <touchstone/experiment.h>
#include <touchstone/placement.h>

EXPERIMENT("Each policy leaves holes of its own kind");

enum { PAGES = 2048, LIMIT = PAGES * 7 / 10, SMALLEST = 4, LARGEST = 40, QUARTERS = 4 };
enum { STEPS = 600, SETTLED = 200, EVERY = 8 };

/* Sums over the holes that were seen, time and again, once it had settled. */
struct seen {
	size_t holes, tiny, medium, largest, free;               /* tiny: no request is so small */
	size_t in_quarter[QUARTERS], pages_in_quarter[QUARTERS]; /* of the arena */
};

static void look(struct seen *seen, const struct arena *arena)
{
	size_t largest = 0;

	for (size_t i = 0; i <= arena->count; i++) {
		size_t pages = hole_pages(arena, i), quarter = hole_at(arena, i) * QUARTERS / PAGES;

		if (pages == 0) {
			continue;
		}
		seen->holes++;
		seen->tiny += pages < SMALLEST;
		seen->medium += pages >= LARGEST / 2 && pages <= 2 * LARGEST;
		seen->free += pages;
		seen->in_quarter[quarter]++;
		seen->pages_in_quarter[quarter] += pages;
		largest = pages > largest ? pages : largest;
	}
	seen->largest += largest;
}

static struct seen traffic(enum placement policy, size_t smallest, size_t largest)
{
	static struct arena arena;
	struct seen seen = {0};

	arena_begin(&arena, PAGES);
	for (int step = 0; step < STEPS; step++) {
		arena_step(&arena, policy, smallest, largest, LIMIT);
		if (step >= SETTLED && step % EVERY == 0) {
			look(&seen, &arena);
		}
	}
	assert_holes_are_real(&arena);
	return seen;
}

static struct seen mixed_traffic(enum placement policy)
{
	return traffic(policy, SMALLEST, LARGEST);
}

/* In thousandths. */
static size_t share(size_t part, size_t whole)
{
	return part * 1000 / whole;
}

CLAIM(best_fit_leaves_the_most_splinters, "frag-03",
      "Best fit leaves the most holes that are too small for any request, worst fit the fewest")
{
	struct seen first = mixed_traffic(FIRST_FIT), best = mixed_traffic(BEST_FIT),
		    worst = mixed_traffic(WORST_FIT);
	size_t bests = share(best.tiny, best.holes), firsts = share(first.tiny, first.holes),
	       worsts = share(worst.tiny, worst.holes);

	assert_at_least(bests, firsts * 6 / 5, "thousandths of best fit's holes that are tiny");
	assert_at_least(firsts, worsts * 2 + 1, "thousandths of first fit's holes that are tiny");
}

CLAIM(worst_fit_keeps_no_large_hole, "frag-05",
      "Under worst fit the largest hole is a tenth of what is free, under the others a third")
{
	struct seen first = mixed_traffic(FIRST_FIT), best = mixed_traffic(BEST_FIT),
		    worst = mixed_traffic(WORST_FIT);

	assert_at_least(share(first.largest, first.free), 333, "thousandths under first fit");
	assert_at_least(share(best.largest, best.free), 333, "thousandths under best fit");
	assert_at_most(share(worst.largest, worst.free), 100, "thousandths under worst fit");
}

CLAIM(worst_fit_keeps_medium_holes, "frag-19",
      "Holes from half to twice the largest request are more than twice as common under worst fit")
{
	struct seen worst = mixed_traffic(WORST_FIT);

	for (enum placement policy = FIRST_FIT; policy <= BEST_FIT; policy++) {
		struct seen other = mixed_traffic(policy);

		assert_at_least(share(worst.medium, worst.holes),
				2 * share(other.medium, other.holes), "thousandths");
	}
}

CLAIM(first_fit_splinters_the_low_end, "frag-06",
      "Under first fit holes are more and smaller in the lowest quarter than in the others")
{
	struct seen first = mixed_traffic(FIRST_FIT);

	assert_at_least(first.in_quarter[0], 2 * first.in_quarter[QUARTERS - 1],
			"holes in the lowest quarter, by twice those in the highest");
	for (size_t i = 1; i < QUARTERS; i++) {
		assert_at_most(first.pages_in_quarter[i - 1] * first.in_quarter[i],
			       first.pages_in_quarter[i] * first.in_quarter[i - 1],
			       "the mean hole of a quarter, against the next one's");
	}
}

CONTROL(requests_of_one_size_leave_no_splinters, "frag-03 frag-05 frag-19",
	"Where all requests are of one size each hole fits some, under any policy: none is tiny")
{
	for (enum placement policy = FIRST_FIT; policy <= WORST_FIT; policy++) {
		assert_equals(traffic(policy, 16, 16).tiny, 0, "holes too small for any request");
	}
}

CONTROL(worst_fit_treats_all_quarters_alike, "frag-06",
	"Under worst fit the mean hole of each quarter is within a quarter of the lowest one's")
{
	struct seen worst = mixed_traffic(WORST_FIT);
	size_t lowest = share(worst.pages_in_quarter[0], worst.in_quarter[0]);

	for (size_t i = 1; i < QUARTERS; i++) {
		size_t mean = share(worst.pages_in_quarter[i], worst.in_quarter[i]);

		assert_at_least(mean, lowest * 3 / 4, "thousandths of a page");
		assert_at_most(mean, lowest * 5 / 4, "thousandths of a page");
	}
}
