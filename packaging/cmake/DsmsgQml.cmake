# SPDX-License-Identifier: GPL-3.0-or-later
#
# A QML module as a static library, its types and files inside the program.

option(DSMSG_QML_COMPILE "Compile the QML files ahead of time: a faster start, a build that takes minutes longer" OFF)

# dsmsg_qml_module(<target> URI <uri> [SOURCES ...] [QML_FILES ...] [SINGLETONS ...] [RESOURCES ...] [DEPENDS ...] [IMPORTS ...]):
# the QML module <uri>, for a program that links <target> and <target>plugin. SINGLETONS are QML files too. IMPORTS: modules that
# its QML files import, for qmllint.
function(dsmsg_qml_module target)
  cmake_parse_arguments(ARG "" "URI" "SOURCES;QML_FILES;SINGLETONS;RESOURCES;DEPENDS;IMPORTS" ${ARGN})
  # Before the module is made, or its qmldir does not say so (QT.md).
  set_source_files_properties(${ARG_SINGLETONS} PROPERTIES QT_QML_SINGLETON_TYPE TRUE)
  set(compile NO_CACHEGEN)
  if(DSMSG_QML_COMPILE)
    set(compile)
  endif()
  string(REPLACE . / folder ${ARG_URI})
  qt_add_qml_module(${target} STATIC ${compile}
    URI ${ARG_URI} VERSION 1.0
    RESOURCE_PREFIX /qt/qml
    OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/qml/${folder}
    IMPORT_PATH ${CMAKE_BINARY_DIR}/qml
    DEPENDENCIES QtQuick
    IMPORTS ${ARG_IMPORTS}
    SOURCES ${ARG_SOURCES}
    QML_FILES ${ARG_QML_FILES} ${ARG_SINGLETONS}
    RESOURCES ${ARG_RESOURCES})
  if(DSMSG_QML_COMPILE)
    # Nobody writes what Qt makes of QML files, and nobody can mend its warnings.
    get_target_property(generated ${target} SOURCES)
    list(FILTER generated INCLUDE REGEX "/qmlcache/")
    set_source_files_properties(${generated} PROPERTIES COMPILE_OPTIONS -w)
  endif()
  target_link_libraries(${target} PUBLIC dsmsg_compile Qt6::Quick ${ARG_DEPENDS})
  if(ARG_SOURCES)
    target_precompile_headers(${target} REUSE_FROM dsmsg_precompiled_qml)
  endif()
  # The generated registration includes the headers of C++ types by their file names.
  foreach(source IN LISTS ARG_SOURCES)
    get_filename_component(directory ${CMAKE_CURRENT_SOURCE_DIR}/${source} DIRECTORY)
    list(APPEND directories ${directory})
  endforeach()
  list(REMOVE_DUPLICATES directories)
  target_include_directories(${target} PRIVATE ${directories})
endfunction()
