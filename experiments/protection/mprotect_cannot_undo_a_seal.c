/* SPDX-License-Identifier: MIT */
/*
 * mprotect gives no right that the file was not opened for, or was sealed against
 * ===============================================================================
 *
 * What may ever be done with a shared mapping is settled when it is made: by how the file was
 * opened, and by the seals that a file in memory bears (F_ADD_SEALS of fcntl(2)). mprotect(2) moves
 * within these bounds, and answers EACCES beyond them. A private mapping has no such bounds,
 * for it never writes to the file.
 *
 *      the file is                     a shared mapping to be read      a private one
 *      open for reading only           never to be written: EACCES      as one likes
 *      sealed (F_SEAL_FUTURE_WRITE)    never to be written: EACCES      as one likes
 *
 * It works in the other direction as well. Who takes the right to write away from a shared mapping
 * could ask for it again, so the kernel still counts it as one that writes: a file is not sealed
 * against writing (F_SEAL_WRITE: EBUSY) before that mapping is gone.
 *
 * Look with: errno, refused stores, and the bytes of the file.
 * Read on:   mprotect(2) "EACCES", fcntl(2) "File Sealing", memfd_create(2); document 003.
 */
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("mprotect gives no right that the file was not opened for, or was sealed against");

#ifndef F_SEAL_FUTURE_WRITE
#define F_SEAL_FUTURE_WRITE 0x0010 /* Linux 5.1 */
#endif

enum { PAGES = 2, SEED = 11, READ_WRITE = PROT_READ | PROT_WRITE };

/* A file in memory that allows seals. */
static int sealable_file(void)
{
	int fd = memfd_create("sealable", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	static char bytes[64 * 1024];

	arrange(fd >= 0 && page_size() <= sizeof bytes);
	for (size_t i = 0; i < PAGES; i++) {
		pattern_bytes(bytes, page_size(), SEED, i * page_size());
		write_at(fd, bytes, page_size(), i * page_size());
	}
	return fd;
}

static char *mapped(int fd, int rights, int sharing)
{
	char *area = mmap(NULL, PAGES * page_size(), rights, sharing, fd, 0);

	arrange(area != MAP_FAILED);
	return area;
}

/* No page of it can be given the right to write, and what it could before it can still. */
static void assert_never_writable(char *area)
{
	const int wanted[] = {PROT_WRITE, READ_WRITE}, before[] = {PROT_READ, PROT_NONE};

	for (size_t i = 0; i < 4; i++) {
		char *second = page(area, 1);

		assert_accepted(mprotect(area, PAGES * page_size(), before[i / 2]));
		assert_refused(mprotect(second, page_size(), wanted[i % 2]), EACCES);
		assert_refused(mprotect(area, PAGES * page_size(), wanted[i % 2]), EACCES);
		assert_trap(try_store(area, 1), SIGSEGV, SEGV_ACCERR, area);
		assert_trap(try_store(second, 1), SIGSEGV, SEGV_ACCERR, second);
		if (before[i / 2] == PROT_NONE) {
			assert_trap(try_load(second), SIGSEGV, SEGV_ACCERR, second);
		}
	}
	assert_accepted(mprotect(area, PAGES * page_size(), PROT_READ));
	assert_pattern(area, PAGES * page_size(), SEED, "what can be read");
}

CLAIM(what_is_open_for_reading_stays_for_reading, "prot-36",
      "A shared mapping of a file open for reading gets EACCES, page by page, and keeps its rights")
{
	assert_never_writable(mapped(open_again(sealable_file(), O_RDONLY), PROT_READ, MAP_SHARED));
}

CLAIM(a_seal_bounds_what_is_mapped_later, "prot-36",
      "A shared mapping of a file that was sealed before can never be made writable, by nobody")
{
	const int seals[] = {F_SEAL_FUTURE_WRITE, F_SEAL_WRITE};

	for (size_t i = 0; i < 2; i++) {
		int fd = sealable_file();
		char *earlier = i == 0 ? mapped(fd, READ_WRITE, MAP_SHARED) : NULL;

		if (fcntl(fd, F_ADD_SEALS, seals[i]) != 0) {
			undecided("needs F_SEAL_FUTURE_WRITE: Linux 5.1 or later");
		}

		char *area = mmap(NULL, PAGES * page_size(), PROT_READ, MAP_SHARED, fd, 0);

		if (area == MAP_FAILED) { /* some kernels refuse to map it shared at all */
			assert_equals(seals[i], F_SEAL_WRITE, "the seal that forbids mapping");
			assert_equals(errno, EPERM, "the error");
			continue;
		}
		assert_never_writable(area);
		if (earlier) {
			assert_accepted(mprotect(earlier, page_size(), PROT_READ));
			assert_accepted(mprotect(earlier, page_size(), READ_WRITE));
			assert_no_trap(try_store(earlier, 'e'));
			assert_byte(area, 'e', "what the earlier mapping stored");
		}
	}
}

CLAIM(rights_given_up_are_not_gone, "prot-36",
      "A shared mapping that gave up writing still keeps its file from being sealed against it")
{
	const int rights[] = {PROT_READ, PROT_NONE};

	for (size_t i = 0; i < 2; i++) {
		int fd = sealable_file();
		char *area = mapped(fd, READ_WRITE, MAP_SHARED);

		assert_accepted(mprotect(area, PAGES * page_size(), rights[i]));
		assert_refused(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE), EBUSY);
		assert_accepted(mprotect(area, PAGES * page_size(), READ_WRITE));
		assert_no_trap(try_store(area, load(area)));
		arrange(munmap(area, PAGES * page_size()) == 0);
		assert_accepted(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE));
		assert_refused(write(fd, "x", 1), EPERM);
	}
}

CONTROL(a_private_mapping_has_no_bounds, "prot-36",
	"A private mapping of the same files gets every right, and the file never changes")
{
	int fds[] = {open_again(sealable_file(), O_RDONLY), sealable_file()};

	arrange(fcntl(fds[1], F_ADD_SEALS, F_SEAL_WRITE) == 0);
	for (size_t i = 0; i < 2; i++) {
		char *area = mapped(fds[i], PROT_READ, MAP_PRIVATE);

		assert_accepted(mprotect(area, PAGES * page_size(), READ_WRITE));
		write_pattern(area, PAGES * page_size(), SEED + 1);
		assert_pattern(area, PAGES * page_size(), SEED + 1, "the private mapping");
		assert_pattern(mapped(fds[i], PROT_READ, MAP_PRIVATE), PAGES * page_size(), SEED,
			       "the file, mapped once more");
	}
}
