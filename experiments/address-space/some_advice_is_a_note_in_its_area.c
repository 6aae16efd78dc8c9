/* SPDX-License-Identifier: MIT */
/*
 * Some advice is a note in its area
 * =================================
 *
 * What MADV_DONTDUMP, MADV_DONTFORK, MADV_WIPEONFORK, MADV_RANDOM, MADV_SEQUENTIAL and
 * MADV_MERGEABLE say has to be known later: at the next core dump, fork or fault. The kernel notes
 * it in the area, as it does with the access rights, and so it splits the area where the note
 * begins and ends, and merges it when the note is taken back. smaps shows each note as two letters.
 *
 *      before            rd wr mr mw me ac                      one area
 *      MADV_DONTDUMP     rd wr ..    rd wr .. dd    rd wr ..    three
 *      MADV_DODUMP       rd wr mr mw me ac                      one again
 *
 * Other advice, WILLNEED or DONTNEED, is done at once and then forgotten: it leaves no note.
 *
 * Look with: /proc/PID/smaps, the line VmFlags; /proc/PID/maps.
 * Read on:   madvise(2), proc_pid_smaps(5), core(5).
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Some advice is a note in its area");

enum { PAGES = 6, FIRST = 2, LAST = 3 };

static bool has_note(char *area, size_t number, const char *letters)
{
	struct usage usage = observe_usage("a page", page(area, number), page_size());

	return usage_has_flag(&usage, letters);
}

/* The note stands at the pages from FIRST to LAST, when it is made, and nowhere else. */
static void assert_note(char *area, const char *letters, bool made)
{
	for (size_t i = 0; i < PAGES; i++) {
		evidence("page", "%zu, note %s", i, letters);
		assert_equals(has_note(area, i, letters), made && i >= FIRST && i <= LAST,
			      "the page has the note");
	}
	assert_equals(count_areas(area, PAGES * page_size()), made ? 3 : 1, "areas");
}

static int advise(char *area, int advice)
{
	return madvise(page(area, FIRST), (LAST - FIRST + 1) * page_size(), advice);
}

/* Made twice, taken back twice, and all over again. */
static void assert_kept_and_taken_back(const char *letters, int make, int take_back)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	for (int round = 0; round < 4; round++) {
		assert_accepted(advise(area, round % 2 ? make : take_back));
		assert_accepted(advise(area, round % 2 ? make : take_back));
		assert_note(area, letters, round % 2);
	}
	assert_pattern(area, PAGES * page_size(), 1, "what the pages hold");
}

CLAIM(what_is_not_to_be_dumped_is_noted, "madvise-09",
      "MADV_DONTDUMP notes dd at the pages it was given for, and MADV_DODUMP takes it back",
      .needs = AREA_LIST | AREA_USAGE)
{
	assert_kept_and_taken_back("dd", MADV_DONTDUMP, MADV_DODUMP);
}

CLAIM(what_fork_shall_do_is_noted, "madvise-10",
      "MADV_DONTFORK notes dc and MADV_WIPEONFORK wf, until DOFORK and KEEPONFORK take them back",
      .needs = AREA_LIST | AREA_USAGE)
{
	assert_kept_and_taken_back("dc", MADV_DONTFORK, MADV_DOFORK);
	assert_kept_and_taken_back("wf", MADV_WIPEONFORK, MADV_KEEPONFORK);
}

CLAIM(how_it_will_be_read_is_noted, "madvise-11",
      "MADV_RANDOM notes rr and MADV_SEQUENTIAL sr, either ends the other, MADV_NORMAL both",
      .needs = AREA_LIST | AREA_USAGE)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	assert_kept_and_taken_back("rr", MADV_RANDOM, MADV_NORMAL);
	assert_kept_and_taken_back("sr", MADV_SEQUENTIAL, MADV_NORMAL);
	for (int round = 0; round < 2; round++) {
		assert_accepted(advise(area, MADV_RANDOM));
		assert_note(area, "rr", true);
		assert_equals(has_note(area, FIRST, "sr"), false, "it has sr besides rr");
		assert_accepted(advise(area, MADV_SEQUENTIAL));
		assert_note(area, "sr", true);
		assert_equals(has_note(area, FIRST, "rr"), false, "it has rr besides sr");
	}
}

CLAIM(what_may_be_merged_is_noted, "madvise-12",
      "MADV_MERGEABLE notes mg at the pages it was given for, and MADV_UNMERGEABLE takes it back",
      .needs = AREA_LIST | AREA_USAGE)
{
	if (madvise(fresh_pages(1, MAP_PRIVATE), page_size(), MADV_UNMERGEABLE) != 0) {
		undecided("needs MADV_MERGEABLE: a kernel with CONFIG_KSM");
	}
	assert_kept_and_taken_back("mg", MADV_MERGEABLE, MADV_UNMERGEABLE);
}

CLAIM(a_child_inherits_the_notes, "madvise-13",
      "A child's area has the notes of its parent's, and the parent keeps what the child ends",
      .needs = AREA_LIST | AREA_USAGE)
{
	char *dump = filled_pages(PAGES, MAP_PRIVATE, 1), *random = fresh_pages(PAGES, MAP_PRIVATE);

	assert_accepted(advise(dump, MADV_DONTDUMP));
	assert_accepted(advise(random, MADV_RANDOM));
	IN_CHILD {
		assert_note(dump, "dd", true);
		assert_note(random, "rr", true);
		assert_accepted(advise(dump, MADV_DODUMP));
		assert_accepted(advise(random, MADV_NORMAL));
	}
	assert_note(dump, "dd", true);
	assert_note(random, "rr", true);
}

CONTROL(what_is_done_at_once_is_not_noted, "madvise-09 madvise-10 madvise-11 madvise-12 madvise-13",
	"MADV_WILLNEED, MADV_DONTNEED and MADV_COLD leave the flags as they were, and one area",
	.needs = AREA_LIST | AREA_USAGE)
{
	const int advice[] = {MADV_WILLNEED, MADV_DONTNEED, MADV_COLD};
	char *area = filled_pages(PAGES, MAP_SHARED, 1);
	struct usage before = observe_usage("before", area, PAGES * page_size());

	for (size_t i = 0; i < 3; i++) {
		assert_accepted(advise(area, advice[i]));
		assert_equals(count_areas(area, PAGES * page_size()), 1, "areas");
		for (size_t j = 0; j < PAGES; j++) {
			struct usage now = observe_usage("now", page(area, j), page_size());

			evidence("VmFlags", "%s", now.flags);
			assert_equals(strcmp(now.flags, before.flags), 0, "the flags differ");
		}
	}
}
