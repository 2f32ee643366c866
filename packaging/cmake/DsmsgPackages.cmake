# SPDX-License-Identifier: GPL-3.0-or-later
#
# Packages of what DsmsgInstall puts in place: DEB and RPM, one a component, and one archive of everything; packaging/build.sh
# makes them. Nobody has built those for Windows (NSIS) and macOS (DMG): their settings are at the end, untested.

# dsmsg_packages_of_role(<out> <role>): packages of packaging/packages/debian.list that have the role, joined by commas; of those
# with several names the one of this system.
function(dsmsg_packages_of_role out role)
  set(list ${CMAKE_SOURCE_DIR}/packaging/packages/debian.list)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${list})
  execute_process(COMMAND bash -c ". packaging/scripts/common.sh; . packaging/scripts/install.sh; known_names $(packages_for ${role})"
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR} OUTPUT_VARIABLE names OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  string(REPLACE "\n" ", " names "${names}")
  set(${out} "${names}" PARENT_SCOPE)
endfunction()

set(CPACK_PACKAGE_NAME dsmsg)
set(CPACK_PACKAGE_VENDOR "The dsmsg project")
set(CPACK_PACKAGE_CONTACT "The dsmsg project <maintainers@dsmsg.invalid>")
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_RESOURCE_FILE_LICENSE ${CMAKE_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGE_INSTALL_DIRECTORY dsmsg)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR}/packages)
set(CPACK_COMPONENTS_ALL node cli monitor client)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_GENERATOR TGZ)
set(CPACK_SOURCE_GENERATOR "")

