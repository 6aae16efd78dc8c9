/* SPDX-License-Identifier: MIT */
/*
 * fork copies the list of areas, address for address
 * ==================================================
 *
 * "It creates exact copies of the current process' mm_struct, area structs, and page tables", says
 * document 002 of fork. For the areas this is so to the letter: the text of /proc/self/maps, read
 * before the fork and after it in the child, is the same byte for byte. It has to be, for the
 * child goes on with the parent's pointers. So no address is drawn anew: two children
 * of one server know each other's layout, and who guessed wrong in one may try again in the next.
 * Only execve(2) shuffles.
 *
 *      parent                child                 after execve
 *      55d0... text          55d0... text          5581... text
 *      7f3a... libc          7f3a... libc          7fe9... libc
 *      7ffc... [stack]       7ffc... [stack]       7ffd... [stack]
 *
 * The one exception is asked for: madvise(MADV_DONTFORK) keeps an area from the child. And the page
 * tables are copied far less exactly than the sentence says; that is an experiment of its own.
 *
 * Look with: /proc/self/maps.
 * Read on:   fork(2), madvise(2) MADV_DONTFORK; documents 002 "fork revisited", 004 section 14.3.
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("fork copies the list of areas, address for address");

SPECIMEN(where_am_i);

enum { PAGES = 4, KINDS = 5 };

/* Areas of several kinds, side by side, which a careless copy would merge, lose or shift. */
static char *areas_of_all_kinds(void)
{
	const int protection[KINDS] = {PROT_NONE, PROT_READ, PROT_READ | PROT_WRITE,
				       PROT_READ | PROT_WRITE, PROT_READ};
	const int sharing[KINDS] = {MAP_PRIVATE, MAP_SHARED, MAP_SHARED, MAP_PRIVATE, MAP_PRIVATE};
	char *start = reserve((size_t)2 * KINDS * PAGES);

	for (size_t i = 0; i < KINDS; i++) {
		arrange(mmap(page(start, 2 * i * PAGES), PAGES * page_size(), protection[i],
			     sharing[i] | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != MAP_FAILED);
	}
	return start;
}

static bool same_text(struct area_list a, struct area_list b)
{
	return a.length == b.length && memcmp(a.text, b.text, a.length) == 0;
}

CLAIM(the_child_starts_with_the_same_list, "fork-02",
      "The child's list of areas is the parent's, line by line, and so is the grandchild's",
      .needs = AREA_LIST)
{
	areas_of_all_kinds();

	struct area_list before = observe_areas();

	IN_CHILD {
		assert_same_areas(observe_areas(), before, "the child's areas");
		IN_CHILD {
			assert_same_areas(observe_areas(), before, "the grandchild's areas");
		}
	}
	assert_same_areas(observe_areas(), before, "the parent's areas, afterwards");
}

CLAIM(from_then_on_each_has_its_own, "fork-02",
      "What the child maps and unmaps changes its own list, and not the parent's",
      .needs = AREA_LIST)
{
	char *start = areas_of_all_kinds();
	struct area_list before = observe_areas();

	IN_CHILD {
		assert_accepted(munmap(page(start, 2 * PAGES), PAGES * page_size()));
		assert_accepted(mprotect(page(start, 6 * PAGES), page_size(), PROT_READ));
		assert_equals(count_areas(page(start, 2 * PAGES), PAGES * page_size()), 0,
			      "the child's areas where it unmapped one");
		assert_equals(count_areas(page(start, 6 * PAGES), PAGES * page_size()), 2,
			      "the child's areas where it protected a page");
	}
	assert_same_areas(observe_areas(), before, "the parent's areas");
}

CLAIM(nothing_moves_at_a_fork, "fork-14",
      "The child finds stack, break, C library, kernel page and program where the parent has them",
      .needs = AREA_LIST)
{
	char here;
	const void *marks[] = {&here, sbrk(0), (void *)(uintptr_t)memcpy,
			       (void *)(uintptr_t)getauxval(AT_SYSINFO_EHDR), &where_am_i};
	struct area before[5];

	for (size_t i = 0; i < 5; i++) {
		before[i] = observe_area(marks[i]);
	}
	IN_CHILD {
		assert_address(sbrk(0), marks[1], "the child's break");
		for (size_t i = 0; i < 5; i++) {
			struct area now = observe_area(marks[i]);

			assert_equals(now.exists, before[i].exists, "whether there is an area");
			assert_address(now.start, before[i].start, "where it starts");
			assert_address(now.end, before[i].end, "where it ends");
		}
	}
}

CONTROL(an_area_can_be_kept_from_the_child, "fork-02",
	"An area under MADV_DONTFORK, or one mapped after the fork, makes the lists differ",
	.needs = AREA_LIST)
{
	char *start = areas_of_all_kinds();
	struct area_list before = observe_areas();

	IN_CHILD {
		assert_accepted(mmap(page(start, PAGES), page_size(), PROT_READ,
				     MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0));
		assert_equals(same_text(observe_areas(), before), false, "the same after mmap(2)");
	}
	assert_accepted(madvise(page(start, 2 * PAGES), PAGES * page_size(), MADV_DONTFORK));
	before = observe_areas();
	IN_CHILD {
		assert_equals(same_text(observe_areas(), before), false,
			      "the same without MADV_DONTFORK's area");
		assert_equals(count_areas(page(start, 2 * PAGES), PAGES * page_size()), 0,
			      "areas where it would be");
	}
}

CONTROL(execve_draws_the_addresses_anew, "fork-14",
	"Two executions of one program have stack and break at different addresses",
	.needs = SPECIMENS)
{
	int fd = open("/proc/sys/kernel/randomize_va_space", O_RDONLY | O_CLOEXEC);
	char mode = 0;

	if (fd < 0 || read(fd, &mode, 1) != 1 || mode == '0' ||
	    personality(0xffffffff) & ADDR_NO_RANDOMIZE) {
		undecided("needs address space randomisation: kernel.randomize_va_space = 2");
	}

	struct specimen_run one = run_specimen(&where_am_i, NULL);
	struct specimen_run other = run_specimen(&where_am_i, NULL);
	unsigned long stacks[2];

	arrange(one.status == 0 && sscanf(one.output, "stack=%lu", &stacks[0]) == 1);
	arrange(other.status == 0 && sscanf(other.output, "stack=%lu", &stacks[1]) == 1);
	evidence("one has its stack at", "%#lx", stacks[0]);
	evidence("the other", "%#lx", stacks[1]);
	/* Stack, break and kernel page taken together: that all three recur is beyond chance. */
	assert_equals(strcmp(one.output, other.output) == 0, false,
		      "whether the layouts are the same");
}
