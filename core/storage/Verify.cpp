// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/VerifyParts.h"

#include <QFile>

namespace dsmsg::storage {

namespace {

constexpr std::size_t problemsMax = 40;

void compareLogAndState(const DataDirectory& directory, const Verification& found, Complaints& complaints)
{
    const LogIndex applied = found.applied.index;
    if (applied > found.lastIndex)
        complaints.add("The state has applied entry " + std::to_string(applied.value) +
                       ", but the log ends at entry " + std::to_string(found.lastIndex.value));
    const bool awaitsInstall = QFile::exists(directory.stagedFile(found.base.index));
    if (applied < found.base.index && !awaitsInstall)
        complaints.add("The log begins after entry " + std::to_string(found.base.index.value) +
                       ", but the state has applied only up to entry " + std::to_string(applied.value));
}

} // namespace

void Complaints::add(const std::string& what)
{
    if (problems_.size() < problemsMax)
        problems_.push_back(what);
    else if (problems_.size() == problemsMax)
        problems_.emplace_back("There is more; this is where the list ends");
}

bool Complaints::full() const
{
    return problems_.size() > problemsMax;
}

Result<std::unique_ptr<Database>> openToVerify(const QString& path, int version, Complaints& complaints)
{
    std::unique_ptr<Database> none;
    auto database = Database::open(path, {.sharing = Database::Sharing::ReadOnly});
    if (!database) {
        complaints.add(database.error());
        return none;
    }
    auto found = (*database)->integer(QStringLiteral("PRAGMA user_version"));
    if (!found) {
        complaints.add(found.error());
        return none;
    }
    if (*found != version)
        return Error{Error::Kind::Refused, path.toStdString() + " has layout version " +
                                               std::to_string(*found) + ", this program checks version " +
                                               std::to_string(version) +
                                               ": use the program that goes with it"};
    QSqlQuery check = (*database)->query();
    if (!check.exec(QStringLiteral("PRAGMA quick_check(5)")))
        complaints.add((*database)->error(check.lastError()));
    while (check.next()) {
        const QString line = check.value(0).toString();
        if (line != QLatin1String("ok"))
            complaints.add(path.toStdString() + ": " + line.toStdString());
    }
    return std::move(*database);
}

Result<Verification> verifyDirectory(const QString& path)
{
    auto directory = DataDirectory::openExisting(path);
    if (!directory)
        return directory.error();
    Verification found;
    Complaints complaints(found.problems);
    found.node = (*directory)->node();
    found.server = (*directory)->server();
    found.joinsOnly = (*directory)->joinsOnly();
    if (const auto noted = (*directory)->damageNoted())
        complaints.add("The node itself noted: " + *noted);
    if (!QFile::exists((*directory)->raftDatabase()) && !QFile::exists((*directory)->stateDatabase()))
        return found; // never started
    if (auto done = verifyLog(**directory, found, complaints); !done)
        return done.error();
    const bool logIsKnown = found.problems.empty();
    if (auto done = verifyState(**directory, found, complaints); !done)
        return done.error();
    if (logIsKnown)
        compareLogAndState(**directory, found, complaints);
    return found;
}

} // namespace dsmsg::storage
