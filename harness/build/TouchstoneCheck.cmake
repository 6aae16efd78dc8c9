# SPDX-License-Identifier: MIT
#
# The target touchstone_check: the test engine, check 0.15.2 or later.
# Found by pkg-config on the target's system, or built from -DTOUCHSTONE_CHECK_SOURCE=DIR.

add_library(touchstone_check INTERFACE)
find_package(Threads REQUIRED)
target_link_libraries(touchstone_check INTERFACE Threads::Threads)

if(TOUCHSTONE_CHECK_SOURCE)
	if(NOT EXISTS ${TOUCHSTONE_CHECK_SOURCE}/src/check.c)
		message(FATAL_ERROR "TOUCHSTONE_CHECK_SOURCE=${TOUCHSTONE_CHECK_SOURCE} is not the source of check: "
			"it has no src/check.c")
	endif()
	set(HAVE_SUBUNIT 0 CACHE INTERNAL "check is built without subunit")
	set(CMAKE_POLICY_DEFAULT_CMP0076 NEW)
	add_subdirectory(${TOUCHSTONE_CHECK_SOURCE} ${PROJECT_BINARY_DIR}/check EXCLUDE_FROM_ALL)
	target_link_libraries(touchstone_check INTERFACE check m)
	target_include_directories(touchstone_check SYSTEM INTERFACE
		${TOUCHSTONE_CHECK_SOURCE}/src ${PROJECT_BINARY_DIR}/check/src ${PROJECT_BINARY_DIR}/check)
else()
	find_package(PkgConfig REQUIRED)
	pkg_check_modules(CHECK check>=0.15.2)
	if(NOT CHECK_FOUND)
		message(FATAL_ERROR "libcheck 0.15.2 or later was not found. Install it (Debian, Ubuntu, Alpine: check; "
			"Fedora: check-devel), or give its source: -DTOUCHSTONE_CHECK_SOURCE=DIR")
	endif()
	target_include_directories(touchstone_check SYSTEM INTERFACE ${CHECK_STATIC_INCLUDE_DIRS})
	target_link_directories(touchstone_check INTERFACE ${CHECK_STATIC_LIBRARY_DIRS})
	if(TOUCHSTONE_STATIC)
		target_link_libraries(touchstone_check INTERFACE ${CHECK_STATIC_LIBRARIES})
	else()
		# Each claim is a program's start: libraries that are loaded for next to nothing cost more than what they do.
		# (floor(3), all that libcheck wants of libm, is in harness/run/floor.c.)
		find_library(TOUCHSTONE_SUBUNIT_ARCHIVE libsubunit.a HINTS ${CHECK_STATIC_LIBRARY_DIRS})
		if(TOUCHSTONE_SUBUNIT_ARCHIVE)
			list(TRANSFORM CHECK_LIBRARIES REPLACE "^subunit$" ${TOUCHSTONE_SUBUNIT_ARCHIVE})
		endif()
		target_link_options(touchstone_check INTERFACE -Wl,--as-needed)
		target_link_libraries(touchstone_check INTERFACE ${CHECK_LIBRARIES})
	endif()
endif()
