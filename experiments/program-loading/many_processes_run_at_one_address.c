/* SPDX-License-Identifier: MIT */
/*
 * Many processes run one program at one address, each with its own data
 * =====================================================================
 *
 * Document 004 begins with the placement puzzle: without virtual memory two programs that want the same
 * addresses cannot run together. Here sixteen processes run one program, which was linked to
 * one fixed address. Each of them has its globals there, and each has values of its own in them.
 *
 *      process 1   0x404000  1 1 1 1  -> [frame 7]
 *      process 2   0x404000  2 2 2 2  -> [frame 9]
 *      process 3   0x404000  3 3 3 3  -> [frame 4]
 *
 * No loader had to move anything, and no process knows of the others. The same number is another
 * place in each of them.
 *
 * Look with: what each process says of its globals; pagemap of each, while all are alive.
 * Read on:   execve(2), proc(5) "pagemap"; document 004 sections 1 and 5.1.
 */
#include <stdio.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Many processes run one program at one address, each with its own data");

SPECIMEN(does_as_told);

enum { INSTANCES = 16 };

static struct specimen_run each[INSTANCES];

/* All of them alive at once; number i has stored i + 1 in every byte of its globals, and waits. */
static void start_all(void)
{
	int file = specimen_file(&does_as_told);

	for (int i = 0; i < INSTANCES; i++) {
		char mark[20], marked[20];

		snprintf(mark, sizeof mark, "mark=%d", i + 1);
		snprintf(marked, sizeof marked, "marked=%d", i + 1);
		START_PROGRAM(each[i]) {
			assert_accepted(
				execve(specimen_path(file),
				       WORDS("does_as_told", "addresses", mark, "wait", marked),
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

CLAIM(one_address_many_values, "exec-22",
      "Sixteen processes have their globals at one address, and each its own value in every byte",
      .needs = SPECIMENS)
{
	start_all();
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
	start_all();
	for (int i = 0; i < INSTANCES; i++) {
		char *bss = said_address(&each[i], "bss"), *data = said_address(&each[i], "data");

		assert_strip(observe_pages_of(each[i].pid, "bss", bss, 1), "o");
		assert_strip(observe_pages_of(each[i].pid, "data", page_of(data), 1), "o");
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
