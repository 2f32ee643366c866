// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/Migrations.h"

#include <array>

namespace dsmsg::storage {

namespace {

Result<void> runStep(Database& database, const Migration& migration)
{
    if (auto begun = database.begin(); !begun)
        return begun;
    QString statements = QString(migration.sql);
    statements += QStringLiteral("PRAGMA user_version=%1;").arg(migration.version);
    for (const QString& sql : statements.split(QLatin1Char(';'), Qt::SkipEmptyParts)) {
        if (sql.trimmed().isEmpty())
            continue;
        if (auto done = database.execute(sql); !done) {
            database.rollback();
            return done;
        }
    }
    auto committed = database.commit();
    if (!committed)
        database.rollback();
    return committed;
}

} // namespace

Result<void> migrate(Database& database, std::span<const Migration> migrations)
{
    auto version = database.integer(QStringLiteral("PRAGMA user_version"));
    if (!version)
        return version.error();
    const int newest = migrations.back().version;
    if (*version > newest)
        return Error{Error::Kind::Refused,
                     database.path().toStdString() + " has layout version " + std::to_string(*version) +
                         ", this program knows versions up to " + std::to_string(newest) +
                         ": start the newer program that wrote it"};
    for (const Migration& migration : migrations) {
        if (migration.version <= *version)
            continue;
        if (auto done = runStep(database, migration); !done)
            return done;
    }
    return {};
}

std::span<const Migration> raftMigrations()
{
    // entry.data is kept last so that the short columns are read without the overflow pages of a large blob.
    static constexpr std::array steps{
        Migration{1, QLatin1String(
                         "CREATE TABLE hard_state (id INTEGER PRIMARY KEY CHECK (id = 1),"
                         " term INTEGER NOT NULL, voted_for INTEGER NOT NULL, crc INTEGER NOT NULL);"
                         "CREATE TABLE entry (log_index INTEGER PRIMARY KEY, term INTEGER NOT NULL,"
                         " kind INTEGER NOT NULL, crc INTEGER NOT NULL, data BLOB NOT NULL);"
                         "CREATE INDEX entry_configuration ON entry (log_index) WHERE kind >= 2;"
                         "CREATE TABLE term_run (first_index INTEGER PRIMARY KEY, term INTEGER NOT NULL);")},
        Migration{2, QLatin1String("CREATE TABLE log_base (id INTEGER PRIMARY KEY CHECK (id = 1),"
                                   " log_index INTEGER NOT NULL, term INTEGER NOT NULL,"
                                   " configuration BLOB NOT NULL, crc INTEGER NOT NULL);")},
    };
    return steps;
}

std::span<const Migration> stateMigrations()
{
    // Ids of run_page and run_part are run << 24 | number, so that one run's rows lie together.
    static constexpr std::array steps{
        Migration{
            1,
            QLatin1String(
                "CREATE TABLE applied (id INTEGER PRIMARY KEY CHECK (id = 1), log_index INTEGER NOT NULL,"
                " term INTEGER NOT NULL, last_seq INTEGER NOT NULL, hash BLOB NOT NULL, crc INTEGER NOT NULL);"
                "CREATE TABLE batch (first_seq INTEGER PRIMARY KEY, count INTEGER NOT NULL, crc INTEGER NOT NULL,"
                " names BLOB NOT NULL, segments BLOB NOT NULL);"
                "CREATE TABLE merge_cursor (id INTEGER PRIMARY KEY CHECK (id = 1), first_seq INTEGER NOT NULL);"
                "CREATE TABLE run (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, state INTEGER NOT NULL,"
                " level INTEGER NOT NULL, entries INTEGER NOT NULL, keys INTEGER NOT NULL,"
                " pages INTEGER NOT NULL,"
                " filter_bytes INTEGER NOT NULL, through_seq INTEGER NOT NULL);"
                "CREATE TABLE run_page (id INTEGER PRIMARY KEY, crc INTEGER NOT NULL, data BLOB NOT NULL);"
                "CREATE TABLE run_part (id INTEGER PRIMARY KEY, crc INTEGER NOT NULL, data BLOB NOT NULL);")},
        // The applied row is rewritten with its new column at the first commit; until then it is empty, which
        // stands for a state that has delivered nothing.
        Migration{2, QLatin1String("ALTER TABLE applied ADD COLUMN delivery BLOB NOT NULL DEFAULT x'';"
                                   "CREATE TABLE delivery (first INTEGER PRIMARY KEY, count INTEGER NOT NULL,"
                                   " reach INTEGER NOT NULL, crc INTEGER NOT NULL, runs BLOB NOT NULL);")},
        // What is kept is counted when the store opens (StateStore::open).
        Migration{3,
                  QLatin1String("CREATE TABLE inbox_cursor (recipient BLOB PRIMARY KEY, seq INTEGER NOT NULL,"
                                " crc INTEGER NOT NULL) WITHOUT ROWID;"
                                "CREATE INDEX inbox_behind ON inbox_cursor (seq);"
                                "CREATE TABLE retention (scope BLOB PRIMARY KEY, rule BLOB NOT NULL,"
                                " crc INTEGER NOT NULL) WITHOUT ROWID;"
                                "CREATE TABLE expiry (expires INTEGER NOT NULL, seq INTEGER NOT NULL,"
                                " crc INTEGER NOT NULL, PRIMARY KEY (expires, seq)) WITHOUT ROWID;")},
    };
    return steps;
}

} // namespace dsmsg::storage
