// SPDX-License-Identifier: GPL-3.0-or-later
//
// The palettes by the numbers of WCAG 2.1: text 4.5:1 on every surface that it stands on, borders of
// controls, focus and lines of charts 3:1.
#include <cmath>

#include <QColor>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QTest>

class TestContrast : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        engine_.addImportPath(QStringLiteral("qrc:/qt/qml"));
        QQmlComponent component(&engine_);
        component.setData("import QtQml\nimport Dsmsg.Ui\nQtObject { readonly property var theme: Theme }",
                          {});
        holder_.reset(component.create());
        QVERIFY2(holder_, qUtf8Printable(component.errorString()));
        theme_ = holder_->property("theme").value<QObject*>();
        QVERIFY(theme_);
    }

    static void pairsDiffer_data()
    {
        QTest::addColumn<int>("scheme");
        QTest::addColumn<QString>("ink");
        QTest::addColumn<QString>("paper");
        QTest::addColumn<double>("least");
        const QStringList schemes{QStringLiteral("light"), QStringLiteral("dark"),
                                  QStringLiteral("contrast")};
        const QStringList papers{QStringLiteral("window"), QStringLiteral("surface"),
                                 QStringLiteral("raised"), QStringLiteral("sunken")};
        for (int scheme = 0; scheme < schemes.size(); ++scheme) {
            const auto row = [&](const QString& ink, const QString& paper, double least) {
                QTest::addRow("%s: %s on %s", qUtf8Printable(schemes[scheme]), qUtf8Printable(ink),
                              qUtf8Printable(paper))
                    << scheme << ink << paper << least;
            };
            const double text = scheme == 2 ? 7 : 4.5;
            for (const QString& paper : papers) {
                for (const char* ink : {"text", "textDim", "textFaint", "accent"})
                    row(QLatin1String(ink), paper, text);
                row(QStringLiteral("borderStrong"), paper, 3);
                row(QStringLiteral("focus"), paper, 3);
            }
            for (const char* severity : {"good", "warning", "critical", "info"}) {
                row(QLatin1String(severity), QStringLiteral("surface"), text);
                row(QLatin1String(severity), QStringLiteral("window"), text);
                row(QLatin1String(severity), QLatin1String(severity) + QStringLiteral("Soft"), text);
                row(QStringLiteral("text"), QLatin1String(severity) + QStringLiteral("Soft"), text);
            }
            row(QStringLiteral("textDim"), QStringLiteral("pressed"), text);
            row(QStringLiteral("text"), QStringLiteral("accentSoft"), text);
            row(QStringLiteral("onAccent"), QStringLiteral("accent"), text);
            row(QStringLiteral("onAccent"), QStringLiteral("accentHover"), text);
            row(QStringLiteral("onCritical"), QStringLiteral("critical"), text);
        }
    }

    void pairsDiffer()
    {
        QFETCH(int, scheme);
        QFETCH(QString, ink);
        QFETCH(QString, paper);
        QFETCH(double, least);
        theme_->setProperty("scheme", scheme);
        const double found = contrast(color(ink), color(paper));
        QVERIFY2(found >= least, qUtf8Printable(QStringLiteral("%1, wanted %2").arg(found).arg(least)));
    }

    void linesAreSeen()
    {
        for (int scheme = 0; scheme < 3; ++scheme) {
            theme_->setProperty("scheme", scheme);
            for (int tone = 0; tone < 8; ++tone) {
                QColor line;
                QVERIFY(QMetaObject::invokeMethod(theme_, "series", Q_RETURN_ARG(QColor, line),
                                                  Q_ARG(int, tone)));
                const double found = contrast(line, color(QStringLiteral("surface")));
                QVERIFY2(found >= 3,
                         qUtf8Printable(
                             QStringLiteral("scheme %1, tone %2: %3").arg(scheme).arg(tone).arg(found)));
            }
        }
    }

private:
    QColor color(const QString& name) const { return theme_->property(qUtf8Printable(name)).value<QColor>(); }

    static double luminance(const QColor& color)
    {
        const auto linear = [](float part) {
            const double c = double(part);
            return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) +
               0.0722 * linear(color.blueF());
    }

    static double contrast(const QColor& a, const QColor& b)
    {
        const double first = luminance(a);
        const double second = luminance(b);
        return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
    }

    QQmlEngine engine_;
    std::unique_ptr<QObject> holder_;
    QObject* theme_ = nullptr;
};

QTEST_MAIN(TestContrast)
#include "tst_contrast.moc"
