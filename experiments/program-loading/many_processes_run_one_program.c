/* SPDX-License-Identifier: MIT */
/*
 * Many processes run one program, at one address, with one copy of its code
 * =========================================================================
 *
 * Document 004 begins with the placement puzzle: without virtual memory two programs that want the same
 * addresses cannot run together. Here sixteen processes run one program, which was linked to
 * one fixed address. Each of them has its globals there, and each has values of its own in them.
 *
 *      process 1   0x404000  1 1 1 1  -> [frame 7]          0x401000  code -> [frame 3]
 *      process 2   0x404000  2 2 2 2  -> [frame 9]          0x401000  code -> [frame 3]
 *      process 3   0x404000  3 3 3 3  -> [frame 4]          0x401000  code -> [frame 3]
 *
 * Of the code, which nobody writes, there is one copy (3.1): all of them map the file's own page in the
 * page cache. Added up by shares (Pss), the code of all takes no more memory than one copy has.
 *
 * Look with: what each process says; pagemap and smaps of each, while all are alive.
 * Read on:   proc(5) "smaps"; documents 002 "Shared Objects Revisited", 004 sections 1, 3.1 and 5.1.
 */
#include <stdio.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Many processes run one program, at one address, with one copy of its code");

SPECIMEN(does_as_told);

enum { INSTANCES = 16 };

static struct specimen_run each[INSTANCES];

/* All of them alive at once; number i has stored i + 1 in every byte of its globals, and waits. */
static void start_all(bool of_one_file)
{
	int file = specimen_file(&does_as_told);

	for (int i = 0; i < INSTANCES; i++) {
		char mark[20], marked[20];

		snprintf(mark, sizeof mark, "mark=%d", i + 1);
		snprintf(marked, sizeof marked, "marked=%d", i + 1);
		if (i > 0 && !of_one_file) {
			file = specimen_file(&does_as_told);
		}
		START_PROGRAM(each[i]) {
			assert_accepted(execve(
				specimen_path(file),
				(char *[]){"does_as_told", "addresses", mark, "wait", marked, NULL},
				(char *[]){NULL}));
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

CLAIM(one_address_many_values, "exec-22",
      "Sixteen processes have their globals at one address, and each its own value in every byte",
      .needs = SPECIMENS)
{
	start_all(true);
	for (int i = 1; i < INSTANCES; i++) {
		assert_address(said_address(&each[i], "data"), said_address(&each[0], "data"),
			       "where an instance has its data");
		assert_address(said_address(&each[i], "bss"), said_address(&each[0], "bss"),
			       "where an instance has its bss");
	}
	end_all();
	for (int i = 0; i < INSTANCES; i++) {
		assert_equals(specimen_said(&each[i], "marked"),
			      page_size() + specimen_said(&each[i], "data_length"),
			      "bytes of its globals with its own value");
	}
}

CLAIM(one_address_many_frames, "exec-22", "At the one address each process has a frame of its own",
      .needs = SPECIMENS | FRAME_IDENTITY)
{
	start_all(true);
	for (int i = 0; i < INSTANCES; i++) {
		char *bss = said_address(&each[i], "bss"), *data = said_address(&each[i], "data");

		assert_strip(observe_pages_of(each[i].pid, "bss", bss, 1), "o");
		assert_strip(observe_pages_of(each[i].pid, "data", page_of(data), 1), "o");
	}
	end_all();
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

CONTROL(a_shared_page_shows_the_last_writer, "exec-22",
	"Shared memory at one address in sixteen processes has one value, that of the last writer")
{
	char *area = fresh_pages(1, MAP_SHARED);

	for (int i = 0; i < INSTANCES; i++) {
		IN_CHILD {
			memset(area, i + 1, page_size());
		}
		assert_all_bytes(area, page_size(), (unsigned char)(i + 1),
				 "what the parent reads");
	}
}
