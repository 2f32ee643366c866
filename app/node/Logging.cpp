// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/node/Logging.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>
#include <cstdio>

namespace dsmsg::app {

namespace {

QString nodeId; ///< of the one node of this program, set before the first line

const char* nameOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return "debug";
    case QtInfoMsg:
        return "info";
    case QtWarningMsg:
        return "warning";
    case QtCriticalMsg:
        return "error";
    case QtFatalMsg:
        break;
    }
    return "fatal";
}

QString now()
{
    return QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);
}

void writeLine(const QByteArray& line)
{
    // One call, so that lines of several threads do not mix.
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stderr);
}

void logText(QtMsgType type, const QMessageLogContext& context, const QString& text)
{
    writeLine(QStringLiteral("%1 %2 %3: %4\n")
                  .arg(now(), QLatin1String(nameOf(type)), QLatin1String(context.category), text)
                  .toUtf8());
}

void logJson(QtMsgType type, const QMessageLogContext& context, const QString& text)
{
    const QJsonObject object{{QStringLiteral("time"), now()},
                             {QStringLiteral("level"), QLatin1String(nameOf(type))},
                             {QStringLiteral("node"), nodeId},
                             {QStringLiteral("category"), QLatin1String(context.category)},
                             {QStringLiteral("message"), text}};
    writeLine(QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n');
}

} // namespace

void installLogging(const std::string& level, LogFormat format, const std::string& node)
{
    nodeId = QString::fromStdString(node);
    qInstallMessageHandler(format == LogFormat::Json ? logJson : logText);
    QString rules = QStringLiteral("qt.*.info=false\nqt.*.debug=false\n");
    const bool debug = level == "debug";
    const bool info = debug || level == "info";
    const bool warning = info || level == "warning";
    const auto rule = [&rules](const char* type, bool on) {
        rules += QStringLiteral("dsmsg.*.%1=%2\n")
                     .arg(QLatin1String(type), on ? QStringLiteral("true") : QStringLiteral("false"));
    };
    rule("debug", debug);
    rule("info", info);
    rule("warning", warning);
    QLoggingCategory::setFilterRules(rules);
}

} // namespace dsmsg::app
