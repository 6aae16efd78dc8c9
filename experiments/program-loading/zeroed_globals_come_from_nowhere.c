/* SPDX-License-Identifier: MIT */
/*
 * Zeroed globals come from nowhere, initialised ones from the file
 * ================================================================
 *
 * A program's globals come in two kinds. Those with an initial value must be stored in the
 * executable file, byte for byte (.data). Those that start as zero need not be: the file
 * only tells how many there are (.bss), and the kernel supplies the zeros, for nothing, page by page, on first
 * touch. Document 002 says that execve maps bss "to an anonymous file"; document 004 (3.2) calls it
 * a small but elegant optimisation.
 *
 * The border between the two is the interesting place. It falls into the middle of a page, and
 * that page does come from the file, together with whatever happens to follow there:
 *
 *      file     ... | d d d d d d d d s e c t i o n  h e a d e r s ... |
 *                    \________________  one page  _______________/
 *      memory   ... | d d d d d d d d 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0  | 0 0 0 0 0 ...
 *                     .data          ^ file_end                         anonymous pages
 *                                    the kernel has to write these zeros itself
 *
 * The specimen zeroed_tail has no C library; it looks at all of this at its very first line, before
 * anybody can have written there.
 *
 * Look with: a program of known layout, its ELF header, and maps.
 * Read on:   execve(2), elf(5); document 002 "execve revisited", document 004 section 3.2.
 */
#include <elf.h>
#include <link.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Zeroed globals come from nowhere, initialised ones from the file");

SPECIMEN(zeroed_tail);
SPECIMEN(changes_its_globals);

enum { ENOUGH = 3 * 65536 }; /* bytes that hold a whole page, of whatever size, in their middle */

static char zeroed[ENOUGH];
static char initialised[ENOUGH] = "not zero";

static const ElfW(Phdr) *data_segment(const unsigned char *file)
{
	const ElfW(Ehdr) *elf = (const void *)file;
	const ElfW(Phdr) *header = (const void *)(file + elf->e_phoff), *found = NULL;

	for (int i = 0; i < elf->e_phnum; i++) {
		if (header[i].p_type == PT_LOAD && header[i].p_flags & PF_W) {
			found = &header[i];
		}
	}
	arrange(found != NULL);
	return found;
}

CLAIM(every_byte_of_bss_is_zero, "exec-08",
      "At the first instruction every byte of bss is zero, in the page it shares with data too",
      .needs = SPECIMENS)
{
	struct specimen_run run = run_specimen(&zeroed_tail, NULL);

	assert_equals(run.status, 0, "exit status of the specimen");
	arrange(specimen_said(&run, "shares_page") == 1);
	assert_equals(specimen_said(&run, "tail_nonzero"), 0, "bytes not zero in the shared page");
	assert_equals(specimen_said(&run, "behind_data_nonzero"), 0, "bytes not zero behind data");
	assert_equals(specimen_said(&run, "bss_nonzero"), 0, "bytes not zero in the pages behind it");
	assert_at_least(specimen_said(&run, "tail_bytes"), 1, "bytes of bss in the shared page");
	assert_at_least(specimen_said(&run, "bss_bytes"), 3 * page_size(), "bytes of bss behind it");
}

CLAIM(every_byte_of_data_is_the_files, "exec-08 exec-04",
      "At the first instruction every byte of data is what the file says",
      .needs = SPECIMENS)
{
	struct specimen_run run = run_specimen(&zeroed_tail, NULL);

	assert_equals(specimen_said(&run, "data_wrong"), 0, "bytes of data unlike the file");
	assert_at_least(specimen_said(&run, "data_bytes"), 100, "bytes of data looked at");
}

CLAIM(bss_is_as_long_as_the_header_says, "exec-08",
      "bss fills what the segment's size in memory exceeds its size in the file",
      .needs = SPECIMENS)
{
	const ElfW(Phdr) *segment = data_segment(zeroed_tail.bytes);
	struct specimen_run run = run_specimen(&zeroed_tail, NULL);

	assert_equals(specimen_said(&run, "tail_bytes") + specimen_said(&run, "bss_bytes"),
		      segment->p_memsz - segment->p_filesz, "bytes of bss");
	assert_equals(specimen_said(&run, "file_size"), segment->p_filesz, "p_filesz, as loaded");
}

CLAIM(zeros_take_no_room_in_the_file, "exec-09",
      "The executable file is smaller than the zeroed globals that its program has",
      .needs = SPECIMENS)
{
	struct specimen_run run = run_specimen(&zeroed_tail, NULL);

	assert_at_most(zeroed_tail.end - zeroed_tail.bytes, specimen_said(&run, "bss_bytes") / 4,
		       "bytes of the executable file");
}

CLAIM(areas_of_code_data_and_bss, "exec-04 exec-08",
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
      "A program that overwrites all its globals changes nothing for the file, nor for its next run",
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

CONTROL(what_the_header_counts_as_data_is_not_zeroed, "exec-08",
	"With a header that counts more bytes as data, the file's bytes show where bss was zero",
	.needs = SPECIMENS)
{
	static unsigned char altered[1 << 16];
	size_t length = (size_t)(zeroed_tail.end - zeroed_tail.bytes);
	struct specimen copy = {"altered_tail", altered, altered + length};

	arrange(length <= sizeof altered);
	memcpy(altered, zeroed_tail.bytes, length);

	ElfW(Phdr) *segment = (void *)(uintptr_t)data_segment(altered);
	size_t behind = length - (segment->p_offset + segment->p_filesz);

	segment->p_filesz += behind < 512 ? behind : 512;

	struct specimen_run run = run_specimen(&copy, NULL);

	assert_equals(specimen_said(&run, "file_size"), segment->p_filesz, "p_filesz, as loaded");
	assert_at_least(specimen_said(&run, "behind_data_nonzero"), 16, "bytes not zero behind data");
}

CONTROL(initialised_globals_take_their_room, "exec-09",
	"A program with initialised globals has a file at least as large as they are",
	.needs = SPECIMENS)
{
	struct specimen_run run = run_specimen(&changes_its_globals, NULL);

	assert_at_least(changes_its_globals.end - changes_its_globals.bytes,
			specimen_said(&run, "globals"), "bytes of the executable file");
}

CONTROL(a_shared_mapping_would_change_the_file, "exec-04 exec-06",
	"The same file mapped MAP_SHARED is shown as such, and a store into it changes the file",
	.needs = AREA_LIST)
{
	int file = scratch_file(1, 1);
	char *area = mmap(NULL, page_size(), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	unsigned char before, after;

	arrange(area != MAP_FAILED);
	read_at(file, &before, 1, 0);
	store(area, (unsigned char)~before);
	read_at(file, &after, 1, 0);
	assert_equals(after, (unsigned char)~before, "the file's first byte");
	ck_assert_str_eq(observe_area(area).permissions, "rw-s");
}
