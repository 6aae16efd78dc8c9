/* SPDX-License-Identifier: MIT */
/*
 * A child's break is its own
 * ==========================
 *
 * A child begins where its parent is, and so does its heap: fork(2) copies the break with the rest
 * of the address space. From there on each moves its own. What one of them gains the other one does not
 * have, and what one gives back the other one keeps.
 *
 *      parent   |aaaa|aaaa|<- break                       |aaaa|aaaa|<- break, as before
 *                          \ fork
 *      child                |aaaa|aaaa|<- break     grows  |aaaa|aaaa|0000|<-
 *                                                shrinks  |aaaa|<-
 *
 * A thread is something else. It shares the address space, and there is one break for all.
 *
 * Look with: the bare system call; SIGSEGV's si_code.
 * Read on:   brk(2), fork(2), clone(2) CLONE_VM; documents 002 "fork revisited", 004 section 3.3.
 */
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A child's break is its own");

enum { PAGES = 4, MORE = 8 };

static char *move_break(const void *to)
{
	return (char *)syscall(SYS_brk, to);
}

/* So many pages below the break, filled, and room for more. */
static char *filled_heap(void)
{
	char *start = page_of(move_break(NULL) + page_size() - 1);

	if (move_break(page(start, MORE)) != page(start, MORE)) {
		undecided("needs room above the program break: raise ulimit -d");
	}
	arrange(move_break(page(start, PAGES)) == page(start, PAGES));
	write_pattern(start, PAGES * page_size(), 1);
	return start;
}

CLAIM(the_child_begins_with_the_break, "brk-08",
      "The child's break is its parent's, to the byte, and so is what lies below it")
{
	char *heap = filled_heap(), *odd = page(heap, PAGES - 1) + 7;

	arrange(move_break(odd) == odd);
	IN_CHILD {
		assert_address(move_break(NULL), odd, "the child's break");
		assert_pattern(heap, PAGES * page_size(), 1, "the child's heap");
		assert_trap(try_load(page(heap, PAGES)), SIGSEGV, SEGV_MAPERR, page(heap, PAGES));
	}
}

CLAIM(each_moves_its_own, "brk-08",
      "Whatever the child does to its break, the parent's stays, and the other way round")
{
	char *heap = filled_heap();
	struct child other;

	START_CHILD(other) {
		assert_address(move_break(page(heap, MORE)), page(heap, MORE),
			       "the child's, raised");
		memset(page(heap, PAGES), 'c', (MORE - PAGES) * page_size());
		hand_over();
		assert_address(move_break(NULL), page(heap, MORE), "the child's, asked for again");
		assert_pattern(heap, PAGES * page_size(), 1, "what the parent has given back");
		assert_all_bytes(page(heap, PAGES), (MORE - PAGES) * page_size(), 'c',
				 "what the child alone has");
		assert_address(move_break(heap), heap, "the child's, lowered");
		hand_over();
	}
	assert_address(move_break(NULL), page(heap, PAGES),
		       "the parent's, as the child has raised its own");
	assert_trap(try_load(page(heap, PAGES)), SIGSEGV, SEGV_MAPERR, page(heap, PAGES));
	assert_address(move_break(page(heap, 1)), page(heap, 1), "the parent's, lowered");
	give_turn(&other);
	assert_address(move_break(NULL), page(heap, 1),
		       "the parent's, as the child has lowered its own");
	assert_pattern(heap, page_size(), 1, "what the parent has kept");
	end_child(&other);
}

static void *raise_it(void *to)
{
	return move_break(to);
}

CONTROL(threads_have_one_break, "brk-08",
	"A break that a second thread has raised is raised for the first one as well")
{
	char *heap = filled_heap();
	pthread_t thread;
	void *answer;

	arrange(pthread_create(&thread, NULL, raise_it, page(heap, MORE)) == 0);
	arrange(pthread_join(thread, &answer) == 0);
	arrange(answer == page(heap, MORE));
	assert_address(move_break(NULL), page(heap, MORE), "the first thread's break");
	assert_all_bytes(page(heap, PAGES), (MORE - PAGES) * page_size(), 0, "its memory");
}
