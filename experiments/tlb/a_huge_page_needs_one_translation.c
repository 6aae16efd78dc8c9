/* SPDX-License-Identifier: MIT */
/*
 * A huge page needs one translation
 * =================================
 *
 * A TLB of a thousand entries reaches over four megabytes of small pages, and over two gigabytes
 * of huge ones. So huge pages make programs faster that go about in much memory, says document 004 (9.4,
 * 18.5): fewer look-ups, and shorter ones.
 *
 *      512 pages of 4 KiB     512 translations, in a table of their own
 *      1 page of 2 MiB          1 translation, in the table above
 *
 * How much faster depends on caches, on the processor's ways of guessing, and on the hypervisor below,
 * whose own pages may be small: in guests the gain comes and goes. So the times are only told. What must
 * hold is that it is the same memory: every byte, and the order of every one of them.
 *
 * Look with: AnonHugePages in /proc/PID/smaps; a clock, which decides nothing here.
 * Read on:   madvise(2) MADV_HUGEPAGE; document 004 sections 9.4 and 18.5.
 */
#include <sys/mman.h>
#include <sys/prctl.h>

#include <touchstone/experiment.h>
#include <touchstone/huge_pages.h>

EXPERIMENT("A huge page needs one translation");

enum {
	SEVERAL = 4, /* as long as they are no larger than this: */
	USUAL = 2 << 20,
	STEPS = 8192,
	ROUNDS = 8,
	SEED = 7,
	NEEDED = HUGE_PAGES | AREA_USAGE
};

/* With pages of 16 KiB a huge one has 32 MiB already. */
static size_t length_of_all(void)
{
	return huge_page_size() > USUAL ? huge_page_size() : SEVERAL * huge_page_size();
}

struct journey {
	char *small, *huge;
	size_t length;
	unsigned long sum;
};

/* Random steps, none of which can begin before the last one's load has ended. */
static unsigned long go_about(const char *area, size_t length)
{
	uint32_t at = 1;
	unsigned long sum = 0;

	for (int i = 0; i < STEPS; i++) {
		unsigned char seen = load(area + (at >> 8) % length);

		sum = sum * 31 + seen;
		at = at * 1664525 + 1013904223 + seen;
	}
	return sum;
}

static void among_small(void *context)
{
	struct journey *journey = context;

	journey->sum = go_about(journey->small, journey->length);
}

static void among_huge(void *context)
{
	struct journey *journey = context;

	journey->sum = go_about(journey->huge, journey->length);
}

/* Memory that begins where a huge page can, with this advice, and the pattern in it. */
static char *advised(size_t length, int advice)
{
	size_t huge = huge_page_size();
	char *area = first_huge_page(reserve((length + huge) / page_size()), huge);

	arrange(mmap(area, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED,
		     -1, 0) == area);
	arrange(madvise(area, length, advice) == 0);
	write_pattern(area, length, SEED);
	return area;
}

CLAIM(it_is_the_same_memory, "tlb-07",
      "Random loads from huge pages read what they read from small ones, and may take less time",
      .needs = NEEDED | TIMING)
{
	const size_t length = length_of_all();
	struct journey journey = {.length = length};
	struct race race = {.slow = among_small,
			    .fast = among_huge,
			    .context = &journey,
			    .wanted = 1,
			    .rounds = ROUNDS};

	arrange(prctl(PR_SET_THP_DISABLE, 0, 0, 0, 0) == 0);
	journey.small = advised(length, MADV_NOHUGEPAGE);
	journey.huge = advised(length, MADV_HUGEPAGE);

	double ratio = run_race(&race);

	evidence("small pages, against huge ones", "%.0f ns against %.0f ns: %.2f times",
		 race.slow_ns, race.fast_ns, ratio);
	assert_equals(observe_usage("small", journey.small, length).huge, 0,
		      "bytes in huge pages where they were refused");
	assert_at_least(observe_usage("huge", journey.huge, length).huge, huge_page_size(),
			"bytes in huge pages where they were asked for");
	assert_equals(go_about(journey.huge, length), go_about(journey.small, length),
		      "the loads from huge pages, in their order");
	assert_pattern(journey.huge, length, SEED, "the memory in huge pages");
	assert_pattern(journey.small, length, SEED, "the memory in small pages");
}

CONTROL(another_byte_is_noticed, "tlb-07",
	"Where a single byte on the way differs, the loads come to another result", .needs = NEEDED)
{
	const size_t length = length_of_all();
	char *area = advised(length, MADV_NOHUGEPAGE);
	unsigned long before = go_about(area, length);
	char *first = area; /* which is where every way begins */

	store(first, (unsigned char)~load(first));
	assert_differs(go_about(area, length), before, "the loads when the first byte has changed");
}
