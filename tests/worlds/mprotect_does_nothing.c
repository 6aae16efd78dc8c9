/* SPDX-License-Identifier: MIT */
/* mprotect grants everything and changes nothing. */
#include "worlds/world.h"

static int pretend(void *address, size_t length, int protection)
{
	(void)address;
	(void)length;
	(void)protection;
	return 0;
}

WORLD("A machine whose mprotect does nothing",
      .breaks =
	      "prot-05 prot-07 prot-08 prot-15 prot-16 prot-21 "
	      "refused_accesses_say_so_and_change_nothing vma-02 vma-03 "
	      "an_unsealed_file_takes_it_all a_writer_may_do_it_all who_opened_it_to_write_writes",
      .spares = "prot-17 prot-01 prot-03 vma-04", .mprotect = pretend);
