// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/Joiner.h"

#include <QLoggingCategory>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QPointer>
#include <algorithm>
#include <chrono>

#include "core/http/JsonWriter.h"

Q_LOGGING_CATEGORY(lcJoin, "dsmsg.join")

namespace dsmsg::http {

namespace {

constexpr std::chrono::milliseconds retryInterval{1000};
constexpr std::chrono::milliseconds answerTime{10'000};

QUrl membersUrl(QUrl base)
{
    base.setPath(QStringLiteral("/cluster/members"));
    return base;
}

} // namespace

Joiner::Joiner(node::Gateway& gateway, Self self, const std::string& joinUrl)
    : gateway_(gateway)
    , self_(std::move(self))
    , first_(membersUrl(QUrl(QString::fromStdString(joinUrl))))
    , next_(first_)
    , network_(this)
    , retry_(this)
{
    network_.setProxy(QNetworkProxy::NoProxy);
    retry_.setSingleShot(true);
    connect(&retry_, &QTimer::timeout, this, &Joiner::look);
    retry_.start(0);
}

/// Already a member? Then there is nothing left to do.
void Joiner::look()
{
    gateway_.requestStatus([self = QPointer<Joiner>(this)](const node::NodeStatus& status) {
        Joiner* const joiner = self.data();
        if (joiner == nullptr)
            return;
        const auto& members = status.raft.configuration;
        const bool member = members.formed() && members.findUrl(joiner->self_.url) != nullptr;
        if (member)
            qCInfo(lcJoin, "This node is a member of cluster %s.", toHex(members.cluster).c_str());
        else
            joiner->ask();
    });
}

void Joiner::ask()
{
    std::string body;
    JsonWriter(body).beginObject().field("id", self_.id).field("url", self_.url).endObject();
    QNetworkRequest request(next_);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setTransferTimeout(static_cast<int>(answerTime.count()));
    QNetworkReply* reply = network_.post(request, QByteArray::fromStdString(body));
    connect(reply, &QNetworkReply::finished, this, [this, reply] { answered(reply); });
}

void Joiner::answered(QNetworkReply* reply)
{
    reply->deleteLater();
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    next_ = first_;
    if (status == 307) {
        const QUrl leader = reply->attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl();
        const bool already = leader == reply->url();
        next_ = already ? first_ : leader;
        retry_.start(already ? retryInterval : std::chrono::milliseconds(0));
        return;
    }
    if (status != 200) {
        const QString said =
            status == 0 ? reply->errorString() : QString::fromUtf8(reply->readAll().left(500));
        if (std::exchange(complaint_, said) != said)
            qCWarning(lcJoin, "%s has not taken this node in yet: %s", qPrintable(reply->url().toString()),
                      qPrintable(said));
    }
    retry_.start(retryInterval);
}

} // namespace dsmsg::http
