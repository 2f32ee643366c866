# SPDX-License-Identifier: GPL-3.0-or-later
#
# Warnings, sanitizers, ccache and clang-tidy, in one place for every target.

find_program(DSMSG_CCACHE ccache)
if(DSMSG_CCACHE)
  # Precompiled headers need the sloppiness, or ccache never hits (QT.md, Debian).
  set(CMAKE_CXX_COMPILER_LAUNCHER
    ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${DSMSG_CCACHE})
endif()

add_library(dsmsg_compile INTERFACE)
target_include_directories(dsmsg_compile INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_definitions(dsmsg_compile INTERFACE
  QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING QT_NO_FOREACH QT_NO_KEYWORDS
  DSMSG_VERSION="${PROJECT_VERSION}")
target_compile_options(dsmsg_compile INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Wformat=2 -Wimplicit-fallthrough -Werror=return-type
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wlogical-op -fpch-preprocess>)

# Lines are what a profile and a stack trace need of debug information; the rest of it is a quarter of the time that the
# compiler takes.
target_compile_options(dsmsg_compile INTERFACE $<$<CONFIG:RelWithDebInfo>:-g1>)

# Nearly two hundred programs are linked, each in half the time that ld.bfd takes. Debian 13 has no gold by default.
find_program(DSMSG_GOLD ld.gold)
if(DSMSG_GOLD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT DSMSG_SANITIZE)
  add_link_options(-fuse-ld=gold)
endif()

if(DSMSG_SANITIZE)
  # GCC's flow analysis takes the sanitizers' own checks for uses of uninitialised members of a std::variant.
  target_compile_options(dsmsg_compile INTERFACE
    -fsanitize=${DSMSG_SANITIZE} -fno-omit-frame-pointer -O1 -Wno-maybe-uninitialized)
  target_link_options(dsmsg_compile INTERFACE -fsanitize=${DSMSG_SANITIZE})
endif()

if(DSMSG_TIDY)
  # From 16 on: earlier ones cannot compile the ranges of GCC 12's library.
  find_program(DSMSG_CLANG_TIDY NAMES clang-tidy-19 clang-tidy-18 clang-tidy-17 clang-tidy-16 clang-tidy REQUIRED)
  set(CMAKE_CXX_CLANG_TIDY ${DSMSG_CLANG_TIDY} --quiet)
  # Clang cannot read what GCC precompiled; and one build without finds the header that somebody forgot to include.
  set(CMAKE_DISABLE_PRECOMPILE_HEADERS ON)
endif()

# dsmsg_precompiled(<target> HEADERS ... DEPENDS ...): headers compiled once for all targets that reuse them. There is one set for
# libraries and one for programs, because GCC refuses a header that was precompiled with -fPIC where -fPIE is asked for.
function(dsmsg_precompiled target)
  cmake_parse_arguments(ARG "" "" "HEADERS;DEPENDS" ${ARGN})
  set(source ${CMAKE_BINARY_DIR}/${target}.cpp)
  file(CONFIGURE OUTPUT ${source} CONTENT "int main() { return 0; }\n")
  if(target MATCHES "program")
    add_executable(${target} ${source})
  else()
    add_library(${target} STATIC ${source})
  endif()
  target_link_libraries(${target} PRIVATE dsmsg_compile ${ARG_DEPENDS})
  target_precompile_headers(${target} PRIVATE ${ARG_HEADERS})
endfunction()

set(dsmsg_headers
  <algorithm> <array> <atomic> <chrono> <cstdint> <deque> <functional> <map> <memory> <optional> <ranges> <set> <span>
  <string> <string_view> <unordered_map> <utility> <variant> <vector> <QByteArray> <QObject> <QString>)

# Test programs are compiled once and run once: time spent on optimising them is lost. What they test is optimised.
set(dsmsg_test_options $<$<CONFIG:RelWithDebInfo>:-O0$<SEMICOLON>-g1>)

# dsmsg_layer(<name> SOURCES ... DEPENDS ...): one layer of DESIGN.md as a static library `dsmsg_<name>`. Layers are
# linked only to what the design lets them include, so that a forbidden include does not link.
function(dsmsg_layer name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
  add_library(dsmsg_${name} STATIC ${ARG_SOURCES})
  target_precompile_headers(dsmsg_${name} REUSE_FROM dsmsg_precompiled)
  target_link_libraries(dsmsg_${name} PUBLIC dsmsg_compile ${ARG_DEPENDS})
endfunction()

# dsmsg_test(<name> SOURCES ... DEPENDS ... [TIMEOUT seconds] [LABELS ...]): one QTest executable and its ctest entry.
function(dsmsg_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;DEPENDS;LABELS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_executable(tst_${name} ${ARG_SOURCES})
  target_compile_options(tst_${name} PRIVATE ${dsmsg_test_options})
  target_precompile_headers(tst_${name} REUSE_FROM dsmsg_precompiled_program)
  target_link_libraries(tst_${name} PRIVATE dsmsg_compile Qt6::Test ${ARG_DEPENDS})
  add_test(NAME ${name} COMMAND tst_${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}"
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;http_proxy=;https_proxy=;TSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/support/tsan.supp")
endfunction()
