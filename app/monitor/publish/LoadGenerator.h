// SPDX-License-Identifier: GPL-3.0-or-later
//
// Puts load on the cluster and shows what it does to it: a SendRun with settings for a person, figures of the
// last second and of the whole run, five times a second.
#pragma once

#include <deque>

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include "app/monitor/publish/MessageForm.h"
#include "app/monitor/publish/RunThread.h"

namespace dsmsg::monitor {

class Publisher;

class LoadGenerator : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Session.load")
    // Settings; they hold from the next start
    Q_PROPERTY(Pace pace MEMBER pace_ NOTIFY settingsChanged)
    Q_PROPERTY(int perSecond READ perSecond WRITE setPerSecond NOTIFY settingsChanged)
    Q_PROPERTY(int inFlightMax READ inFlightMax WRITE setInFlightMax NOTIFY settingsChanged)
    Q_PROPERTY(int seconds READ seconds WRITE setSeconds NOTIFY settingsChanged)
    Q_PROPERTY(Content content MEMBER content_ NOTIFY settingsChanged)
    Q_PROPERTY(int payloadBytes READ payloadBytes WRITE setPayloadBytes NOTIFY settingsChanged)
    Q_PROPERTY(int senders READ senders WRITE setSenders NOTIFY settingsChanged)
    Q_PROPERTY(int recipients READ recipients WRITE setRecipients NOTIFY settingsChanged)
    Q_PROPERTY(dsmsg::monitor::MessageForm::Ack ack MEMBER ack_ NOTIFY settingsChanged)
    // The run
    Q_PROPERTY(State state READ state NOTIFY stateChanged)
    Q_PROPERTY(QString problem READ problem NOTIFY stateChanged) ///< why it did not start; ""
    Q_PROPERTY(double sent READ sent NOTIFY told)
    Q_PROPERTY(double acknowledged READ acknowledged NOTIFY told)
    Q_PROPERTY(double beforeMajority READ beforeMajority NOTIFY told)
    Q_PROPERTY(double rejected READ rejected NOTIFY told)
    Q_PROPERTY(double unknown READ unknown NOTIFY told)
    Q_PROPERTY(double inFlight READ inFlight NOTIFY told)
    Q_PROPERTY(double skipped READ skipped NOTIFY told) ///< were due, but the cluster was too far behind
    Q_PROPERTY(double elapsedMs READ elapsedMs NOTIFY told)
    Q_PROPERTY(double share READ share NOTIFY told) ///< of the duration, 0 to 1
    Q_PROPERTY(QString lastReason READ lastReason NOTIFY told)
    // NaN: nothing was acknowledged
    Q_PROPERTY(double rate READ rate NOTIFY told) ///< acknowledged a second, over the last second
    Q_PROPERTY(double p50 READ p50 NOTIFY told)   ///< milliseconds, of the last second
    Q_PROPERTY(double p95 READ p95 NOTIFY told)
    Q_PROPERTY(double p99 READ p99 NOTIFY told)
    Q_PROPERTY(double meanRate READ meanRate NOTIFY told) ///< over the whole run
    Q_PROPERTY(double totalP50 READ totalP50 NOTIFY told)
    Q_PROPERTY(double totalP95 READ totalP95 NOTIFY told)
    Q_PROPERTY(double totalP99 READ totalP99 NOTIFY told)
    Q_PROPERTY(QString summary READ summary NOTIFY told) ///< the run in a sentence, for screen readers too

public:
    enum Pace
    {
        AtRate,
        AsFastAsPossible
    };
    Q_ENUM(Pace)
    enum Content
    {
        Letters, ///< texts of a given size
        Form     ///< the Publish page's message
    };
    Q_ENUM(Content)
    enum State
    {
        Idle,
        Running,
        Stopping, ///< waits for what is in flight
        Done
    };
    Q_ENUM(State)
    static constexpr int perSecondMax = 20'000;
    static constexpr int inFlightMost = 256;
    static constexpr int secondsMax = 3600;
    static constexpr int payloadBytesMost = 256 << 10;
    static constexpr int namesMax = 1000;

    /// `publisher` outlives it.
    explicit LoadGenerator(Publisher& publisher, QObject* parent = nullptr);
    ~LoadGenerator() override;

    Q_INVOKABLE void start();
    Q_INVOKABLE void stop();
    Q_INVOKABLE void clear(); ///< forgets a run that is done

    int perSecond() const { return perSecond_; }
    void setPerSecond(int n) { set(perSecond_, std::clamp(n, 1, perSecondMax)); }
    int inFlightMax() const { return inFlightMax_; }
    void setInFlightMax(int n) { set(inFlightMax_, std::clamp(n, 1, inFlightMost)); }
    int seconds() const { return seconds_; }
    void setSeconds(int n) { set(seconds_, std::clamp(n, 1, secondsMax)); }
    int payloadBytes() const { return payloadBytes_; }
    void setPayloadBytes(int n) { set(payloadBytes_, std::clamp(n, 1, payloadBytesMost)); }
    int senders() const { return senders_; }
    void setSenders(int n) { set(senders_, std::clamp(n, 1, namesMax)); }
    int recipients() const { return recipients_; }
    void setRecipients(int n) { set(recipients_, std::clamp(n, 1, namesMax)); }
    void setPace(Pace pace) { set(pace_, pace); }
    void setContent(Content content) { set(content_, content); }

    State state() const { return state_; }
    QString problem() const { return problem_; }
    double sent() const { return double(figures_.sent); }
    double acknowledged() const { return double(figures_.acknowledged); }
    double beforeMajority() const { return double(figures_.beforeMajority); }
    double rejected() const { return double(figures_.rejected); }
    double unknown() const { return double(figures_.unknown); }
    double inFlight() const { return double(figures_.inFlight); }
    double skipped() const { return double(figures_.skipped); }
    double elapsedMs() const { return double(figures_.elapsed.count()); }
    double share() const;
    QString lastReason() const { return figures_.lastReason; }
    double rate() const { return last_.rate; }
    double p50() const { return last_.p50; }
    double p95() const { return last_.p95; }
    double p99() const { return last_.p99; }
    double meanRate() const;
    double totalP50() const;
    double totalP95() const;
    double totalP99() const;
    QString summary() const;
    QString runId() const { return runId_; } ///< its messages are load-RUN-1, load-RUN-2, ...

Q_SIGNALS:
    void settingsChanged();
    void stateChanged();
    void told();

private:
    struct Second
    {
        double rate = qQNaN();
        double p50 = qQNaN();
        double p95 = qQNaN();
        double p99 = qQNaN();
    };
    template <class Value>
    void set(Value& member, Value value)
    {
        if (member == value)
            return;
        member = value;
        Q_EMIT settingsChanged();
    }
    void enter(State state, const QString& problem = {});
    SendRun::Source source() const;
    void take(const SendRun::Figures& figures);

    Publisher& publisher_;
    Pace pace_ = AtRate;
    int perSecond_ = 200;
    int inFlightMax_ = 48;
    int seconds_ = 30;
    Content content_ = Letters;
    int payloadBytes_ = 100;
    int senders_ = 4;
    int recipients_ = 4;
    MessageForm::Ack ack_ = MessageForm::Configured;
    State state_ = Idle;
    QString problem_;
    QString runId_;
    SendRun::Figures figures_;
    std::deque<SendRun::Figures> lately_; ///< what was told within the last second, oldest first
    Second last_;
    RunThread thread_; ///< the last, so that it ends first
};

} // namespace dsmsg::monitor
