/* SPDX-License-Identifier: MIT */
/* Evidence files, read back and compared with themselves. */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "compare/comparison.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct evidence machines[2];
	struct comparison comparison;
	char path[40], complaint[COMPLAINT];
	int fd = memfd_create("evidence", MFD_CLOEXEC);

	if (fd < 0 || write(fd, data, size) != (ssize_t)size) {
		abort();
	}
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);

	bool one = evidence_read(path, &machines[0], complaint);
	bool other = evidence_read(path, &machines[1], complaint);

	if (one != other) {
		abort();
	}
	if (!one && (!*complaint || strchr(complaint, '\n'))) {
		abort(); /* not one clear line */
	}
	if (one && comparison_make(&comparison, machines, 2)) {
		comparison_text(nowhere(), &comparison, true);
		comparison_json(nowhere(), &comparison, true);
		comparison_html(nowhere(), &comparison, true);
		comparison_free(&comparison);
	}
	if (one) {
		evidence_free(&machines[0]);
		evidence_free(&machines[1]);
	}
	close(fd);
	return 0;
}
