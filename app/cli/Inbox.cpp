// SPDX-License-Identifier: GPL-3.0-or-later
//
// `dsmsg inbox`: reads a recipient's inbox and acknowledges what was printed, in this order, so that a
// consumer that dies in between sees a message again rather than never.
#include <algorithm>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTimer>

#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/Follow.h"
#include "app/cli/Interrupt.h"
#include "app/cli/MessageText.h"

namespace dsmsg::cli {

namespace {

constexpr Milliseconds longPoll{30000}; ///< the nodes take up to 60 s
constexpr Milliseconds pause{200};      ///< between failed attempts of a consumer
constexpr quint64 numberMax = 9007199254740991;

CommandLine commandLine()
{
    return CommandLine(
        {QStringLiteral("inbox"), QStringLiteral("RECIPIENT [OPTIONS]"),
         QStringLiteral(
             "Prints the messages to RECIPIENT, and to \"all\", that RECIPIENT has not acknowledged. The cluster keeps\n"
             "how far it is. With --ack, what was printed is acknowledged; with -f it goes on with new messages until\n"
             "Ctrl+C, printing and then acknowledging: killed at any moment it loses nothing, and its successor sees\n"
             "at most those messages again that were printed and not acknowledged yet."),
         QStringLiteral("  dsmsg inbox alice\n"
                        "  dsmsg inbox alice --wait 10 --ack --json\n"
                        "  dsmsg inbox alice -f --json | ./work\n"
                        "  dsmsg inbox alice --ack-through 4711")},
        {
            {QStringLiteral("f"), QString(), QStringLiteral("consume: print and acknowledge, and go on")},
            {QStringLiteral("ack"), QString(), QStringLiteral("acknowledge what was printed")},
            {QStringLiteral("ack-through"), QStringLiteral("SEQ"),
             QStringLiteral("acknowledge everything through this one, print nothing")},
            {QStringLiteral("limit"), QStringLiteral("N"),
             QStringLiteral("at most this many, 1 to 1000 (50)")},
            {QStringLiteral("wait"), QStringLiteral("SECONDS"),
             QStringLiteral("when there is none, wait for the first; exit code 3 if none comes")},
        });
}

/// One run of the command.
class InboxRun : public QObject
{
public:
    struct Settings
    {
        QString recipient;
        quint32 limit = 50;
        Milliseconds wait{0};
        bool json = false;
        bool acknowledges = false;
        bool follows = false;
        Milliseconds patience{20000};
    };

    InboxRun(client::Client& client, Settings settings)
        : client_(client)
        , settings_(std::move(settings))
    {
        if (settings_.follows)
            follow_ = std::make_unique<Follow>(settings_.patience);
        waited_.start();
    }

    void read()
    {
        const Milliseconds left = settings_.wait - Milliseconds(waited_.elapsed());
        const Milliseconds wait = settings_.follows ? longPoll : std::clamp(left, Milliseconds(0), longPoll);
        client_.inbox(settings_.recipient, {settings_.limit, wait},
                      [this](const Result<client::InboxPage>& page) {
                          if (!page)
                              return fail(page.error(), &InboxRun::read);
                          if (follow_)
                              follow_->worked({});
                          show(*page);
                      });
    }

    void acknowledge(quint64 seq)
    {
        through_ = seq;
        acknowledgeThrough();
    }

    /// What is printed is still acknowledged.
    void interrupt()
    {
        interrupted_ = true;
        if (!acknowledging_)
            QCoreApplication::exit(settings_.follows ? ExitCode::Ok : ExitCode::Interrupted);
    }

private:
    void show(const client::InboxPage& page)
    {
        for (const client::Message& message : page.messages) {
            if (settings_.json)
                print(messageJson(message));
            else
                print(messageInWords(message, client::Order::Seq));
        }
        const bool any = !page.messages.isEmpty();
        // A consumer moves on over what is not for it too, or the nodes would look through it again and
        // again.
        if (settings_.follows ? page.through > page.cursor : any && settings_.acknowledges)
            acknowledge(settings_.follows ? page.through : page.messages.last().seq);
        else if (settings_.follows || (!any && Milliseconds(waited_.elapsed()) < settings_.wait))
            read();
        else
            QCoreApplication::exit(any || settings_.wait.count() == 0 ? ExitCode::Ok : ExitCode::Unreachable);
    }

    void acknowledgeThrough()
    {
        acknowledging_ = true;
        client_.acknowledgeInbox(settings_.recipient, through_, [this](const Result<quint64>& cursor) {
            if (!cursor)
                return fail(cursor.error(), &InboxRun::acknowledgeThrough);
            acknowledging_ = false;
            if (settings_.follows && !interrupted_)
                read();
            else
                QCoreApplication::exit(ExitCode::Ok);
        });
    }

    /// A consumer goes on trying; everybody else is told.
    void fail(const Error& error, void (InboxRun::*again)())
    {
        const QString reason = printable(QString::fromStdString(error.text));
        if (!follow_ || interrupted_ || error.kind == Error::Kind::Invalid) {
            complain(acknowledging_ ? QStringLiteral("printed, but not acknowledged: %1").arg(reason)
                                    : reason);
            return QCoreApplication::exit(exitCodeOf(error));
        }
        follow_->failed(reason);
        QTimer::singleShot(pause, this, again);
    }

    client::Client& client_;
    const Settings settings_;
    std::unique_ptr<Follow> follow_;
    QElapsedTimer waited_;
    quint64 through_ = 0; ///< everything through this one is done with
    bool acknowledging_ = false;
    bool interrupted_ = false;
};

int run(const CommandLine& line)
{
    if (line.positional().size() != 1 || line.positional().first().isEmpty())
        return line.wrongUsage(QStringLiteral("takes one RECIPIENT"));
    if (line.isSet("ack-through") && (line.isSet("ack") || line.isSet("f") || line.isSet("wait")))
        return line.wrongUsage(QStringLiteral("--ack-through prints nothing; it goes with no other option"));
    InboxRun::Settings settings;
    settings.recipient = line.positional().first();
    const auto through = line.number("ack-through", 0, 1, numberMax);
    const auto limit = line.number("limit", 50, 1, 1000);
    const auto wait = line.seconds("wait", Milliseconds(0));
    const auto options = line.clientOptions();
    if (!through || !limit || !wait || !options)
        return ExitCode::Usage;
    settings.limit = quint32(*limit);
    settings.wait = *wait;
    settings.json = line.isSet("json");
    settings.follows = line.isSet("f");
    settings.acknowledges = line.isSet("ack") || settings.follows;
    settings.patience = options->limits.total;

    client::Client client(*options);
    InboxRun inbox(client, settings);
    const Interrupt interrupt([&inbox] { inbox.interrupt(); });
    if (line.isSet("ack-through"))
        inbox.acknowledge(*through);
    else
        inbox.read();
    return QCoreApplication::exec();
}

} // namespace

const Command inboxCommand{"inbox", "read a recipient's inbox and acknowledge it", commandLine, run};

} // namespace dsmsg::cli
