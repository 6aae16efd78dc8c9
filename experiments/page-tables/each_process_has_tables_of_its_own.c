/* SPDX-License-Identifier: MIT */
/*
 * Each process has tables of its own
 * ==================================
 *
 * fork(2) copies no page, as the chapter copy-on-write shows. What it copies at once, before it
 * returns, is the page table: the child needs its own, for from now on the two may differ.
 *
 *      parent   [table] [table] [table]          frames
 *                  |       |       |       ->   [7] [9] [4]      one copy of the pages
 *      child    [table] [table] [table]    ->                    two of the tables
 *      child    [table] [table] [table]    ->                    three
 *
 * So the tables are what forking a large process costs, in time and in memory; a hundred
 * children of a server that holds 10 GiB have 2 GiB of tables among them. And nothing that a child
 * maps, touches or unmaps can change the tables of its parent. Threads share one set.
 *
 * Look with: /proc/PID/status, VmPTE.
 * Read on:   fork(2), pthreads(7); document 002 "fork revisited", document 004 section 8.
 */
#include <pthread.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>
#include <touchstone/processors.h>

EXPERIMENT("Each process has tables of its own");

enum { STRETCHES = 32, CHILDREN = 3, BOUNDARY_PAGES = 8 };

/* More than one table describes, whatever the size of an entry. */
static size_t stretch_pages(void)
{
	return page_size() / 4;
}

static size_t length(void)
{
	return STRETCHES * stretch_pages() * page_size();
}

/* A reserve of which one page can be used in each stretch, so that no policy minds its length. */
static char *map_stretches(void)
{
	need_tables_as_large_as_pages();
	char *area = mmap(NULL, length(), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
			  -1, 0);

	arrange(area != MAP_FAILED);
	for (size_t i = 0; i < STRETCHES; i++) {
		arrange(mprotect(page(area, i * stretch_pages()), page_size(),
				 PROT_READ | PROT_WRITE) == 0);
	}
	return area;
}

static void *touch_stretches(void *area)
{
	for (size_t i = 0; i < STRETCHES; i++) {
		store(page(area, i * stretch_pages()), 't');
	}
	return NULL;
}

/* Bytes of page tables that unmapping the area sets free. */
static size_t freed_by_unmapping(char *area)
{
	size_t before = status_bytes("VmPTE");

	assert_accepted(munmap(area, length()));
	return before - status_bytes("VmPTE");
}

CLAIM(every_child_has_a_set, "ptable-17",
      "Each of several children has a copy of the tables, to unmap at will; the parent keeps its "
      "own",
      .needs = PROCESS_STATUS)
{
	size_t bare = status_bytes("VmPTE");
	char *area = map_stretches();
	struct child children[CHILDREN];

	touch_stretches(area);
	size_t tables = status_bytes("VmPTE"), least, sum = 0;

	arrange(tables > bare + BOUNDARY_PAGES * page_size());
	least = tables - bare - BOUNDARY_PAGES * page_size();
	for (size_t i = 0; i < CHILDREN; i++) {
		START_CHILD(children[i]) {
			hand_over();
			size_t freed = freed_by_unmapping(area);
			tell_parent(&freed, sizeof freed);
		}
	}
	for (size_t i = 0, freed; i < CHILDREN; i++) {
		end_child(&children[i]);
		hear_from(&children[i], &freed, sizeof freed);
		assert_at_least(freed, least, "bytes of page tables that a child has set free");
		sum += freed;
	}
	assert_at_least(sum, CHILDREN * least, "the sum of what the children have set free");
	assert_at_least(freed_by_unmapping(area), least, "bytes that the parent sets free");
}

CLAIM(a_child_changes_its_own_set_only, "ptable-17",
      "While a child is made, touches and unmaps memory, the tables of its parent stay as they are",
      .needs = PROCESS_STATUS)
{
	char *area = map_stretches();
	struct child child, rehearsal;

	START_CHILD(rehearsal) {
		hand_over();
	}
	end_child(&rehearsal);

	size_t before = status_bytes("VmPTE");

	START_CHILD(child) {
		size_t mine = status_bytes("VmPTE");

		touch_stretches(area);
		assert_at_least(status_bytes("VmPTE"), mine + 1024,
				"VmPTE of a child that touches");
		hand_over();
		assert_at_least(freed_by_unmapping(area), 1024, "bytes that the child sets free");
	}
	assert_equals(status_bytes("VmPTE"), before, "VmPTE of the parent when the child touched");
	end_child(&child);
	assert_equals(status_bytes("VmPTE"), before, "VmPTE of the parent when the child unmapped");
}

CONTROL(threads_share_a_set, "ptable-17",
	"What a thread touches is in the tables of the process, for all its threads",
	.needs = PROCESS_STATUS)
{
	char *area = map_stretches();
	pthread_t thread;
	size_t before = status_bytes("VmPTE");

	arrange(pthread_create(&thread, NULL, touch_stretches, area) == 0);
	arrange(pthread_join(thread, NULL) == 0);

	size_t grown = status_bytes("VmPTE") - before;

	touch_stretches(area);
	assert_equals(status_bytes("VmPTE") - before, grown,
		      "growth when this thread touches, too");
	assert_at_least(grown, 1024, "bytes of page tables that the thread's touches added");
}
