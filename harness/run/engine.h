/* SPDX-License-Identifier: MIT */
/*
 * The engine: runs one claim as a check test in this process, which must be fresh.
 */
#ifndef RUN_ENGINE_H
#define RUN_ENGINE_H

#include "run/result.h"

/*
 * Puts right what libcheck cannot stand and what a careless starter may have left: signals ignored or
 * blocked, descriptors 0 to 2 closed, a soft file size limit of 0. Call it first of all.
 */
void engine_prepare_process(void);

/* Runs the claim, in a fork made by check, and fills in the result. Once in a process. */
void engine_run(const struct claim *claim, struct result *result);

#endif
