# SPDX-License-Identifier: GPL-3.0-or-later

find_package(Qt6 6.4.2 REQUIRED COMPONENTS
  Core Network Sql HttpServer WebSockets Test Gui Qml Quick QuickControls2 QuickTest Widgets DBus LinguistTools)
if(Qt6_VERSION VERSION_GREATER_EQUAL 6.5 AND Qt6_VERSION VERSION_LESS 6.8)
  message(FATAL_ERROR
    "Qt ${Qt6_VERSION} is not supported: Qt HTTP Server changed its interface twice between 6.5 and 6.7. "
    "Use Qt 6.4 (Debian 12, Ubuntu 24.04) or Qt 6.8 and later (Debian 13).")
endif()
if(Qt6_VERSION VERSION_GREATER_EQUAL 6.8)
  qt_policy(SET QTP0004 NEW) # a qmldir in each folder of a module
endif()
find_package(PkgConfig REQUIRED)
pkg_check_modules(libcbor REQUIRED IMPORTED_TARGET libcbor)
# The library that Qt's driver loads too: a VFS registered here is found there (core/storage/FaultVfs.h).
pkg_check_modules(sqlite3 REQUIRED IMPORTED_TARGET sqlite3)
# What a node tells the service manager.
pkg_check_modules(libsystemd REQUIRED IMPORTED_TARGET libsystemd)
find_package(ZLIB REQUIRED)
find_package(simdjson REQUIRED)
pkg_check_modules(tomlplusplus REQUIRED IMPORTED_TARGET tomlplusplus)

dsmsg_precompiled(dsmsg_precompiled HEADERS ${dsmsg_headers} DEPENDS Qt6::Core)
dsmsg_precompiled(dsmsg_precompiled_qml DEPENDS Qt6::Quick
  HEADERS ${dsmsg_headers} <QAbstractListModel> <QJsonArray> <QJsonDocument> <QJsonObject> <QPointer> <QQuickItem> <QTimer> <QUrl>
          <QVariant> <QtNetwork>)
# Without Qt6::Test, which defines a macro of each test's folder that would void the headers.
dsmsg_precompiled(dsmsg_precompiled_program HEADERS ${dsmsg_headers} <QtCore> DEPENDS Qt6::Core)
target_compile_options(dsmsg_precompiled_program PRIVATE ${dsmsg_test_options})
