/* SPDX-License-Identifier: MIT */
/*
 * A cold start reads the disk, a warm one does not
 * ================================================
 *
 * The first start of a large program after boot is slow, and the second one is not. Document 004 (6.7,
 * 22) explains it by faults: pages that a program starts to use come from its file. If they are
 * on the disk only, each fault waits for it (a major fault). If somebody has read them before, they are in
 * the page cache still, and the fault only has to enter them into the page table (a minor one).
 *
 *                    first start                        second start
 *      program       touch -> fault                     touch -> fault
 *      page cache    [   ] -> read                      [ x ] -> mapped
 *      disk                   [ x ]  major              never asked   minor
 *
 * Look with: wait4(2), which tells the faults of a child's whole life; mincore(2), to see that
 * the file is cold.
 * Read on:   getrusage(2) ru_majflt, posix_fadvise(2); document 004 sections 6.7 and 22.
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A cold start reads the disk, a warm one does not");

SPECIMEN(does_as_told);

enum { ALIGNED = 64 * 1024, MOST = 16 * 1024 * 1024, TABLE = 64, TABLE_PAGES_READ = 4 };

static const uintptr_t table = 0x60000000; /* far from the program and from the kernel's choices */

/*
 * A place in a file that the kernel does not reach when it reads the beginning: it reads ahead, and when
 * execve does that, it waits without a fault.
 */
static size_t beyond_read_ahead(void)
{
	enum { USUAL = 128 * 1024 };
	char setting[READ_AHEAD_SETTING];
	int file = disk_file(1, 1);
	long long ahead = read_ahead_of(file, setting);

	arrange(close(file) == 0);
	ahead = ahead < 0 ? USUAL : ahead;
	if (ahead > MOST) {
		undecided("needs a disk of which 16 MiB are read ahead at most: %s", setting);
	}
	return ((size_t)ahead / ALIGNED * 2 + 16) * ALIGNED;
}

/* A program with a table far behind its code, in a file on a disk that may be executed. */
static int program_on_disk(size_t *pages)
{
	size_t table_at = beyond_read_ahead();
	struct specimen program = specimen_with_header(&does_as_told,
						       (ElfW(Phdr)){.p_type = PT_LOAD,
								    .p_flags = PF_R,
								    .p_offset = table_at,
								    .p_vaddr = table,
								    .p_filesz = TABLE * page_size(),
								    .p_memsz = TABLE * page_size(),
								    .p_align = ALIGNED},
						       NULL, 0);

	*pages = table_at / page_size() + TABLE;

	int writer = disk_file(*pages, 1), file = open_again(writer, O_RDONLY);

	write_at(writer, program.bytes, (size_t)(program.end - program.bytes), 0);
	arrange(fchmod(writer, 0700) == 0 && fsync(writer) == 0 && close(writer) == 0);
	return file;
}

/* The same, without a page in memory. */
static int cold_program(void)
{
	size_t pages;
	int file = program_on_disk(&pages);

	make_cold(file, pages);
	return file;
}

/* Runs it once; it reads some pages of its table. */
static struct faults faults_of_a_run(int file)
{
	static struct specimen_run run;
	char from[40], load[20];

	snprintf(from, sizeof from, "load_from=%lu", (unsigned long)table);
	snprintf(load, sizeof load, "load=%d", TABLE_PAGES_READ);
	START_PROGRAM(run) {
		execve(specimen_path(file), WORDS("does_as_told", from, load, "pid"), NO_WORDS);
		if (errno == EACCES || errno == EPERM) {
			undecided("needs a disk not mounted noexec: set TOUCHSTONE_TMPDIR");
		}
	}
	assert_equals(run.status, 0, "how the program ended");
	arrange(specimen_said(&run, "pid") > 0);
	return run.faults;
}

CLAIM(the_first_start_waits_for_the_disk, "exec-17",
      "Of a file that is on the disk only the first start takes major faults, the second one fewer",
      .needs = SPECIMENS | DISK_FILE)
{
	int file = cold_program();
	struct faults cold = faults_of_a_run(file), warm = faults_of_a_run(file);

	assert_at_least(cold.major, 1, "major faults of the first start");
	assert_at_most(warm.major, cold.major - 1, "major faults of the second start");
}

CONTROL(a_warm_file_is_read_no_more, "exec-17",
	"Of a file that is in the page cache the first start takes no major fault either",
	.needs = SPECIMENS | DISK_FILE)
{
	size_t pages;
	int file = program_on_disk(&pages);
	char *view = mmap(NULL, pages * page_size(), PROT_READ, MAP_SHARED, file, 0);

	arrange(view != MAP_FAILED);
	load_each(view, pages);
	faults_of_a_run(file); /* what it does not have of the file it shares with others */
	assert_equals(faults_of_a_run(file).major, 0, "major faults");
}
