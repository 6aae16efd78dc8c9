/* SPDX-License-Identifier: MIT */
/*
 * specimen flags: -nostdlib -static -no-pie -fno-pie -ffreestanding -O1 -Wno-unused-command-line-argument
 *
 * Says where execve(2) put its stack, its break and the kernel's own page (the vDSO).
 */
#include "../../program-loading/specimens/specimen.h"

int specimen(long *stack)
{
	say("stack", (unsigned long)stack);
	say("break", brk_now(0));
	say("kernel_page", auxiliary_value(stack, AT_SYSINFO_EHDR));
	return 0;
}
