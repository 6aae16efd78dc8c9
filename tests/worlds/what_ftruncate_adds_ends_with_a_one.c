/* SPDX-License-Identifier: MIT */
/* The last byte that ftruncate adds is not zero, where the file was empty. */
#include <unistd.h>

#include "worlds/world.h"

static int grow(int fd, off_t length)
{
	struct stat status;
	int before = fstat(fd, &status) == 0 ? (int)status.st_size : -1;
	int answer = ftruncate(fd, length);

	if (answer == 0 && before == 0 && length > 1) {
		(void)!pwrite(fd, "\1", 1, length - 1);
	}
	return answer;
}

WORLD("A machine where what ftruncate adds to an empty file ends with a one",
      .breaks = "what_ftruncate_adds_is_zero it_is_empty_at_first "
		"one_label_serves_many_files o_trunc_empties_it_for_everybody "
		"another_name_and_another_key_lead_elsewhere",
      .spares = "a_new_object_has_no_length what_comes_back_is_zero shm-06", .ftruncate = grow);
