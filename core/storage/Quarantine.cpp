// SPDX-License-Identifier: GPL-3.0-or-later
//
// The damage note is the intent: it is written first and removed last. What is moved goes to
// `damaged.partial`, which gets its number when it is whole.
#include "core/storage/Quarantine.h"

#include <algorithm>

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include "core/storage/DirectoryIdentity.h"
#include "core/storage/SystemFiles.h"

namespace dsmsg::storage {

namespace {

const QString note = QStringLiteral("damaged");
const QString partial = QStringLiteral("damaged.partial");
const QString numbered = QStringLiteral("damaged-");

QStringList numberedIn(const QString& path)
{
    return QDir(path).entryList({numbered + QLatin1Char('*')}, QDir::Dirs);
}

QStringList contentOf(const QString& path)
{
    QStringList names =
        QDir(path).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    names.removeIf([](const QString& name) {
        return name == QLatin1String("lock") || name == note || name == partial || name.startsWith(numbered);
    });
    return names;
}

Result<void> moveContent(const QString& path, const std::string& why, UnixTime when)
{
    const QString target = path + QLatin1Char('/') + partial;
    if (auto made = createDirectory(target); !made)
        return made;
    for (const QString& name : contentOf(path)) {
        if (auto moved = renameFile(path + QLatin1Char('/') + name, target + QLatin1Char('/') + name); !moved)
            return moved;
    }
    const auto milliseconds = std::chrono::duration_cast<Milliseconds>(when.time_since_epoch()).count();
    const QString time = QDateTime::fromMSecsSinceEpoch(milliseconds).toUTC().toString(Qt::ISODateWithMs);
    if (auto written =
            replaceFile(target + QStringLiteral("/why.txt"), time.toStdString() + "\n" + why + "\n");
        !written)
        return written;
    return syncDirectory(path);
}

/// The directory of what was moved gets its number, the older ones go.
Result<void> keepOnlyThis(const QString& path)
{
    const QStringList older = numberedIn(path);
    quint64 number = 0;
    for (const QString& name : older)
        number = std::max(number, name.mid(numbered.size()).toULongLong());
    const QString target = path + QLatin1Char('/') + numbered + QString::number(number + 1);
    if (auto renamed = renameFile(path + QLatin1Char('/') + partial, target); !renamed)
        return renamed;
    for (const QString& name : older)
        QDir(path + QLatin1Char('/') + name).removeRecursively(); // else the next time does it
    return syncDirectory(path);
}

} // namespace

Result<void> setAside(const QString& path, const std::string& nodeId, const std::string& why, UnixTime when)
{
    const auto lock = lockDirectory(path);
    if (!lock)
        return lock.error();
    if (const auto identity = readIdentity(path); identity && identity->node != nodeId)
        return Error{Error::Kind::Refused,
                     path.toStdString() + " belongs to node " + identity->node + ", not " + nodeId};
    const QString notePath = path + QLatin1Char('/') + note;
    if (!QFile::exists(notePath)) {
        if (auto noted = replaceFile(notePath, why); !noted)
            return noted;
    }
    // After a crash near the end there is nothing left but the fresh identity: that is not worth keeping.
    QStringList content = contentOf(path);
    content.removeAll(QFileInfo(identityFile(path)).fileName());
    if (!content.isEmpty() || QFileInfo::exists(path + QLatin1Char('/') + partial)) {
        if (auto moved = moveContent(path, why, when); !moved)
            return moved;
        if (auto kept = keepOnlyThis(path); !kept)
            return kept;
    }
    if (auto written = writeIdentity(path, {newServerId(), nodeId, true}); !written)
        return written;
    if (!QFile::remove(notePath))
        return Error{Error::Kind::Io, "Cannot remove " + notePath.toStdString()};
    return syncDirectory(path);
}

} // namespace dsmsg::storage
