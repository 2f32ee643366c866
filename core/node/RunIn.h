// SPDX-License-Identifier: GPL-3.0-or-later
//
// Runs a function in another object's thread and waits for it: for starting and stopping, never while
// serving.
#pragma once

#include <optional>
#include <type_traits>
#include <utility>

#include <QObject>

namespace dsmsg::node {

/// `object` lives in another thread, which runs an event loop.
template <class Function>
auto runIn(QObject* object, Function function)
{
    using Value = std::invoke_result_t<Function>;
    if constexpr (std::is_void_v<Value>) {
        QMetaObject::invokeMethod(object, function, Qt::BlockingQueuedConnection);
    } else {
        std::optional<Value> value;
        QMetaObject::invokeMethod(
            object, [&] { value.emplace(function()); }, Qt::BlockingQueuedConnection);
        return std::move(*value);
    }
}

} // namespace dsmsg::node
