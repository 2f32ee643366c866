// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/screenshots/PictureIndex.h"

#include <algorithm>

#include "app/monitor/screenshots/PictureBook.h"

namespace dsmsg::monitor {

namespace {

const auto head = QStringLiteral(
    "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>dsmsg-monitor, page by page</title>\n<style>\n"
    "body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:1500px;padding:0 1.5rem;color:#1c2330;"
    "background:#f5f6f8}\nh1{font-size:1.6rem;margin:0}\nh2{font-size:1.1rem;margin:2.5rem 0 .75rem}\n"
    "nav a{margin-right:1rem}\n"
    ".book{display:grid;grid-template-columns:repeat(auto-fill,minmax(340px,1fr));gap:1.25rem}\n"
    "figure{margin:0;background:#fff;border:1px solid #d9dde4;border-radius:8px;overflow:hidden}\n"
    "figure img{display:block;width:100%;height:auto;border-bottom:1px solid #d9dde4}\n"
    "figcaption{padding:.5rem .75rem;font-size:.85rem}\n.size{color:#5b6472}\n"
    ".wrong{display:block;color:#a3161a;font-weight:600}\n</style>\n");

QString figure(const Picture& picture)
{
    QString wrong;
    for (const QString& finding : picture.findings)
        wrong += QStringLiteral("<span class=\"wrong\">Wrong: %1</span>").arg(finding.toHtmlEscaped());
    return QStringLiteral(
               "<figure><a href=\"%1.png\"><img src=\"%1.png\" loading=\"lazy\" width=\"%2\" height=\"%3\" "
               "alt=\"%4\"></a><figcaption>%4 <span class=\"size\">%2 x %3</span>%5</figcaption></figure>\n")
        .arg(picture.name)
        .arg(picture.size.width())
        .arg(picture.size.height())
        .arg(picture.caption.toHtmlEscaped(), wrong);
}

QString anchor(const QString& group)
{
    return group.toLower().replace(QLatin1Char(' '), QLatin1Char('-'));
}

} // namespace

QByteArray pictureIndex(const std::vector<Picture>& pictures)
{
    QStringList groups;
    for (const Picture& picture : pictures)
        if (!groups.contains(picture.group))
            groups.append(picture.group);
    QString html =
        head +
        QStringLiteral("<h1>dsmsg-monitor, page by page</h1>\n<p>%1 pictures of a real cluster of three "
                       "nodes, taken by <code>dsmsg-monitor --screenshots</code>.</p>\n<nav>")
            .arg(pictures.size());
    for (const QString& group : groups)
        html += QStringLiteral("<a href=\"#%1\">%2</a>").arg(anchor(group), group.toHtmlEscaped());
    html += QStringLiteral("</nav>\n");
    for (const QString& group : groups) {
        html += QStringLiteral("<h2 id=\"%1\">%2</h2>\n<div class=\"book\">\n")
                    .arg(anchor(group), group.toHtmlEscaped());
        for (const Picture& picture : pictures)
            if (picture.group == group)
                html += figure(picture);
        html += QStringLiteral("</div>\n");
    }
    return html.toUtf8();
}

} // namespace dsmsg::monitor
