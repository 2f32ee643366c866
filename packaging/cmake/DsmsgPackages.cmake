# SPDX-License-Identifier: GPL-3.0-or-later
#
# Packages of what DsmsgInstall puts in place: DEB and RPM, one a component, and one archive of everything; packaging/build.sh makes
# them. NSIS (Windows) and DMG (macOS) are configured as far as one can without such a machine, and untested.
set(CPACK_PACKAGE_NAME dsmsg)
set(CPACK_PACKAGE_VENDOR "The dsmsg project")
set(CPACK_PACKAGE_CONTACT "The dsmsg project <maintainers@dsmsg.invalid>")
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_RESOURCE_FILE_LICENSE ${CMAKE_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGE_INSTALL_DIRECTORY dsmsg)
set(CPACK_STRIP_FILES ON)
set(CPACK_OUTPUT_FILE_PREFIX ${CMAKE_BINARY_DIR}/packages)
set(CPACK_COMPONENTS_ALL node cli monitor client)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_SOURCE_GENERATOR "")

set(dsmsg_text_node "node of a fault-tolerant messaging cluster
dsmsg keeps every acknowledged message, in one order, on several machines,
while some of them fail. This package has the node: Raft, storage in SQLite,
clock synchronisation and the HTTP API, with a systemd service.")
set(dsmsg_text_cli "command line of the dsmsg messaging system
Sends and reads messages of a dsmsg cluster, shows how it is, changes its
members, measures it, and keeps copies of it. With the simulator that proves
its consensus, which anybody can run.")
set(dsmsg_text_monitor "desktop application for dsmsg clusters
Watches and steers a dsmsg cluster: a live picture of Raft, one time axis for
everything, messages, clocks. It can run a whole cluster inside itself and
break it on purpose, with a verdict on what was lost.")
set(dsmsg_text_client "C++ client library of the dsmsg messaging system
Sends and receives messages of a dsmsg cluster from a C++ program with Qt:
finds the leader, repeats safely, resumes subscriptions. Headers, a static
library and a CMake package.")

# Debian: one name a component, dependencies worked out from the linked libraries, and from the one list for what is loaded by name.
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
# Fedora
set(CPACK_RPM_COMPONENT_INSTALL ON)
set(CPACK_RPM_FILE_NAME RPM-DEFAULT)
set(CPACK_RPM_PACKAGE_LICENSE "GPL-3.0-or-later")
set(CPACK_RPM_PACKAGE_AUTOREQ ON)
set(CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION
  /usr/lib/systemd /usr/lib/systemd/system /usr/share/applications /usr/share/metainfo /usr/share/man /usr/share/man/man1
  /usr/share/icons /usr/share/icons/hicolor /usr/share/icons/hicolor/scalable /usr/share/icons/hicolor/scalable/apps
  /usr/share/bash-completion /usr/share/bash-completion/completions /usr/share/zsh /usr/share/zsh/site-functions
  /usr/share/fish /usr/share/fish/vendor_completions.d /usr/share/doc /usr/lib64/cmake)
foreach(size 16 24 32 48 64 128 256)
  list(APPEND CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION
    /usr/share/icons/hicolor/${size}x${size} /usr/share/icons/hicolor/${size}x${size}/apps)
endforeach()

# dsmsg_runtime_packages(<out> <role>): the packages of packaging/packages/debian.list that have the role, comma separated.
function(dsmsg_runtime_packages out role)
  file(STRINGS ${CMAKE_SOURCE_DIR}/packaging/packages/debian.list lines REGEX "^[a-z]")
  set(names)
  foreach(line IN LISTS lines)
    if(line MATCHES "^([^ ]+) +([^ ]+)$" AND ",${CMAKE_MATCH_2}," MATCHES ",${role},")
      list(APPEND names ${CMAKE_MATCH_1})
    endif()
  endforeach()
  string(REPLACE ";" ", " names "${names}")
  set(${out} "${names}" PARENT_SCOPE)
endfunction()
dsmsg_runtime_packages(dsmsg_depends_node run)
dsmsg_runtime_packages(dsmsg_depends_cli run)
dsmsg_runtime_packages(dsmsg_depends_monitor monitor)
set(dsmsg_depends_monitor "${dsmsg_depends_node}, ${dsmsg_depends_monitor}")
set(dsmsg_depends_client "qt6-base-dev, libsimdjson-dev")

foreach(pair node:dsmsg-node:DSMSG-NODE cli:dsmsg:DSMSG monitor:dsmsg-monitor:DSMSG-MONITOR client:libdsmsg-dev:LIBDSMSG-DEV)
  string(REPLACE : ";" pair ${pair})
  list(GET pair 0 component)
  list(GET pair 1 name)
  string(TOUPPER ${component} COMPONENT)
  string(REGEX REPLACE "\n.*" "" summary "${dsmsg_text_${component}}")
  set(CPACK_DEBIAN_${COMPONENT}_PACKAGE_NAME ${name})
  set(CPACK_COMPONENT_${COMPONENT}_DESCRIPTION "${dsmsg_text_${component}}")
  set(CPACK_DEBIAN_${COMPONENT}_PACKAGE_DEPENDS "${dsmsg_depends_${component}}")
  set(CPACK_DEBIAN_${COMPONENT}_PACKAGE_SECTION net)
  set(CPACK_RPM_${component}_PACKAGE_NAME ${name})
  set(CPACK_RPM_${component}_PACKAGE_SUMMARY "${summary}")
  set(dsmsg_deb_${component} ${CMAKE_BINARY_DIR}/debian/${name})
  install(FILES ${dsmsg_packaging}/debian/copyright DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${name} COMPONENT ${component})
endforeach()
set(CPACK_DEBIAN_CLIENT_PACKAGE_SECTION libdevel)
set(CPACK_RPM_client_PACKAGE_NAME dsmsg-devel)
set(CPACK_DEBIAN_NODE_PACKAGE_CONTROL_EXTRA ${dsmsg_packaging}/debian/postinst ${dsmsg_packaging}/debian/prerm ${dsmsg_packaging}/debian/postrm)
set(CPACK_RPM_node_POST_INSTALL_SCRIPT_FILE ${dsmsg_packaging}/rpm/post.sh)
set(CPACK_RPM_node_PRE_UNINSTALL_SCRIPT_FILE ${dsmsg_packaging}/rpm/preun.sh)

# The same change log for every package, compressed as Debian wants it.
find_program(DSMSG_GZIP gzip)
set(dsmsg_changelog ${CMAKE_BINARY_DIR}/debian/changelog.gz)
execute_process(COMMAND ${DSMSG_GZIP} -9nc ${dsmsg_packaging}/debian/changelog OUTPUT_FILE ${dsmsg_changelog})

# Untested: nobody has built these.
set(CPACK_NSIS_DISPLAY_NAME "dsmsg")
set(CPACK_NSIS_EXECUTABLES_DIRECTORY bin)
set(CPACK_PACKAGE_EXECUTABLES dsmsg-monitor "dsmsg Monitor")
set(CPACK_DMG_VOLUME_NAME "dsmsg")

include(CPack)
