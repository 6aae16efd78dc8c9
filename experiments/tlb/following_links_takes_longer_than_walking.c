/* SPDX-License-Identifier: MIT */
/*
 * Following links takes longer than walking
 * =========================================
 *
 * A good algorithm with bad locality may be the slow one, says document 004 (9.3, 20.2). A list and an
 * array hold the same nodes. Who walks through the array knows where the next node is, and so does
 * the processor, which fetches it in time; who follows links learns where the next one is from the
 * one before, and waits for each.
 *
 *      an array            [0][1][2][3][4][5][6][7]      each is beside the last
 *                           |  ^  ^                ^
 *      a shuffled list      '--+--+----------------'     each is anywhere, and only the last one knows
 *                              '--+---...
 *
 * It is not the links as such: where each leads to the neighbour, they are followed in a fraction of the time.
 *
 * Look with: a clock, as a ratio only.
 * Read on:   document 004 sections 9.3 and 20.2.
 */
#include <touchstone/experiment.h>
#include <touchstone/translations.h>

EXPERIMENT("Following links takes longer than walking");

enum { NODE = 64, NODES = 64 * 1024 };

/* A ring through all nodes: the n-th one, of NODE bytes, begins with the number of the next. */
struct ring {
	char *nodes;
	unsigned long sum;
};

static volatile uint32_t *node(const struct ring *ring, size_t number)
{
	return (volatile uint32_t *)(void *)(ring->nodes + number * NODE);
}

/* An odd step after a factor of 4n + 1 comes to every number below a power of two (Hull and Dobell). */
static struct ring linked(size_t factor, size_t step)
{
	struct ring ring = {fresh_pages(NODES * NODE / page_size() + 1, MAP_PRIVATE), 0};

	for (size_t i = 0; i < NODES; i++) {
		*node(&ring, i) = (uint32_t)((i * factor + step) % NODES);
	}
	return ring;
}

static struct ring shuffled_ring(void)
{
	return linked(1664525, 1013904223);
}

static struct ring ring_of_neighbours(void)
{
	return linked(1, 1);
}

static void follow_links(void *context)
{
	struct ring *ring = context;

	for (size_t i = 0, at = 0; i < NODES; i++) {
		at = *node(ring, at);
		ring->sum += at;
	}
}

static void walk_nodes(void *context)
{
	struct ring *ring = context;

	for (size_t i = 0; i < NODES; i++) {
		ring->sum += *node(ring, i);
	}
}

CLAIM(a_scan_is_quicker_than_a_chase, "perf-02",
      "The nodes of a shuffled list are read more quickly one beside another than link by link",
      .needs = TIMING)
{
	need_caches();

	struct ring ring = shuffled_ring();
	struct race race = {
		.slow = follow_links, .fast = walk_nodes, .context = &ring, .wanted = 3};

	assert_race(&race, "link by link, against one beside another");

	/* Both read each node once, so that both come to the same sum. */
	unsigned long sum = (unsigned long)NODES / 2 * (NODES - 1);

	ring.sum = 0;
	follow_links(&ring);
	assert_equals(ring.sum, sum, "the sum over the links");
	ring.sum = 0;
	walk_nodes(&ring);
	assert_equals(ring.sum, sum, "the sum over the nodes");
}

struct two_rings {
	struct ring shuffled, in_order;
};

static void follow_the_shuffled(void *context)
{
	follow_links(&((struct two_rings *)context)->shuffled);
}

static void follow_the_ordered(void *context)
{
	follow_links(&((struct two_rings *)context)->in_order);
}

CONTROL(links_to_neighbours_cost_less, "perf-02",
	"It is not the links: where each leads to the node beside, they are followed more quickly",
	.needs = TIMING)
{
	need_caches();

	struct two_rings rings = {shuffled_ring(), ring_of_neighbours()};
	struct race race = {.slow = follow_the_shuffled,
			    .fast = follow_the_ordered,
			    .context = &rings,
			    .wanted = 1.5};

	assert_race(&race, "shuffled links, against links to the neighbour");
}
