// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pictures that were taken: written as PNG by other threads while the next ones are taken, with what was
// found wrong with each, and in the end an index.html that shows them all.
#pragma once

#include <QImage>
#include <QRegularExpression>
#include <QStringList>
#include <QThreadPool>
#include <atomic>
#include <vector>

namespace dsmsg::monitor {

struct Picture
{
    QString name;  ///< of its file, without .png
    QString group; ///< the heading it stands under
    QString caption;
    QSize size;
    QStringList findings;
};

class PictureBook
{
public:
    /// Only pictures whose name matches `only` are wanted.
    PictureBook(QString directory, QRegularExpression only);

    bool wants(const QString& name) const { return only_.match(name).hasMatch(); }
    void add(const Picture& picture, const QImage& image);
    /// Waits for all files and writes the index. False when something could not be written.
    bool close();
    const std::vector<Picture>& pictures() const { return pictures_; }
    int findings() const;

private:
    const QString directory_;
    const QRegularExpression only_;
    std::vector<Picture> pictures_;
    QThreadPool writers_;
    std::atomic<bool> failed_ = false;
};

} // namespace dsmsg::monitor
