/* SPDX-License-Identifier: MIT */
/*
 * The engine: runs one claim as a check test in this process, which must be fresh.
 */
#ifndef RUN_ENGINE_H
#define RUN_ENGINE_H

#include <stdbool.h>

#include "run/result.h"

/*
 * Puts right what libcheck cannot stand and what a careless starter may have left: signals ignored or
 * blocked, descriptors 0 to 2 closed, a soft file size limit of 0, next to no stack. Call it first of all.
 */
void engine_prepare_process(void);

/* Something of it can only be put right for a new program: run claims in such. */
bool engine_process_is_spoilt(void);

/* Runs the claim, in a fork made by check, and fills in the result. Once in a process. */
void engine_run(const struct claim *claim, struct result *result);

/*
 * So long a claim may take. TOUCHSTONE_PATIENCE in the environment makes it so many times as long, for
 * machines that are slow because they are emulated.
 */
unsigned engine_seconds(const struct claim *claim);

/*
 * The descriptor of a runner, to be told at once that what the claim changed is free again, and the outcome when
 * libcheck ends the process under it; -1 (as usual): there is none.
 */
extern int engine_runner;

/*
 * Called around a claim's body, in the process that runs it, after its needs were probed; usually NULL.
 * The program that runs claims in deliberately wrong worlds (tests/worlds) sets them.
 */
extern void (*engine_before_body)(void);
extern void (*engine_after_body)(void);

#endif
