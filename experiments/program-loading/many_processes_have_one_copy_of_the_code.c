/* SPDX-License-Identifier: MIT */
/*
 * Many processes that run one program have one copy of its code
 * =============================================================
 *
 * A machine runs the same shell a hundred times, and has its code in memory once. Nobody arranged that
 * for the shell: each process maps the code from the executable file, and what is mapped is the file's
 * page in the page cache itself (document 004, 3.1). As nobody writes code, nobody needs a copy.
 *
 *      process 1   code r-xp --.
 *      process 2   code r-xp ----> [ the file's page ]      Rss  4 KiB each, 12 KiB in all
 *      process 3   code r-xp --'                            Pss  a third each, 4 KiB in all
 *
 * Who adds up what each process has resident (Rss) counts the page again and again. Pss counts shares, so
 * that the sum is what the memory really holds.
 *
 * Look with: pagemap and smaps of each process, while all are alive.
 * Read on:   proc(5) "smaps"; documents 002 "Shared Objects Revisited", 004 section 3.1.
 */
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Many processes that run one program have one copy of its code");

SPECIMEN(does_as_told);

enum { INSTANCES = 16 };

static struct specimen_run each[INSTANCES];

/* All of them alive at once, waiting; of one file, or each of a copy. */
static void start_all(bool of_one_file)
{
	int file = specimen_file(&does_as_told);

	for (int i = 0; i < INSTANCES; i++) {
		if (i > 0 && !of_one_file) {
			file = specimen_file(&does_as_told);
		}
		START_PROGRAM(each[i]) {
			assert_accepted(execve(specimen_path(file),
					       WORDS("does_as_told", "addresses", "wait"),
					       NO_WORDS));
		}
		arrange(each[i].pid > 0);
	}
}

static void end_all(void)
{
	for (int i = 0; i < INSTANCES; i++) {
		end_program(&each[i]);
		assert_equals(each[i].status, 0, "how an instance ended");
	}
}

static char *said_address(const struct specimen_run *run, const char *name)
{
	return (char *)(uintptr_t)specimen_said(run, name);
}

static struct usage usage_of_code(const struct specimen_run *run)
{
	return observe_usage_of(run->pid, "code", page_of(said_address(run, "code")), page_size());
}

CLAIM(one_copy_of_the_code, "exec-19",
      "Behind the page of code that all of them execute is one and the same frame",
      .needs = SPECIMENS | FRAME_IDENTITY)
{
	start_all(true);

	char *code = page_of(said_address(&each[0], "code"));
	struct pages first = observe_pages_of(each[0].pid, "the first's code", code, 1);

	for (int i = 1; i < INSTANCES; i++) {
		assert_same_frames(observe_pages_of(each[i].pid, "another's code", code, 1), first);
	}
	end_all();
}

CLAIM(the_shares_add_up_to_one_copy, "exec-19",
      "The code of all of them, added up by shares, takes no more than one of them has mapped",
      .needs = SPECIMENS | AREA_USAGE)
{
	size_t shares = 0, resident = 0, size = 0;

	start_all(true);
	for (int i = 0; i < INSTANCES; i++) {
		struct usage code = usage_of_code(&each[i]);

		shares += code.pss;
		resident += code.rss;
		size = code.size;
	}
	assert_at_least(resident, INSTANCES * page_size(),
			"bytes of code resident, counted in full");
	assert_at_most(shares, size, "bytes of code resident, counted by shares");
	end_all();
}

CONTROL(as_many_files_are_as_many_copies, "exec-19",
	"If each runs a copy of the file, each has its code alone, and the shares are all of it",
	.needs = SPECIMENS | AREA_USAGE)
{
	start_all(false);
	for (int i = 0; i < INSTANCES; i++) {
		struct usage code = usage_of_code(&each[i]);

		assert_at_least(code.rss, page_size(), "bytes of an instance's code resident");
		assert_equals(code.pss, code.rss, "its share of them");
	}
	end_all();
}
