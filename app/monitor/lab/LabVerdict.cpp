// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/lab/LabVerdict.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <QCoreApplication>
#include <QDateTime>

namespace dsmsg::monitor {

namespace {

constexpr int shownDigits = 12; ///< of a hash

/// Where its words are found in other languages.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LabVerdict)
};

/// In groups of three, as the pages write numbers.
QString count(quint64 number)
{
    QString text = QString::number(number);
    for (qsizetype at = text.size() - 3; at > 0; at -= 3)
        text.insert(at, QChar(0x202f));
    return text;
}

QString ms(double value)
{
    return count(static_cast<quint64>(std::lround(value))) + QChar(0xa0) + QStringLiteral("ms");
}

QString clockTime(double ts)
{
    return QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(ts * 1000))
        .toString(QStringLiteral("HH:mm:ss.zzz"));
}

QString namesOf(const RunRecord& record)
{
    QStringList names;
    for (const auto& report : record.read.reports)
        names.append(report.name);
    names.sort();
    return names.join(QStringLiteral(", "));
}

class Court
{
public:
    explicit Court(const RunRecord& record)
        : record_(record)
    {
    }

    Judgement judge()
    {
        weighPromises();
        weighEquality();
        weighSends();
        tellWhatHappened();
        std::ranges::stable_sort(evidence_, {},
                                 [](const Finding& finding) { return rank(finding.severity); });
        return {severity(), sentence(), evidence_};
    }

private:
    static int rank(const QString& severity)
    {
        return severity == QStringLiteral("critical") ? 0 : severity == QStringLiteral("warning") ? 1 : 2;
    }

    bool broken() const
    {
        const auto& read = record_.read;
        return read.lost + read.duplicated + read.reordered + read.gaps > 0 || !read.equal || unread() ||
               othersComplain();
    }
    bool unread() const
    {
        return std::ranges::any_of(record_.read.reports,
                                   [](const auto& node) { return !node.problem.isEmpty(); });
    }
    /// The verifier has words for something that is in none of the counts.
    bool othersComplain() const
    {
        const auto& read = record_.read;
        return !read.clean() && read.lostBeforeMajority == 0;
    }

    QString severity() const
    {
        if (broken())
            return QStringLiteral("critical");
        const bool nothing = record_.load.acknowledged == 0;
        return nothing || record_.read.lostBeforeMajority > 0 ? QStringLiteral("warning")
                                                              : QStringLiteral("good");
    }

    QString sentence() const
    {
        const auto& read = record_.read;
        const quint64 acknowledged = record_.load.acknowledged;
        if (broken()) {
            QStringList what;
            if (read.lost > 0)
                what.append(Text::tr("%1 lost").arg(count(read.lost)));
            if (read.duplicated > 0)
                what.append(Text::tr("%1 stored twice").arg(count(read.duplicated)));
            if (read.reordered > 0)
                what.append(Text::tr("%1 in another order").arg(count(read.reordered)));
            if (read.gaps > 0)
                what.append(Text::tr("%1 missing numbers").arg(count(read.gaps)));
            if (what.isEmpty())
                what.append(unread() ? Text::tr("a node could not be read")
                                     : Text::tr("the nodes do not agree"));
            return Text::tr("Not clean. Of %1 acknowledged messages: %2.")
                .arg(count(acknowledged), what.join(QStringLiteral(", ")));
        }
        if (acknowledged == 0)
            return Text::tr("Nothing was acknowledged, so nothing is proved.");
        if (read.lostBeforeMajority > 0) {
            const QString asPromised = Text::tr("As async promises: %1 of %2 messages are lost. They were "
                                                "acknowledged before a majority had them.");
            return asPromised.arg(count(read.lostBeforeMajority), count(acknowledged));
        }
        return Text::tr(
                   "Clean. %1 messages acknowledged, none lost, none twice, in the same order on every node.")
            .arg(count(acknowledged));
    }

    void add(const char* severity, const QString& icon, const QString& title, const QString& detail = {})
    {
        evidence_.append({QLatin1String(severity), icon, title, detail});
    }

    void weighPromises()
    {
        const auto& read = record_.read;
        for (const QString& problem : read.problems)
            add(read.lostBeforeMajority > 0 && !broken() ? "warning" : "critical",
                QStringLiteral("circle-alert"),
                problem.left(1).toUpper() + problem.mid(1) + QLatin1Char('.'));
        if (read.lost > 0 || record_.load.acknowledged == 0 || unread())
            return;
        const quint64 kept = record_.load.acknowledged - read.lostBeforeMajority;
        add("good", QStringLiteral("shield-check"),
            Text::tr("%1 of %2 kept").arg(count(kept), count(record_.load.acknowledged)),
            Text::tr(
                "Each acknowledged message was read back from %1, under the number it was acknowledged with.")
                .arg(namesOf(record_)));
    }

