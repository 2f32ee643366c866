# SPDX-License-Identifier: GPL-3.0-or-later
#
# cmake -DBUILD=<build directory> -P Lint.cmake: what qmllint says of every QML file. Its exit code says nothing of warnings,
# so its words are looked at.
execute_process(COMMAND ${CMAKE_COMMAND} --build ${BUILD} --target dsmsg_ui_qmllint dsmsg_pages_qmllint
  RESULT_VARIABLE failed OUTPUT_VARIABLE said ERROR_VARIABLE said)
string(REGEX MATCHALL "(Warning|Error): [^\n]*" words "${said}")
if(failed OR words)
  list(JOIN words "\n" lines)
  message(FATAL_ERROR "qmllint is not content (exit code ${failed}):\n${lines}")
endif()
