/* SPDX-License-Identifier: MIT */
/*
 * What a program does not use of its file costs nothing
 * =====================================================
 *
 * Programs carry tables: fonts, dictionaries, time zones. If each start had to read them all, large programs
 * would start slowly and small machines could not run them. As nothing is loaded before it is touched
 * (document 004, 6.6), a program starts as fast as the pages can be had that it does touch, and
 * takes no more memory than they do, however large its file is.
 *
 *      file        | code | data | table, many MiB ............................ |
 *      in memory     o  .   o  .   .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
 *
 * The table here is a hole in the program's file, so that it takes no room there either.
 *
 * Look with: smaps of the program; the time to start and end it, with a small table and a large one.
 * Read on:   execve(2), proc(5) "smaps"; document 004 section 6.6.
 */
#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <stdio.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("What a program does not use of its file costs nothing");

SPECIMEN(does_as_told);

enum { SMALL = 16, LARGE = 1024, TABLE_AT = 4 * 65536, RATIO = 3 };

/* Where the table is linked to: above the specimen, below everything that the kernel places. */
static const uintptr_t table = 0x60000000;

static struct specimen_run run;

/* The specimen with a table of so many pages of read-only data, from a hole of its file. */
static int program_with_table(size_t pages)
{
	struct specimen program = specimen_with_header(&does_as_told,
						       (ElfW(Phdr)){.p_type = PT_LOAD,
								    .p_flags = PF_R,
								    .p_offset = TABLE_AT,
								    .p_vaddr = table,
								    .p_filesz = pages * page_size(),
								    .p_memsz = pages * page_size(),
								    .p_align = 65536},
						       NULL, 0);
	int file = specimen_file(&program), writer = open_again(file, O_RDWR);

	arrange(ftruncate(writer, (off_t)(TABLE_AT + pages * page_size())) == 0);
	arrange(close(writer) == 0);
	return file;
}

CLAIM(an_unused_table_costs_nothing, "exec-16 paging-13",
      "Of a table that the program does not use no page is resident, whatever its size",
      .needs = SPECIMENS | AREA_USAGE)
{
	static const size_t each[] = {SMALL, LARGE};

	for (size_t i = 0; i < 2; i++) {
		int file = program_with_table(each[i]);

		START_PROGRAM(run) {
			execve(specimen_path(file), WORDS("does_as_told", "pid", "wait"), NO_WORDS);
		}

		struct usage used = observe_usage_of(run.pid, "table", (const void *)table,
						     each[i] * page_size());

		assert_equals(used.size, each[i] * page_size(), "bytes of the table's area");
		assert_equals(used.rss, 0, "bytes of the table that are resident");
		end_program(&run);
	}
}

static int small_file, large_file;

static void start_and_end(int file)
{
	START_PROGRAM(run) {
		execve(specimen_path(file), WORDS("does_as_told", ""), NO_WORDS);
	}
}

static void run_small(void *unused)
{
	(void)unused;
	start_and_end(small_file);
}

static void run_large(void *unused)
{
	(void)unused;
	start_and_end(large_file);
}

CLAIM(a_large_file_starts_as_fast, "exec-16",
      "To start and end a program takes less than three times as long if it is 64 times larger",
      .needs = SPECIMENS | TIMING)
{
	struct race race = {.slow = run_large, .fast = run_small, .at_most = RATIO};

	small_file = program_with_table(SMALL);
	large_file = program_with_table(LARGE);
	assert_race(&race, "a program with a large table, against one with a small one");
}

CONTROL(a_table_in_use_is_resident, "exec-16 paging-13",
	"Of a table that the program reads each page read is resident",
	.needs = SPECIMENS | AREA_USAGE)
{
	int file = program_with_table(SMALL);
	char from[40], load[20];

	snprintf(from, sizeof from, "load_from=%lu", (unsigned long)table);
	snprintf(load, sizeof load, "load=%d", SMALL);
	START_PROGRAM(run) {
		execve(specimen_path(file), WORDS("does_as_told", from, load, "wait"), NO_WORDS);
	}
	assert_equals(
		observe_usage_of(run.pid, "table", (const void *)table, SMALL * page_size()).rss,
		SMALL * page_size(), "bytes of the table that are resident");
	end_program(&run);
}
