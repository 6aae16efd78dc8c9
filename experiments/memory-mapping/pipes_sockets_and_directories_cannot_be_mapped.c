/* SPDX-License-Identifier: MIT */
/*
 * Pipes, sockets and directories cannot be mapped
 * ===============================================
 *
 * Everything is a file, it is said, and every file has a descriptor. But mmap(2) promises more than
 * bytes one after the other: any of them may be loaded at any time, and twice. What has
 * no pages to show cannot keep that. A pipe and a socket hand out each byte once, and a directory
 * is for the kernel alone to read and write. A device can be mapped if its driver knows how.
 *
 *      a file                             its pages
 *      a file in memory                   its pages
 *      /dev/zero                          zeros
 *      a pipe, a socket, a directory      ENODEV or EACCES
 *
 * Look with: errno, and the bytes of what can be mapped.
 * Read on:   mmap(2) "ERRORS"; documents 002 "User-Level Memory Mapping", 003.
 */
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Pipes, sockets and directories cannot be mapped");

enum { PAGES = 2 };

static void *map_it(int prot, int flags, int fd)
{
	return mmap(NULL, PAGES * page_size(), prot, flags, fd, 0);
}

static char *accepted(void *area)
{
	return (char *)assert_accepted(area);
}

CLAIM(not_everything_can_be_mapped, "map-14",
      "Either end of a pipe, a socket, and a directory cannot be mapped")
{
	int ends[2], sockets[2];
	int folder = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	arrange(folder >= 0 && pipe2(ends, O_CLOEXEC) == 0);
	arrange(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) == 0);
	arrange(write(ends[1], "p", 1) == 1 && write(sockets[1], "s", 1) == 1);
	assert_refused_either(map_it(PROT_READ, MAP_PRIVATE, ends[0]), ENODEV, EACCES);
	assert_refused_either(map_it(PROT_READ, MAP_SHARED, ends[1]), ENODEV, EACCES);
	assert_refused_either(map_it(PROT_READ, MAP_PRIVATE, sockets[0]), ENODEV, EACCES);
	assert_refused_either(map_it(PROT_READ, MAP_SHARED, sockets[1]), ENODEV, EACCES);
	assert_refused_either(map_it(PROT_READ, MAP_PRIVATE, folder), ENODEV, EACCES);
	assert_refused_either(map_it(PROT_READ, MAP_SHARED, folder), ENODEV, EACCES);
}

CONTROL(files_can_be_mapped, "map-14",
	"By the same call a file can be mapped, one in memory too, and /dev/zero where it exists")
{
	int zero = open("/dev/zero", O_RDWR | O_CLOEXEC);

	assert_pattern(accepted(map_it(PROT_READ, MAP_SHARED, scratch_file(PAGES, 1))),
		       PAGES * page_size(), 1, "a file");
	assert_pattern(accepted(map_it(PROT_READ, MAP_PRIVATE, memory_file(PAGES, 2))),
		       PAGES * page_size(), 2, "a file in memory");
	if (zero >= 0) {
		assert_all_bytes(accepted(map_it(PROT_READ, MAP_PRIVATE, zero)),
				 PAGES * page_size(), 0, "/dev/zero");
	}
}
