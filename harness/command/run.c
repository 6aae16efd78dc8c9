/* SPDX-License-Identifier: MIT */
/*
 * touchstone run: the session that every experiment program has, over all experiments; and
 * touchstone worlds: the list of the wrong worlds that run --world=NAME knows.
 */
#include "command/command.h"
#include "run/session.h"

int command_run(int argc, char **argv)
{
	return session_main(argc, argv, "touchstone run");
}

int command_worlds(int argc, char **argv)
{
	return session_hand_to_worlds(argv[0], "list", argc - 1, argv + 1);
}
