/* SPDX-License-Identifier: MIT */
/*
 * A shared frame is counted whole in Rss and in parts in Pss
 * ==========================================================
 *
 * What has a fork cost? Add up the resident sizes (Rss) of parent and child, and it seems to have
 * doubled the memory: each of them counts every page it maps. The proportional size (Pss) divides
 * each frame among those who map it, so its sum over all processes is what is truly taken. By that
 * count a fork takes no frame, and every page written while shared takes one: copy-on-write makes
 * "the most efficient use of physical memory" (document 002), and here is the arithmetic.
 *
 *      64 pages                  Rss parent + child      Pss parent + child
 *      before fork               64                      64
 *      after it                  64 + 64                 32 + 32      = 64
 *      the child wrote 16        64 + 64                 40 + 40      = 80
 *      the child wrote all       64 + 64                 64 + 64      = 128
 *
 * Look with: Rss, Pss, Shared_* and Private_* in /proc/PID/smaps, which is exact, for it walks the
 *            page tables. (VmRSS in /proc/PID/status is counted in batches, and is not.)
 * Read on:   proc(5) smaps; documents 002 "Shared Objects Revisited", 003, 004 section 18.1.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A shared frame is counted whole in Rss and in parts in Pss");

enum { PAGES = 64, WRITTEN = 16, CHILDREN = 3 };

/* Here and in the parent the area is resident as a whole, and so many of its pages are shared. */
static void assert_shared_by_two(const char *area, size_t shared)
{
	struct usage childs = observe_usage("child", area, PAGES * page_size());
	struct usage parents = observe_usage_of(parent_process(), "parent", area,
						PAGES * page_size());
	const struct usage *both[] = {&childs, &parents};

	for (size_t i = 0; i < 2; i++) {
		assert_equals(both[i]->rss, PAGES * page_size(), "Rss");
		assert_equals(both[i]->shared, shared * page_size(), "Shared");
		assert_equals(both[i]->exclusive, (PAGES - shared) * page_size(), "Private");
		assert_equals(both[i]->pss, PAGES * page_size() - shared * page_size() / 2, "Pss");
	}
	assert_equals(childs.pss + parents.pss, (2 * PAGES - shared) * page_size(),
		      "Pss of both together: the frames that are taken");
}

CLAIM(a_fork_takes_no_frame, "fork-12 cow-11",
      "After fork each has the whole area in Rss and half of it in Pss, together what was before",
      .needs = AREA_USAGE)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	assert_equals(observe_usage("before", area, PAGES * page_size()).pss, PAGES * page_size(),
		      "Pss before the fork");
	IN_CHILD {
		assert_shared_by_two(area, PAGES);
	}
	assert_equals(observe_usage("afterwards", area, PAGES * page_size()).pss,
		      PAGES * page_size(), "Pss when the child has ended");
}

CLAIM(each_page_written_takes_one, "cow-11",
      "The sum of Pss grows by one page for each page that is written while shared",
      .needs = AREA_USAGE)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	IN_CHILD {
		for (size_t i = 0; i < WRITTEN; i++) {
			store(page(area, i * PAGES / WRITTEN), 'c');
			assert_shared_by_two(area, PAGES - i - 1);
		}
		store_each(area, 1, 'd'); /* a page written again takes nothing more */
		assert_shared_by_two(area, PAGES - WRITTEN);
	}
}

CLAIM(four_processes_are_charged_a_quarter_each, "fork-12",
      "Among a parent and three children each is charged a quarter of every page",
      .needs = AREA_USAGE)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	struct child children[CHILDREN];

	for (size_t i = 0; i < CHILDREN; i++) {
		START_CHILD(children[i]) {
			hand_over();
		}
	}

	struct usage parents = observe_usage("parent", area, PAGES * page_size());

	assert_equals(parents.rss, PAGES * page_size(), "Rss of the parent");
	assert_equals(parents.pss, PAGES * page_size() / 4, "Pss of the parent");
	for (size_t i = 0; i < CHILDREN; i++) {
		struct usage childs = observe_usage_of(children[i].pid, "child", area,
						       PAGES * page_size());

		assert_equals(childs.rss, PAGES * page_size(), "Rss of a child");
		assert_equals(childs.pss, PAGES * page_size() / 4, "Pss of a child");
	}
}

CONTROL(who_copies_all_saves_nothing, "cow-11 fork-12",
	"When the child has written every page, Pss is Rss in both and their sum has doubled",
	.needs = AREA_USAGE)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	IN_CHILD {
		write_pattern(area, PAGES * page_size(), 2);
		assert_shared_by_two(area, 0);
	}
}
