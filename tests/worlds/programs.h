/* SPDX-License-Identifier: MIT */
/*
 * What several worlds do to a program that is executed: in place of execve(2), in the process that called it.
 */
#ifndef WORLDS_PROGRAMS_H
#define WORLDS_PROGRAMS_H

/* The program is told an order more, before those of the experiment (does_as_told.c). */
int execute_with(const char *path, char *const *argv, char *const *envp, const char *order);

/* A copy of the file runs in the file's place. */
int execute_copy(const char *path, char *const *argv, char *const *envp);

/*
 * The program runs in a child, and rewrite(line) gets each line of its output before the experiment does; the
 * line ends with '\n' and a zero, and has room for as much as it had.
 */
int execute_rewritten(const char *path, char *const *argv, char *const *envp,
		      void (*rewrite)(char *line));

/* How many strings a list has. */
int count_words(char *const *list);

#endif
