// SPDX-License-Identifier: GPL-3.0-or-later
//
// A Result is one of two things, and keeps which through copies and moves.
#include <QTest>

#include <memory>

#include "core/base/Result.h"

using namespace dsmsg;

class TestResult : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void holdsAValue()
    {
        Result<std::string> result = std::string("kept");
        QVERIFY(result.ok());
        QVERIFY(static_cast<bool>(result));
        QCOMPARE(*result, std::string("kept"));
        QCOMPARE(result->size(), std::size_t(4));
        result.value() += " and changed";
        QCOMPARE(result.value(), std::string("kept and changed"));
    }

    void holdsAnError()
    {
        const Result<int> result = Error{Error::Kind::Busy, "later"};
        QVERIFY(!result.ok());
        QVERIFY(!result);
        QCOMPARE(result.error().kind, Error::Kind::Busy);
        QCOMPARE(result.error().text, std::string("later"));
    }

    void movesWhatCannotBeCopied()
    {
        Result<std::unique_ptr<int>> result = std::make_unique<int>(5);
        const std::unique_ptr<int> taken = std::move(result).value();
        QCOMPARE(*taken, 5);
    }

    /// The value type may be Error itself's neighbour: a string is not taken for an error text.
    void aStringIsAValue()
    {
        const Result<std::string> result = std::string("not an error");
        QVERIFY(result.ok());
    }

    void nothingOrAnError()
    {
        const Result<void> fine;
        QVERIFY(fine.ok());
        const Result<void> failed = Error{Error::Kind::Io, "gone"};
        QVERIFY(!failed);
        QCOMPARE(failed.error().text, std::string("gone"));
    }

    void copiesKeepTheState()
    {
        const Result<int> failed = Error{Error::Kind::Corrupt, "damaged"};
        const Result<int> copy = failed;
        QVERIFY(!copy.ok());
        QCOMPARE(copy.error().kind, Error::Kind::Corrupt);
    }
};

QTEST_APPLESS_MAIN(TestResult)
#include "tst_result.moc"
