/* SPDX-License-Identifier: MIT */
/*
 * A thread closes a key for itself, without asking the kernel
 * ===========================================================
 *
 * mprotect(2) changes the rights of pages for all threads, by changing page-table entries. A
 * protection key does neither. Pages bear a number, and each thread has a register that says what it
 * may do with pages of which number. Closing a hundred megabytes is one instruction, and another
 * thread goes on reading them.
 *
 *      thread A    key 5: no writing                page: rw-, key 5
 *         store -----------------------------X      SIGSEGV, SEGV_PKUERR
 *      thread B    key 5: all
 *         store ----------------------------------> goes through
 *
 * The register is the thread's, and travels with it: a new thread and a forked child begin with
 * the rights of who made them.
 *
 * Look with: SIGSEGV's si_code, in either thread.
 * Read on:   pkeys(7), clone(2); document 004 sections 8.1 and 14.2.
 */
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>
#include <touchstone/keys.h>

EXPERIMENT("A thread closes a key for itself, without asking the kernel");

enum { READ_WRITE = PROT_READ | PROT_WRITE, PAGES = 4, SEED = 22 };

/* Filled pages under a key of their own, open to this thread. */
static char *keyed_pages(int *key)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);

	*key = (int)raw_pkey_alloc(0, 0);
	arrange(*key > 0);
	assert_accepted(raw_pkey_mprotect(area, PAGES * page_size(), READ_WRITE, *key));
	return area;
}

/* What a second thread found: its rights when it began, and how its accesses ended. */
struct second_thread {
	int key;
	char *area;
	bool opens; /* it opens the key for itself first */
	unsigned rights;
	struct trap loaded, stored;
};

static void *access_keyed(void *context)
{
	struct second_thread *own = context;

	own->rights = key_rights(own->key);
	if (own->opens) {
		set_key_rights(own->key, 0);
	}
	own->loaded = try_load(own->area);
	if (own->opens) {
		set_key_rights(own->key, 0);
	}
	own->stored = try_store(own->area, 't');
	return NULL;
}

static struct second_thread access_in_thread(char *area, int key, bool opens)
{
	struct second_thread second = {.key = key, .area = area, .opens = opens};
	pthread_t thread;

	arrange(pthread_create(&thread, NULL, access_keyed, &second) == 0);
	arrange(pthread_join(thread, NULL) == 0);
	return second;
}

CLAIM(each_thread_has_rights_of_its_own, "prot-10",
      "What one thread closes another may load from and store to, and neither changes the other's "
      "rights",
      .needs = PROTECTION_KEYS)
{
	int key;
	char *area = keyed_pages(&key);

	for (int round = 0; round < 3; round++) {
		set_key_rights(key, PKEY_DISABLE_ACCESS);

		struct second_thread second = access_in_thread(area + round, key, true);

		assert_no_trap(second.loaded);
		assert_no_trap(second.stored);
		assert_equals(key_rights(key), PKEY_DISABLE_ACCESS, "the first one's rights");
		assert_trap(try_load(area), SIGSEGV, SEGV_PKUERR, area);
		set_key_rights(key, PKEY_DISABLE_WRITE);
		assert_no_trap(try_load(area));
		assert_trap(try_store(area, 1), SIGSEGV, SEGV_PKUERR, area);
	}
}

CLAIM(threads_and_children_begin_with_their_makers, "pkey-05",
      "A new thread and a forked child have the rights of who made them, and pages keep their keys",
      .needs = PROTECTION_KEYS)
{
	const unsigned rights[] = {PKEY_DISABLE_WRITE, PKEY_DISABLE_ACCESS, 0};
	int key;
	char *area = keyed_pages(&key);

	for (size_t i = 0; i < 3; i++) {
		set_key_rights(key, rights[i]);
		IN_CHILD {
			assert_equals(key_rights(key), rights[i], "a child's rights");

			struct trap stored = try_store(area, 1);

			assert_equals(stored.signal, rights[i] ? SIGSEGV : 0,
				      "signal of its store");
		}
		set_key_rights(key, rights[i]);
		assert_equals(access_in_thread(area, key, false).rights, rights[i],
			      "a new thread's rights");
	}
}

CONTROL(an_open_key_refuses_nobody, "prot-10 pkey-05",
	"While the key is open the accesses of both threads to the same pages go through",
	.needs = PROTECTION_KEYS)
{
	int key;
	char *area = keyed_pages(&key);

	set_key_rights(key, 0);
	assert_no_trap(try_load(area));
	assert_no_trap(try_store(area, load(area)));

	struct second_thread second = access_in_thread(area, key, false);

	assert_equals(second.rights, 0, "a new thread's rights");
	assert_no_trap(second.loaded);
	assert_no_trap(second.stored);
}
