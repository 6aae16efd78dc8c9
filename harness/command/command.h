/* SPDX-License-Identifier: MIT */
/* The words of the touchstone command. Each takes what follows its word, argv[0] being
 * "touchstone WORD", and returns the exit status. */
#ifndef COMMAND_COMMAND_H
#define COMMAND_COMMAND_H

int command_list(int argc, char **argv);
int command_run(int argc, char **argv);
int command_show(int argc, char **argv);
int command_compare(int argc, char **argv);
int command_doctor(int argc, char **argv);
int command_map(int argc, char **argv);
int command_needs(int argc, char **argv);
int command_tests(int argc, char **argv);
int command_worlds(int argc, char **argv);

struct claim;

/* The claims that patterns choose, as registry_choose() gives them; NULL after complaining. */
const struct claim **command_choose(const char *command, char *const *patterns, int count);

/* Nothing printed may be lost unnoticed: flushes standard output; 0, or the status after complaining. */
int command_end(const char *command);

#endif
