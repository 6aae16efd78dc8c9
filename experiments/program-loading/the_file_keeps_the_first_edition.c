/* SPDX-License-Identifier: MIT */
/*
 * Every process has its globals to itself, and the file keeps the first edition
 * =============================================================================
 *
 * Ten processes that run one program share its code, and each has variables of its own. Document
 * 002 gives the reason: execve maps code and data from the executable file, all of it privately.
 * Code cannot be written, so it stays shared. A variable can: the first store into its page makes
 * a copy, for this process, and the file never hears of it.
 *
 *      file          process A                 process B
 *      +------+      +------+ r-xp             +------+ r-xp
 *      | code |<-----| code |<---------------- | code |      one frame for all
 *      +------+      +------+ rw-p             +------+ rw-p
 *      | data |      | DATA |  A's own copy    | data |      still the file's page
 *      +------+      +------+                  +------+
 *                    | bss  |  from no file    | bss  |
 *
 * So a program that overwrites all its globals finds them as they were when it is started again.
 *
 * Look with: maps (permissions, inode), the bytes of the file, and a second run.
 * Read on:   execve(2), mmap(2); document 002 "execve revisited", document 004 section 3.1.
 */
#include <touchstone/experiment.h>

EXPERIMENT("Every process has its globals to itself, and the file keeps the first edition");

SPECIMEN(changes_its_globals);

enum { ENOUGH = 3 * 65536 }; /* bytes that hold a whole page, of whatever size, in their middle */

static char zeroed[ENOUGH];
static char initialised[ENOUGH] = "not zero";

CLAIM(areas_of_code_data_and_bss, "exec-04",
      "Code is mapped r-x and data rw- from the file, privately; bss is rw- and from no file",
      .needs = AREA_LIST)
{
	struct area code = observe_area((const void *)(uintptr_t)areas_of_code_data_and_bss);
	struct area data = observe_area(initialised + ENOUGH / 2);
	struct area bss = observe_area(zeroed + ENOUGH / 2);

	ck_assert_str_eq(code.permissions, "r-xp");
	ck_assert_str_eq(data.permissions, "rw-p");
	ck_assert_str_eq(bss.permissions, "rw-p");
	assert_differs(code.inode, 0, "inode behind the code");
	assert_equals(data.inode, code.inode, "inode behind the data");
	assert_equals(bss.inode, 0, "inode behind the zeroed globals");
	assert_all_bytes(zeroed, ENOUGH, 0, "this program's own zeroed globals");
}

CLAIM(changing_a_global_leaves_the_file_alone, "exec-06",
      "A program that overwrites all its globals changes nothing for the file, nor for its next "
      "run",
      .needs = SPECIMENS)
{
	int file = specimen_file(&changes_its_globals);
	size_t length = (size_t)(changes_its_globals.end - changes_its_globals.bytes);
	static char after[1 << 20];

	arrange(length <= sizeof after);
	for (int round = 1; round <= 2; round++) {
		struct specimen_run run = run_specimen_file(file, "changes_its_globals", NULL);
		unsigned long long globals = specimen_said(&run, "globals");

		assert_equals(specimen_said(&run, "initial"), globals, "bytes as initialised");
		assert_equals(specimen_said(&run, "changed"), globals, "bytes changed then");
	}
	read_at(file, after, length, 0);
	assert_same_bytes(after, changes_its_globals.bytes, length, "the file after both runs");
}

CONTROL(a_shared_mapping_would_change_the_file, "exec-04 exec-06",
	"The same file mapped MAP_SHARED is shown as such, and a store into it changes the file",
	.needs = AREA_LIST)
{
	int file = scratch_file(1, 1);
	char *area = fresh_mapping(1, MAP_SHARED, file);
	unsigned char before, after;

	read_at(file, &before, 1, 0);
	store(area, (unsigned char)~before);
	read_at(file, &after, 1, 0);
	assert_equals(after, (unsigned char)~before, "the file's first byte");
	assert_text(observe_area(area).permissions, "rw-s", "the area's rights");
}
