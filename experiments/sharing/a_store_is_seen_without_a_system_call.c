/* SPDX-License-Identifier: MIT */
/*
 * A store is seen by the others without a system call
 * ===================================================
 *
 * Pipes and sockets ask the kernel to carry each message. Into shared memory one process stores and from it
 * another one loads, and the kernel learns nothing of it: processors and their caches do the work.
 * Here two processes talk so, question and answer, without a call between one word and
 * the next. It takes order, too: the flag that says "look" must not be seen
 * before what there is to look at, so it is stored with release and loaded with acquire.
 *
 *      A   store payload, store flag = 1 (release)  . . . . . . . . . .  sees flag = 2, loads payload
 *      B   . . . . . . sees flag = 1 (acquire), loads payload, stores another, flag = 2 (release)
 *
 * The other process is a thread of the child, which goes on when the child has handed over the turn.
 *
 * Look with: loads in a loop; every byte of the payload.
 * Read on:   mmap(2) MAP_SHARED, membarrier(2); documents 002 "Shared Objects Revisited", 004
 *            section 15.3.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A store is seen by the others without a system call");

enum { ROUNDS = 4, PAYLOAD = 256 };

/* So many loads take a second or two, in which everybody has got a processor, on a busy machine too. */
static const uint32_t MANY = UINT32_C(1) << 31;

struct board {
	_Atomic unsigned flag; /* odd: a question; even: its answer */
	unsigned char payload[PAYLOAD];
};

static bool wait_for_flag(struct board *board, unsigned value)
{
	for (uint32_t i = 0; i < MANY; i++) {
		if (atomic_load_explicit(&board->flag, memory_order_acquire) == value) {
			return true;
		}
	}
	return false;
}

static void put(struct board *board, unsigned value)
{
	for (size_t i = 0; i < PAYLOAD; i++) {
		store(&board->payload[i], (unsigned char)(value + i));
	}
	atomic_store_explicit(&board->flag, value, memory_order_release);
}

static size_t wrong_bytes(const struct board *board, unsigned value)
{
	size_t wrong = 0;

	for (size_t i = 0; i < PAYLOAD; i++) {
		wrong += load(&board->payload[i]) != (unsigned char)(value + i);
	}
	return wrong;
}

struct partner {
	struct board *board;
	unsigned first;  /* the flag it waits for at first */
	unsigned rounds; /* how many of them it saw in time */
	size_t wrong;    /* bytes of them that were not what the flag had promised */
};

/* Waits for a flag, looks at the payload, and answers. */
static void *take_part(void *argument)
{
	struct partner *self = argument;

	for (unsigned flag = self->first; self->rounds < ROUNDS; flag += 2, self->rounds++) {
		if (!wait_for_flag(self->board, flag)) {
			break;
		}
		self->wrong += wrong_bytes(self->board, flag);
		put(self->board, flag + 1);
	}
	return NULL;
}

static void talk(struct board *asks, struct board *answers)
{
	struct child other;

	arrange(sizeof *asks <= page_size());
	START_CHILD(other) {
		struct partner self = {.board = answers, .first = 1};
		pthread_t thread;

		arrange(pthread_create(&thread, NULL, take_part, &self) == 0);
		hand_over();
		pthread_join(thread, NULL);
		assert_equals(self.rounds, ROUNDS, "questions the child has seen");
		assert_equals(self.wrong, 0, "wrong bytes in the questions");
	}

	/* The parent waits for answers as the child waits for questions. */
	struct partner self = {.board = asks, .first = 2};

	put(asks, 1);
	take_part(&self);
	assert_equals(self.rounds, ROUNDS, "answers the parent has seen");
	assert_equals(self.wrong, 0, "wrong bytes in the answers");
	end_child(&other);
}

CLAIM(two_processes_talk_by_loads_and_stores, "share-02",
      "Question and answer pass between two processes, each byte of them, by loads and stores")
{
	struct board *board = (struct board *)fresh_pages(1, MAP_SHARED);

	talk(board, board);
}

CLAIM(two_mappings_of_one_file_do_as_well, "share-02",
      "So they do where each process has a mapping of its own, of one memory file, elsewhere")
{
	int fd = memory_file(1, 1);
	struct board *one = (struct board *)fresh_mapping(1, MAP_SHARED, fd);
	struct board *two = (struct board *)fresh_mapping(1, MAP_SHARED, fd);

	atomic_store(&one->flag, 0);
	talk(one, two);
}

CONTROL(a_private_store_is_never_seen, "share-02",
	"Through private mappings of one file no flag arrives, though both look after the other's "
	"end")
{
	int fd = memory_file(1, 1);
	struct board *board = (struct board *)fresh_mapping(1, MAP_PRIVATE, fd);
	struct child other;

	atomic_store(&board->flag, 0);
	START_CHILD(other) {
		hand_over();
		assert_equals(atomic_load(&board->flag), 0, "the flag the child sees");
		put(board, 2);
	}
	put(board, 1);
	end_child(&other);
	assert_equals(atomic_load(&board->flag), 1, "the flag the parent sees");
	assert_equals(wrong_bytes(board, 1), 0, "bytes of the payload that have changed");
}
