// SPDX-License-Identifier: GPL-3.0-or-later
//
// Subscribes to what comes from now on, sends ten messages once the subscription is live, and ends when all
// of them have come back: usage: subscribe-and-send [NODES], as http://127.0.0.1:8000,8001,8002.
#include <cstdio>
#include <memory>

#include <QCoreApplication>

#include <dsmsg/Client.h>

namespace {

constexpr int count = 10;

/// Sends the messages and counts those that come back.
class Echo
{
public:
    explicit Echo(dsmsg::Client::Options options)
        : client_(std::move(options))
    {
    }

    void start()
    {
        dsmsg::SubscribeQuery query;
        query.sender = QStringLiteral("subscribe-and-send");
        subscription_ = client_.subscribe(
            query, [this](const dsmsg::Message& message) { received(message); },
            [this](const dsmsg::SubscriptionState& state) { changed(state); });
    }

private:
    void changed(const dsmsg::SubscriptionState& state)
    {
        using Kind = dsmsg::SubscriptionState::Kind;
        if (state.kind == Kind::Live) {
            std::printf("live with %s\n", qPrintable(state.node.toString()));
            if (!sent_)
                sendAll();
        } else {
            std::printf("no stream: %s\n", qPrintable(state.reason));
            if (state.kind == Kind::Refused)
                QCoreApplication::exit(1);
        }
    }

    void sendAll()
    {
        sent_ = true;
        for (int i = 1; i <= count; ++i) {
            dsmsg::Draft draft;
            draft.sender = QStringLiteral("subscribe-and-send");
            draft.payload = dsmsg::jsonString(QStringLiteral("hello %1").arg(i));
            client_.send(draft, [](const dsmsg::SendResult& result) {
                // Unknown: it may be stored; sending it again under the same msgId would be safe.
                if (result.outcome == dsmsg::SendOutcome::Acknowledged)
                    return;
                std::printf("not acknowledged: %s\n", qPrintable(result.reason));
                QCoreApplication::exit(1);
            });
        }
    }

    void received(const dsmsg::Message& message)
    {
        std::printf("seq %llu: %s\n", message.seq, qPrintable(message.payloadText()));
        if (++received_ == count)
            QCoreApplication::exit(0);
    }

    dsmsg::Client client_;
    std::unique_ptr<dsmsg::Subscription> subscription_;
    bool sent_ = false;
    int received_ = 0;
};

} // namespace

int main(int argc, char* argv[])
{
    QCoreApplication application(argc, argv);
    const QString nodes =
        QCoreApplication::arguments().value(1, QStringLiteral("http://127.0.0.1:8000,8001,8002"));
    const auto endpoints = dsmsg::parseEndpoints(nodes);
    if (!endpoints) {
        std::fprintf(stderr, "%s\n", endpoints.error().text.c_str());
        return 2;
    }
    dsmsg::Client::Options options;
    options.endpoints = *endpoints;
    options.seed = dsmsg::systemSeed();
    Echo echo(options);
    echo.start();
    return QCoreApplication::exec();
}
