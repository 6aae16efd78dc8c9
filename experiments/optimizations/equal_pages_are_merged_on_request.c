/* SPDX-License-Identifier: MIT */
/*
 * Equal pages are merged on request only
 * ======================================
 *
 * Document 002 has pages shared that come from one object. Frames can be saved as well where pages merely
 * hold the same bytes, but nobody finds that out by himself: programs advise memory as MADV_MERGEABLE, and
 * a thread of the kernel (KSM) reads it, compares, and lets equal pages lead to one frame. Such a
 * page can only be read. The first store parts it, as after a fork, and nobody else notices.
 *
 *      before       [ a ] [ a ]          two frames with equal bytes
 *      merged       [     a   ]          one
 *      after 'b'    [ b ] [ a ]          the writer has one of its own again
 *
 * The thread is switched on here for the length of a claim, and back to what it was. How often it has been
 * round is its own count, full_scans: a page that did not change from one round to the next is merged.
 *
 * Look with: /proc/PID/pagemap: bit 56 is gone where another page leads to the same frame.
 * Read on:   madvise(2) MADV_MERGEABLE; the kernel's admin-guide/mm/ksm.rst; document 004 section 18.
 */
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Equal pages are merged on request only");

enum { PAGES = 4, WRITTEN = 2, ROUNDS = 4, PAUSE_NS = 2000 * 1000 };

static long long ksm_number(const char *name)
{
	char path[60];

	snprintf(path, sizeof path, "/sys/kernel/mm/ksm/%s", name);

	long long number = setting_number(path);

	arrange(number >= 0);
	return number;
}

/* Of whomever. It goes no round while nobody asks for it. */
static long long pages_looked_at(void)
{
	return ksm_number("pages_shared") + ksm_number("pages_unshared") +
	       ksm_number("pages_volatile");
}

/* KSM goes round often enough to have found all pages that are equal. */
static void let_merge(void)
{
	if (!guard_setting("/sys/kernel/mm/ksm/pages_to_scan", "20000") ||
	    !guard_setting("/sys/kernel/mm/ksm/sleep_millisecs", "1") ||
	    !guard_setting("/sys/kernel/mm/ksm/run", "1")) {
		undecided("needs the settings of KSM: root");
	}
	/* Nothing tells of a round but their number, and who looks without a pause keeps KSM from its work. */
	for (long long first = ksm_number("full_scans"); ksm_number("full_scans") < first + ROUNDS;
	     nanosleep(&(struct timespec){.tv_nsec = PAUSE_NS}, NULL)) {
		if (!time_is_left()) {
			assert_at_least(pages_looked_at(), 1, "pages that KSM has looked at");
			undecided("needs a KSM that comes round: less memory to be merged");
		}
	}
}

/* Two areas with equal contents that no other process has, as far as that can be had. */
struct twins {
	char *one, *other;
};

static struct twins equal_pages(int advice)
{
	unsigned seed = (unsigned)getpid() % 60000 + 1;
	struct twins twins = {filled_pages(PAGES, MAP_PRIVATE, seed),
			      filled_pages(PAGES, MAP_PRIVATE, seed)};

	assert_accepted(madvise(twins.one, PAGES * page_size(), advice));
	assert_accepted(madvise(twins.other, PAGES * page_size(), advice));
	return twins;
}

static void assert_contents(const char *area, const char *what)
{
	assert_pattern(area, PAGES * page_size(), (unsigned)getpid() % 60000 + 1, what);
}

CLAIM(equal_pages_become_one, "opt-08",
      "Equal pages advised as MADV_MERGEABLE come to lead to one frame, and hold what they held",
      .needs = KERNEL_SAME_PAGE | FRAME_IDENTITY, .alone = "ksm", .seconds = 8)
{
	struct twins twins = equal_pages(MADV_MERGEABLE);

	assert_strip(observe_pages("before", twins.one, PAGES), "o");
	let_merge();
	assert_strip(observe_pages("the one", twins.one, PAGES), "s");
	assert_strip(observe_pages("the other", twins.other, PAGES), "s");
	assert_contents(twins.one, "the one");
	assert_contents(twins.other, "the other");
}

CLAIM(a_store_parts_them_again, "opt-08",
      "A store into a merged page parts that page alone, and the other one keeps every byte",
      .needs = KERNEL_SAME_PAGE | FRAME_IDENTITY, .alone = "ksm", .seconds = 8)
{
	struct twins twins = equal_pages(MADV_MERGEABLE);
	char *last = page(twins.one, WRITTEN + 1) - 1;
	unsigned char was = load(last);

	let_merge();
	store(last, (unsigned char)~was);
	assert_equals(page_is_exclusive(observe_pages("the one", twins.one, PAGES), WRITTEN), 1,
		      "whether the page stored to is its process's alone");
	assert_contents(twins.other, "the other");
	assert_byte(last, (unsigned char)~was, "the byte stored");
	store(last, was);
	assert_contents(twins.one, "the one, as before again");
}

CLAIM(a_byte_of_difference_is_enough, "opt-08",
      "Pages that differ in their last byte stay two, beside equal ones, which are merged",
      .needs = KERNEL_SAME_PAGE | FRAME_IDENTITY, .alone = "ksm", .seconds = 8)
{
	struct twins twins = equal_pages(MADV_MERGEABLE);
	char *last = page(twins.one, WRITTEN + 1) - 1;

	store(last, (unsigned char)~load(last));
	let_merge();
	assert_strip(observe_pages("the one", twins.one, PAGES), "ssos");
	assert_strip(observe_pages("the other", twins.other, PAGES), "ssos");
	assert_contents(twins.other, "the other");
}

CONTROL(nobody_merges_unasked, "opt-08",
	"Equal pages without the advice stay two for as many rounds, in which others are merged",
	.needs = KERNEL_SAME_PAGE | FRAME_IDENTITY, .alone = "ksm", .seconds = 8)
{
	struct twins plain = equal_pages(MADV_NORMAL), twins = equal_pages(MADV_MERGEABLE);

	let_merge();
	assert_strip(observe_pages("without advice", plain.one, PAGES), "o");
	assert_strip(observe_pages("without advice", plain.other, PAGES), "o");
	assert_strip(observe_pages("with advice", twins.one, PAGES), "s");
}
