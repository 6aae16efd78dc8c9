/* SPDX-License-Identifier: MIT */
/*
 * Sharing obeys permissions
 * =========================
 *
 * Memory that is shared is shared for something. Who has opened an object to read gets a mapping that cannot
 * be stored to, and no call makes it writable later: not for a page, not after it was looked at. And
 * a seal binds even the owner, who may do everything else. Who gets in at all is another
 * matter, which the mode of the object decides.
 *
 *      opened to write    PROT_READ | PROT_WRITE        yes
 *      opened to read     store: SIGSEGV                mprotect: EACCES
 *      sealed             mmap to write: EPERM
 *
 * Look with: errno, and stores that may trap.
 * Read on:   mmap(2), mprotect(2), fcntl(2) "File Sealing"; document 004 section 1.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Sharing obeys permissions");

enum { PAGES = 2 };

static size_t length(void)
{
	return PAGES * page_size();
}

CLAIM(a_reader_cannot_write, "share-09",
      "Who maps an object he has opened to read cannot store to it, nor get the leave to later")
{
	int fd = memory_file(PAGES, 1), reader = open_again(fd, O_RDONLY);
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

	IN_CHILD {
		char *seen = mmap(NULL, length(), PROT_READ, MAP_SHARED, reader, 0);

		arrange(seen != MAP_FAILED);
		for (size_t i = 0; i < PAGES; i++) {
			char *last = page(seen, i + 1) - 1;

			assert_trap(try_store(page(seen, i), 'x'), SIGSEGV, SEGV_ACCERR,
				    page(seen, i));
			assert_trap(try_store(last, 'x'), SIGSEGV, SEGV_ACCERR, last);
			assert_refused(mprotect(page(seen, i), page_size(), PROT_READ | PROT_WRITE),
				       EACCES);
		}
		assert_pattern(seen, length(), 1, "what the reader reads");
	}
	assert_pattern(area, length(), 1, "the object after that");
}

CLAIM(a_seal_binds_the_owner_too, "share-09",
      "Once an object is sealed against writing its owner maps it to write in vain: EPERM")
{
	int fd = memfd_create("sealed", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	arrange(fd >= 0 && ftruncate(fd, (off_t)length()) == 0);
	assert_accepted(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE));
	assert_refused(mmap(NULL, length(), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0), EPERM);
	IN_CHILD {
		assert_refused(mmap(NULL, length(), PROT_WRITE, MAP_SHARED, fd, 0), EPERM);
	}
}

CONTROL(who_opened_it_to_write_writes, "share-09",
	"Opened anew to write, by another process, the same object takes stores in each page")
{
	int fd = memory_file(PAGES, 1), writer = open_again(fd, O_RDWR);
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

	IN_CHILD {
		char *own = mmap(NULL, length(), PROT_READ, MAP_SHARED, writer, 0);

		arrange(own != MAP_FAILED);
		assert_accepted(mprotect(own, length(), PROT_READ | PROT_WRITE));
		write_pattern(own, length(), 2);
	}
	assert_pattern(area, length(), 2, "what the other process has written");
}
