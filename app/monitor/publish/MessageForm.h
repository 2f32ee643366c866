// SPDX-License-Identifier: GPL-3.0-or-later
//
// A message as a person writes it: texts with variables, checked as they are typed. Knows where the payload
// is wrong, what the next message would be, and what the same is as a curl line. It sends nothing; Publisher
// does.
#pragma once

#include <QObject>
#include <QTimer>
#include <QUrl>
#include <QVariantMap>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/publish/DraftMaker.h"
#include "app/monitor/publish/Receipt.h"

namespace dsmsg::monitor {

class MessageForm : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString sender READ sender WRITE setSender NOTIFY edited)
    Q_PROPERTY(QString recipient READ recipient WRITE setRecipient NOTIFY edited)
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY edited) ///< the payload
    Q_PROPERTY(bool json READ json WRITE setJson NOTIFY edited) ///< the payload is a JSON value, not a text
    Q_PROPERTY(QString msgId READ msgId WRITE setMsgId NOTIFY edited) ///< "": a new one each time
    Q_PROPERTY(QString ts READ ts WRITE setTs NOTIFY edited)    ///< seconds since 1970; "": when it is sent
    Q_PROPERTY(QString ttl READ ttl WRITE setTtl NOTIFY edited) ///< seconds; "": as long as the cluster keeps
    Q_PROPERTY(Ack ack READ ack WRITE setAck NOTIFY edited)
    Q_PROPERTY(QVariantMap variables READ variables WRITE setVariables NOTIFY edited) ///< own: name to text
    /// The node of the curl line.
    Q_PROPERTY(QUrl node READ node WRITE setNode NOTIFY nodeChanged)
    // What the check found, a moment after the last edit
    Q_PROPERTY(bool ok READ ok NOTIFY checked)
    Q_PROPERTY(QString problem READ problem NOTIFY checked) ///< with its place; "" when ok
    Q_PROPERTY(Part problemIn READ problemIn NOTIFY checked)
    Q_PROPERTY(int problemPosition READ problemPosition NOTIFY checked) ///< in `text`; -1: not there
    Q_PROPERTY(bool hasVariables READ hasVariables NOTIFY checked)
    Q_PROPERTY(QString preview READ preview NOTIFY checked) ///< the next payload, shortened
    Q_PROPERTY(int previewBytes READ previewBytes NOTIFY checked)
    Q_PROPERTY(QString curl READ curl NOTIFY checked)
    Q_PROPERTY(dsmsg::monitor::Receipt* receipt READ receipt CONSTANT)

public:
    enum Ack
    {
        Configured, ///< as the replication mode says
        Leader,
        Quorum,
        All
    };
    Q_ENUM(Ack)
    enum Part
    {
        Nothing, ///< as MessageProblem::Part
        Names,
        Payload,
        Options
    };
    Q_ENUM(Part)
    explicit MessageForm(QObject* parent = nullptr);

    /// The next message, with its id drawn, or what is wrong. Counts {{n}} on.
    Result<client::Draft> take();
    /// What makes messages of this form elsewhere; only when it is ok.
    DraftMaker maker() const;
    /// Shows what a message was.
    void show(const client::Draft& draft);
    /// Everything a template keeps of a form, and back.
    QVariantMap toMap() const;
    void fromMap(const QVariantMap& map);

    Q_INVOKABLE void clear();
    Q_INVOKABLE void restartCount(); ///< {{n}} is 1 next
    Q_INVOKABLE QString setVariable(const QString& name,
                                    const QString& value); ///< what is wrong with the name
    Q_INVOKABLE void removeVariable(const QString& name);
    Q_INVOKABLE QString
    prettyText() const; ///< `text` as indented JSON; itself when it is none or has variables
    Q_INVOKABLE QVariantList builtinVariables() const; ///< {example, text}
    void checkNow();

    QString sender() const { return sender_; }
    void setSender(const QString& sender) { set(sender_, sender); }
    QString recipient() const { return recipient_; }
    void setRecipient(const QString& recipient) { set(recipient_, recipient); }
    QString text() const { return text_; }
    void setText(const QString& text) { set(text_, text); }
    bool json() const { return json_; }
    void setJson(bool json) { set(json_, json); }
    QString msgId() const { return msgId_; }
    void setMsgId(const QString& id) { set(msgId_, id); }
    QString ts() const { return ts_; }
    void setTs(const QString& ts) { set(ts_, ts); }
    QString ttl() const { return ttl_; }
    void setTtl(const QString& ttl) { set(ttl_, ttl); }
    Ack ack() const { return ack_; }
    void setAck(Ack ack) { set(ack_, ack); }
    QVariantMap variables() const { return variables_; }
    void setVariables(const QVariantMap& variables) { set(variables_, variables); }
    QUrl node() const { return node_; }
    void setNode(const QUrl& node);
    bool ok() const { return problem_.isEmpty(); }
    QString problem() const { return problem_; }
    Part problemIn() const { return problemIn_; }
    int problemPosition() const { return problemPosition_; }
    bool hasVariables() const { return hasVariables_; }
    QString preview() const { return preview_; }
    int previewBytes() const { return previewBytes_; }
    QString curl() const { return curl_; }
    Receipt* receipt() { return &receipt_; }

Q_SIGNALS:
    void edited();
    void nodeChanged();
    void checked();

private:
    template <class Value>
    void set(Value& member, const Value& value)
    {
        if (member == value)
            return;
        member = value;
        checkSoon_.start();
        Q_EMIT edited();
    }
    MessageText written() const;
    std::variant<client::Draft, MessageProblem> make(Random& random);

    QString sender_, recipient_, text_, msgId_, ts_, ttl_;
    bool json_ = false;
    Ack ack_ = Configured;
    QVariantMap variables_;
    QUrl node_;
    QTimer checkSoon_;
    QString problem_;
    Part problemIn_ = Nothing;
    int problemPosition_ = -1;
    bool hasVariables_ = false;
    QString preview_;
    int previewBytes_ = 0;
    QString curl_;
    quint64 next_ = 1; ///< {{n}}
    Random random_;
    Receipt receipt_;
};

} // namespace dsmsg::monitor
