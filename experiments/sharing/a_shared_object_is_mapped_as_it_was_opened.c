/* SPDX-License-Identifier: MIT */
/*
 * A shared object is mapped as it was opened
 * ==========================================
 *
 * Whoever opens a shared object says what for, O_RDONLY or O_RDWR, and the answer holds for as long as the
 * descriptor and its mappings last. A shared mapping of a read-only descriptor cannot be written:
 * not when it is mapped, and not later by mprotect(2). A private one can, for its stores go
 * to copies. So memory can be published: one process writes, any number read.
 *
 *      opened       MAP_SHARED, READ     MAP_SHARED, WRITE     MAP_PRIVATE, WRITE     ftruncate
 *      O_RDWR       yes                  yes                   yes                    yes
 *      O_RDONLY     yes                  EACCES                yes (a copy)           EINVAL
 *
 * Look with: errno of mmap, mprotect and ftruncate; stores that may trap; the writer's own view.
 * Read on:   shm_open(3), mmap(2), mprotect(2); document 004 section 15.1.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A shared object is mapped as it was opened");

enum { PAGES = 3 };

static size_t length(void)
{
	return PAGES * page_size();
}

/* The writer's view of a new object that holds the pattern; *reader opens it for reading. */
static char *published(int *reader)
{
	const char *name = guard_shared_name();
	int fd = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600);

	*reader = shm_open(name, O_RDONLY, 0);
	arrange(fd >= 0 && *reader >= 0 && shm_unlink(name) == 0);
	arrange(ftruncate(fd, (off_t)length()) == 0);
	arrange(fallocate(fd, 0, 0, (off_t)length()) == 0);

	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

	write_pattern(area, length(), 1);
	return area;
}

static void *mapped(int fd, int protection, int sharing)
{
	return mmap(NULL, length(), protection, sharing, fd, 0);
}

CLAIM(a_reader_gets_no_shared_mapping_to_write, "shm-08",
      "Of a descriptor opened O_RDONLY a shared mapping that could be written is refused: EACCES",
      .needs = POSIX_MEMORY)
{
	int reader;
	char *area = published(&reader);

	assert_refused(mapped(reader, PROT_READ | PROT_WRITE, MAP_SHARED), EACCES);
	assert_refused(mapped(reader, PROT_WRITE, MAP_SHARED), EACCES);
	assert_refused(ftruncate(reader, 0), EINVAL);
	assert_refused(ftruncate(reader, 2 * (off_t)length()), EINVAL);
	assert_pattern(area, length(), 1, "the object after that");
}

CLAIM(nor_does_it_become_one, "shm-08",
      "The reader's mapping shows every byte; a store traps, and mprotect does not help: EACCES",
      .needs = POSIX_MEMORY)
{
	int reader;
	char *area = published(&reader);

	IN_CHILD {
		char *seen = (char *)assert_accepted(mapped(reader, PROT_READ, MAP_SHARED));
		char *last = page(seen, PAGES) - 1;

		for (int i = 0; i < 2; i++) {
			assert_trap(try_store(seen, 'x'), SIGSEGV, SEGV_ACCERR, seen);
			assert_trap(try_store(last, 'x'), SIGSEGV, SEGV_ACCERR, last);
			assert_refused(mprotect(seen, length(), PROT_READ | PROT_WRITE), EACCES);
			assert_refused(mprotect(page(seen, PAGES - 1), page_size(),
						PROT_READ | PROT_WRITE),
				       EACCES);
		}
		assert_pattern(seen, length(), 1, "what the reader reads");
	}
	assert_pattern(area, length(), 1, "the object after that");
}

CLAIM(a_reader_may_write_to_a_copy, "shm-08",
      "A private mapping of the same descriptor can be written, and the object stays as it is",
      .needs = POSIX_MEMORY)
{
	int reader;
	char *area = published(&reader);
	char *copy = (char *)assert_accepted(mapped(reader, PROT_READ | PROT_WRITE, MAP_PRIVATE));

	write_pattern(copy, length(), 2);
	assert_pattern(copy, length(), 2, "the copy");
	assert_pattern(area, length(), 1, "the object");
}

CONTROL(a_writer_may_do_it_all, "shm-08",
	"The same calls on a descriptor opened O_RDWR are accepted, and the reader sees the stores",
	.needs = POSIX_MEMORY)
{
	const char *name = guard_shared_name();
	int fd = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600), reader;

	reader = shm_open(name, O_RDONLY, 0);
	arrange(fd >= 0 && reader >= 0 && shm_unlink(name) == 0);
	assert_accepted(ftruncate(fd, (off_t)length()));
	arrange(fallocate(fd, 0, 0, (off_t)length()) == 0);

	char *area = (char *)assert_accepted(mapped(fd, PROT_READ, MAP_SHARED));

	assert_accepted(mprotect(area, length(), PROT_READ | PROT_WRITE));
	write_pattern(area, length(), 3);
	assert_pattern((char *)assert_accepted(mapped(reader, PROT_READ, MAP_SHARED)), length(), 3,
		       "what the reader sees");
}
