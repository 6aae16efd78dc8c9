/* SPDX-License-Identifier: MIT */
/*
 * munmap gives frames and page tables back at once
 * ================================================
 *
 * Whoever has read document 001 on lazy allocation might expect the way back to be lazy, too. It is
 * not: when munmap(2) returns, the process holds the frames no more, and the tables that
 * pointed to them are gone as well. (A table that neighbours still use stays, of course.) It is
 * different from making pages inaccessible, which gives nothing back.
 *
 *      before munmap               after munmap
 *
 *      child      parent           child      parent
 *      | a |      | a |            | a |      | a |
 *      | b | ---- | b |            .   .      | b |  parent's alone
 *      | c | ---- | c |            .   .      | c |  parent's alone
 *      | d |      | d |            | d |      | d |
 *
 * Look with: pagemap of a second process that shares the frames, for there a holder less is seen;
 *            VmSize and VmPTE in /proc/self/status; a memory cgroup, which counts every frame.
 * Read on:   munmap(2), proc(5) "status"; document 004 sections 4.4 and 8.5.
 */
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>
#include <touchstone/processors.h>

EXPERIMENT("munmap gives frames and page tables back at once");

/* A few pages; a limit for a group of processes, what is mapped at a time, and how often. */
enum { PAGES = 4, LIMIT_PAGES = 2048, ROUND_PAGES = 512, ROUNDS = 16 };

CLAIM(frames_go_back_at_once, "munmap-06",
      "Frames that parent and child share are the parent's alone once the child unmaps them",
      .needs = FRAME_IDENTITY)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	struct child child;

	START_CHILD(child) {
		hand_over();
		assert_accepted(munmap(page(area, 1), 2 * page_size()));
		hand_over();
	}
	assert_strip(observe_pages("before", area, PAGES), "ssss");
	give_turn(&child);
	assert_strip(observe_pages("after", area, PAGES), "soos");
}

CONTROL(forbidding_gives_nothing_back, "munmap-06",
	"A child that forbids itself the same pages cannot use them, but still holds the frames",
	.needs = FRAME_IDENTITY)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	struct child child;

	START_CHILD(child) {
		arrange(mprotect(page(area, 1), 2 * page_size(), PROT_NONE) == 0);
		assert_trap(try_load(page(area, 1)), SIGSEGV, SEGV_ACCERR, page(area, 1));
		hand_over();
	}
	assert_strip(observe_pages("after", area, PAGES), "ssss");
}

CLAIM(tables_go_back_at_once, "munmap-06",
      "Address space and page tables are as large as before, but for tables at the boundaries",
      .needs = PROCESS_STATUS)
{
	/* So many entries at most has a page table; one page is touched under each of them. */
	enum { TABLES = 8, BOUNDARY_TABLES = 2 };

	need_tables_as_large_as_pages();

	size_t entries = page_size() / 4, length = TABLES * entries * page_size();
	size_t size = status_bytes("VmSize"), tables = status_bytes("VmPTE");
	char *area = mmap(NULL, length, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	arrange(area != MAP_FAILED);
	for (size_t i = 0; i < TABLES; i++) {
		store(page(area, i * entries), 't');
	}
	assert_equals(status_bytes("VmSize"), size + length, "VmSize while mapped");
	assert_at_least(status_bytes("VmPTE"), tables + TABLES / 2 * page_size(),
			"VmPTE while mapped");
	assert_accepted(munmap(area, length));
	assert_equals(status_bytes("VmSize"), size, "VmSize after munmap");
	assert_at_most(status_bytes("VmPTE"), tables + BOUNDARY_TABLES * page_size(),
		       "VmPTE after munmap");
}

CONTROL(what_stays_mapped_stays_in_the_tables, "munmap-06",
	"After an mprotect to PROT_NONE address space and tables are as large as before",
	.needs = PROCESS_STATUS)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	size_t size = status_bytes("VmSize"), tables = status_bytes("VmPTE");

	arrange(mprotect(area, PAGES * page_size(), PROT_NONE) == 0);
	assert_equals(status_bytes("VmSize"), size, "VmSize");
	assert_equals(status_bytes("VmPTE"), tables, "VmPTE");
}

/*
 * How often a child meets the limit of its group while it maps and fills four times what the group
 * may have, a part of it at a time. The kernel may kill it for that, so it is forked by hand.
 */
static long long limit_hits(bool unmap)
{
	struct memory_group group = guard_memory_group(LIMIT_PAGES * page_size());
	size_t length = ROUND_PAGES * page_size();
	pid_t child = fork();

	arrange(child >= 0);
	if (child == 0) {
		enter_memory_group(&group);
		for (size_t i = 0; i < ROUNDS; i++) {
			char *area = mmap(NULL, length, PROT_READ | PROT_WRITE,
					  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

			arrange(area != MAP_FAILED);
			store_each(area, ROUND_PAGES, 'f');
			if (unmap && munmap(area, length) != 0) {
				_exit(1);
			}
		}
		_exit(0);
	}

	int status = 0;

	arrange(waitpid(child, &status, 0) == child);
	evidence("the child", "%s", WIFSIGNALED(status) ? "was killed" : "ended by itself");
	if (unmap) {
		assert_equals(status, 0, "the exit status of a child that unmaps what it filled");
	}
	return memory_group_limit_hits(&group);
}

CLAIM(no_frame_leaks, "munmap-06",
      "Mapping, filling and unmapping four times what a group may have never meets its limit",
      .needs = MEMORY_CGROUP, .alone = "memory cgroup")
{
	assert_equals(limit_hits(true), 0, "times that the limit was met");
}

CONTROL(frames_that_are_kept_meet_the_limit, "munmap-06",
	"The same without unmapping meets the limit", .needs = MEMORY_CGROUP,
	.alone = "memory cgroup")
{
	assert_at_least(limit_hits(false), 1, "times that the limit was met");
}
