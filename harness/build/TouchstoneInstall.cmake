# SPDX-License-Identifier: MIT
#
# What `cmake --install` and the Debian package hold: the command; each experiment's program, which is the
# command under another name; a tree in which ctest runs them (ctest --test-dir PREFIX/libexec/touchstone);
# the manual page, and bash's completion.
include(GNUInstallDirs)
set(package ${PROJECT_SOURCE_DIR}/harness/build/package)
set(tree ${CMAKE_INSTALL_LIBEXECDIR}/touchstone)

get_property(tests GLOBAL PROPERTY TOUCHSTONE_INSTALLED_TESTS)
file(WRITE ${PROJECT_BINARY_DIR}/installed/CTestTestfile.cmake
	"# SPDX-License-Identifier: MIT\n# Each claim of the installed experiments, for: ctest --test-dir <this folder>\n"
	"get_filename_component(here \"\${CMAKE_CURRENT_LIST_FILE}\" DIRECTORY)\n${tests}")

install(TARGETS touchstone RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY ${PROJECT_BINARY_DIR}/installed/ DESTINATION ${tree})
install(FILES ${PROJECT_SOURCE_DIR}/docs/claims.tsv ${PROJECT_SOURCE_DIR}/docs/guide.md
	${PROJECT_SOURCE_DIR}/docs/errata.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES ${package}/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES ${package}/touchstone.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
	RENAME touchstone)

# Manual pages and change logs are kept compressed, the same way each time.
find_program(GZIP gzip)
function(install_compressed source name destination)
	if(GZIP)
		set(output ${PROJECT_BINARY_DIR}/compressed/${name}.gz)
		file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/compressed)
		add_custom_command(OUTPUT ${output} COMMAND ${GZIP} -9nc ${source} > ${output} DEPENDS ${source} VERBATIM)
		add_custom_target(compressed_${name} ALL DEPENDS ${output})
		install(FILES ${output} DESTINATION ${destination})
	else()
		install(FILES ${source} DESTINATION ${destination} RENAME ${name})
	endif()
endfunction()
install_compressed(${package}/touchstone.1 touchstone.1 ${CMAKE_INSTALL_MANDIR}/man1)
install_compressed(${package}/changelog changelog ${CMAKE_INSTALL_DOCDIR})

set(CPACK_PACKAGE_NAME touchstone)
set(CPACK_PACKAGE_VENDOR "The Touchstone project")
set(CPACK_PACKAGE_CONTACT "The Touchstone project <maintainers@touchstone.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "executable experiments that verify virtual-memory semantics")
set(CPACK_PACKAGE_DESCRIPTION "Each claim about virtual memory of four teaching documents, and of the manual
pages behind them, is a small experiment that asks this machine whether it
is true here: copy-on-write, lazy allocation, mappings, protection, swap,
replacement and pressure. For those who build kernels, C libraries and
sandboxes, and for teaching.")
set(CPACK_GENERATOR DEB)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS cmake) # for its ctest
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE
	GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
include(CPack)
