/* SPDX-License-Identifier: MIT */
/*
 * A file may forbid what its descriptor permits
 * =============================================
 *
 * A descriptor that is open for reading and writing is not all that mmap(2) asks for. The file may be
 * sealed against writing, or be there to be appended to only. Each has its own error, and each
 * leaves the harmless mappings alone.
 *
 *                                    shared, to write    shared, to read    private
 *      sealed (F_SEAL_WRITE)         EPERM               (kernels differ)   granted
 *      sealed later (FUTURE_WRITE)   EPERM               granted            granted
 *      append-only file              EACCES              EACCES             granted
 *
 * An append-only file is one with that attribute (chattr +a). The manual says "PROT_WRITE is set";
 * in truth the kernel refuses every shared mapping by a descriptor that can write to such a
 * file. A descriptor that appends (O_APPEND) to an ordinary file may be mapped as any other.
 *
 * Look with: errno; the bytes of the file.
 * Read on:   mmap(2) EACCES, EPERM; fcntl(2) F_ADD_SEALS; chattr(1).
 */
#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A file may forbid what its descriptor permits");

static void *map_file(int fd, int prot, int sharing)
{
	return mmap(NULL, page_size(), prot, sharing, fd, 0);
}

static char *accepted(void *area)
{
	return (char *)assert_accepted(area);
}

/* A file in memory of one page, which can be sealed. */
static int sealable_file(void)
{
	int fd = memfd_create("sealed", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	static char bytes[64 * 1024];

	arrange(fd >= 0 && page_size() <= sizeof bytes);
	pattern_bytes(bytes, page_size(), 1, 0);
	write_at(fd, bytes, page_size(), 0);
	return fd;
}

CLAIM(a_sealed_file_is_written_by_nobody, "mmap-23",
      "A file that is sealed cannot be mapped shared to be written: EPERM; a private copy is "
      "granted")
{
	int rw = PROT_READ | PROT_WRITE, fd = sealable_file();
	char *before = accepted(map_file(fd, PROT_READ, MAP_PRIVATE));

	arrange(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE) == 0);
	assert_refused(map_file(fd, rw, MAP_SHARED), EPERM);
	assert_refused(map_file(fd, PROT_WRITE, MAP_SHARED), EPERM);

	char *copy = accepted(map_file(fd, rw, MAP_PRIVATE));

	assert_pattern(copy, page_size(), 1, "the private mapping");
	write_pattern(copy, page_size(), 2);
	assert_pattern(before, page_size(), 1, "the file, in another mapping");
}

CLAIM(who_writes_already_may_go_on, "mmap-23",
      "F_SEAL_FUTURE_WRITE refuses new mappings to write with EPERM, and leaves the old ones alone")
{
	int rw = PROT_READ | PROT_WRITE, fd = sealable_file();
	char *before = accepted(map_file(fd, rw, MAP_SHARED));

	assert_refused(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE), EBUSY);
	arrange(fcntl(fd, F_ADD_SEALS, F_SEAL_FUTURE_WRITE) == 0);
	assert_refused(map_file(fd, rw, MAP_SHARED), EPERM);

	char *after = accepted(map_file(fd, PROT_READ, MAP_SHARED));

	write_pattern(before, page_size(), 2);
	assert_pattern(after, page_size(), 2, "what the old mapping has written");
	assert_refused(mprotect(after, page_size(), rw), EACCES);
}

CLAIM(an_append_only_file_is_not_mapped_shared, "mmap-24",
      "An append-only file cannot be mapped shared by who may write to it: EACCES; privately it "
      "can")
{
	int rw = PROT_READ | PROT_WRITE, fd = scratch_file(1, 1), attributes = 0;

	if (ioctl(fd, FS_IOC_GETFLAGS, &attributes) != 0 ||
	    (attributes |= FS_APPEND_FL, ioctl(fd, FS_IOC_SETFLAGS, &attributes)) != 0) {
		undecided("needs leave to make a file append-only: CAP_LINUX_IMMUTABLE, a disk");
	}
	assert_refused(map_file(fd, rw, MAP_SHARED), EACCES);
	assert_refused(map_file(fd, PROT_READ, MAP_SHARED), EACCES);

	char *copy = accepted(map_file(fd, rw, MAP_PRIVATE));

	write_pattern(copy, page_size(), 2);
	assert_pattern(accepted(map_file(open_again(fd, O_RDONLY), PROT_READ, MAP_SHARED)),
		       page_size(), 1, "the file, by a descriptor that cannot write");
}

CONTROL(a_file_without_restrictions_is_granted, "mmap-23 mmap-24",
	"A file without seal and attribute is mapped shared, by a descriptor that appends as well")
{
	int rw = PROT_READ | PROT_WRITE, sealable = sealable_file(), fd = scratch_file(1, 1);
	char *area = accepted(map_file(fd, rw, MAP_SHARED));

	write_pattern(accepted(map_file(sealable, rw, MAP_SHARED)), page_size(), 2);
	assert_pattern(accepted(map_file(sealable, PROT_READ, MAP_SHARED)), page_size(), 2,
		       "the file that could be sealed");
	arrange(fcntl(fd, F_SETFL, O_APPEND) == 0);
	write_pattern(accepted(map_file(fd, rw, MAP_SHARED)), page_size(), 2);
	assert_pattern(area, page_size(), 2, "the file that is appended to");
}
