/* SPDX-License-Identifier: MIT */
/*
 * Large data travels quicker through shared memory than through a pipe
 * ====================================================================
 *
 * "Shared memory is fast because data does not need to be copied", says document 004, and that is the whole
 * reason. Through a pipe each byte is copied twice: write(2) copies it into pages of the kernel, read(2)
 * copies it out again. In shared memory it is made where the other process looks. What shared memory
 * does not do is tell the other one that something is there. That still takes a call, and where
 * the data is a few bytes the call is all there is to pay.
 *
 *      pipe             make -> [ buffer ] --write--> [ kernel ] --read--> [ buffer ] -> look
 *      shared memory    make -> [                 one object                        ] -> look
 *
 * Look with: the shortest of many times of the same work, in one run. One process plays both sides.
 * Read on:   pipe(7), shm_overview(7); document 004 section 15.2.
 */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Large data travels quicker through shared memory than through a pipe");

enum { MESSAGES = 32, BYTES = 400, LARGEST = 64 * 1024, LINE = 8 /* words */ };

struct ways {
	int ends[2];             /* a pipe */
	char *sent, *received;   /* the buffers at its ends */
	char *writers, *readers; /* one object, mapped twice */
	size_t length;           /* of a message */
	uint64_t sum;            /* of all that was looked at */
};

static struct ways set_up(void)
{
	size_t count = LARGEST / page_size();
	int fd = memory_file(count, 1);
	struct ways ways = {.sent = filled_pages(count, MAP_PRIVATE, 1),
			    .received = filled_pages(count, MAP_PRIVATE, 1),
			    .writers = fresh_mapping(count, MAP_SHARED, fd),
			    .readers = fresh_mapping(count, MAP_SHARED, fd)};

	arrange(pipe2(ways.ends, O_CLOEXEC) == 0);

	/* Whoever has many pipes gets small ones. */
	int room = fcntl(ways.ends[1], F_GETPIPE_SZ);

	ways.length = room > 0 && room < LARGEST ? (size_t)room : LARGEST;
	return ways;
}

static void make(char *message, size_t length)
{
	memset(message, 'm', length);
	__asm__ volatile("" ::: "memory");
}

/* A word of each line of the cache: no line can stay behind. */
static void look(struct ways *ways, const char *message, size_t length)
{
	const uint64_t *words = (const uint64_t *)(const void *)message;

	__asm__ volatile("" ::: "memory");
	for (size_t i = 0; i < length / sizeof *words; i += LINE) {
		ways->sum += words[i];
	}
}

static void through_pipe(void *context)
{
	struct ways *ways = context;

	for (int i = 0; i < MESSAGES; i++) {
		make(ways->sent, ways->length);
		arrange(write(ways->ends[1], ways->sent, ways->length) == (ssize_t)ways->length);
		arrange(read(ways->ends[0], ways->received, ways->length) == (ssize_t)ways->length);
		look(ways, ways->received, ways->length);
	}
}

static void through_memory(void *context)
{
	struct ways *ways = context;

	for (int i = 0; i < MESSAGES; i++) {
		make(ways->writers, ways->length);
		look(ways, ways->readers, ways->length);
	}
}

static void a_byte_through_pipe(void *context)
{
	struct ways *ways = context;

	for (int i = 0; i < BYTES; i++) {
		arrange(write(ways->ends[1], ways->sent, 1) == 1);
		arrange(read(ways->ends[0], ways->received, 1) == 1);
	}
}

/* The byte is in shared memory, and the other one has to be told of it. */
static void a_byte_through_memory(void *context)
{
	struct ways *ways = context;

	for (int i = 0; i < BYTES; i++) {
		store(ways->writers, (unsigned char)i);
	}
	a_byte_through_pipe(context);
	load(ways->readers);
}

CLAIM(large_messages_arrive_sooner, "share-06",
      "Making and reading large messages takes less time in shared memory than through a pipe",
      .needs = TIMING)
{
	struct ways ways = set_up();
	struct race race = {
		.slow = through_pipe, .fast = through_memory, .context = &ways, .wanted = 2.0};

	evidence("bytes of a message", "%zu", ways.length);
	assert_race(&race, "messages through a pipe, against shared memory");
}

CLAIM(they_arrive_whole, "share-06",
      "What arrives either way is what was sent, to the last byte of the last message")
{
	struct ways ways = set_up();

	through_memory(&ways);
	assert_all_bytes(ways.readers, ways.length, 'm', "what came through shared memory");
	through_pipe(&ways);
	assert_all_bytes(ways.received, ways.length, 'm', "what came through the pipe");
}

CONTROL(a_single_byte_gains_nothing, "share-06",
	"One byte that has to be announced by a call takes as long in shared memory as in the call",
	.needs = TIMING)
{
	struct ways ways = set_up();
	struct race race = {.slow = a_byte_through_pipe,
			    .fast = a_byte_through_memory,
			    .context = &ways,
			    .at_most = 1.5};

	assert_race(&race, "a byte through a pipe, against a byte beside a pipe");
}
