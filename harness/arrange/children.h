/* SPDX-License-Identifier: MIT */
/* What the harness itself needs of children: touchstone/children.h has the words. */
#ifndef ARRANGE_CHILDREN_H
#define ARRANGE_CHILDREN_H

#include <sys/types.h>

/* Lets every child that this process started, and that has not ended, run to its end. */
void children_end_all(void);

/* In a fresh fork: die when the parent dies, even if it has died already. */
void children_die_with(pid_t parent);

/* What makes a child: fork(2). The program with the wrong worlds puts their fork in its place. */
extern pid_t (*children_fork)(void);

#endif
