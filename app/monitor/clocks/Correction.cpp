// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/clocks/Correction.h"

#include <algorithm>

#include "qml/Ui/Format.h"

namespace dsmsg::monitor {

void Correction::setAnswer(const QVariantMap& answer)
{
    if (answer == answer_)
        return;
    answer_ = answer;
    const QVariantMap info = answer.value(QStringLiteral("correction_info")).toMap();
    const QVariantMap accuracy = answer.value(QStringLiteral("estimated_accuracy")).toMap();
    valid_ = answer.contains(QStringLiteral("corrected_timestamp"));
    original_ = answer.value(QStringLiteral("original_timestamp")).toDouble();
    corrected_ = answer.value(QStringLiteral("corrected_timestamp")).toDouble();
    movedMs_ = (corrected_ - original_) * 1000;
    lowMs_ = (accuracy.value(QStringLiteral("lower_bound")).toDouble() - original_) * 1000;
    highMs_ = (accuracy.value(QStringLiteral("upper_bound")).toDouble() - original_) * 1000;
    method_ = info.value(QStringLiteral("method")).toString();
    verified_ = answer.value(QStringLiteral("client_clock")).toString() == QLatin1String("verified");
    Q_EMIT changed();
}

double Correction::fromMs() const
{
    const double low = std::min({0.0, lowMs_, movedMs_});
    const double high = std::max({0.0, highMs_, movedMs_});
    return low - std::max((high - low) * 0.12, 0.01);
}

double Correction::toMs() const
{
    const double low = std::min({0.0, lowMs_, movedMs_});
    const double high = std::max({0.0, highMs_, movedMs_});
    return high + std::max((high - low) * 0.12, 0.01);
}

QString Correction::text() const
{
    if (!valid_)
        return {};
    using ui::Format;
    if (movedMs_ == 0)
        return tr("It stays as it is, right to ± %1.").arg(Format::ms(boundMs()));
    return movedMs_ > 0
               ? tr("Moved later by %1, right to ± %2.").arg(Format::ms(movedMs_), Format::ms(boundMs()))
               : tr("Moved earlier by %1, right to ± %2.").arg(Format::ms(-movedMs_), Format::ms(boundMs()));
}

} // namespace dsmsg::monitor
