/* SPDX-License-Identifier: MIT */
/* What the harness itself needs of specimens: touchstone/specimens.h has the words. */
#ifndef ARRANGE_SPECIMENS_H
#define ARRANGE_SPECIMENS_H

#include <stdbool.h>

/* A need's probe: an unnamed file of one kind or another may be executed. */
bool specimens_can_run(void);

#endif
