/* SPDX-License-Identifier: MIT */
/* touchstone run: the session that every experiment program has, over all experiments. */
#include "command/command.h"
#include "run/session.h"

int command_run(int argc, char **argv)
{
	return session_main(argc, argv, "touchstone run");
}
