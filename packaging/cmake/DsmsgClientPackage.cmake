# SPDX-License-Identifier: GPL-3.0-or-later
#
# The client library for programs outside this tree:  cmake --install BUILD --component client --prefix DIR
#
# One archive with the client's objects and those of base: a program links one file, and of base only what the client
# uses ends up in it. The headers go below include/dsmsg/, and their includes are rewritten to begin with dsmsg/, so that
# no program's own core/ or base/ can be taken for ours.
include(CMakePackageConfigHelpers)

set(dsmsg_public_headers
  base/Assert.h base/Clock.h base/Ids.h base/Random.h base/Result.h
  client/Backoff.h client/Call.h client/Client.h client/ClockEstimate.h client/ClockMeter.h client/Endpoints.h
  client/EventConnection.h client/EventStream.h client/Http.h client/Inbox.h client/SendQueue.h client/Subscription.h client/Types.h)

# dsmsg_public_header(<source> <below include/>)
function(dsmsg_public_header source target)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
  file(READ ${source} text)
  string(REPLACE "#include \"core/" "#include \"dsmsg/core/" text "${text}")
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/client-package/include/${target} CONTENT "${text}" @ONLY)
endfunction()

foreach(header ${dsmsg_public_headers})
  dsmsg_public_header(${CMAKE_SOURCE_DIR}/core/${header} dsmsg/core/${header})
endforeach()
dsmsg_public_header(${CMAKE_SOURCE_DIR}/core/client/dsmsg/Client.h dsmsg/Client.h)

add_library(dsmsg_client_package STATIC $<TARGET_OBJECTS:dsmsg_client> $<TARGET_OBJECTS:dsmsg_base>)
set_target_properties(dsmsg_client_package PROPERTIES
  AUTOMOC OFF LINKER_LANGUAGE CXX OUTPUT_NAME dsmsg-client EXPORT_NAME Client)
target_link_libraries(dsmsg_client_package PUBLIC Qt6::Core Qt6::Network PRIVATE simdjson::simdjson)
target_compile_features(dsmsg_client_package INTERFACE cxx_std_20)

set(dsmsg_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/dsmsg)
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/client-package/dsmsgConfig.cmake @ONLY CONTENT [[
# SPDX-License-Identifier: GPL-3.0-or-later
include(CMakeFindDependencyMacro)
find_dependency(Qt6 6.4.2 COMPONENTS Core Network)
find_dependency(simdjson)
include(${CMAKE_CURRENT_LIST_DIR}/dsmsgTargets.cmake)
]])
# Before 1.0 the minor version counts as the major one does later.
write_basic_package_version_file(${CMAKE_BINARY_DIR}/client-package/dsmsgConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)

install(TARGETS dsmsg_client_package EXPORT dsmsgTargets COMPONENT client
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT client
  INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY ${CMAKE_BINARY_DIR}/client-package/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT client)
install(EXPORT dsmsgTargets NAMESPACE dsmsg:: DESTINATION ${dsmsg_package_dir} COMPONENT client)
install(FILES ${CMAKE_BINARY_DIR}/client-package/dsmsgConfig.cmake ${CMAKE_BINARY_DIR}/client-package/dsmsgConfigVersion.cmake
  DESTINATION ${dsmsg_package_dir} COMPONENT client)
