/* SPDX-License-Identifier: MIT */
/*
 * One object serves many processes, whatever way it came to them
 * ==============================================================
 *
 * Linux has four ways to memory that processes have in common. They differ in how the others find it:
 * by birth (a shared anonymous mapping, inherited over fork), by a descriptor (memfd_create), by
 * a name (shm_open), by a key (shmget). What they find is always the same kind of thing: an object
 * whose pages are mapped by everybody, so that there is one frame behind each page, and one byte
 * behind each address. Nothing is sent, and nothing is copied.
 *
 *      process A           frames            process B
 *      | 0 | 1 | 2 | ----> [7][4][9] <---- | 0 | 1 | 2 |
 *
 * Look with: the first byte and the last, and every one between, from both processes in turn;
 *            /proc/PID/pagemap for the frames.
 * Read on:   shm_overview(7), sysvipc(7), memfd_create(2), mmap(2); documents 002 "Shared Objects
 *            Revisited", 004 sections 15.1 and 15.4.
 */
#include <fcntl.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("One object serves many processes, whatever way it came to them");

enum { PAGES = 3 };

static size_t length(void)
{
	return PAGES * page_size();
}

/* A mapping of this process's own, of what both processes can find; or what it has inherited. */
typedef char *come_to(void);

static char *inherited;
static int file;
static const char *name;
static key_t key;

static char *by_birth(void)
{
	return inherited;
}

static char *by_descriptor(void)
{
	return fresh_mapping(PAGES, MAP_SHARED, file);
}

static char *by_name(void)
{
	int fd = (int)assert_accepted(shm_open(name, O_RDWR, 0));

	return fresh_mapping(PAGES, MAP_SHARED, fd);
}

static char *by_key(void)
{
	return (char *)assert_accepted(shmat(shmget(key, length(), 0600), NULL, 0));
}

/* Two processes write and read in turn: single bytes at both ends, then all of it. */
static void write_in_turn(come_to *come)
{
	struct child other;
	char *area = come();

	store(area, 'a');
	store(area + length() - 1, 'z');
	START_CHILD(other) {
		char *own = come();

		assert_byte(own, 'a', "the first byte, read by the child");
		assert_byte(own + length() - 1, 'z', "the last byte, read by the child");
		store(own, 'b');
		store(own + length() - 1, 'y');
		hand_over();
		assert_pattern(own, length(), 1, "what the parent wrote");
		write_pattern(own, length(), 2);
	}
	assert_byte(area, 'b', "the first byte, read by the parent");
	assert_byte(area + length() - 1, 'y', "the last byte, read by the parent");
	write_pattern(area, length(), 1);
	end_child(&other);
	assert_pattern(area, length(), 2, "what the child wrote");
}

static void assert_one_frame_each(come_to *come)
{
	char *area = come();

	store_each(area, PAGES, 'x');
	IN_CHILD {
		char *own = come();

		load_each(own, PAGES);
		assert_same_frames(observe_pages("child", own, PAGES),
				   observe_pages_of(parent_process(), "parent", area, PAGES));
	}
}

static void make_named(void)
{
	name = guard_shared_name();

	int fd = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600);

	arrange(fd >= 0 && ftruncate(fd, (off_t)length()) == 0);
	arrange(fallocate(fd, 0, 0, (off_t)length()) == 0);
}

static void make_keyed(void)
{
	key = guard_segment_key();
	arrange(shmget(key, length(), IPC_CREAT | IPC_EXCL | 0600) >= 0);
}

CLAIM(shared_anonymous_memory_is_one, "share-01",
      "What either process writes into inherited shared memory the other one reads")
{
	inherited = fresh_pages(PAGES, MAP_SHARED);
	write_in_turn(by_birth);
}

CLAIM(a_memory_file_is_one, "share-01",
      "What either process writes into its mapping of a memory file the other one reads")
{
	file = memory_file(PAGES, 3);
	write_in_turn(by_descriptor);
}

CLAIM(a_named_object_is_one, "share-01",
      "What either process writes into its mapping of a named object the other one reads",
      .needs = POSIX_MEMORY)
{
	make_named();
	write_in_turn(by_name);
}

CLAIM(a_segment_is_one, "share-01",
      "What either process writes into a segment it has attached the other one reads",
      .needs = SYSV_MEMORY)
{
	make_keyed();
	write_in_turn(by_key);
}

CLAIM(one_frame_is_behind_them, "share-01",
      "Behind each page of a memory file and of inherited memory both processes have one frame",
      .needs = FRAME_IDENTITY)
{
	inherited = fresh_pages(PAGES, MAP_SHARED);
	assert_one_frame_each(by_birth);
	file = memory_file(PAGES, 3);
	assert_one_frame_each(by_descriptor);
}

CLAIM(one_frame_is_behind_the_others_too, "share-01",
      "The same is true of named objects and of segments",
      .needs = FRAME_IDENTITY | POSIX_MEMORY | SYSV_MEMORY)
{
	make_named();
	assert_one_frame_each(by_name);
	make_keyed();
	assert_one_frame_each(by_key);
}

CONTROL(a_private_mapping_parts_at_the_first_write, "share-01",
	"Of the same memory file a private mapping shows no write to anybody else")
{
	file = memory_file(PAGES, 3);

	char *shared = by_descriptor();

	IN_CHILD {
		char *own = fresh_mapping(PAGES, MAP_PRIVATE, file);

		write_pattern(own, length(), 2);
		assert_pattern(own, length(), 2, "what the child wrote for itself");
	}
	assert_pattern(shared, length(), 3, "what the parent reads");
}
