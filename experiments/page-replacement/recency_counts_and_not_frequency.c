/* SPDX-License-Identifier: MIT */
/*
 * Recency counts, and not frequency
 * =================================
 *
 * Document 003 says in its first paragraph that "less-frequently used pages" are kept on disk. That
 * is not what is looked at. The processor keeps one bit for each page, which says that it was
 * used, and not how often; the kernel collects the bits now and then, at its leisure. A page that was
 * used two hundred times between two looks is the same to it as a page used once. What it does
 * know is which of them was seen in use the last time.
 *
 *      often, long ago     ||||||||||||||||||||
 *      once, of late                                    |
 *                                                             pressure: the first of them goes
 *
 * Frequency is not without effect: whoever is used often has most likely been used of late. It is
 * the last use, though, that keeps a page.
 *
 * Look with: a memory cgroup of our own; mincore(2) for a file, bit 62 of /proc/PID/pagemap for memory.
 * Read on:   Documentation/admin-guide/mm/concepts.rst "Reclaim"; documents 003, 004 section 11.2.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Recency counts, and not frequency");

enum {
	LIMIT = 512,
	SET = 128,
	STREAM = 2 * LIMIT,
	PIECE = 16,
	OFTEN = 200,
	ENOUGH = SET / 2,
	ATTEMPTS = 5,
	SEED = 5
};

/* Pages of a file or without one: how they are brought in, and how many of a set are missing. */
struct kind {
	char *(*map)(size_t count);
	void (*bring)(char *area, size_t count);
	size_t (*missing)(const char *area, size_t count);
};

/* Not MADV_RANDOM: of areas advised so the kernel does not mind what is used (Linux 6.3). */
static char *map_file(size_t count)
{
	return fresh_mapping(count, MAP_SHARED, cold_file(count, SEED));
}

static void bring_file(char *area, size_t count)
{
	arrange(madvise(area, count * page_size(), MADV_WILLNEED) == 0);
	load_each(area, count);
}

static size_t missing_of_file(const char *area, size_t count)
{
	return count - count_in_memory(area, count);
}

static char *map_memory(size_t count)
{
	return fresh_pages(count, MAP_PRIVATE);
}

static void bring_memory(char *area, size_t count)
{
	store_each(area, count, 'm');
}

static size_t missing_of_memory(const char *area, size_t count)
{
	return count_swapped(observe_pages("set", area, count));
}

static const struct kind files = {map_file, bring_file, missing_of_file},
			 memory = {map_memory, bring_memory, missing_of_memory};

/* How many are gone of a set used often, and of one used once, when memory has become short. */
struct gone {
	size_t often, once;
};

static struct gone make_short(const struct kind *kind, bool goes_on)
{
	struct gone gone = {0};
	char *often = kind->map(SET), *once = kind->map(SET), *stream = kind->map(STREAM);
	struct memory_group group = guard_memory_group(LIMIT * page_size());

	enter_memory_group(&group);
	kind->bring(often, SET);
	for (int i = 0; i < OFTEN; i++) {
		load_each(often, SET);
	}
	kind->bring(once, SET);
	for (size_t i = 0; i < STREAM && gone.often + gone.once < ENOUGH; i += PIECE) {
		if (goes_on) {
			load_each(often, SET);
		}
		kind->bring(page(stream, i), PIECE);
		gone = (struct gone){kind->missing(often, SET), kind->missing(once, SET)};
	}
	assert_at_least(gone.often + gone.once, ENOUGH, "pages of both sets that are gone");
	arrange(munmap(often, SET * page_size()) == 0 && munmap(once, SET * page_size()) == 0 &&
		munmap(stream, STREAM * page_size()) == 0);
	return gone;
}

/* Where nearly all of both went in one go there is nothing to compare: then once more. */
static struct gone first_to_go(const struct kind *kind, bool goes_on)
{
	for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
		struct gone gone = make_short(kind, goes_on);

		if (gone.often + gone.once <= SET + SET / 2) {
			return gone;
		}
	}
	undecided("needs a kernel that takes a little at a time: a machine at rest");
}

static void assert_recency_counts(struct gone gone)
{
	assert_at_least(gone.often, 2 * gone.once, "pages gone that were used often, long ago");
}

CLAIM(pages_of_a_file_used_often_go, "replace-16",
      "Of a file, pages used 200 times, but not of late, go before pages used once and later",
      .needs = MEMORY_CGROUP | DISK_FILE, .alone = "memory cgroup")
{
	assert_recency_counts(first_to_go(&files, false));
}

CLAIM(memory_used_often_goes, "replace-16",
      "Memory used 200 times, but not of late, is swapped before memory used once and later",
      .needs = MEMORY_CGROUP | SWAP | PAGE_STATES, .alone = "swap")
{
	guard_swap((STREAM + 2 * SET) * page_size());
	assert_recency_counts(first_to_go(&memory, false));
}

CONTROL(who_goes_on_using_them_keeps_them, "replace-16",
	"Pages that are used on and on, also while memory becomes short, stay longer than the "
	"others",
	.needs = MEMORY_CGROUP | DISK_FILE, .alone = "memory cgroup")
{
	struct gone gone = first_to_go(&files, true);

	assert_at_least(gone.once, 2 * gone.often, "pages gone that were used once");
}
