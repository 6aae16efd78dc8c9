# SPDX-License-Identifier: MIT
#
# touchstone_experiment(SOURCE): one experiment is one object, which is a program of its own and
# also a part of the touchstone command. Its claims are read from the source here, when
# CMake configures, so that ctest knows them even when the programs cannot run on this machine.

set_property(GLOBAL PROPERTY TOUCHSTONE_OBJECTS "")
set_property(GLOBAL PROPERTY TOUCHSTONE_OBJECT_TARGETS "")

# The specimens an experiment carries: every SPECIMEN(name) in its text.
function(touchstone_specimens_of text out)
	string(REGEX MATCHALL "\nSPECIMEN\\([a-z0-9_]+\\)" found "${text}")
	set(names "")
	foreach(line IN LISTS found)
		string(REGEX REPLACE "\nSPECIMEN\\(([a-z0-9_]+)\\)" "\\1" name "${line}")
		list(APPEND names ${name})
	endforeach()
	set(${out} "${names}" PARENT_SCOPE)
endfunction()

# Builds <chapter>/specimens/<name>.c with the flags of its line "specimen flags: ...".
function(touchstone_specimen source)
	get_filename_component(name ${source} NAME_WE)
	file(STRINGS ${source} line REGEX "specimen flags:" LIMIT_COUNT 1)
	string(REGEX REPLACE ".*specimen flags: *" "" flags "${line}")
	string(REGEX REPLACE " *\\*/.*" "" flags "${flags}")
	separate_arguments(flags UNIX_COMMAND "${flags}")
	add_executable(specimen_${name} ${source})
	target_compile_options(specimen_${name} PRIVATE -Wall -Wextra -Werror -fno-lto -fno-stack-protector ${flags})
	target_link_options(specimen_${name} PRIVATE ${flags} -Wl,--build-id=none)
	set_target_properties(specimen_${name} PROPERTIES
		OUTPUT_NAME ${name} RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/specimens)
	set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
endfunction()

# The same test once more, for the tree that is installed: beside its CTestTestfile.cmake lies the program.
set_property(GLOBAL PROPERTY TOUCHSTONE_INSTALLED_TESTS "")
function(touchstone_installed_test test program labels item)
	set(properties "SKIP_RETURN_CODE 77 TIMEOUT 60 LABELS \"${labels}\"")
	if(item MATCHES "\\.alone *= *\"([^\"]+)\"")
		string(APPEND properties " RESOURCE_LOCK \"${CMAKE_MATCH_1}\"")
	endif()
	if(item MATCHES "\\.alone *= *THE_MACHINE")
		string(APPEND properties " RUN_SERIAL ON")
	endif()
	set_property(GLOBAL APPEND_STRING PROPERTY TOUCHSTONE_INSTALLED_TESTS
		"add_test(${test} \"\${here}/${program}\" ${test})\nset_tests_properties(${test} PROPERTIES ${properties})\n")
endfunction()

function(touchstone_experiment source)
	get_filename_component(experiment ${source} NAME_WE)
	get_filename_component(folder ${source} DIRECTORY)
	get_filename_component(chapter ${folder} NAME)
	set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
	file(READ ${source} text)
	string(REGEX REPLACE "[;\\[]|\\]" " " text "${text}") # they mean something to CMake's lists

	set(target ${chapter}.${experiment})
	add_library(${target}.o OBJECT ${source})
	target_link_libraries(${target}.o PRIVATE touchstone_options)
	# An experiment calls the kernel by the names that stand in it: pread, never __pread_chk.
	target_compile_options(${target}.o PRIVATE -U_FORTIFY_SOURCE)
	set_property(GLOBAL APPEND PROPERTY TOUCHSTONE_OBJECTS $<TARGET_OBJECTS:${target}.o>)
	set_property(GLOBAL APPEND PROPERTY TOUCHSTONE_OBJECT_TARGETS ${target}.o)
	touchstone_specimens_of("${text}" specimens)
	foreach(name IN LISTS specimens)
		add_dependencies(${target}.o specimen_${name})
		set_property(SOURCE ${source} APPEND PROPERTY OBJECT_DEPENDS ${PROJECT_BINARY_DIR}/specimens/${name})
	endforeach()

	add_executable(${target} ${PROJECT_SOURCE_DIR}/harness/command/experiment_main.c
		$<TARGET_OBJECTS:${target}.o>)
	target_link_libraries(${target} PRIVATE touchstone_harness)
	set_target_properties(${target} PROPERTIES OUTPUT_NAME ${experiment}
		RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/experiments/${chapter})

	# Installed, the program is a link to the command, which knows by its name what it is to be.
	file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/installed/${chapter})
	file(CREATE_LINK ../../../bin/touchstone ${PROJECT_BINARY_DIR}/installed/${chapter}/${experiment} SYMBOLIC)

	# CLAIM(name, "ids", "sentence", options) up to the brace that opens its body.
	string(REGEX MATCHALL "\n(CLAIM|CONTROL)\\([^{]*{" found "${text}")
	# Needs that several claims have in common may have a name of their own in their file.
	set(needed "")
	if(text MATCHES "[ \t]NEEDED = ([A-Z_| \n\t]+)")
		set(needed "${CMAKE_MATCH_1}")
	endif()
	if(NOT found)
		message(FATAL_ERROR "${source} has no CLAIM")
	endif()
	foreach(item IN LISTS found)
		string(REGEX REPLACE "\n(CLAIM|CONTROL)\\( *([a-z0-9_]+).*" "\\1" kind "${item}")
		string(REGEX REPLACE "\n(CLAIM|CONTROL)\\([ \n\t]*([a-z0-9_]+).*" "\\2" name "${item}")
		string(REGEX REPLACE "\"[^\"]*\"" "" options "${item}") # .alone keeps its name outside the quotes
		set(labels experiment ${chapter})
		if(kind STREQUAL CONTROL)
			list(APPEND labels control)
		endif()
		if(options MATCHES "\\.needs *= *([A-Z_| \n\t]+)")
			string(REGEX REPLACE "NEEDED" "${needed}" needs "${CMAKE_MATCH_1}")
			string(REGEX MATCHALL "[A-Z_]+" needs "${needs}")
			list(REMOVE_DUPLICATES needs)
			string(TOLOWER "${needs}" needs)
			string(REPLACE "_" "-" needs "${needs}")
			list(TRANSFORM needs PREPEND "needs-")
			list(APPEND labels ${needs})
		endif()
		if(NOT labels MATCHES "needs-(swap|swap-area|memory-cgroup|timing)(;|$)") # needs_are_fast()
			list(APPEND labels fast)
		endif()
		set(test ${chapter}.${experiment}.${name})
		add_test(NAME ${test} COMMAND ${target} ${test})
		set_tests_properties(${test} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 60 LABELS "${labels}")
		if(item MATCHES "\\.alone *= *\"([^\"]+)\"")
			set_tests_properties(${test} PROPERTIES RESOURCE_LOCK "${CMAKE_MATCH_1}")
		endif()
		if(item MATCHES "\\.alone *= *THE_MACHINE") # nothing runs beside it
			set_tests_properties(${test} PROPERTIES RUN_SERIAL ON)
		endif()
		touchstone_installed_test(${test} ${chapter}/${experiment} "${labels}" "${item}")
	endforeach()
endfunction()
