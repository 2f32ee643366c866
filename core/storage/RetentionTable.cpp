// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/RetentionTable.h"

#include "core/base/Hash.h"
#include "core/storage/Bytes.h"

namespace dsmsg::storage {

namespace {

std::string scopeOf(const messaging::RetentionRule& rule)
{
    return rule.recipient ? std::string(1, '\1') + *rule.recipient : std::string(1, '\0');
}

std::string encode(const messaging::RetentionRule& rule)
{
    CborWriter writer(64);
    messaging::writeRule(writer, rule);
    return writer.take();
}

} // namespace

RetentionTable::RetentionTable(Database& database)
    : database_(database)
    , replace_(database,
               QLatin1String("INSERT OR REPLACE INTO retention (scope, rule, crc) VALUES (?, ?, ?)"))
    , remove_(database, QLatin1String("DELETE FROM retention WHERE scope = ?"))
    , all_(database, QLatin1String("SELECT scope, rule, crc FROM retention ORDER BY scope"))
{
}

Result<void> RetentionTable::set(const messaging::RetentionRule& rule)
{
    const std::string scope = scopeOf(rule);
    if (rule.limits.none())
        return remove_.run(rawBlob(scope));
    const std::string encoded = encode(rule);
    return replace_.run(rawBlob(scope), rawBlob(encoded), qint64(crc32(encoded)));
}

Result<std::vector<messaging::RetentionRule>> RetentionTable::all()
{
    std::vector<messaging::RetentionRule> rules;
    const Finisher finisher(all_);
    if (auto started = all_.start(); !started)
        return started.error();
    while (true) {
        const auto more = all_.next();
        if (!more)
            return more.error();
        if (!*more)
            return rules;
        const QByteArray scope = all_.bytes(0);
        const QByteArray encoded = all_.bytes(1);
        CborReader reader(viewOf(encoded));
        messaging::RetentionRule rule = messaging::readRule(reader);
        if (all_.integer(2) != std::int64_t{crc32(viewOf(encoded))} || !reader.finished() ||
            scopeOf(rule) != viewOf(scope))
            return Error{Error::Kind::Corrupt,
                         database_.path().toStdString() + ": a rule of retention is damaged"};
        rules.push_back(std::move(rule));
    }
}

} // namespace dsmsg::storage
