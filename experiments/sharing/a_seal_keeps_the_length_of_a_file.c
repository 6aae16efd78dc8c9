/* SPDX-License-Identifier: MIT */
/*
 * A seal keeps the length of a memory file
 * ========================================
 *
 * Whoever maps a file that somebody else holds as well must fear that it shrinks: the next touch would be a
 * SIGBUS. A seal takes that fear away. F_SEAL_SHRINK means that the file gets no shorter, F_SEAL_GROW
 * that it gets no longer; both cannot be taken back, and bind whoever set them, too. Neither says
 * anything about the bytes within.
 *
 *                      ftruncate      ftruncate      write(2)       write(2)
 *                      shorter        longer         within         beyond the end
 *      F_SEAL_SHRINK   EPERM          yes            yes            yes
 *      F_SEAL_GROW     yes            EPERM          yes            EPERM
 *
 * Look with: errno, fstat(2), and the bytes of a shared mapping.
 * Read on:   fcntl(2) "File Sealing", memfd_create(2).
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A seal keeps the length of a memory file");

enum { PAGES = 3 };

static off_t length(void)
{
	return (off_t)(PAGES * page_size());
}

static off_t size_of(int fd)
{
	struct stat status;

	arrange(fstat(fd, &status) == 0);
	return status.st_size;
}

/* A file that holds the pattern, mapped shared and then sealed. */
static int sealed_file(int seals, char **area)
{
	int fd = memfd_create("sealed", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	arrange(fd >= 0 && ftruncate(fd, length()) == 0);
	*area = fresh_mapping(PAGES, MAP_SHARED, fd);
	write_pattern(*area, (size_t)length(), 1);
	if (seals) {
		assert_accepted(fcntl(fd, F_ADD_SEALS, seals));
	}
	assert_equals(fcntl(fd, F_GET_SEALS) & 0xf, seals, "seals of the file");
	return fd;
}

CLAIM(a_file_sealed_against_shrinking_never_shrinks, "memfd-07",
      "With F_SEAL_SHRINK each shorter length is EPERM, by a byte or by all, and no page is lost")
{
	char *area;
	int fd = sealed_file(F_SEAL_SHRINK, &area);
	off_t each[] = {length() - 1, (off_t)page_size(), 0};

	for (size_t i = 0; i < 3; i++) {
		assert_refused(ftruncate(fd, each[i]), EPERM);
	}
	assert_equals(size_of(fd), length(), "bytes of the file");
	assert_pattern(area, (size_t)length(), 1, "the file");
}

CLAIM(it_may_still_grow, "memfd-07",
      "The same file grows, by ftruncate and by write, and its new length is kept as well")
{
	char *area;
	int fd = sealed_file(F_SEAL_SHRINK, &area);

	assert_accepted(ftruncate(fd, length())); /* neither shorter nor longer */
	assert_accepted(ftruncate(fd, length() + 1));
	assert_equals(pwrite(fd, "xy", 2, length()), 2, "bytes written at the end");
	assert_equals(size_of(fd), length() + 2, "bytes of the file");
	assert_refused(ftruncate(fd, length() + 1), EPERM);
	assert_refused(ftruncate(fd, length()), EPERM);
}

CLAIM(a_file_sealed_against_growing_never_grows, "memfd-08",
      "With F_SEAL_GROW ftruncate, fallocate and write beyond the end are EPERM")
{
	char *area;
	int fd = sealed_file(F_SEAL_GROW, &area);

	for (int i = 0; i < 2; i++) {
		assert_refused(ftruncate(fd, length() + 1), EPERM);
		assert_refused(ftruncate(fd, 2 * length()), EPERM);
		assert_refused(fallocate(fd, 0, 0, length() + 1), EPERM);
		assert_refused(pwrite(fd, "x", 1, length()), EPERM);
		assert_refused(pwrite(fd, "x", 1, 2 * length()), EPERM);
	}
	assert_equals(size_of(fd), length(), "bytes of the file");
}

CLAIM(it_may_still_be_written_and_shrink, "memfd-08",
      "The same file takes stores and writes up to its last byte, shrinks, and does not grow back")
{
	char *area;
	int fd = sealed_file(F_SEAL_GROW, &area);

	write_pattern(area, (size_t)length(), 2);
	assert_equals(pwrite(fd, "x", 1, length() - 1), 1, "bytes written at the last byte");
	assert_byte(page(area, PAGES) - 1, 'x', "the last byte");
	assert_accepted(ftruncate(fd, length())); /* neither shorter nor longer */
	assert_accepted(ftruncate(fd, length() - 1));
	assert_refused(ftruncate(fd, length()), EPERM);
	assert_refused(pwrite(fd, "x", 1, length() - 1), EPERM);
	assert_equals(size_of(fd), length() - 1, "bytes of the file");
}

CONTROL(a_file_without_a_seal_does_both, "memfd-07 memfd-08",
	"The same calls on a file that may be sealed, and is not, are accepted")
{
	char *area;
	int fd = sealed_file(0, &area);

	assert_accepted(ftruncate(fd, length() + 1));
	assert_accepted(fallocate(fd, 0, 0, length() + 2));
	assert_equals(pwrite(fd, "x", 1, length() + 2), 1, "bytes written beyond the end");
	assert_accepted(ftruncate(fd, 0));
	assert_trap(try_load(area), SIGBUS, BUS_ADRERR, area);
}