    void weighEquality()
    {
        const auto& read = record_.read;
        if (!read.equal || read.reports.isEmpty())
            return;
        const QString own = read.reports.first().stateHash;
        add("good", QStringLiteral("hash"), Text::tr("All %1 nodes are equal").arg(read.nodes),
            own.isEmpty() ? Text::tr("Hash of what they show: %1").arg(read.hash.left(shownDigits))
                          : Text::tr("Hash of what they show: %1; of their state: %2")
                                .arg(read.hash.left(shownDigits), own.left(shownDigits)));
    }

    void weighSends()
    {
        const LoadFigures& load = record_.load;
        if (load.unknown > 0)
            add("info", QStringLiteral("circle-help"),
                Text::tr("%1 with an unknown outcome").arg(count(load.unknown)),
                Text::tr("Nobody promised them, and each may be stored once. The last: %1")
                    .arg(load.lastReason));
        if (load.rejected > 0)
            add("info", QStringLiteral("circle-x"), Text::tr("%1 rejected").arg(count(load.rejected)),
                Text::tr("The senders were told that these are not stored. The last: %1")
                    .arg(load.lastReason));
        if (load.longestSilenceMs > 0)
            add("info", QStringLiteral("hourglass"),
                Text::tr("Senders waited %1 at most").arg(ms(load.longestSilenceMs)),
                Text::tr("The longest time between two acknowledgements."));
    }

    void tellWhatHappened()
    {
        // As it happened, deeds and elections together.
        qsizetype told = 0;
        for (const RunRecord::Deed& deed : record_.deeds) {
            for (; told < record_.leaders.size() && record_.leaders[told].ts < deed.ts; ++told)
                tellLeader(record_.leaders[told]);
            add("info", deed.iconName, deed.text,
                deed.killed ? Text::tr("%1. A process kill, not a power loss.").arg(clockTime(deed.ts))
                            : clockTime(deed.ts));
        }
        for (; told < record_.leaders.size(); ++told)
            tellLeader(record_.leaders[told]);
        for (const RunRecord::CatchUp& one : record_.catchUps) {
            if (one.ms >= 0)
                add("info", QStringLiteral("chevrons-up"),
                    Text::tr("%1 caught up in %2").arg(one.node, ms(one.ms)),
                    Text::tr("It lacked %1 entries.").arg(count(static_cast<quint64>(one.entries))));
            else
                add("warning", QStringLiteral("chevrons-down"),
                    Text::tr("%1 had not caught up").arg(one.node),
                    Text::tr("It lacked %1 entries.").arg(count(static_cast<quint64>(one.entries))));
        }
    }

    void tellLeader(const RunRecord::Leadership& leader)
    {
        add("info", QStringLiteral("crown"), Text::tr("%1 leads term %2").arg(leader.node).arg(leader.term),
            leader.afterMs >= 0
                ? Text::tr("%1, %2 after the fault.").arg(clockTime(leader.ts), ms(leader.afterMs))
                : clockTime(leader.ts));
    }

    const RunRecord& record_;
    QList<Finding> evidence_;
};

} // namespace

Judgement judge(const RunRecord& record)
{
    return Court(record).judge();
}

void LabVerdict::set(const RunRecord& record)
{
    record_ = record;
    judgement_ = judge(record);
    known_ = true;
    Q_EMIT changed();
}

void LabVerdict::clear()
{
    record_ = {};
    judgement_ = {};
    known_ = false;
    Q_EMIT changed();
}

QVariantList LabVerdict::evidence() const
{
    QVariantList all;
    for (const Finding& finding : judgement_.evidence)
        all.append(QVariant::fromValue(finding));
    return all;
}

double LabVerdict::newLeaderMs() const
{
    double slowest = -1;
    for (const RunRecord::Leadership& leader : record_.leaders)
        slowest = std::max(slowest, leader.afterMs);
    return slowest < 0 ? std::numeric_limits<double>::quiet_NaN() : slowest;
}

double LabVerdict::catchUpMs() const
{
    double slowest = -1;
    for (const RunRecord::CatchUp& one : record_.catchUps)
        slowest = std::max(slowest, one.ms);
    return slowest < 0 ? std::numeric_limits<double>::quiet_NaN() : slowest;
}

QString LabVerdict::text() const
{
    if (!known_)
        return {};
    QStringList lines{record_.scenario, judgement_.sentence, {}};
    for (const Finding& finding : judgement_.evidence)
        lines.append(QStringLiteral("- %1 %2").arg(finding.title, finding.detail).trimmed());
    return lines.join(QLatin1Char('\n'));
}

} // namespace dsmsg::monitor
