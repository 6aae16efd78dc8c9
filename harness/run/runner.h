/* SPDX-License-Identifier: MIT */
/*
 * The runner: many claims, in fresh processes, several at a time.
 */
#ifndef RUN_RUNNER_H
#define RUN_RUNNER_H

#include <stddef.h>

#include "run/result.h"

/*
 * Runs count claims, at most jobs at once, and one more where that one changes something of the machine
 * (.alone); of those that change the same one at a time, where the next one begins when the last one has told that
 * all is free again; and those that change it for everybody (THE_MACHINE) last, while nobody else runs.
 * Each finished claim is told once, in the order in which they finish: index counts in claims, and
 * results[index] is filled. Claims that stand side by side may share a program's start: its process
 * runs nothing but check, which forks for each of them. Where such a process dies, the claim that it ran is an
 * error, and those that it had not got to begin in a new one. Processes of claims die with the caller. world:
 * NULL, or the deliberately wrong world that the claims are run in.
 */
void runner_run(const struct claim *const *claims, size_t count, int jobs, const char *world,
		struct result *results, void (*finished)(size_t index, void *context),
		void *context);

/* Processors that this process may use, at least 1. */
int runner_usual_jobs(void);

/*
 * The other side: runs a claim in this process and tells the runner's descriptor. The claim's exit status.
 */
int runner_run_one(const struct claim *claim, int fd);

/*
 * How the arguments of such a process begin: a descriptor follows the first one, a world's name the second, and the
 * third one how often the kernel had killed in our memory cgroup (outcome_group_kills()).
 */
#define RUNNER_REPORT_OPTION "--report-to="
#define RUNNER_WORLD_OPTION  "--world="
#define RUNNER_KILLS_OPTION  "--kills-before="

#endif
