/* SPDX-License-Identifier: MIT */
/*
 * A named object outlives its maker
 * =================================
 *
 * Memory ends with the process that uses it, all but this: an object with a name, or a segment with a key,
 * stays when everybody has gone, bytes and all, until someone removes it or the machine goes
 * down. It is meant so: who comes later finds it. And it is how memory is lost to programs that crashed.
 * Everything else that is shared, inherited memory and memory files, goes with its last user.
 *
 *      maker      make, write, exit
 *      nobody                          [ object ]       waits
 *      later one                                        open, read, remove
 *
 * Look with: the bytes, read by a process that was not there when they were written; ENOENT after that.
 * Read on:   shm_overview(7) "Persistence", sysvipc(7), shm_unlink(3); document 004 section 15.1.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A named object outlives its maker");

enum { PAGES = 3 };

static size_t length(void)
{
	return PAGES * page_size();
}

static char *open_object(const char *name, int flags)
{
	int fd = (int)assert_accepted(shm_open(name, O_RDWR | flags, 0600));

	arrange(ftruncate(fd, (off_t)length()) == 0);
	arrange(fallocate(fd, 0, 0, (off_t)length()) == 0);
	return fresh_mapping(PAGES, MAP_SHARED, fd);
}

static char *attach_segment(key_t key, int flags)
{
	int id = (int)assert_accepted(shmget(key, length(), flags | 0600));

	return (char *)assert_accepted(shmat(id, NULL, 0));
}

CLAIM(a_named_object_waits_for_who_comes_later, "share-11",
      "What a process wrote into a named object another one reads after its end, and a third",
      .needs = POSIX_MEMORY)
{
	const char *name = guard_shared_name();

	IN_CHILD {
		write_pattern(open_object(name, O_CREAT | O_EXCL), length(), 1);
	}
	IN_CHILD {
		char *area = open_object(name, 0);

		assert_pattern(area, length(), 1, "what the first process wrote");
		write_pattern(area, length(), 2);
	}
	assert_pattern(open_object(name, 0), length(), 2, "what the second process wrote");
}

CLAIM(a_segment_waits_as_well, "share-11",
      "What a process wrote into a segment another one reads after its end, and a third",
      .needs = SYSV_MEMORY)
{
	key_t key = guard_segment_key();

	IN_CHILD {
		write_pattern(attach_segment(key, IPC_CREAT | IPC_EXCL), length(), 1);
	}
	IN_CHILD {
		char *area = attach_segment(key, 0);

		assert_pattern(area, length(), 1, "what the first process wrote");
		write_pattern(area, length(), 2);
	}
	assert_pattern(attach_segment(key, 0), length(), 2, "what the second process wrote");
}

CLAIM(until_it_is_removed, "share-11",
      "Any process may end it, by name or key, and then nobody finds it any more",
      .needs = POSIX_MEMORY | SYSV_MEMORY)
{
	const char *name = guard_shared_name();
	key_t key = guard_segment_key();

	IN_CHILD {
		write_pattern(open_object(name, O_CREAT | O_EXCL), length(), 1);
		write_pattern(attach_segment(key, IPC_CREAT | IPC_EXCL), length(), 1);
	}
	IN_CHILD {
		assert_accepted(shm_unlink(name));
		assert_accepted(shmctl(shmget(key, 0, 0), IPC_RMID, NULL));
	}
	assert_refused(shm_open(name, O_RDWR, 0), ENOENT);
	assert_refused(shmget(key, 0, 0), ENOENT);
}

CONTROL(what_its_maker_removes_ends_with_him, "share-11",
	"What was removed while its maker used it is gone with the maker: a new one is all zeros",
	.needs = POSIX_MEMORY | SYSV_MEMORY)
{
	const char *name = guard_shared_name();
	key_t key = guard_segment_key();

	IN_CHILD {
		char *object = open_object(name, O_CREAT | O_EXCL);
		char *segment = attach_segment(key, IPC_CREAT | IPC_EXCL);

		assert_accepted(shm_unlink(name));
		assert_accepted(shmctl(shmget(key, 0, 0), IPC_RMID, NULL));
		write_pattern(object, length(), 1);
		write_pattern(segment, length(), 1);
	}
	assert_all_bytes(open_object(name, O_CREAT | O_EXCL), length(), 0, "a new object");
	assert_all_bytes(attach_segment(key, IPC_CREAT | IPC_EXCL), length(), 0, "a new segment");
}
