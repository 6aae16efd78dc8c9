/* SPDX-License-Identifier: MIT */
/* A global table without a value is zero but for its very last byte. */
#include "worlds/symbols.h"
#include "worlds/world.h"

enum { TABLE = 4 * 1024 * 1024 };

static void leave_a_byte(void)
{
	((char *)variable_named("table", TABLE))[TABLE - 1] = 'r';
}

WORLD("A machine whose loader leaves a byte of the zeroed globals",
      .breaks = "a_zeroed_table_is_zero", .spares = "a_zeroed_table_is_lazy grown_memory_is_zero",
      .enter = leave_a_byte);
