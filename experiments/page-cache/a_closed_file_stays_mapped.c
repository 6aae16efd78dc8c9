/* SPDX-License-Identifier: MIT */
/*
 * A closed file stays mapped
 * ==========================
 *
 * mmap(2) is given a descriptor, and many programs keep it open as long as the mapping. They need
 * not. A mapping holds the file itself, as a descriptor does. The file lives as long as one of
 * those who hold it, and a file that has no name any more goes, with all its bytes, when the last
 * has gone.
 *
 *      descriptor  --->  [ file without a name ]  <---  mappings
 *      close(2)          [ file without a name ]  <---  mappings, as before
 *      munmap(2)                   gone
 *
 * Look with: stores through one mapping, loads through another, in two processes.
 * Read on:   mmap(2), close(2); document 002 "Shared Objects Revisited".
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A closed file stays mapped");

enum { PAGES = 4, OLD = 5, NEW = 6, LATER = 7 };

static size_t length(void)
{
	return PAGES * page_size();
}

CLAIM(a_closed_file_stays_mapped, "mapfile-26",
      "After the last descriptor of a file without a name was closed its mappings work as before")
{
	int fd = scratch_file(PAGES, OLD);
	char *shared = fresh_mapping(PAGES, MAP_SHARED, fd);
	char *other = fresh_mapping(PAGES, MAP_SHARED, fd);
	char *private = fresh_mapping(PAGES, MAP_PRIVATE, fd);

	assert_accepted(close(fd));
	assert_pattern(shared, length(), OLD, "a shared mapping, not touched before");
	write_pattern(shared, length(), NEW);
	assert_pattern(other, length(), NEW, "what another mapping shows of the stores");
	assert_pattern(private, length(), NEW, "what a private one does");
	IN_CHILD {
		write_pattern(other, length(), LATER);
	}
	assert_pattern(shared, length(), LATER, "what another process stored");
	assert_accepted(msync(shared, length(), MS_SYNC));
	assert_accepted(munmap(shared, length()));
	assert_pattern(other, length(), LATER, "the last shared mapping");
}

CONTROL(the_descriptor_itself_is_gone, "mapfile-26",
	"By the descriptor the file can be read before it is closed, and neither read nor mapped "
	"after")
{
	int fd = scratch_file(PAGES, OLD);
	char byte = 0;

	assert_equals(pread(fd, &byte, 1, 0), 1, "bytes read before");
	assert_accepted(close(fd));
	assert_refused(pread(fd, &byte, 1, 0), EBADF);
	assert_refused(mmap(NULL, length(), PROT_READ, MAP_SHARED, fd, 0), EBADF);
	assert_refused(close(fd), EBADF);
}
