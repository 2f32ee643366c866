# SPDX-License-Identifier: GPL-3.0-or-later
#
# Where everything goes below the prefix, in components that become packages: node, cli, monitor, and client (DsmsgClientPackage).
# The monitor's QML and its translations are inside the program (DsmsgQml); there is nothing of them to install.
#
# DSMSG_PACKAGE_KIND, set by packaging/build.sh, says for whom: deb and rpm differ in a few places, tar is what `cmake --install`
# makes, with a README.
set(DSMSG_PACKAGE_KIND "" CACHE STRING "For which packages: deb, rpm, tar; empty for an installation by hand")
set_property(CACHE DSMSG_PACKAGE_KIND PROPERTY STRINGS "" deb rpm tar)
if(DSMSG_PACKAGE_KIND STREQUAL "deb")
  set(CMAKE_INSTALL_LIBDIR lib/${CMAKE_LIBRARY_ARCHITECTURE})
elseif(DSMSG_PACKAGE_KIND STREQUAL "rpm")
  set(CMAKE_INSTALL_LIBDIR lib64)
elseif(DSMSG_PACKAGE_KIND STREQUAL "tar")
  set(CMAKE_INSTALL_LIBDIR lib)
endif()
include(GNUInstallDirs)
include(DsmsgClientPackage)

set(dsmsg_packaging ${CMAKE_SOURCE_DIR}/packaging)
set(dsmsg_made ${CMAKE_BINARY_DIR}/install)

# dsmsg_install_compressed(<source> <destination> <name> <component>): as <name>.gz in a package, whose rules want that, else as it is.
function(dsmsg_install_compressed source destination name component)
  if(NOT DSMSG_PACKAGE_KIND MATCHES "deb|rpm")
    install(FILES ${source} DESTINATION ${destination} RENAME ${name} COMPONENT ${component})
    return()
  endif()
  find_program(DSMSG_GZIP gzip REQUIRED)
  set(compressed ${dsmsg_made}/${component}/${name}.gz)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
  file(MAKE_DIRECTORY ${dsmsg_made}/${component})
  execute_process(COMMAND ${DSMSG_GZIP} -9nc ${source} OUTPUT_FILE ${compressed} COMMAND_ERROR_IS_FATAL ANY)
  install(FILES ${compressed} DESTINATION ${destination} COMPONENT ${component})
endfunction()

# dsmsg_install_program(<target> <component>): the program and its manual page.
function(dsmsg_install_program target component)
  install(TARGETS ${target} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT ${component})
  dsmsg_install_compressed(${dsmsg_packaging}/man/${target}.1 ${CMAKE_INSTALL_MANDIR}/man1 ${target}.1 ${component})
endfunction()

dsmsg_install_program(dsmsg-node node)
dsmsg_install_program(dsmsg cli)
dsmsg_install_program(dsmsg-sim cli)
dsmsg_install_program(dsmsg-monitor monitor)

# The service names the programs where this installation has them.
configure_file(${dsmsg_packaging}/systemd/dsmsg-node@.service.in ${dsmsg_made}/dsmsg-node@.service @ONLY)
install(FILES ${dsmsg_made}/dsmsg-node@.service DESTINATION lib/systemd/system COMPONENT node)
install(FILES ${dsmsg_packaging}/config/node.toml ${dsmsg_packaging}/grafana/dsmsg.json
              ${dsmsg_packaging}/prometheus/dsmsg.rules.yml
  DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/dsmsg-node/examples COMPONENT node)
if(DSMSG_PACKAGE_KIND MATCHES "deb|rpm")
  install(DIRECTORY DESTINATION /etc/dsmsg COMPONENT node)
endif()

# The client writes its completions itself, from the tables of its help pages.
foreach(shell bash zsh fish)
  list(APPEND dsmsg_completion_commands COMMAND dsmsg completion ${shell} > ${dsmsg_made}/dsmsg.${shell})
  list(APPEND dsmsg_completion_files ${dsmsg_made}/dsmsg.${shell})
endforeach()
add_custom_command(OUTPUT ${dsmsg_completion_files} ${dsmsg_completion_commands} DEPENDS dsmsg VERBATIM)
add_custom_target(dsmsg_completions ALL DEPENDS ${dsmsg_completion_files})
if(DSMSG_PACKAGE_KIND STREQUAL "deb")
  set(dsmsg_zsh_directory vendor-completions)
else()
  set(dsmsg_zsh_directory site-functions)
endif()
install(FILES ${dsmsg_made}/dsmsg.bash RENAME dsmsg
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT cli)
install(FILES ${dsmsg_made}/dsmsg.zsh RENAME _dsmsg
  DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/${dsmsg_zsh_directory} COMPONENT cli)
install(FILES ${dsmsg_made}/dsmsg.fish
  DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT cli)

set(dsmsg_app_id org.dsmsg.Monitor)
install(FILES ${dsmsg_packaging}/desktop/${dsmsg_app_id}.desktop
  DESTINATION ${CMAKE_INSTALL_DATADIR}/applications COMPONENT monitor)
# Software centres fetch pictures from the web; until the project has a place there, they are told of none.
set(DSMSG_PICTURES_URL "" CACHE STRING "Where docs/pictures can be fetched from, beginning with https://")
file(READ ${dsmsg_packaging}/desktop/${dsmsg_app_id}.metainfo.xml.in dsmsg_metainfo)
if(NOT DSMSG_PICTURES_URL)
  string(REGEX REPLACE "  <screenshots>.*</screenshots>\n" "" dsmsg_metainfo "${dsmsg_metainfo}")
endif()
file(CONFIGURE OUTPUT ${dsmsg_made}/${dsmsg_app_id}.metainfo.xml CONTENT "${dsmsg_metainfo}" @ONLY)
install(FILES ${dsmsg_made}/${dsmsg_app_id}.metainfo.xml
  DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo COMPONENT monitor)
install(FILES ${dsmsg_packaging}/icons/${dsmsg_app_id}.svg
  DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps COMPONENT monitor)
set(dsmsg_icon_sizes 16 24 32 48 64 128 256)
foreach(size IN LISTS dsmsg_icon_sizes)
  install(FILES ${dsmsg_packaging}/icons/${size}/${dsmsg_app_id}.png
    DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/${size}x${size}/apps COMPONENT monitor)
endforeach()
