/* SPDX-License-Identifier: MIT */
/* Memory that is given a key may only be read. */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/world.h"

static long call(long number, const long argument[6])
{
	long rights = number == SYS_pkey_mprotect && argument[3] > 0 ? PROT_READ : argument[2];

	return syscall(number, argument[0], argument[1], rights, argument[3], argument[4],
		       argument[5]);
}

WORLD("A machine where memory with a key is read-only",
      .breaks = "a_page_and_its_key_must_both_allow_it.an_open_key_takes_nothing_away "
		"a_closed_key_is_closed_to_the_kernel_too.an_open_key_is_open_to_the_kernel "
		"a_thread_closes_a_key_for_itself.an_open_key_refuses_nobody",
      .spares = "pkey-01 pkey-02", .syscall = call);
