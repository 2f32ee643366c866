# SPDX-License-Identifier: GPL-3.0-or-later
#
# Where everything goes below the prefix, in components that become packages: node, cli, monitor, and client (see
# DsmsgClientPackage).
include(GNUInstallDirs)

set(dsmsg_packaging ${CMAKE_SOURCE_DIR}/packaging)

# dsmsg_install_program(<target> <component>): the program and its man page.
function(dsmsg_install_program target component)
  install(TARGETS ${target} COMPONENT ${component})
  install(FILES ${dsmsg_packaging}/man/${target}.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT ${component})
endfunction()

dsmsg_install_program(dsmsg-node node)
dsmsg_install_program(dsmsg cli)
dsmsg_install_program(dsmsg-sim cli)
dsmsg_install_program(dsmsg-monitor monitor)

install(FILES ${dsmsg_packaging}/systemd/dsmsg-node@.service DESTINATION lib/systemd/system COMPONENT node)
install(FILES ${dsmsg_packaging}/config/node.toml DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/dsmsg-node/examples COMPONENT node)
install(FILES ${dsmsg_packaging}/grafana/dsmsg.json ${dsmsg_packaging}/prometheus/dsmsg.rules.yml
  DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/dsmsg-node/examples COMPONENT node)

# The client writes its completions itself, from the tables of its help pages.
set(dsmsg_completions ${CMAKE_BINARY_DIR}/completions)
foreach(shell bash zsh fish)
  list(APPEND dsmsg_completion_commands COMMAND dsmsg completion ${shell} > ${dsmsg_completions}/dsmsg.${shell})
  list(APPEND dsmsg_completion_files ${dsmsg_completions}/dsmsg.${shell})
endforeach()
add_custom_command(OUTPUT ${dsmsg_completion_files}
  COMMAND ${CMAKE_COMMAND} -E make_directory ${dsmsg_completions}
  ${dsmsg_completion_commands}
  DEPENDS dsmsg VERBATIM)
add_custom_target(dsmsg_completions ALL DEPENDS ${dsmsg_completion_files})
install(FILES ${dsmsg_completions}/dsmsg.bash RENAME dsmsg
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT cli)
install(FILES ${dsmsg_completions}/dsmsg.zsh RENAME _dsmsg
  DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/${DSMSG_ZSH_COMPLETIONS} COMPONENT cli)
install(FILES ${dsmsg_completions}/dsmsg.fish
  DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT cli)

set(dsmsg_app_id org.dsmsg.Monitor)
install(FILES ${dsmsg_packaging}/desktop/${dsmsg_app_id}.desktop
  DESTINATION ${CMAKE_INSTALL_DATADIR}/applications COMPONENT monitor)
install(FILES ${dsmsg_packaging}/desktop/${dsmsg_app_id}.metainfo.xml
  DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo COMPONENT monitor)
install(FILES ${dsmsg_packaging}/icons/${dsmsg_app_id}.svg
  DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps COMPONENT monitor)
foreach(size 16 24 32 48 64 128 256)
  install(FILES ${dsmsg_packaging}/icons/${size}/${dsmsg_app_id}.png
    DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/${size}x${size}/apps COMPONENT monitor)
endforeach()
