// SPDX-License-Identifier: GPL-3.0-or-later
//
// What POST /time/correct made of a timestamp, as lengths to draw: where it was, where it is now, how sure
// that is, and a stretch of time that has room for all of it. Milliseconds are counted from the original.
#pragma once

#include <limits>

#include <QObject>
#include <QVariantMap>
#include <QtQml/qqmlregistration.h>

namespace dsmsg::monitor {

class Correction : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QVariantMap answer READ answer WRITE setAnswer NOTIFY changed)
    Q_PROPERTY(bool valid READ valid NOTIFY changed)
    Q_PROPERTY(double original READ original NOTIFY changed)   ///< seconds since 1970
    Q_PROPERTY(double corrected READ corrected NOTIFY changed) ///< same
    Q_PROPERTY(double movedMs READ movedMs NOTIFY changed)
    Q_PROPERTY(double lowMs READ lowMs NOTIFY changed) ///< the corrected time lies between these
    Q_PROPERTY(double highMs READ highMs NOTIFY changed)
    Q_PROPERTY(double boundMs READ boundMs NOTIFY changed)
    Q_PROPERTY(double fromMs READ fromMs NOTIFY changed) ///< of the picture
    Q_PROPERTY(double toMs READ toMs NOTIFY changed)
    Q_PROPERTY(QString method READ method NOTIFY changed)
    Q_PROPERTY(bool verified READ verified NOTIFY changed) ///< the sender's clock is known
    /// What came of it in one sentence.
    Q_PROPERTY(QString text READ text NOTIFY changed)

public:
    using QObject::QObject;

    const QVariantMap& answer() const { return answer_; }
    void setAnswer(const QVariantMap& answer);
    bool valid() const { return valid_; }
    double original() const { return original_; }
    double corrected() const { return corrected_; }
    double movedMs() const { return movedMs_; }
    double lowMs() const { return lowMs_; }
    double highMs() const { return highMs_; }
    double boundMs() const { return (highMs_ - lowMs_) / 2; }
    double fromMs() const;
    double toMs() const;
    QString method() const { return method_; }
    bool verified() const { return verified_; }
    QString text() const;

Q_SIGNALS:
    void changed();

private:
    QVariantMap answer_;
    bool valid_ = false;
    double original_ = 0;
    double corrected_ = 0;
    double movedMs_ = 0;
    double lowMs_ = 0;
    double highMs_ = 0;
    QString method_;
    bool verified_ = false;
};

} // namespace dsmsg::monitor
