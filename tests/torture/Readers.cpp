// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/torture/Readers.h"

#include <QHash>
#include <algorithm>

namespace dsmsg::torture {

namespace {

constexpr unsigned long pauseMs = 50;
constexpr qsizetype violationsMax = 20;
constexpr Milliseconds patience{1000};

std::size_t hashOf(const QString& id)
{
    return std::max<std::size_t>(qHash(id, std::size_t{42}), 1);
}

} // namespace

Readers::Readers(const QStringList& urls, std::uint64_t seed)
{
    for (const QString& url : urls) {
        threads_.emplace_back(QThread::create([this, url, random = Random(++seed)] { run(url, random); }));
        threads_.back()->start();
    }
}

Readers::~Readers()
{
    stop();
}

QStringList Readers::stop()
{
    stopping_ = true;
    for (const auto& thread : threads_)
        thread->wait();
    threads_.clear();
    return violations_;
}

std::uint64_t Readers::known()
{
    const std::lock_guard guard(lock_);
    return idAt_.size();
}

void Readers::run(const QString& url, Random random)
{
    test::HttpClient node(url);
    while (!stopping_) {
        // Mostly the end, where things happen, sometimes anywhere.
        const std::uint64_t end = known();
        constexpr std::uint64_t recent = 300;
        const std::uint64_t low = random.chance(3, 4) && end > recent ? end - recent : 0;
        const std::uint64_t after = low + random.below(end - low + 1);
        const test::HttpReply reply =
            node.get("/messages?limit=100&after=" + QByteArray::number(after), patience);
        if (reply.status == 200)
            check(url, after, test::parsePage(reply.body));
        QThread::msleep(pauseMs);
    }
}

void Readers::check(const QString& url, std::uint64_t after, const test::ReadPage& page)
{
    const std::lock_guard guard(lock_);
    std::uint64_t expected = after + 1;
    for (const test::ReadMessage& message : page.messages) {
        if (violations_.size() >= violationsMax)
            return;
        if (message.seq != expected)
            violations_
                << QStringLiteral("%1 shows seq %2 after %3").arg(url).arg(message.seq).arg(expected - 1);
        expected = message.seq + 1;
        if (message.seq == 0 || message.seq > idAt_.size() + 1'000'000)
            continue;
        if (idAt_.size() < message.seq)
            idAt_.resize(message.seq, 0);
        std::size_t& known = idAt_[message.seq - 1];
        const std::size_t hash = hashOf(message.id);
        if (known != 0 && known != hash)
            violations_ << QStringLiteral("%1 shows %2 as seq %3, another message was shown there before")
                               .arg(url, message.id)
                               .arg(message.seq);
        known = hash;
    }
    messagesRead_ += page.messages.size();
}

} // namespace dsmsg::torture
