/* SPDX-License-Identifier: MIT */
/*
 * Calling a function brings its page
 * ==================================
 *
 * A big program starts before its code has been read: "code pages" are only marked, and "the
 * first accesses cause page faults" (document 004, 6.6 and 22). The access is that of the
 * processor itself, which fetches an instruction. For a page fault that is an access like any
 * other: it comes on the first call into a page, and no more after that.
 *
 *      code in a file     | ret | ret | ret | ret |
 *      call page 2                       ^             1 minor fault, the page is present
 *      call it again                     ^             none
 *
 * The pages called here lie far apart, for a fault on a cached page brings its neighbours as
 * well (fault-around, within 64 KiB).
 *
 * Look with: /proc/PID/pagemap, ru_minflt of getrusage(2).
 * Read on:   mmap(2), getrusage(2); document 004 sections 6.6 and 22.
 */
#include <touchstone/experiment.h>

EXPERIMENT("Calling a function brings its page");

enum { CALLED = 8, WINDOW = 64 * 1024 };

/* From one page that is called to the next. */
static size_t stride(void)
{
	return page_size() < WINDOW ? 2 * WINDOW / page_size() : 2;
}

/* A file in memory whose every page begins with a function, mapped to be executed. */
static char *functions(void)
{
	size_t count = CALLED * stride();
	int fd = memory_file(count, 1);
	char *writer = fresh_mapping(count, MAP_SHARED, fd), *code = reserve(count);

	need_single_pages(fd, count);
	for (size_t i = 0; i < count; i++) {
		size_t length = copy_return_function(page(writer, i));

		__builtin___clear_cache(page(writer, i), page(writer, i) + length);
	}
	code = mmap(code, count * page_size(), PROT_READ | PROT_EXEC, MAP_SHARED | MAP_FIXED, fd,
		    0);
	if (code == MAP_FAILED) {
		undecided("needs a file in memory that may be executed");
	}
	return code;
}

static struct faults faults_of_call(char *code)
{
	struct trap trap;
	struct faults spent = faults_of(trap = try_call(code));

	assert_no_trap(trap);
	return spent;
}

CLAIM(the_first_call_brings_the_page, "fault-23",
      "The first call into a page costs one minor fault and makes it present, each later one none",
      .needs = FAULT_COUNTS | PAGE_STATES | EXECUTABLE_MEMORY)
{
	char *code = functions();

	faults_of_call((char *)functions()); /* what is used for the first time may fault */
	for (size_t i = 0; i < CALLED; i++) {
		char *called = page(code, (i * 3 % CALLED) * stride());

		assert_strip(observe_pages("before the call", called, 1), ".");
		for (int again = 0; again < 3; again++) {
			struct faults spent = faults_of_call(called);

			assert_equals(spent.minor, !again, "minor faults of a call");
			assert_equals(spent.major, 0, "major faults");
			assert_strip(observe_pages("after the call", called, 1), "p");
		}
	}
}

CLAIM(what_was_dropped_is_brought_again, "fault-23",
      "A function whose page was dropped from the page table runs again, for one minor fault",
      .needs = FAULT_COUNTS | EXECUTABLE_MEMORY)
{
	char *code = functions();

	faults_of_call(code);
	for (int round = 0; round < 3; round++) {
		arrange(madvise(code, page_size(), MADV_DONTNEED) == 0);
		assert_equals(faults_of_call(code).minor, 1, "minor faults of a call");
	}
}

CONTROL(a_load_has_brought_it_as_well, "fault-23",
	"A call into a page that was read before, and so is present, costs no fault",
	.needs = FAULT_COUNTS | EXECUTABLE_MEMORY)
{
	char *code = functions();

	faults_of_call((char *)functions());
	for (size_t i = 0; i < CALLED; i++) {
		load(page(code, i * stride()) + 1);
		assert_equals(faults_of_call(page(code, i * stride())).minor, 0,
			      "minor faults of a call");
	}
}
