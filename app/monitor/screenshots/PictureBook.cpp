// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/screenshots/PictureBook.h"

#include <QFile>
#include <QThread>

#include "app/monitor/screenshots/PictureIndex.h"

namespace dsmsg::monitor {

PictureBook::PictureBook(QString directory, QRegularExpression only)
    : directory_(std::move(directory))
    , only_(std::move(only))
{
}

void PictureBook::add(const Picture& picture, const QImage& image)
{
    pictures_.push_back(picture);
    const QString file = directory_ + QLatin1Char('/') + picture.name + QStringLiteral(".png");
    writers_.start([this, image, file] {
        constexpr int lightlyPressed = 70; // zlib level 2: five times faster than the default, a tenth larger
        if (!image.save(file, "PNG", lightlyPressed))
            failed_ = true;
    });
}

bool PictureBook::close()
{
    writers_.waitForDone();
    QFile index(directory_ + QStringLiteral("/index.html"));
    const QByteArray html = pictureIndex(pictures_);
    return index.open(QIODevice::WriteOnly) && index.write(html) == html.size() && !failed_;
}

int PictureBook::findings() const
{
    qsizetype count = 0;
    for (const Picture& picture : pictures_)
        count += picture.findings.size();
    return static_cast<int>(count);
}

} // namespace dsmsg::monitor
