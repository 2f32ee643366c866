// SPDX-License-Identifier: GPL-3.0-or-later
//
// One SQLite connection through QSqlDatabase: how it is opened, which pragmas it runs with, and how its
// errors become ours. Connection names are unique per path and counter, because many nodes live in one
// process.
#pragma once

#include <memory>

#include <QLatin1String>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>

#include "core/base/Result.h"

namespace dsmsg::storage {

/// Belongs to the thread that opened it.
class Database
{
public:
    enum class Synchronous
    {
        Full,  ///< a commit is durable when it returns
        Normal ///< a commit is atomic; durable after the next checkpoint
    };
    enum class Sharing
    {
        Alone, ///< no other connection exists: the WAL index lives on the heap, there is no -shm file to fail
        Shared,   ///< readers in other threads
        ReadOnly, ///< one of those readers; the file must exist
    };
    struct Options
    {
        Sharing sharing = Sharing::Shared;
        Synchronous synchronous = Synchronous::Normal;
        int pageBytes = 4096; ///< used when the file is created
        int cacheBytes = 4 << 20;
    };

    /// Opens or creates the file in WAL mode, through the FaultVfs of its directory if there is one.
    /// Checkpoints run only when asked for, so that their errors are seen.
    static Result<std::unique_ptr<Database>> open(const QString& path, const Options& options);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    Result<void> execute(const QString& sql);
    /// First column of the first row; NotFound without a row.
    Result<std::int64_t> integer(const QString& sql);

    Result<void> begin();     ///< takes the write lock at once
    Result<void> beginRead(); ///< one snapshot for the statements up to commit() or rollback()
    Result<void> commit();
    void rollback(); ///< harmless without a transaction

    struct Checkpoint
    {
        std::int64_t frames = 0;     ///< in the WAL
        std::int64_t backfilled = 0; ///< of them already in the database file
    };
    /// Copies what no reader holds back into the database file and syncs both; never waits for a reader.
    Result<Checkpoint> checkpoint();

    /// Ours for what the driver reported: DiskFull, Corrupt, Busy or Io.
    Error error(const QSqlError& error) const;
    QSqlQuery query() const; ///< forward-only
    const QString& path() const { return path_; }

private:
    Database(QString path, QString connection);

    QString path_;
    QString connection_;
    QSqlDatabase database_;
};

/// A prepared statement, prepared when first run, so that it may be declared before its table exists. Runs
/// again and again without parsing. A blob parameter must outlive the run.
class Statement
{
public:
    Statement(Database& database, QLatin1String sql)
        : database_(database)
        , sql_(sql)
    {
    }

    /// For statements without rows.
    template <class... Parameters>
    Result<void> run(const Parameters&... parameters)
    {
        auto ran = start(parameters...);
        if (query_)
            query_->finish();
        return ran;
    }

    /// For statements with rows: call next() until it is false or stop with finish().
    template <class... Parameters>
    Result<void> start(const Parameters&... parameters)
    {
        if (auto prepared = prepare(); !prepared)
            return prepared;
        int position = 0;
        (query_->bindValue(position++, QVariant(parameters)), ...);
        return execute();
    }

    /// True when the next row is current.
    Result<bool> next();
    /// start() and next() in one: false without a row. The caller finishes.
    template <class... Parameters>
    Result<bool> first(const Parameters&... parameters)
    {
        if (auto started = start(parameters...); !started)
            return started.error();
        return next();
    }
    /// Ends the read. A statement left unfinished would hold its snapshot open and let the WAL grow.
    void finish();

    std::int64_t integer(int column) const { return query_->value(column).toLongLong(); }
    QByteArray bytes(int column) const { return query_->value(column).toByteArray(); }

private:
    Result<void> prepare();
    Result<void> execute();

    Database& database_;
    QLatin1String sql_;
    std::unique_ptr<QSqlQuery> query_;
};

/// Finishes a statement at the end of a scope, whichever way it is left.
class Finisher
{
public:
    explicit Finisher(Statement& statement)
        : statement_(statement)
    {
    }
    ~Finisher() { statement_.finish(); }
    Finisher(const Finisher&) = delete;
    Finisher& operator=(const Finisher&) = delete;

private:
    Statement& statement_;
};

} // namespace dsmsg::storage
