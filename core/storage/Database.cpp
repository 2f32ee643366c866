// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pragmas and result codes: sqlite.org/pragma.html, sqlite.org/rescode.html.
#include "core/storage/Database.h"

#include <atomic>

#include <QUrl>

#include "core/storage/FaultVfs.h"

namespace dsmsg::storage {

namespace {

// From sqlite.org/rescode.html: the driver reports extended codes, whose low byte is the primary one.
constexpr int codeBusy = 5;
constexpr int codeLocked = 6;
constexpr int codeCorrupt = 11;
constexpr int codeFull = 13;
constexpr int codeNotADatabase = 26;
// Growing the -shm file is the one place where SQLite calls a full disk an I/O error.
constexpr int codeIoShmSize = 10 | (19 << 8);

QString uniqueConnectionName(const QString& path)
{
    // Only uniqueness matters, so the one counter of the process carries no state from node to node.
    static std::atomic<std::uint64_t> counter{0};
    return QStringLiteral("%1#%2").arg(path).arg(++counter);
}

/// The file opened through that VFS (sqlite.org/uri.html).
QString uriOf(const QString& path, const QByteArray& vfs)
{
    return QStringLiteral("file:%1?vfs=%2")
        .arg(QString::fromLatin1(QUrl::toPercentEncoding(path, "/")),
             QString::fromLatin1(vfs.toPercentEncoding()));
}

} // namespace

Database::Database(QString path, QString connection)
    : path_(std::move(path))
    , connection_(std::move(connection))
    , database_(QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection_))
{
}

Database::~Database()
{
    database_.close();
    database_ = QSqlDatabase();
    QSqlDatabase::removeDatabase(connection_);
}

Result<std::unique_ptr<Database>> Database::open(const QString& path, const Options& options)
{
    std::unique_ptr<Database> self(new Database(path, uniqueConnectionName(path)));
    if (!self->database_.isValid())
        return Error{Error::Kind::Io, "Qt's SQLite driver is missing; install libqt6sql6-sqlite"};
    QStringList connectOptions;
    if (options.sharing == Sharing::ReadOnly)
        connectOptions << QStringLiteral("QSQLITE_OPEN_READONLY");
    const QByteArray vfs = FaultVfs::nameFor(path);
    if (!vfs.isEmpty())
        connectOptions << QStringLiteral("QSQLITE_OPEN_URI");
    self->database_.setDatabaseName(vfs.isEmpty() ? path : uriOf(path, vfs));
    self->database_.setConnectOptions(connectOptions.join(QLatin1Char(';')));
    if (!self->database_.open())
        return self->error(self->database_.lastError());

    QStringList pragmas;
    if (options.sharing == Sharing::Alone) // must come before the WAL is first touched
        pragmas << QStringLiteral("locking_mode=EXCLUSIVE");
    if (options.sharing != Sharing::ReadOnly) {
        pragmas << QStringLiteral("page_size=%1").arg(options.pageBytes) << QStringLiteral("journal_mode=WAL")
                << (options.synchronous == Synchronous::Full ? QStringLiteral("synchronous=FULL")
                                                             : QStringLiteral("synchronous=NORMAL"))
                << QStringLiteral("wal_autocheckpoint=0") << QStringLiteral("journal_size_limit=67108864")
                << QStringLiteral("secure_delete=OFF"); // Debian's default would zero every freed page
    }
    pragmas << QStringLiteral("cache_size=-%1").arg(options.cacheBytes / 1024)
            << QStringLiteral("temp_store=MEMORY");
    for (const QString& pragma : pragmas) {
        if (auto done = self->execute(QStringLiteral("PRAGMA ") + pragma); !done)
            return done.error();
    }
    return self;
}

Result<void> Database::execute(const QString& sql)
{
    QSqlQuery statement = query();
    if (!statement.exec(sql))
        return error(statement.lastError());
    return {};
}

Result<std::int64_t> Database::integer(const QString& sql)
{
    QSqlQuery statement = query();
    if (!statement.exec(sql))
        return error(statement.lastError());
    if (!statement.next()) {
        if (statement.lastError().isValid())
            return error(statement.lastError());
        return Error{Error::Kind::NotFound, "no row for " + sql.toStdString()};
    }
    return statement.value(0).toLongLong();
}

Result<void> Database::begin()
{
    return execute(QStringLiteral("BEGIN IMMEDIATE"));
}

Result<void> Database::beginRead()
{
    return execute(QStringLiteral("BEGIN DEFERRED"));
}

Result<void> Database::commit()
{
    return execute(QStringLiteral("COMMIT"));
}

void Database::rollback()
{
    // SQLite may have rolled back by itself already; then this only reports that there is nothing to do.
    static_cast<void>(execute(QStringLiteral("ROLLBACK")));
}

Result<Database::Checkpoint> Database::checkpoint()
{
    QSqlQuery statement = query();
    if (!statement.exec(QStringLiteral("PRAGMA wal_checkpoint(PASSIVE)")) || !statement.next())
        return error(statement.lastError());
    return Checkpoint{statement.value(1).toLongLong(), statement.value(2).toLongLong()};
}

Error Database::error(const QSqlError& error) const
{
    const int code = error.nativeErrorCode().toInt();
    const std::string file = path_.toStdString();
    const std::string detail = error.text().toStdString() + " (SQLite code " + std::to_string(code) + ")";
    switch (code & 0xff) {
    case codeFull:
        return {Error::Kind::DiskFull, "No space left for " + file + ": free some space on its disk"};
    case codeCorrupt:
    case codeNotADatabase:
        return {Error::Kind::Corrupt, file + " is damaged: " + detail};
    case codeBusy:
    case codeLocked:
        return {Error::Kind::Busy, file + " is in use by another process: " + detail};
    default:
        if (code == codeIoShmSize)
            return {Error::Kind::DiskFull,
                    "No space left for the index of " + file + ": free some space on its disk"};
        return {Error::Kind::Io, "Reading or writing " + file + " failed: " + detail};
    }
}

QSqlQuery Database::query() const
{
    QSqlQuery statement(database_);
    statement.setForwardOnly(true); // else the driver keeps every row it has passed
    return statement;
}

Result<void> Statement::prepare()
{
    if (query_)
        return {};
    auto query = std::make_unique<QSqlQuery>(database_.query());
    if (!query->prepare(sql_))
        return database_.error(query->lastError());
    query_ = std::move(query);
    return {};
}

Result<void> Statement::execute()
{
    if (!query_->exec())
        return database_.error(query_->lastError());
    return {};
}

Result<bool> Statement::next()
{
    if (query_->next())
        return true;
    if (query_->lastError().isValid())
        return database_.error(query_->lastError());
    return false;
}

void Statement::finish()
{
    if (query_)
        query_->finish();
}

} // namespace dsmsg::storage
