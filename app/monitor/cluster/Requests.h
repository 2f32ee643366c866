// SPDX-License-Identifier: GPL-3.0-or-later
//
// HTTP without ever keeping the GUI thread busy: requests go out, and their answers are read, in a thread of
// their own.
#pragma once

#include <functional>
#include <memory>

#include <QObject>
#include <QPointer>
#include <QThread>

#include "core/client/Http.h"

namespace dsmsg::monitor {

class Requests : public QObject
{
    Q_OBJECT

public:
    explicit Requests(QObject* parent = nullptr);
    ~Requests() override; ///< breaks off what is under way

    /// `answer` is called in the GUI thread, later, once; never when `owner` is destroyed before.
    void start(const client::HttpRequest& request, QObject* owner,
               std::function<void(client::HttpReply)> answer);

    /// The same, with `read` called first in the other thread: for answers whose parsing takes time.
    template <class Value>
    void start(const client::HttpRequest& request, QObject* owner,
               std::function<Value(const client::HttpReply&)> read, std::function<void(Value)> answer)
    {
        startIn(request, owner,
                [read = std::move(read), answer = std::move(answer)](client::HttpReply reply) {
                    auto value = std::make_shared<Value>(read(reply));
                    return std::function<void()>([value, answer] { answer(std::move(*value)); });
                });
    }

    QThread& thread() { return thread_; } ///< where streams are read too

private:
    /// `work` runs in the other thread and returns what is to run here.
    void startIn(const client::HttpRequest& request, QObject* owner,
                 std::function<std::function<void()>(client::HttpReply)> work);

    QThread thread_;
    QObject here_;                       ///< lives in thread_: where functions run there
    std::unique_ptr<client::Http> http_; ///< same
};

} // namespace dsmsg::monitor
