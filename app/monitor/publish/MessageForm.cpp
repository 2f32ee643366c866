// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/publish/MessageForm.h"

#include <algorithm>

#include <QJsonDocument>
#include <QUuid>

#include "app/monitor/publish/CurlSend.h"
#include "app/monitor/publish/JsonCheck.h"

namespace dsmsg::monitor {

namespace {

constexpr int checkAfterMs = 120;
constexpr qsizetype previewMax = 2000; ///< characters

} // namespace

MessageForm::MessageForm(QObject* parent)
    : QObject(parent)
    , random_(systemSeed())
{
    checkSoon_.setSingleShot(true);
    checkSoon_.setInterval(checkAfterMs);
    connect(&checkSoon_, &QTimer::timeout, this, &MessageForm::checkNow);
    checkNow();
}

MessageText MessageForm::written() const
{
    PayloadTemplate::Own own;
    for (auto it = variables_.cbegin(); it != variables_.cend(); ++it)
        own.insert(it.key(), it.value().toString());
    return {sender_, recipient_, msgId_, text_, json_, ts_, ttl_, client::Ack(ack_), own};
}

std::variant<client::Draft, MessageProblem> MessageForm::make(Random& random)
{
    const auto read = DraftMaker::of(written());
    if (const auto* problem = std::get_if<MessageProblem>(&read))
        return *problem;
    const auto& maker = std::get<DraftMaker>(read);
    hasVariables_ = maker.hasVariables();
    return maker.makeChecked({next_, SystemClock().wall(), random});
}

DraftMaker MessageForm::maker() const
{
    const auto read = DraftMaker::of(written());
    const auto* maker = std::get_if<DraftMaker>(&read);
    return maker ? *maker : DraftMaker();
}

Result<client::Draft> MessageForm::take()
{
    checkNow();
    auto made = make(random_);
    if (const auto* problem = std::get_if<MessageProblem>(&made))
        return Error{Error::Kind::Invalid, problem->text.toStdString()};
    auto draft = std::get<client::Draft>(std::move(made));
    if (draft.msgId.isEmpty())
        draft.msgId = QUuid::createUuid().toString(QUuid::WithoutBraces);
    ++next_;
    checkSoon_.start();
    return draft;
}

void MessageForm::checkNow()
{
    checkSoon_.stop();
    Random random = random_; // the preview is what take() gives next
    auto made = make(random);
    const auto* problem = std::get_if<MessageProblem>(&made);
    problem_ = problem ? problem->text : QString();
    problemIn_ = problem ? Part(problem->part) : Nothing;
    problemPosition_ = problem ? problem->position : -1;
    preview_.clear();
    curl_.clear();
    previewBytes_ = 0;
    if (const auto* draft = std::get_if<client::Draft>(&made)) {
        previewBytes_ = int(draft->payload.size());
        const QString text = QString::fromUtf8(draft->payload);
        preview_ = text.size() > previewMax ? text.left(previewMax) + QChar(0x2026) : text;
        curl_ = node_.isEmpty() ? QString() : curlSend(node_, *draft);
    }
    Q_EMIT checked();
}

void MessageForm::setNode(const QUrl& node)
{
    if (node_ == node)
        return;
    node_ = node;
    checkSoon_.start();
    Q_EMIT nodeChanged();
}

void MessageForm::show(const client::Draft& draft)
{
    const bool isText = draft.payload.startsWith('"');
    client::Message asMessage;
    asMessage.payload = draft.payload;
    QString text = isText ? asMessage.payloadText() : QString::fromUtf8(draft.payload);
    text.replace(QLatin1String("{{"), QLatin1String("\\{{"));
    sender_ = draft.sender;
    recipient_ = draft.recipient;
    json_ = !isText;
    text_ = text;
    msgId_.clear();
    ts_ = draft.ts ? QString::number(*draft.ts, 'f', 6) : QString();
    ttl_ = draft.ttl ? QString::number(*draft.ttl, 'g', 12) : QString();
    ack_ = Ack(draft.ack);
    variables_.clear();
    Q_EMIT edited();
    checkNow();
}

QVariantMap MessageForm::toMap() const
{
    return {{QStringLiteral("sender"), sender_}, {QStringLiteral("recipient"), recipient_},
            {QStringLiteral("text"), text_},     {QStringLiteral("json"), json_},
            {QStringLiteral("ttl"), ttl_},       {QStringLiteral("ack"), int(ack_)},
            {QStringLiteral("msg_id"), msgId_},  {QStringLiteral("variables"), variables_}};
}

void MessageForm::fromMap(const QVariantMap& map)
{
    const auto textOf = [&map](const char* name) { return map.value(QLatin1String(name)).toString(); };
    sender_ = textOf("sender");
    recipient_ = textOf("recipient");
    text_ = textOf("text");
    json_ = map.value(QStringLiteral("json")).toBool();
    ttl_ = textOf("ttl");
    ts_.clear();
    msgId_ = textOf("msg_id");
    ack_ = Ack(std::clamp(map.value(QStringLiteral("ack")).toInt(), int(Configured), int(All)));
    variables_ = map.value(QStringLiteral("variables")).toMap();
    next_ = 1;
    Q_EMIT edited();
    checkNow();
}

void MessageForm::clear()
{
    fromMap({});
    receipt_.clear();
}

void MessageForm::restartCount()
{
    next_ = 1;
    checkSoon_.start();
}

QString MessageForm::setVariable(const QString& name, const QString& value)
{
    if (!PayloadTemplate::isOwnName(name))
        return tr(
            "A name has letters, digits, _ and -, begins with a letter, and is none of the built-in ones.");
    QVariantMap variables = variables_;
    variables.insert(name, value);
    setVariables(variables);
    return {};
}

void MessageForm::removeVariable(const QString& name)
{
    QVariantMap variables = variables_;
    variables.remove(name);
    setVariables(variables);
}

QString MessageForm::prettyText() const
{
    // Only what the editor can write back without changing a number: QJsonDocument would turn 1.0 into 1.
    return indentedJson(text_);
}

QVariantList MessageForm::builtinVariables() const
{
    QVariantList list;
    for (const auto& builtin : PayloadTemplate::builtins())
        list.append(QVariantMap{{QStringLiteral("example"), builtin.example},
                                {QStringLiteral("text"), builtin.text}});
    return list;
}

} // namespace dsmsg::monitor
