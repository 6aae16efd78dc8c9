/* SPDX-License-Identifier: MIT */
/*
 * A ring in shared memory loses nothing
 * =====================================
 *
 * Producer and consumer is what shared memory is used for most, and with one of each it takes no lock.
 * The messages go round in a ring of slots. Only the producer moves the head, only the consumer moves the
 * tail, and each looks at the other's number before it goes on. It is stored with release after
 * the slot was used, and loaded with acquire before, so that nobody sees a slot that is not ready.
 *
 *                tail                  head
 *                 v                     v
 *      | free |  12  |  13  |  14  | free | free |        head - tail: messages in the ring
 *
 * Look with: each message, whose content and place are known, and how many came.
 * Read on:   C11 stdatomic.h, io_uring(7), which is such a ring; document 004 section 15.1.
 */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A ring in shared memory loses nothing");

enum { SLOTS = 64, MESSAGES = 20000, LINE = 128 };

struct ring {
	_Alignas(LINE) _Atomic uint32_t head; /* messages that were put in */
	_Alignas(LINE) _Atomic uint32_t tail; /* messages that were taken out */
	_Alignas(LINE) struct {
		uint32_t number, check;
	} slot[SLOTS];
};

static void put(struct ring *ring, uint32_t number)
{
	ring->slot[number % SLOTS].number = number;
	ring->slot[number % SLOTS].check = ~number;
	atomic_store_explicit(&ring->head, number + 1, memory_order_release);
}

/* Takes out the next message; false where it is not the one of that number. */
static bool take(struct ring *ring, uint32_t number)
{
	bool right = ring->slot[number % SLOTS].number == number &&
		     ring->slot[number % SLOTS].check == ~number;

	atomic_store_explicit(&ring->tail, number + 1, memory_order_release);
	return right;
}

static void *produce(void *argument)
{
	struct ring *ring = argument;

	for (uint32_t number = 1; number < MESSAGES; number++) {
		while (number - atomic_load_explicit(&ring->tail, memory_order_acquire) >= SLOTS) {
			sched_yield();
		}
		put(ring, number);
	}
	return NULL;
}

static struct ring *mapped(int fd)
{
	return (struct ring *)fresh_mapping(1 + sizeof(struct ring) / page_size(), MAP_SHARED, fd);
}

static int ring_file(void)
{
	int fd = memory_file(1 + sizeof(struct ring) / page_size(), 1);

	memset(mapped(fd), 0, sizeof(struct ring));
	return fd;
}

CLAIM(each_message_comes_once_and_in_order, "share-12",
      "Twenty thousand messages pass from process to process, each whole, once, and in order")
{
	int fd = ring_file();
	struct ring *ring = mapped(fd);
	struct child producer;
	uint32_t wrong = 0;

	START_CHILD(producer) {
		struct ring *own = mapped(fd);
		pthread_t
			thread; /* which goes on when the child has handed over, and ends with it */

		put(own, 0);
		arrange(pthread_create(&thread, NULL, produce, own) == 0);
		hand_over();
	}
	assert_differs(atomic_load(&ring->head), 0, "messages put in before any is taken");
	for (uint32_t number = 0; number < MESSAGES; number++) {
		while (atomic_load_explicit(&ring->head, memory_order_acquire) == number) {
			sched_yield();
		}
		wrong += !take(ring, number);
	}
	end_child(&producer);
	assert_equals(wrong, 0, "messages that were not the next one, or not whole");
	assert_equals(ring->head, MESSAGES, "messages put in");
}

CLAIM(a_full_ring_and_an_empty_one_are_told_apart, "share-12",
      "After as many messages as there are slots each is there; when all are taken none is")
{
	int fd = ring_file();
	struct ring *ring = mapped(fd);

	for (uint32_t round = 0; round < 3; round++) {
		IN_CHILD {
			struct ring *own = mapped(fd);

			for (uint32_t i = 0; i < SLOTS; i++) {
				put(own, round * SLOTS + i);
			}
		}
		assert_equals(ring->head - ring->tail, SLOTS, "messages in a full ring");
		for (uint32_t i = 0; i < SLOTS; i++) {
			assert_equals(take(ring, round * SLOTS + i), 1,
				      "the next message is whole");
		}
	}
}

CONTROL(a_message_too_many_overwrites_the_first, "share-12",
	"A producer that does not look whether the ring is full loses the oldest message, no other")
{
	int fd = ring_file();
	struct ring *ring = mapped(fd);

	IN_CHILD {
		struct ring *own = mapped(fd);

		for (uint32_t number = 0; number <= SLOTS; number++) {
			put(own, number);
		}
	}
	assert_equals(take(ring, 0), 0, "the first message is whole");
	for (uint32_t number = 1; number <= SLOTS; number++) {
		assert_equals(take(ring, number), 1, "the next message is whole");
	}
}