# name of the package, its summary and its description, for each component
set(dsmsg_name_node dsmsg-node)
set(dsmsg_summary_node "node of a fault-tolerant messaging cluster")
set(dsmsg_text_node
"dsmsg keeps every acknowledged message, in one order, on several machines,
while some of them fail. This package has the node: Raft, storage in SQLite,
clock synchronisation and the HTTP API, with a systemd service.")
set(dsmsg_name_cli dsmsg)
set(dsmsg_summary_cli "command line of the dsmsg messaging system")
set(dsmsg_text_cli
"Sends and reads messages of a dsmsg cluster, shows how it is, changes its
members, measures it, and keeps copies of it. With the simulator that proves
its consensus, which anybody can run.")
set(dsmsg_name_monitor dsmsg-monitor)
set(dsmsg_summary_monitor "desktop application for dsmsg clusters")
set(dsmsg_text_monitor
"Watches and steers a dsmsg cluster: a live picture of Raft, one time axis for
everything, messages, clocks. It can run a whole cluster inside itself and
break it on purpose, with a verdict on what was lost.")
set(dsmsg_name_client libdsmsg-dev)
set(dsmsg_summary_client "C++ client library of the dsmsg messaging system")
set(dsmsg_text_client
"Sends and receives messages of a dsmsg cluster from a C++ program with Qt:
finds the leader, repeats safely, resumes subscriptions. Headers, a static
library and a CMake package.")

# The static library keeps its symbols and loses what only a debugger reads; CPack strips programs alone.
if(CMAKE_STRIP)
  install(CODE "if(CMAKE_INSTALL_DO_STRIP)
    execute_process(COMMAND ${CMAKE_STRIP} --strip-debug --enable-deterministic-archives
      \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_LIBDIR}/$<TARGET_FILE_NAME:dsmsg_client_package>\"
      COMMAND_ERROR_IS_FATAL ANY)
  endif()" COMPONENT client)
endif()

# Each package says what it is; CPack would put the project's description above that.
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")

# Debian: dependencies worked out from the linked libraries, and taken from the one list for what is loaded by name.
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_NODE_PACKAGE_SECTION net)
set(CPACK_DEBIAN_CLI_PACKAGE_SECTION net)
set(CPACK_DEBIAN_MONITOR_PACKAGE_SECTION net)
set(CPACK_DEBIAN_CLIENT_PACKAGE_SECTION libdevel)
if(DSMSG_PACKAGE_KIND MATCHES "deb|tar")
  dsmsg_packages_of_role(dsmsg_loaded run)
  dsmsg_packages_of_role(dsmsg_loaded_monitor monitor)
endif()
set(CPACK_DEBIAN_NODE_PACKAGE_DEPENDS "${dsmsg_loaded}")
set(CPACK_DEBIAN_NODE_PACKAGE_RECOMMENDS dsmsg)
set(CPACK_DEBIAN_CLI_PACKAGE_DEPENDS "${dsmsg_loaded}")
set(CPACK_DEBIAN_MONITOR_PACKAGE_DEPENDS "${dsmsg_loaded}, ${dsmsg_loaded_monitor}")
set(CPACK_DEBIAN_CLIENT_PACKAGE_DEPENDS "qt6-base-dev, libsimdjson-dev")
set(CPACK_DEBIAN_NODE_PACKAGE_CONTROL_EXTRA
  ${dsmsg_packaging}/debian/postinst ${dsmsg_packaging}/debian/prerm ${dsmsg_packaging}/debian/postrm)

# Fedora: what is loaded by name comes with these packages there.
set(CPACK_RPM_COMPONENT_INSTALL ON)
set(CPACK_RPM_FILE_NAME RPM-DEFAULT)
set(CPACK_RPM_PACKAGE_LICENSE "GPL-3.0-or-later AND ISC AND MIT") # the latter two for the monitor's icons
set(CPACK_RPM_node_PACKAGE_REQUIRES "qt6-qtbase")
set(CPACK_RPM_cli_PACKAGE_REQUIRES "qt6-qtbase")
set(CPACK_RPM_monitor_PACKAGE_REQUIRES "qt6-qtbase, qt6-qtdeclarative, qt6-qtsvg, qt6-qtwayland")
set(CPACK_RPM_client_PACKAGE_REQUIRES "qt6-qtbase-devel, simdjson-devel")
set(CPACK_RPM_node_POST_INSTALL_SCRIPT_FILE ${dsmsg_packaging}/rpm/post.sh)
set(CPACK_RPM_node_PRE_UNINSTALL_SCRIPT_FILE ${dsmsg_packaging}/rpm/preun.sh)
set(CPACK_RPM_node_POST_UNINSTALL_SCRIPT_FILE ${dsmsg_packaging}/rpm/postun.sh)
# Folders that belong to other packages.
set(dsmsg_shared bash-completion bash-completion/completions zsh zsh/site-functions fish fish/vendor_completions.d applications metainfo
  man man/man1 licenses icons icons/hicolor icons/hicolor/scalable icons/hicolor/scalable/apps)
foreach(size IN LISTS dsmsg_icon_sizes)
  list(APPEND dsmsg_shared icons/hicolor/${size}x${size} icons/hicolor/${size}x${size}/apps)
endforeach()
list(TRANSFORM dsmsg_shared PREPEND /usr/share/)
set(CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION
  ${dsmsg_shared} /usr/lib/systemd /usr/lib/systemd/system /usr/lib64/cmake)

foreach(component IN LISTS CPACK_COMPONENTS_ALL)
  string(TOUPPER ${component} COMPONENT)
  set(name ${dsmsg_name_${component}})
  set(CPACK_DEBIAN_${COMPONENT}_PACKAGE_NAME ${name})
  set(CPACK_DEBIAN_${COMPONENT}_DESCRIPTION "${dsmsg_summary_${component}}\n${dsmsg_text_${component}}")
  set(CPACK_RPM_${component}_PACKAGE_NAME ${name})
  # Fedora wants a capital here and Debian none.
  string(SUBSTRING "${dsmsg_summary_${component}}" 0 1 initial)
  string(SUBSTRING "${dsmsg_summary_${component}}" 1 -1 rest)
  string(TOUPPER ${initial} initial)
  set(CPACK_RPM_${component}_PACKAGE_SUMMARY "${initial}${rest}")
  set(CPACK_RPM_${component}_PACKAGE_DESCRIPTION "${dsmsg_text_${component}}")
  set(CPACK_COMPONENT_${COMPONENT}_DISPLAY_NAME ${name})
  set(CPACK_COMPONENT_${COMPONENT}_DESCRIPTION "${dsmsg_text_${component}}")
endforeach()
set(CPACK_RPM_client_PACKAGE_NAME dsmsg-devel)

# What each system wants to read of a package's licence and history.
foreach(component IN LISTS CPACK_COMPONENTS_ALL)
  if(DSMSG_PACKAGE_KIND STREQUAL "deb")
    set(folder ${CMAKE_INSTALL_DATADIR}/doc/${dsmsg_name_${component}})
    install(FILES ${dsmsg_packaging}/debian/copyright DESTINATION ${folder} COMPONENT ${component})
    dsmsg_install_compressed(${dsmsg_packaging}/debian/changelog ${folder} changelog ${component})
  elseif(DSMSG_PACKAGE_KIND STREQUAL "rpm")
    set(folder ${CMAKE_INSTALL_DATADIR}/licenses/${CPACK_RPM_${component}_PACKAGE_NAME})
    install(FILES ${CMAKE_SOURCE_DIR}/LICENSE DESTINATION ${folder} COMPONENT ${component})
  endif()
endforeach()
if(DSMSG_PACKAGE_KIND STREQUAL "rpm")
  install(FILES ${CMAKE_SOURCE_DIR}/qml/Ui/icons/LICENSE RENAME LICENSE.icons
    DESTINATION ${CMAKE_INSTALL_DATADIR}/licenses/dsmsg-monitor COMPONENT monitor)
elseif(DSMSG_PACKAGE_KIND STREQUAL "tar")
  cmake_host_system_information(RESULT dsmsg_built_on QUERY DISTRIB_PRETTY_NAME)
  configure_file(${dsmsg_packaging}/tar/README.md.in ${dsmsg_made}/README.md @ONLY)
  install(FILES ${dsmsg_made}/README.md ${CMAKE_SOURCE_DIR}/LICENSE DESTINATION . COMPONENT node)
  install(FILES ${CMAKE_SOURCE_DIR}/qml/Ui/icons/LICENSE RENAME LICENSE.icons DESTINATION . COMPONENT monitor)
endif()
if(DSMSG_PACKAGE_KIND STREQUAL "deb")
  install(FILES ${dsmsg_packaging}/debian/dsmsg-node.lintian-overrides RENAME dsmsg-node
    DESTINATION ${CMAKE_INSTALL_DATADIR}/lintian/overrides COMPONENT node)
  file(STRINGS ${dsmsg_packaging}/debian/changelog newest LIMIT_COUNT 1)
  if(NOT newest MATCHES "^dsmsg \\(${PROJECT_VERSION}\\) ")
    message(FATAL_ERROR "packaging/debian/changelog begins with \"${newest}\", but this is version ${PROJECT_VERSION}: "
      "write an entry for it.")
  endif()
endif()

string(TOLOWER ${CMAKE_SYSTEM_NAME}-${CMAKE_SYSTEM_PROCESSOR} dsmsg_platform)
set(CPACK_PACKAGE_FILE_NAME dsmsg-${PROJECT_VERSION}-${dsmsg_platform})

# Untested.
set(CPACK_PACKAGE_EXECUTABLES dsmsg-monitor "dsmsg Monitor")
set(CPACK_NSIS_DISPLAY_NAME dsmsg)
set(CPACK_NSIS_EXECUTABLES_DIRECTORY ${CMAKE_INSTALL_BINDIR})
set(CPACK_NSIS_MODIFY_PATH ON)
set(CPACK_NSIS_ENABLE_UNINSTALL_BEFORE_INSTALL ON)
set(CPACK_DMG_VOLUME_NAME dsmsg)

include(CPack)
