// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/Node.h"

#include <QLoggingCategory>
#include <algorithm>

#include "core/base/Assert.h"
#include "core/base/Random.h"
#include "core/node/ApplyWorker.h"
#include "core/node/FaultController.h"
#include "core/node/LogWorker.h"
#include "core/node/NodeGateway.h"
#include "core/node/RaftDriver.h"
#include "core/node/RunIn.h"
#include "core/storage/Quarantine.h"
#include "core/storage/SnapshotInstall.h"

Q_LOGGING_CATEGORY(lcStart, "dsmsg.start")

namespace dsmsg::node {

Node::Node(NodeOptions options, const Clock& clock)
    : options_(std::move(options))
    , clock_(clock)
{
}

Result<std::unique_ptr<Node>> Node::start(NodeOptions options, const Clock& clock)
{
    auto node = startOnce(options, clock);
    if (node || node.error().kind != Error::Kind::Corrupt || !options.hasOthers())
        return node;
    // Nobody is asked: what this node had is on the others, and it comes back as somebody new (CORE.md, Trust
    // nothing).
    qCCritical(
        lcStart,
        "The data in %s is damaged: %s. It is set aside, and this node begins anew: it takes no part in votes "
        "until it has caught up with the others.",
        qPrintable(options.dataDirectory), node.error().text.c_str());
    const auto aside = storage::setAside(options.dataDirectory, options.id, node.error().text, clock.wall());
    if (!aside)
        return Error{Error::Kind::Corrupt,
                     node.error().text + ". Setting it aside failed: " + aside.error().text};
    return startOnce(std::move(options), clock);
}

Result<std::unique_ptr<Node>> Node::startOnce(NodeOptions options, const Clock& clock)
{
    std::unique_ptr<Node> node(new Node(std::move(options), clock));
    if (auto started = node->startUp(); !started)
        return started.error();
    return node;
}

void Node::startThread(QThread& thread, const char* name)
{
    thread.setObjectName(QLatin1String(name));
    thread.start();
}

Result<void> Node::startUp()
{
    auto directory = storage::DataDirectory::open(options_.dataDirectory, options_.id);
    if (!directory)
        return directory.error();
    directory_ = std::move(*directory);
    if (!options_.joinUrl.empty()) {
        if (auto joins = directory_->setJoinsOnly(); !joins)
            return joins.error();
    }
    if (auto allowed = allowFaults(); !allowed)
        return allowed.error();

    // The workers call back into the driver, which is made last; nothing is queued to them before it exists.
    const auto toDriver = [this](auto function) {
        QMetaObject::invokeMethod(
            driver_.get(),
            [driver = driver_.get(), function = std::move(function)]() mutable { function(*driver); },
            Qt::QueuedConnection);
    };
    log_ = std::make_unique<LogWorker>(
        *directory_, LogWorker::Settings{options_.diskReserveBytes, options_.scrubInterval}, clock(),
        LogWorker::Callbacks{
            [toDriver](WriteId through, Duration sync) {
                toDriver([=](RaftDriver& driver) { driver.persisted(through, sync); });
            },
            [toDriver](raft::LogReadRequest request, std::vector<raft::EntryPtr> entries) {
                toDriver([request, entries = std::move(entries)](RaftDriver& driver) mutable {
                    driver.logRead(request, std::move(entries));
                });
            },
            [toDriver](std::uint64_t freeBytes, bool sufficient) {
                toDriver([=](RaftDriver& driver) { driver.diskSpace(freeBytes, sufficient); });
            },
            [toDriver](std::string why) {
                toDriver([why = std::move(why)](RaftDriver& driver) { driver.failed(why); });
            }});
    apply_ = std::make_unique<ApplyWorker>(
        *directory_, options_.scrubInterval,
        ApplyWorker::Callbacks{
            [this, toDriver](ApplyReport report) {
                seqs_.follow(report.state);
                toDriver([report = std::move(report)](RaftDriver& driver) mutable {
                    driver.applied(std::move(report));
                });
            },
            [toDriver](std::vector<RecentDelivery> recent) {
                toDriver([recent = std::move(recent)](RaftDriver& driver) { driver.delivered(recent); });
            },
            [toDriver](Seq seq, std::optional<messaging::StoredMessage> first) {
                toDriver(
                    [seq, first = std::move(first)](RaftDriver& driver) { driver.lookedUp(seq, first); });
            },
            [toDriver](std::uint64_t epoch, std::vector<Foreseen> foreseen) {
                toDriver([epoch, foreseen = std::move(foreseen)](RaftDriver& driver) mutable {
                    driver.admitted(epoch, std::move(foreseen));
                });
            },
            [toDriver](ServerId forPeer, std::uint64_t position, std::string chunk, LogIndex finishedAt) {
                toDriver([=, chunk = std::move(chunk)](RaftDriver& driver) {
                    driver.stateRead(forPeer, position, chunk, finishedAt);
                });
            },
            [toDriver](std::uint64_t position, LogIndex finishedAt) {
                toDriver([=](RaftDriver& driver) { driver.snapshotStored(position, finishedAt); });
            },
            [this, toDriver](ApplyReport report) {
                seqs_.follow(report.state);
                toDriver(
                    [report = std::move(report)](RaftDriver& driver) { driver.snapshotInstalled(report); });
            },
            [toDriver](std::string why) {
                toDriver([why = std::move(why)](RaftDriver& driver) { driver.failed(why); });
            }});

    startThread(logThread_, "dsmsg-log");
    startThread(applyThread_, "dsmsg-apply");
    startThread(raftThread_, "dsmsg-raft");
    log_->moveToThread(&logThread_);
    apply_->moveToThread(&applyThread_);

    auto restored = runIn(log_.get(), [this] { return log_->open(); });
    if (!restored)
        return restored.error();
    if (auto completed = storage::completeInstall(*directory_, restored->base); !completed)
        return completed.error();
    auto applied = runIn(apply_.get(), [this] { return apply_->open(); });
    if (!applied)
        return applied.error();
    if (auto belongs = checkBelongs(*restored, applied->state.index); !belongs)
        return belongs.error();
    restored->applied = applied->state.index;
    seqs_.follow(applied->state);

    raft::Identity identity{directory_->server(), options_.id, options_.advertiseUrl, options_.peerUrls,
                            directory_->joinsOnly()};
    identity.initialUrls.push_back(options_.advertiseUrl);
    std::ranges::sort(identity.initialUrls);

    QObject inRaftThread;
    inRaftThread.moveToThread(&raftThread_);
    runIn(&inRaftThread, [&] {
        driver_ = std::make_unique<RaftDriver>(options_, std::move(identity), std::move(*restored),
                                               std::move(*applied), clock(), systemSeed());
        if (faults_)
            connect(driver_.get(), &RaftDriver::peerIdentified, faults_.get(), &FaultController::peerMet);
        driver_->start({log_.get(), apply_.get()});
        inRaftThread.moveToThread(nullptr);
    });
    connect(driver_.get(), &RaftDriver::stoppedWriting, this, &Node::stoppedWriting);
    return {};
}

Result<void> Node::checkBelongs(const raft::Restored& restored, LogIndex applied) const
{
    const auto refused = [this](const std::string& what) {
        return Error{Error::Kind::Refused,
                     "The data directory " + options_.dataDirectory.toStdString() + " " + what};
    };
    if (applied > restored.lastIndex) {
        return Error{
            Error::Kind::Corrupt,
            "The data directory " + options_.dataDirectory.toStdString() +
                " is damaged: state.db has applied entry " + std::to_string(applied.value) +
                ", but the log ends at " + std::to_string(restored.lastIndex.value) +
                ". This node must not vote with it. Move the directory away and start the node anew."};
    }
    const auto configuration = restored.configurationEntries.empty()
                                   ? Result<raft::Configuration>(restored.base.configuration)
                                   : raft::decodeConfiguration(restored.configurationEntries.back()->data);
    if (!configuration)
        return configuration.error();
    if (!configuration->formed())
        return {};
    const raft::Member* own = configuration->find(directory_->server());
    if (own != nullptr && own->url != options_.advertiseUrl) {
        return refused("belongs to a node at " + own->url + ", but this one is started as " +
                       options_.advertiseUrl +
                       ". Start it with the address it had, or use another directory.");
    }
    const bool known =
        options_.peerUrls.empty() || std::ranges::any_of(options_.peerUrls, [&](const std::string& url) {
            return configuration->findUrl(url) != nullptr;
        });
    if (!known) {
        return refused(
            "belongs to another cluster (" + toHex(configuration->cluster) +
            "): none of the nodes in --peers is a member of it. Correct --peers, or use another directory.");
    }
    return {};
}

std::unique_ptr<Gateway> Node::makeGateway()
{
    return std::make_unique<NodeGateway>(*driver_, seqs_, faults_.get());
}

net::Acceptor::Destination Node::peerDestination()
{
    return {driver_.get(), [driver = driver_.get()](QTcpSocket* socket) { driver->adoptPeerSocket(socket); }};
}

const Clock& Node::clock() const
{
    return faultClock_ ? *faultClock_ : clock_;
}

Result<void> Node::allowFaults()
{
    if (!options_.faultInjection)
        return {};
    auto vfs = storage::FaultVfs::install(directory_->path());
    if (!vfs)
        return vfs.error();
    faultVfs_ = std::move(*vfs);
    faultClock_ = std::make_unique<FaultClock>(clock_);
    const auto toDriver = [this](auto function) {
        QMetaObject::invokeMethod(driver_.get(), std::move(function), Qt::QueuedConnection);
    };
    faults_ = std::make_unique<FaultController>(
        FaultController::Subjects{
            faultVfs_->faults(), *faultClock_,
            [this, toDriver](std::vector<ActiveFault> active) {
                toDriver([driver = driver_.get(), active = std::move(active)]() mutable {
                    driver->faultsChanged(std::move(active));
                });
            },
            // Standing still is the fault: here, and nowhere else, the Raft thread waits.
            [toDriver](std::shared_ptr<QSemaphore> end, Milliseconds lasts) {
                toDriver(
                    [end = std::move(end), lasts] { end->tryAcquire(1, static_cast<int>(lasts.count())); });
            }},
        options_.peerUrls);
    startThread(faultThread_, "dsmsg-faults");
    faults_->moveToThread(&faultThread_);
    return {};
}

void Node::endFaults()
{
    if (!faults_)
        return;
    if (driver_)
        runIn(faults_.get(), [this] { faults_->heal(std::nullopt); });
    FaultController* controller = faults_.release();
    runIn(controller, [controller] { controller->deleteLater(); });
    faultThread_.quit();
    faultThread_.wait();
}

void Node::kill()
{
    DSMSG_ASSERT(faultVfs_ != nullptr, "only a node with fault injection can be killed");
    disconnect(driver_.get(), &RaftDriver::stoppedWriting, this, nullptr);
    driver_->silence(); // before the disk fails, or it would still say that it did
    faultVfs_->faults()->die();
}

Node::~Node()
{
    // First of all: a paused Raft thread could not be asked to stop.
    endFaults();
    if (driver_)
        runIn(driver_.get(), [this] { driver_->stop(); });
    // The workers finish what was queued to them, and their last callbacks find a driver that only listens.
    if (logThread_.isRunning())
        runIn(log_.get(), [this] { log_->close(); });
    if (applyThread_.isRunning())
        runIn(apply_.get(), [this] { apply_->close(); });
    for (QThread* thread : {&logThread_, &applyThread_}) {
        thread->quit();
        thread->wait();
    }
    if (driver_) {
        RaftDriver* driver = driver_.release();
        runIn(driver, [driver] { driver->deleteLater(); });
    }
    raftThread_.quit();
    raftThread_.wait();
}

} // namespace dsmsg::node
