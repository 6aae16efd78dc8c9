/* SPDX-License-Identifier: MIT */
/*
 * The largest size is remembered
 * ==============================
 *
 * ru_maxrss of getrusage(2) tells how much memory a process had resident when it had most: a
 * high water mark. It rises when pages are touched and never falls: memory that was given back
 * is not forgotten.
 *
 *      resident   __/~~~~\___________/~~\____
 *      ru_maxrss  __/~~~~~~~~~~~~~~~~~~~~~~~~
 *
 * RUSAGE_CHILDREN has one number for all children that were waited for, and it is no sum: of the
 * marks of all of them it is the largest.
 *
 * How many pages are resident, a kernel counts in batches, for each processor; so ru_maxrss may
 * lag behind by some pages. It is held here against the half of what was touched.
 *
 * Look with: getrusage(2), ru_maxrss, in kilobytes.
 * Read on:   getrusage(2), wait4(2); documents 001 "Observations", 004 section 4.4.
 */
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("The largest size is remembered");

/* What wait4 tells of a child that was as big as that. */
static size_t mark_of_child(size_t length)
{
	struct rusage told;
	int status;
	pid_t child = fork();

	arrange(child >= 0);
	if (child == 0) {
		be_large(length);
		_exit(0);
	}
	arrange(wait4(child, &status, 0, &told) == child && status == 0);
	return (size_t)told.ru_maxrss * 1024;
}

CLAIM(it_rises_and_never_falls, "rusage-07",
      "ru_maxrss rises with what is touched, and stays when that was given back")
{
	size_t before;

	be_small_at_first();
	fresh_pages(large_length() / page_size(), MAP_PRIVATE);
	assert_at_most(largest_size(RUSAGE_SELF), large_length() / 2,
		       "the mark when nothing was touched");
	be_large(large_length());
	before = largest_size(RUSAGE_SELF);
	assert_at_least(before, large_length() / 2, "the mark when all was touched, and unmapped");
	be_large(large_length() / 4);
	assert_at_least(largest_size(RUSAGE_SELF), before, "the mark after a smaller size");
	assert_at_most(largest_size(RUSAGE_SELF), before + large_length() / 2,
		       "the mark, which adds nothing up");
	be_large(2 * large_length());
	assert_at_least(largest_size(RUSAGE_SELF), before + large_length() / 2,
			"the mark after a larger size");
}

CLAIM(of_children_the_largest_is_kept, "rusage-08",
      "For children ru_maxrss is that of the largest that was waited for, and no sum")
{
	const size_t lengths[] = {large_length() / 2, large_length(), large_length() / 2};
	size_t largest = largest_size(RUSAGE_CHILDREN);

	be_small_at_first();
	for (size_t i = 0; i < 3; i++) {
		size_t told = mark_of_child(lengths[i]);

		assert_at_least(told, lengths[i] / 2, "the mark of a child as wait4 tells it");
		assert_at_most(told, lengths[i] + large_length() / 2, "the same");
		largest = told > largest ? told : largest;
		assert_equals(largest_size(RUSAGE_CHILDREN), largest,
			      "the largest of all children");
	}
	assert_at_most(largest_size(RUSAGE_SELF), large_length() / 2,
		       "the mark of the parent itself");
}

CONTROL(untouched_memory_leaves_no_mark, "rusage-07 rusage-08",
	"As much memory that is mapped and never touched leaves no mark, on a child neither")
{
	be_small_at_first();
	IN_CHILD {
		fresh_pages(large_length() / page_size(), MAP_PRIVATE);
		fresh_pages(large_length() / page_size(), MAP_SHARED);
		assert_at_most(largest_size(RUSAGE_SELF), large_length() / 2,
			       "the mark of the child");
	}
	assert_at_most(largest_size(RUSAGE_CHILDREN), large_length() / 2, "the largest child's");
	assert_at_most(largest_size(RUSAGE_SELF), large_length() / 2, "the parent's");
}
