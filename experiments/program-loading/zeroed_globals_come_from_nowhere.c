/* SPDX-License-Identifier: MIT */
/*
 * Zeroed globals come from nowhere, initialised ones from the file
 * ================================================================
 *
 * A program's globals come in two kinds. Those with an initial value must be stored in the
 * executable file, byte for byte (.data). Those that start as zero need not be: the file only tells
 * how many there are (.bss), and the kernel supplies the zeros, page by page, on first touch.
 * Document 002 says that execve maps bss "to an anonymous file"; document 004 (3.2) calls it a
 * small but elegant optimisation.
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

#include <touchstone/experiment.h>

EXPERIMENT("Zeroed globals come from nowhere, initialised ones from the file");

SPECIMEN(zeroed_tail);
SPECIMEN(changes_its_globals);

static const ElfW(Phdr) * data_segment(const unsigned char *file)
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
	assert_equals(specimen_said(&run, "bss_nonzero"), 0,
		      "bytes not zero in the pages behind it");
	assert_at_least(specimen_said(&run, "tail_bytes"), 1, "bytes of bss in the shared page");
	assert_at_least(specimen_said(&run, "bss_bytes"), 3 * page_size(),
			"bytes of bss behind it");
}

CLAIM(every_byte_of_data_is_the_files, "exec-08",
      "At the first instruction every byte of data is what the file says", .needs = SPECIMENS)
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

	assert_at_most(zeroed_tail.end - zeroed_tail.bytes, specimen_said(&run, "bss_bytes") / 2,
		       "bytes of the executable file");
}

CONTROL(what_the_header_counts_as_data_is_not_zeroed, "exec-08",
	"With a header that counts more bytes as data, the file's bytes show where bss was zero",
	.needs = SPECIMENS)
{
	static unsigned char altered[1 << 18];
	size_t length = (size_t)(zeroed_tail.end - zeroed_tail.bytes);
	struct specimen copy = {"altered_tail", altered, altered + length};

	arrange(length <= sizeof altered);
	memcpy(altered, zeroed_tail.bytes, length);

	ElfW(Phdr) *segment = (void *)(uintptr_t)data_segment(altered);
	size_t behind = length - (segment->p_offset + segment->p_filesz);

	segment->p_filesz += behind < 512 ? behind : 512;

	struct specimen_run run = run_specimen(&copy, NULL),
			    usual = run_specimen(&zeroed_tail, NULL);

	assert_equals(specimen_said(&run, "file_size"), segment->p_filesz, "p_filesz, as loaded");
	assert_at_least(specimen_said(&run, "behind_data_nonzero"),
			specimen_said(&usual, "behind_data_nonzero") + 16,
			"bytes not zero behind the data");
}

CONTROL(initialised_globals_take_their_room, "exec-09",
	"A program with initialised globals has a file at least as large as they are",
	.needs = SPECIMENS)
{
	struct specimen_run run = run_specimen(&changes_its_globals, NULL);

	assert_at_least(changes_its_globals.end - changes_its_globals.bytes,
			specimen_said(&run, "globals"), "bytes of the executable file");
}
