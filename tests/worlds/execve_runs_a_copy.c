/* SPDX-License-Identifier: MIT */
/* Each program that is started runs from a copy of its file. */
#include "worlds/programs.h"
#include "worlds/world.h"

WORLD("A machine whose execve runs a copy of the file",
      .breaks = "the_program_is_another_one exec-19",
      .spares = "the_number_stays exec-22 exec-02 exec-34", .execve = execute_copy);
