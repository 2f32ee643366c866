// SPDX-License-Identifier: GPL-3.0-or-later
//
// The painted part of a Chart: grid, names of the ticks and lines. Cross-hair and markers are QML items above
// it, placed with xOf() and yOf().
#pragma once

#include <QPointer>
#include <QVariant>

#include "qml/Ui/chart/ChartCursor.h"
#include "qml/Ui/chart/PlotItem.h"

namespace dsmsg::ui {

class ChartPlot : public dsmsg::ui::PlotItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QVariantList series READ series WRITE setSeries NOTIFY seriesChanged) ///< of ChartSeries
    Q_PROPERTY(dsmsg::ui::ChartCursor* cursor READ cursor WRITE setCursor NOTIFY cursorChanged)
    Q_PROPERTY(QString name MEMBER name_ NOTIFY looksChanged)
    Q_PROPERTY(Unit unit MEMBER unit_ NOTIFY looksChanged)
    Q_PROPERTY(bool fromZero MEMBER fromZero_ NOTIFY looksChanged)
    Q_PROPERTY(double atLeast MEMBER atLeast_ NOTIFY looksChanged) ///< the range is never smaller than this
    Q_PROPERTY(bool timeAxis MEMBER timeAxis_ NOTIFY looksChanged)
    Q_PROPERTY(
        double axisWidth MEMBER axisWidth_ NOTIFY looksChanged) ///< left of the plot, for names of values
    Q_PROPERTY(double gap MEMBER gap_ NOTIFY looksChanged)
    Q_PROPERTY(QList<QColor> tones MEMBER tones_ NOTIFY looksChanged) ///< colours for series that name a tone
    Q_PROPERTY(QColor grid MEMBER grid_ NOTIFY looksChanged)
    Q_PROPERTY(QColor zero MEMBER zero_ NOTIFY looksChanged)
    Q_PROPERTY(QColor text MEMBER text_ NOTIFY looksChanged)
    Q_PROPERTY(QFont font MEMBER font_ NOTIFY looksChanged)
    Q_PROPERTY(QRectF plot READ plot NOTIFY scaleChanged)
    Q_PROPERTY(double low READ low NOTIFY scaleChanged)
    Q_PROPERTY(double high READ high NOTIFY scaleChanged)
    Q_PROPERTY(bool empty READ isEmpty NOTIFY scaleChanged) ///< no value in what is shown
    Q_PROPERTY(QString summary READ summary NOTIFY drawn)   ///< in words, for those who cannot see it

public:
    enum Unit
    {
        Count,
        Milliseconds,
        SignedMilliseconds,
        Bytes,
        Percent
    };
    Q_ENUM(Unit)

    explicit ChartPlot(QQuickItem* parent = nullptr);

    QVariantList series() const;
    void setSeries(const QVariantList& series);
    ChartCursor* cursor() const { return cursor_; }
    void setCursor(ChartCursor* cursor);
    QRectF plot() const;
    double low() const { return low_; }
    double high() const { return high_; }
    bool isEmpty() const { return empty_; }
    QString summary() const;

    Q_INVOKABLE double xOf(double time) const;
    Q_INVOKABLE double timeAt(double x) const;
    Q_INVOKABLE double yOf(double value) const;
    Q_INVOKABLE QString textOf(double value) const;
    Q_INVOKABLE QColor colorOf(const dsmsg::ui::ChartSeries* series) const;

Q_SIGNALS:
    void seriesChanged();
    void cursorChanged();
    void looksChanged();
    void scaleChanged();

protected:
    std::optional<PlotPicture> describe() override;
    void geometryChange(const QRectF& now, const QRectF& before) override;

private:
    struct Extent
    {
        double low = std::numeric_limits<double>::infinity();
        double high = -std::numeric_limits<double>::infinity();
    };
    Extent extent() const;
    QString tickText(double value, double step) const;
    std::vector<Tick> scale(const Extent& extent, int wanted);

    QList<QPointer<ChartSeries>> series_;
    QPointer<ChartCursor> cursor_;
    QString name_;
    Unit unit_ = Count;
    bool fromZero_ = true;
    double atLeast_ = 0;
    bool timeAxis_ = true;
    double axisWidth_ = 64;
    double gap_ = 30;
    QList<QColor> tones_;
    QColor grid_ = Qt::lightGray;
    QColor zero_;
    QColor text_ = Qt::gray;
    QFont font_;
    double low_ = 0;
    double high_ = 1;
    bool empty_ = true;
};

} // namespace dsmsg::ui
