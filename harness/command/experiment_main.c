/* SPDX-License-Identifier: MIT */
/* The main function of an experiment's own program: run bare, it prints its lab page. */
#include "run/engine.h"
#include "run/session.h"

int main(int argc, char **argv)
{
	int status;

	engine_prepare_process();
	if (session_is_claims_process(argc, argv, &status)) {
		return status;
	}
	return session_main(argc, argv, argv[0]);
}
