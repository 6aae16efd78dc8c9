/* SPDX-License-Identifier: MIT */
/*
 * Rights are each process's own, even to memory that is not
 * =========================================================
 *
 * fork(2) copies the list of areas, and with it the rights. From then on there are two lists. What
 * either process does with mprotect(2) concerns its own, also where both show the same frames.
 *
 *      parent                         one frame                      child
 *      r--s  -------------------->  [ shared page ]  <--------------  rw-s
 *      a store: SIGSEGV                                    a store: works, and the
 *                                                          parent reads it
 *
 * A right is a property of a mapping, not of the memory (documents 003, 004 section 14.2). Threads
 * have one list together, so there a right that is taken is taken from all.
 *
 * Look with: loads and stores on both sides, in turn.
 * Read on:   fork(2), mprotect(2); documents 003, 004 sections 14.1 and 14.2.
 */
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Rights are each process's own, even to memory that is not");

enum { READ_WRITE = PROT_READ | PROT_WRITE, PAGES = 4, SEED = 13 };

static void protect(char *area, size_t number, int rights)
{
	assert_accepted(mprotect(page(area, number), page_size(), rights));
}

/* A page at which just these rights hold, looked at by its last byte. */
static void assert_rights(char *area, size_t number, int rights)
{
	char *last = page(area, number + 1) - 1;
	struct trap loaded = try_load(last), stored = try_store(last, loaded.loaded);

	assert_equals(loaded.signal, rights & PROT_READ ? 0 : SIGSEGV, "signal of a load");
	assert_equals(stored.signal, rights & PROT_WRITE ? 0 : SIGSEGV, "signal of a store");
}

/* One page with each set of rights, shared memory or private. */
static char *four_rights(int sharing)
{
	char *area = filled_pages(PAGES, sharing, SEED);

	protect(area, 1, PROT_READ);
	protect(area, 2, PROT_NONE);
	return area;
}

static void assert_four_rights(char *area)
{
	const int rights[PAGES] = {READ_WRITE, PROT_READ, PROT_NONE, READ_WRITE};

	for (size_t i = 0; i < PAGES; i++) {
		assert_rights(area, i, rights[i]);
	}
}

CLAIM(a_child_begins_with_its_parents_rights, "prot-38",
      "A child, and a child of that one, may do with each page just what the parent may")
{
	const int sharing[] = {MAP_PRIVATE, MAP_SHARED};

	for (size_t i = 0; i < 2; i++) {
		char *area = four_rights(sharing[i]);

		IN_CHILD {
			assert_four_rights(area);
			IN_CHILD {
				assert_four_rights(area);
			}
			protect(area, 2, PROT_READ);
			assert_pattern(area, PAGES * page_size(), SEED, "what the child reads");
		}
		assert_four_rights(area);
	}
}

CLAIM(either_side_changes_its_own_rights, "prot-39",
      "mprotect in the parent or in the child changes nothing for the other, private or shared")
{
	const int sharing[] = {MAP_PRIVATE, MAP_SHARED};

	for (size_t i = 0; i < 2; i++) {
		char *area = four_rights(sharing[i]);
		struct child other;

		START_CHILD(other) {
			assert_accepted(mprotect(area, PAGES * page_size(), READ_WRITE));
			hand_over();
			for (size_t k = 0; k < PAGES; k++) {
				assert_rights(area, k, READ_WRITE);
			}
		}
		assert_four_rights(area);
		protect(area, 3, PROT_NONE);
		give_turn(&other);
		assert_rights(area, 3, PROT_NONE);
		end_child(&other);
	}
}

CLAIM(one_may_write_what_the_other_may_only_read, "prot-39",
      "A process reads in shared memory what another stores there, though it may store nothing")
{
	char *areas[] = {filled_pages(PAGES, MAP_SHARED, SEED),
			 fresh_mapping(PAGES, MAP_SHARED, memory_file(PAGES, SEED))};

	for (size_t i = 0; i < 2; i++) {
		struct child other;

		START_CHILD(other) {
			for (size_t k = 0; k < PAGES; k++) {
				hand_over();
				store(page(areas[i], k), (unsigned char)('a' + k));
			}
		}
		arrange(mprotect(areas[i], PAGES * page_size(), PROT_READ) == 0);
		for (size_t k = 0; k < PAGES; k++) {
			give_turn(&other);
			assert_byte(page(areas[i], k), 'a' + k, "what the other has stored");
			assert_rights(areas[i], k, PROT_READ);
		}
	}
}

static void *open_all(void *area)
{
	assert_accepted(mprotect(area, PAGES * page_size(), READ_WRITE));
	return NULL;
}

CONTROL(threads_have_their_rights_in_common, "prot-38 prot-39",
	"What one thread gives by mprotect all threads have, the moment it is given")
{
	char *area = four_rights(MAP_PRIVATE);
	pthread_t thread;

	assert_four_rights(area);
	arrange(pthread_create(&thread, NULL, open_all, area) == 0);
	arrange(pthread_join(thread, NULL) == 0);
	for (size_t i = 0; i < PAGES; i++) {
		assert_rights(area, i, READ_WRITE);
	}
}
