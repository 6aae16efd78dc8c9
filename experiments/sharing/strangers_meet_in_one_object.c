/* SPDX-License-Identifier: MIT */
/*
 * Strangers meet in one object
 * ============================
 *
 * Processes that have inherited nothing from each other can have memory in common as well. They agree on a
 * name (shm_open) or on a number (shmget), and whoever comes by it gets the same object. It is
 * no other kind of sharing: what they have is an object whose pages everybody maps, one frame behind
 * each page. Here the two are parent and child, but the object is made after the fork, and what each
 * of them has of it, it has got by the name or the key.
 *
 *      process A                                        process B
 *      shm_open("/name")  ----> [ object ] <---- shm_open("/name")
 *      shmget(4711)       ----> [ segment] <---- shmget(4711)
 *
 * Look with: the first byte and the last, and every one between, from both processes in turn;
 *            /proc/PID/pagemap for the frames.
 * Read on:   shm_overview(7), sysvipc(7); documents 002 "Shared Objects Revisited", 004 sections
 *            15.1 and 15.4.
 */
#include <fcntl.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Strangers meet in one object");

enum { PAGES = 3 };

static size_t length(void)
{
	return PAGES * page_size();
}

static char *by_name(const char *name, int flags)
{
	int fd = (int)assert_accepted(shm_open(name, O_RDWR | flags, 0600));

	arrange(ftruncate(fd, (off_t)length()) == 0);
	arrange(fallocate(fd, 0, 0, (off_t)length()) == 0);
	return fresh_mapping(PAGES, MAP_SHARED, fd);
}

static char *by_key(key_t key, int flags)
{
	int id = (int)assert_accepted(shmget(key, length(), flags | 0600));

	return (char *)assert_accepted(shmat(id, NULL, 0));
}

/* The child has the first turn, before there is an object. A name, or else a key. */
static void meet(const char *name, key_t key, bool look_at_frames)
{
	struct child other;

	START_CHILD(other) {
		hand_over();

		char *own = name ? by_name(name, 0) : by_key(key, 0);

		assert_byte(own, 'a', "the first byte, read by the child");
		assert_byte(own + length() - 1, 'z', "the last byte, read by the child");
		write_pattern(own, length(), 1);
		tell_parent(&own, sizeof own);
		hand_over();
		assert_pattern(own, length(), 2, "what the parent wrote");
	}

	char *area = name ? by_name(name, O_CREAT | O_EXCL) : by_key(key, IPC_CREAT | IPC_EXCL);
	char *childs;

	store(area, 'a');
	store(area + length() - 1, 'z');
	give_turn(&other);
	hear_from(&other, &childs, sizeof childs);
	assert_pattern(area, length(), 1, "what the child wrote");
	write_pattern(area, length(), 2);
	if (look_at_frames) {
		assert_same_frames(observe_pages("parent", area, PAGES),
				   observe_pages_of(other.pid, "child", childs, PAGES));
	}
	end_child(&other);
}

CLAIM(who_knows_the_name_meets_there, "share-01",
      "What either process writes into an object they both opened by name the other one reads",
      .needs = POSIX_MEMORY)
{
	meet(guard_shared_name(), 0, false);
}

CLAIM(who_knows_the_key_meets_there, "share-01",
      "What either process writes into a segment they both found by key the other one reads",
      .needs = SYSV_MEMORY)
{
	meet(NULL, guard_segment_key(), false);
}

CLAIM(a_named_object_has_one_set_of_frames, "share-01",
      "Behind each page of a named object both processes have one frame",
      .needs = FRAME_IDENTITY | POSIX_MEMORY)
{
	meet(guard_shared_name(), 0, true);
}

CLAIM(a_segment_has_one_set_of_frames, "share-01",
      "Behind each page of a segment both processes have one frame",
      .needs = FRAME_IDENTITY | SYSV_MEMORY)
{
	meet(NULL, guard_segment_key(), true);
}

CONTROL(another_name_and_another_key_lead_elsewhere, "share-01",
	"Who comes by another name, or another key, finds none of it",
	.needs = POSIX_MEMORY | SYSV_MEMORY)
{
	write_pattern(by_name(guard_shared_name(), O_CREAT | O_EXCL), length(), 1);
	write_pattern(by_key(guard_segment_key(), IPC_CREAT | IPC_EXCL), length(), 1);
	IN_CHILD {
		assert_all_bytes(by_name(guard_shared_name(), O_CREAT), length(), 0, "the object");
		assert_all_bytes(by_key(guard_segment_key(), IPC_CREAT), length(), 0,
				 "the segment");
	}
}
