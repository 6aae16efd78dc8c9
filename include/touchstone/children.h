/* SPDX-License-Identifier: MIT */
/*
 * Children that take turns.
 *
 * A child is made with fork(2), from exactly the memory that the parent has at that line. A failed
 * assertion, an undecided() or an error in a child becomes the outcome of the claim, with the
 * child's own file and line. Children die with their parent, whatever kills it.
 * Exactly one of a family runs at any time: nothing here sleeps, polls or races.
 */
#ifndef TOUCHSTONE_CHILDREN_H
#define TOUCHSTONE_CHILDREN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/*
 * IN_CHILD { ... }: the block runs in a forked child, while the parent waits for its end. Do not
 * leave the block by return, break or goto.
 */
#define IN_CHILD for (; touchstone_in_child(); touchstone_child_ends())

/*
 * Two processes that take turns:
 *
 *     struct child other;
 *
 *     START_CHILD(other) {            the child runs first,
 *         store(page, 'c');
 *         hand_over();                until it hands over (or ends);
 *         assert_byte(page, 'p', "what the child reads now");
 *     }
 *     store(page, 'p');               then the parent goes on here,
 *     give_turn(&other);              gives the turn back, and waits for the next hand-over or end
 *     end_child(&other);              lets it run to its end; a claim that forgets this has it done
 */
#define START_CHILD(child_)                                                                        \
	for ((child_) = (struct child){0}; touchstone_start_child(&(child_));                      \
	     touchstone_child_ends())

struct child {
	pid_t pid;
	struct child_link *link; /* the harness's side of it */
};

void hand_over(void);                /* in a child: the parent's turn */
void give_turn(struct child *child); /* in a parent: the child's turn */
void end_child(struct child *child); /* in a parent: the child runs to its end */
pid_t parent_process(void);          /* in a child: who forked it */

/*
 * A child made by START_CHILD tells its parent a value (up to 255 bytes) before it hands over or
 * ends; the parent hears the values afterwards, in that order.
 */
void tell_parent(const void *value, size_t size);
void hear_from(struct child *child, void *value, size_t size);

bool touchstone_in_child(void);
bool touchstone_start_child(struct child *child);
void touchstone_child_ends(void) __attribute__((noreturn));

#endif
