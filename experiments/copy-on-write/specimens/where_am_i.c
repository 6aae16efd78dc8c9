/* SPDX-License-Identifier: MIT */
/* Prints where its stack, and a mapping placed by the kernel, lie. */
/* specimen flags: -O1 -static */
#include <stdio.h>
#include <sys/mman.h>

int main(void)
{
	char here;
	void *mapped = mmap(NULL, 1, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	printf("stack %p, mapping %p", (void *)&here, mapped);
	return mapped == MAP_FAILED;
}
