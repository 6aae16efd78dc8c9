/* SPDX-License-Identifier: MIT */
/*
 * fork is cheap, but not free
 * ===========================
 *
 * Without copy-on-write a fork "would require copying the parent's entire address space
 * immediately. That would be far too expensive", says document 004. With it no page is copied; the
 * page-table entries are, one for each page that was written. So the time of a fork does grow
 * with the process, by some nanoseconds a page where a copy would cost a hundred and more. And
 * what the child then writes is paid for after all, only later.
 *
 *      time                                    per page of the parent
 *      copying the memory                      #########################  fault, copy
 *      fork, child writes nothing              ##                         copy one entry, drop it
 *      fork, child writes everything           ############################  all of it
 *      fork of shared memory                   .                          no entry is copied
 *
 * Look with: a clock, and only by comparison: in turn, and the shortest time of each side counts.
 * Read on:   fork(2), madvise(2); documents 002 "Shared Objects Revisited", 004 section 18.1.
 */
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("fork is cheap, but not free");

enum { COPIED = 1024, ENTRIES = 8192, MOST_MEMORY = 128 * 1024 * 1024 };

struct memory {
	char *start;
	size_t length;
};

static struct memory touched_memory(size_t pages, int sharing)
{
	struct memory memory = {fresh_pages(pages, sharing | MAP_POPULATE), pages * page_size()};

	store_each(memory.start, pages, 1);
	return memory;
}

/* ENTRIES pages, each with an entry in the page table. */
static struct memory many_entries(int sharing)
{
	if (ENTRIES * page_size() > MOST_MEMORY) {
		undecided("needs small pages: %d of them take too much memory here", ENTRIES);
	}

	struct memory memory = touched_memory(ENTRIES, sharing);

	size_t entries = count_present(observe_pages("area", memory.start, ENTRIES));

	if (entries != ENTRIES) {
		undecided("needs memory to spare: of %d pages just written %zu are there", ENTRIES,
			  entries);
	}
	return memory;
}

static void copy_memory(void *context)
{
	struct memory *memory = context;
	char *copy = mmap(NULL, memory->length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			  -1, 0);

	arrange(copy != MAP_FAILED);
	memcpy(copy, memory->start, memory->length);
	arrange(load(page(copy, 1)) == 1 && munmap(copy, memory->length) == 0);
}

/* A child that writes to the memory and ends, and the wait for it. */
static void fork_and_write_all(void *context)
{
	struct memory *memory = context;
	pid_t child = fork();

	if (child == 0) {
		store_each(memory->start, memory->length / page_size(), 1);
		_exit(0);
	}
	arrange(child > 0 && waitpid(child, NULL, 0) == child);
}

/* A child that writes to none of it. */
static void fork_once(void *context)
{
	fork_and_write_all(&(struct memory){((struct memory *)context)->start, 0});
}

static void keep_from_children(void *context)
{
	struct memory *memory = context;

	arrange(madvise(memory->start, memory->length, MADV_DONTFORK) == 0);
}

static void give_to_children(void *context)
{
	struct memory *memory = context;

	arrange(madvise(memory->start, memory->length, MADV_DOFORK) == 0);
}

CLAIM(forking_beats_copying, "fork-10",
      "To fork a process takes less than half as long as to copy its memory", .needs = TIMING)
{
	struct memory memory = touched_memory(COPIED, MAP_PRIVATE);
	struct race race = {
		.slow = copy_memory, .fast = fork_once, .context = &memory, .wanted = 2};

	assert_race(&race, "copying the memory, against forking it");
}

CLAIM(the_time_grows_with_the_entries, "fork-11",
      "To fork with 8192 written pages takes more than twice as long as to fork without them",
      .needs = TIMING | PAGE_STATES)
{
	struct memory memory = many_entries(MAP_PRIVATE);
	struct race race = {.before_slow = give_to_children,
			    .slow = fork_once,
			    .before_fast = keep_from_children,
			    .fast = fork_once,
			    .context = &memory,
			    .wanted = 2};

	assert_race(&race, "forking with the area, against without it");
}

CONTROL(a_copy_put_off_is_not_a_copy_saved, "fork-10",
	"When the child writes all of the memory, the gain is gone", .needs = TIMING)
{
	struct memory memory = touched_memory(COPIED, MAP_PRIVATE);
	struct race race = {
		.slow = copy_memory, .fast = fork_and_write_all, .context = &memory, .at_most = 2};

	assert_race(&race, "copying the memory, against forking and writing it");
}

CONTROL(shared_memory_is_forked_for_nothing, "fork-11",
	"As many pages of shared memory do not double the time of a fork",
	.needs = TIMING | PAGE_STATES)
{
	struct memory memory = many_entries(MAP_SHARED);
	struct race race = {.before_slow = give_to_children,
			    .slow = fork_once,
			    .before_fast = keep_from_children,
			    .fast = fork_once,
			    .context = &memory,
			    .at_most = 2};

	assert_race(&race, "forking with the area, against without it");
}
