/* SPDX-License-Identifier: MIT */
/*
 * A seal ends all writing to a memory file
 * ========================================
 *
 * F_SEAL_WRITE makes a file that nobody writes to any more. As no mapping can be stopped from storing, the
 * seal is EBUSY while any process has a shared mapping that can. F_SEAL_FUTURE_WRITE is for the one
 * who keeps such a mapping: it stays writable, and everybody who comes later only reads.
 *
 *                           old mapping    new MAP_SHARED    new MAP_PRIVATE    write(2)
 *                                          to write          to write
 *      F_SEAL_WRITE         (EBUSY)        EPERM             yes (a copy)       EPERM
 *      F_SEAL_FUTURE_WRITE  stores go on   EPERM             yes (a copy)       EPERM
 *
 * Look with: errno, and every byte of the file through a mapping. Before Linux 6.7 a shared mapping to
 *            read was taken for a writer, too; of that nothing is claimed.
 * Read on:   fcntl(2) "File Sealing", memfd_create(2); document 004 section 1 "controlled sharing".
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

#ifndef F_SEAL_FUTURE_WRITE
#define F_SEAL_FUTURE_WRITE 0x0010
#endif

EXPERIMENT("A seal ends all writing to a memory file");

enum { PAGES = 3 };

static size_t length(void)
{
	return PAGES * page_size();
}

static int sealable_file(void)
{
	int fd = memfd_create("sealable", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	arrange(fd >= 0 && ftruncate(fd, (off_t)length()) == 0);

	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

	write_pattern(area, length(), 1);
	arrange(munmap(area, length()) == 0);
	return fd;
}

static int punch_hole(int fd)
{
	return fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, (off_t)page_size());
}

static void *mapped(int fd, int protection, int sharing)
{
	return mmap(NULL, length(), protection, sharing, fd, 0);
}

static void add_future_seal(int fd)
{
	if (fcntl(fd, F_ADD_SEALS, F_SEAL_FUTURE_WRITE) != 0 && errno == EINVAL) {
		undecided("needs F_SEAL_FUTURE_WRITE: Linux 5.1");
	}
}

/* Every way to write to the file from now on, but not to a copy of it. */
static void assert_no_new_writer(int fd)
{
	for (int i = 0; i < 2; i++) {
		assert_refused(pwrite(fd, "x", 1, 0), EPERM);
		assert_refused(pwrite(fd, "x", 1, (off_t)length() - 1), EPERM);
		assert_refused(punch_hole(fd), EPERM);
		assert_refused(mapped(fd, PROT_READ | PROT_WRITE, MAP_SHARED), EPERM);
		assert_refused(mapped(fd, PROT_WRITE, MAP_SHARED), EPERM);
	}

	char *copy = (char *)assert_accepted(mapped(fd, PROT_READ | PROT_WRITE, MAP_PRIVATE));

	write_pattern(copy, length(), 2);
	assert_pattern((char *)assert_accepted(mapped(fd, PROT_READ, MAP_PRIVATE)), length(), 1,
		       "the file after stores into the copy");
}

CLAIM(a_write_seal_ends_every_way_to_write, "memfd-09",
      "With F_SEAL_WRITE write, punching holes and writable shared mappings are EPERM")
{
	int fd = sealable_file();

	assert_accepted(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE));
	assert_no_new_writer(fd);
}

CLAIM(it_waits_for_no_writer_but_is_refused, "memfd-09",
      "F_SEAL_WRITE is EBUSY while any process has a writable shared mapping, and sets nothing")
{
	int fd = sealable_file();
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);
	struct child other;

	assert_refused(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE), EBUSY);
	START_CHILD(other) {
		hand_over(); /* it has inherited the mapping */
		assert_accepted(munmap(area, length() - page_size()));
		hand_over(); /* of which the last page is left */
	}
	assert_accepted(munmap(area, length()));
	give_turn(&other);
	assert_refused(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK), EBUSY);
	assert_equals(fcntl(fd, F_GET_SEALS) & 0xf, 0, "seals of the file");
	end_child(&other);
	assert_accepted(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE));
	assert_no_new_writer(fd);
}

CLAIM(a_future_write_seal_leaves_who_is_there, "memfd-10",
      "With F_SEAL_FUTURE_WRITE an old mapping goes on storing, and nobody else begins to")
{
	int fd = sealable_file();
	char *old = fresh_mapping(PAGES, MAP_SHARED, fd);

	add_future_seal(fd);
	assert_no_new_writer(fd);

	char *reader = (char *)assert_accepted(mapped(fd, PROT_READ, MAP_SHARED));

	assert_refused(mprotect(reader, length(), PROT_READ | PROT_WRITE), EACCES);
	assert_trap(try_store(reader, 'x'), SIGSEGV, SEGV_ACCERR, reader);
	write_pattern(old, length(), 3);
	assert_pattern(reader, length(), 3, "what the reader sees of the old mapping's stores");
}

CONTROL(an_unsealed_file_takes_it_all, "memfd-09 memfd-10",
	"The same calls on a file without seals are accepted, and change it")
{
	int fd = sealable_file();
	char *area = (char *)assert_accepted(mapped(fd, PROT_READ | PROT_WRITE, MAP_SHARED));

	assert_equals(pwrite(fd, "x", 1, (off_t)length() - 1), 1, "bytes written");
	assert_accepted(punch_hole(fd));
	assert_all_bytes(area, page_size(), 0, "the hole");

	char *reader = (char *)assert_accepted(mapped(fd, PROT_READ, MAP_SHARED));

	assert_accepted(mprotect(reader, length(), PROT_READ | PROT_WRITE));
	store(reader, 'y');
	assert_byte(area, 'y', "the store through it");
}
