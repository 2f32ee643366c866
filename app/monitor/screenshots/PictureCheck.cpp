// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/screenshots/PictureCheck.h"

#include <QFont>
#include <QQuickWindow>
#include <QVariant>
#include <vector>

namespace dsmsg::monitor {

namespace {

constexpr int cell = 8;

QString words(const QRect& rect)
{
    return QStringLiteral("%1 x %2 at %3, %4")
        .arg(rect.width())
        .arg(rect.height())
        .arg(rect.x())
        .arg(rect.y());
}

/// The colour of a rectangle; nullopt: it has several.
std::optional<QRgb> onlyColour(const QImage& picture, const QRect& rect)
{
    const QRgb first = picture.pixel(rect.topLeft());
    for (int y = rect.top(); y <= rect.bottom(); ++y)
        for (int x = rect.left(); x <= rect.right(); ++x)
            if (picture.pixel(x, y) != first)
                return std::nullopt;
    return first;
}

using ColourGrid = std::vector<std::vector<std::optional<QRgb>>>;

ColourGrid coloursOf(const QImage& picture, const QRect& area)
{
    const auto columns = static_cast<std::size_t>(area.width() / cell);
    ColourGrid grid(static_cast<std::size_t>(area.height() / cell),
                    std::vector<std::optional<QRgb>>(columns));
    for (std::size_t row = 0; row < grid.size(); ++row)
        for (std::size_t column = 0; column < columns; ++column)
            grid[row][column] = onlyColour(picture, {area.x() + static_cast<int>(column) * cell,
                                                     area.y() + static_cast<int>(row) * cell, cell, cell});
    return grid;
}

bool isText(const QQuickItem* item)
{
    return item->inherits("QQuickText");
}

QString nameOf(const QQuickItem* item)
{
    return QString::fromLatin1(item->metaObject()->className()).section(QLatin1Char('_'), 0, 0);
}

bool isTitle(const QQuickItem* item)
{
    const auto font = item->property("font").value<QFont>();
    constexpr int headingPixels = 16;
    return font.weight() >= QFont::DemiBold || font.pixelSize() >= headingPixels;
}

QRectF inkOf(const QQuickItem* text)
{
    const QRectF painted(text->property("leftPadding").toReal(), 0, text->property("contentWidth").toReal(),
                         text->property("contentHeight").toReal());
    const double slack = text->width() - painted.width();
    const int alignment = text->property("effectiveHorizontalAlignment").toInt();
    const double left = alignment == Qt::AlignRight ? slack : alignment == Qt::AlignHCenter ? slack / 2 : 0;
    const int vertical = text->property("verticalAlignment").toInt();
    const double over = text->height() - painted.height();
    const double top = vertical == Qt::AlignBottom ? over : vertical == Qt::AlignVCenter ? over / 2 : 0;
    return text->mapRectToScene(QRectF(left, top, painted.width(), painted.height()))
        .intersected(visibleRect(text));
}

/// The panel around an item; null: none.
const QQuickItem* panelOf(const QQuickItem* item)
{
    for (item = item->parentItem(); item != nullptr; item = item->parentItem())
        for (const QMetaObject* type = item->metaObject(); type != nullptr; type = type->superClass())
            if (QByteArray(type->className()).startsWith("Panel_QML"))
                return item;
    return nullptr;
}

} // namespace

QRect greatestBlank(const QImage& picture, const QRect& area)
{
    const ColourGrid grid = coloursOf(picture, area);
    const std::size_t columns = grid.empty() ? 0 : grid.front().size();
    std::vector<int> runs(columns, 0); // how many cells of the same colour end here, going up
    QRect best;
    for (std::size_t row = 0; row < grid.size(); ++row) {
        for (std::size_t column = 0; column < columns; ++column) {
            const auto& colour = grid[row][column];
            const bool goesOn = colour && row > 0 && grid[row - 1][column] == colour;
            runs[column] = !colour ? 0 : goesOn ? runs[column] + 1 : 1;
        }
        for (std::size_t first = 0; first < columns; ++first) {
            int height = runs[first];
            for (std::size_t last = first; last < columns && runs[last] > 0; ++last) {
                if (grid[row][last] != grid[row][first])
                    break;
                height = std::min(height, runs[last]);
                const int width = static_cast<int>(last - first + 1);
                if (width * height * cell * cell > best.width() * best.height())
                    best = QRect(area.x() + static_cast<int>(first) * cell,
                                 area.y() + (static_cast<int>(row) - height + 1) * cell, width * cell,
                                 height * cell);
            }
        }
    }
    return best;
}

QStringList blankRegions(const QImage& picture, const QRect& area, double share)
{
    const QRect blank = greatestBlank(picture, area);
    if (blank.width() * blank.height() <= share * area.width() * area.height())
        return {};
    return {QStringLiteral("nothing is in a region of %1").arg(words(blank))};
}

QStringList blankDrawings(const QImage& picture, QQuickItem* root)
{
    QStringList found;
    for (QQuickItem* item : visibleItems(root)) {
        if (!item->inherits("QQuickPaintedItem") && !item->inherits("dsmsg::monitor::PaintedOffThread"))
            continue;
        const QRect rect = visibleRect(item).toAlignedRect().intersected(picture.rect());
        if (rect.width() >= 96 && rect.height() >= 24 && onlyColour(picture, rect))
            found.append(QStringLiteral("%1 is blank (%2)").arg(nameOf(item), words(rect)));
    }
    return found;
}

QStringList elidedTitles(QQuickItem* root)
{
    QStringList found;
    for (const QQuickItem* item : visibleItems(root))
        if (isText(item) && isTitle(item) && item->property("truncated").toBool())
            found.append(QStringLiteral("the title '%1' is cut off").arg(item->property("text").toString()));
    return found;
}

QStringList collidingTexts(QQuickItem* root)
{
    constexpr double touch = 3;
    QList<std::pair<const QQuickItem*, QRectF>> inks;
    for (const QQuickItem* item : visibleItems(root))
        if (isText(item) && !item->property("text").toString().isEmpty() && item->opacity() > 0)
            inks.append({item, inkOf(item)});
    QStringList found;
    for (qsizetype i = 0; i < inks.size(); ++i)
        for (qsizetype j = i + 1; j < inks.size(); ++j) {
            const QRectF both = inks[i].second.intersected(inks[j].second);
            if (both.width() > touch && both.height() > touch)
                found.append(QStringLiteral("'%1' and '%2' are drawn over each other")
                                 .arg(inks[i].first->property("text").toString(),
                                      inks[j].first->property("text").toString()));
        }
    return found;
}

QStringList textsOutOfPanels(QQuickItem* root)
{
    constexpr double over = 1;
    QStringList found;
    for (const QQuickItem* item : visibleItems(root)) {
        const QQuickItem* panel = isText(item) ? panelOf(item) : nullptr;
        if (panel == nullptr || item->property("text").toString().isEmpty())
            continue;
        const QRectF inside = visibleRect(panel).adjusted(-over, -over, over, over);
        const QRectF ink = inkOf(item);
        if (!ink.isEmpty() && (ink.right() > inside.right() || ink.bottom() > inside.bottom()))
            found.append(QStringLiteral("'%1' runs out of its panel").arg(item->property("text").toString()));
    }
    return found;
}

QList<QQuickItem*> visibleItems(QQuickItem* root)
{
    QList<QQuickItem*> found;
    if (root == nullptr || !root->isVisible() || root->opacity() == 0)
        return found;
    if (!visibleRect(root).isEmpty())
        found.append(root);
    for (QQuickItem* child : root->childItems())
        found.append(visibleItems(child));
    return found;
}

QRectF visibleRect(const QQuickItem* item)
{
    QRectF rect = item->mapRectToScene(QRectF(0, 0, item->width(), item->height()));
    for (const QQuickItem* parent = item->parentItem(); parent != nullptr; parent = parent->parentItem())
        if (parent->clip())
            rect = rect.intersected(parent->mapRectToScene(QRectF(0, 0, parent->width(), parent->height())));
    if (item->window() != nullptr)
        rect = rect.intersected(QRectF(QPointF(), item->window()->size()));
    return rect;
}

} // namespace dsmsg::monitor
