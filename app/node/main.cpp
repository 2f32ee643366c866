// SPDX-License-Identifier: GPL-3.0-or-later
//
// dsmsg-node: one headless node.
#include <langinfo.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QLoggingCategory>
#include <QNetworkProxy>
#include <QSocketNotifier>
#include <QTimer>
#include <chrono>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <sstream>
#include <utility>

#include "app/node/ConfigFile.h"
#include "app/node/Logging.h"
#include "app/node/NodeCommandLine.h"
#include "app/node/ServiceManager.h"

Q_LOGGING_CATEGORY(lcNode, "dsmsg.node")

namespace {

enum ExitCode
{
    Stopped = 0,
    CouldNotStart = 1,
    WrongUsage = 2,
    StorageFailed = 3
};

/// A node that is told to stop gives its leadership away first, so that the cluster need not wait for an
/// election.
constexpr std::chrono::milliseconds handOverMax{1500};

/// Written by the signal handler, which may call nothing else; read by the event loop.
int signalPipe[2] = {-1, -1};

void onSignal(int number)
{
    const auto byte = static_cast<char>(number);
    [[maybe_unused]] const ssize_t written = ::write(signalPipe[1], &byte, 1);
}

void takeSignal()
{
    char byte = 0;
    [[maybe_unused]] const ssize_t taken = ::read(signalPipe[0], &byte, 1);
}

bool catchSignals()
{
    if (::pipe(signalPipe) != 0)
        return false;
    struct sigaction action = {};
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    return ::sigaction(SIGTERM, &action, nullptr) == 0 && ::sigaction(SIGINT, &action, nullptr) == 0 &&
           std::signal(SIGPIPE, SIG_IGN) != SIG_ERR;
}

/// Each connection is a descriptor, and a login shell allows 1024.
void raiseOpenFileLimit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max)
        return;
    limit.rlim_cur = limit.rlim_max;
    if (::setrlimit(RLIMIT_NOFILE, &limit) != 0)
        qCWarning(lcNode, "Could not raise the limit on open files; connections are bounded by it.");
}

/// Qt wants a UTF-8 locale and complains on every start without one; a bare machine has none set.
void useUtf8()
{
    std::setlocale(LC_ALL, "");
    if (std::strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        qputenv("LC_ALL", "C.UTF-8");
}

int complain(const std::string& what, ExitCode code)
{
    std::istringstream lines(what);
    for (std::string line; std::getline(lines, line);)
        std::fprintf(stderr, "dsmsg-node: %s\n", line.c_str());
    return code;
}

/// Why the node does not start. A collector that was promised JSON gets JSON, here above all.
int refuse(const std::string& why, dsmsg::app::LogFormat format)
{
    if (format == dsmsg::app::LogFormat::Text)
        return complain(why, CouldNotStart);
    qCCritical(lcNode, "%s", why.c_str());
    return CouldNotStart;
}

bool isLoopback(const std::string& host)
{
    return host == "localhost" || QHostAddress(QString::fromStdString(host)).isLoopback();
}

/// Serves until told to stop, or until what is stored turns out to be damaged and the node may start over.
int serve(QCoreApplication& application, const dsmsg::app::NodeSettings& settings, bool& startOver)
{
    const dsmsg::SystemClock clock;
    const dsmsg::node::NodeOptions& options = settings.server.node;
    startOver = false;
    auto server = dsmsg::http::NodeServer::start(settings.server, clock);
    if (!server)
        return refuse(server.error().text, settings.logFormat);
    int exitCode = Stopped;
    bool handingOver = false;
    QObject::connect(server->get(), &dsmsg::http::NodeServer::stoppedWriting, &application,
                     [&exitCode, &startOver, &server] {
                         exitCode = StorageFailed;
                         startOver = (*server)->mayStartOver();
                         if (startOver)
                             QCoreApplication::quit();
                     });
    dsmsg::app::ServiceManager manager(**server);
    QSocketNotifier stopper(signalPipe[0], QSocketNotifier::Read);
    QObject::connect(&stopper, &QSocketNotifier::activated, &application, [&] {
        startOver = false;
        if (std::exchange(handingOver, true))
            return QCoreApplication::quit(); // told twice: at once
        takeSignal();
        manager.stopping();
        QTimer::singleShot(handOverMax, &application, &QCoreApplication::quit);
        (*server)->handOver(&QCoreApplication::quit);
    });

    qCInfo(lcNode, "Node %s serves %s, replication mode %s, quorum %u, data in %s.", options.id.c_str(),
           (*server)->url().c_str(), dsmsg::node::toString(options.mode), options.quorum,
           qPrintable(options.dataDirectory));
    if (options.mode == dsmsg::node::ReplicationMode::Async)
        qCWarning(
            lcNode,
            "Replication mode async: messages are acknowledged before a majority has them, and can be lost with this node.");
    if (options.faultInjection)
        qCWarning(lcNode, "FAULT INJECTION is on: anybody who reaches this node can break it with /faults.");
    if (!isLoopback(options.host) && options.secret.empty())
        qCWarning(
            lcNode,
            "Anybody who reaches %s can send messages and join as a peer: no --cluster-secret-file is set.",
            options.host.c_str());
    QCoreApplication::exec();
    qCInfo(lcNode, startOver ? "Starting over." : "Stopping.");
    server->reset();
    return exitCode;
}

int run(QCoreApplication& application, const dsmsg::app::NodeSettings& settings)
{
    bool startOver = false;
    int exitCode = Stopped;
    do
        exitCode = serve(application, settings, startOver);
    while (startOver);
    return exitCode;
}

} // namespace

int main(int argc, char** argv)
{
    // Qt's own event loop instead of GLib's costs an eighth less CPU a request (docs/PERFORMANCE.md).
    if (!qEnvironmentVariableIsSet("QT_NO_GLIB"))
        qputenv("QT_NO_GLIB", "1");
    useUtf8();
    QCoreApplication application(argc, argv);
    auto line = dsmsg::app::readCommandLine(QCoreApplication::arguments());
    if (!line)
        return complain(line.error().text, WrongUsage);
    if (line->help) {
        std::fputs(dsmsg::app::helpText().c_str(), stdout);
        return Stopped;
    }
    if (line->version) {
        std::puts("dsmsg-node " DSMSG_VERSION);
        return Stopped;
    }
    if (line->example) {
        std::fputs(dsmsg::app::exampleConfig().c_str(), stdout);
        return Stopped;
    }
    if (line->check) {
        std::printf("The configuration is good: node %s, %s, data in %s.\n",
                    line->settings.server.node.id.c_str(), line->settings.server.node.advertiseUrl.c_str(),
                    qPrintable(line->settings.server.node.dataDirectory));
        return Stopped;
    }
    dsmsg::app::installLogging(line->settings.logLevel, line->settings.logFormat,
                               line->settings.server.node.id);
    // Qt applies http_proxy to plain TCP sockets too.
    QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy);
    if (!catchSignals())
        return refuse("cannot install signal handlers", line->settings.logFormat);
    raiseOpenFileLimit();
    return run(application, line->settings);
}
