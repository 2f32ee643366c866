// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/screenshots/Screenshots.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <cstdio>
#include <memory>
#include <optional>

#include "app/monitor/screenshots/Await.h"
#include "app/monitor/screenshots/MonitorWindow.h"
#include "app/monitor/screenshots/PictureBook.h"
#include "app/monitor/screenshots/PictureCheck.h"
#include "app/monitor/screenshots/Scenes.h"
#include "app/monitor/screenshots/Strangers.h"
#include "app/monitor/screenshots/Traffic.h"
#include "app/monitor/screenshots/WarningCatcher.h"

namespace dsmsg::monitor {

namespace {

constexpr quint32 seed = 6;
constexpr int perSecond = 60;
constexpr Milliseconds patience{40'000};
constexpr Milliseconds pagePatience{5'000};

class Photographer
{
public:
    Photographer(const QString& directory, const QRegularExpression& only)
        : book_(directory, only)
        , window_(smallLook().size)
    {
    }

    int run();

private:
    void welcome();
    void startCluster();
    void emptyCluster();
    void strangers();
    void wrongCluster();
    void makeHistory();
    void pages();
    void showLastMinute(); ///< of the timeline; there is no more yet
    void drawers();
    void partly();
    void silence();
    void down();

    ClusterMonitor& cluster() { return *window_.session().cluster(); }
    EmbeddedCluster& embedded() { return *window_.session().embedded(); }
    bool wantsAny(const QList<Scene>& scenes) const;
    bool wants(const Scene& scene, const Look& look) const { return book_.wants(scene.name + look.suffix()); }
    /// In every look.
    void take(const Scene& scene);
    void take(const Scene& scene, const Look& look);
    QStringList faultsOf(const QImage& image, const Scene& scene);
    void wait(const char* forWhat, const std::function<bool()>& condition);
    void order(EmbeddedNode* node, const QByteArray& fault);
    void say(const QString& text) const;

    WarningCatcher warnings_;
    PictureBook book_;
    MonitorWindow window_;
    std::optional<Traffic> traffic_;
    QStringList problems_; ///< of no picture
    QElapsedTimer time_;
};

int Photographer::run()
{
    time_.start();
    if (!window_.isOpen())
        return 1;
    welcome();
    startCluster();
    emptyCluster();
    traffic_.emplace(embedded().urls(), perSecond, seed);
    strangers();
    makeHistory();
    pages();
    drawers();
    partly();
    silence();
    down();
    traffic_.reset();
    if (!book_.close())
        problems_.append(QStringLiteral("a picture or the index could not be written"));
    for (const Picture& picture : book_.pictures())
        for (const QString& finding : picture.findings)
            problems_.append(picture.name + QStringLiteral(": ") + finding);
    for (const QString& problem : problems_)
        std::fprintf(stderr, "%s\n", qPrintable(problem));
    say(QStringLiteral("%1 pictures in %2 s, %3 problems")
            .arg(book_.pictures().size())
            .arg(static_cast<double>(time_.elapsed()) / 1000, 0, 'f', 1)
            .arg(problems_.size()));
    return problems_.isEmpty() ? 0 : 1;
}

void Photographer::welcome()
{
    const Scene scene{QStringLiteral("state-not-connected"), QStringLiteral("overview"),
                      QStringLiteral("States"), QStringLiteral("Not connected: what one can do first")};
    take(scene);
    take(scene, smallLook());
}

void Photographer::startCluster()
{
    embedded().start(3);
    wait("the embedded cluster", [this] { return embedded().running(); });
    wait("a leader", [this] { return cluster().leader() != nullptr && cluster().reachable() == 3; });
}

void Photographer::emptyCluster()
{
    for (const Scene& scene : emptyScenes())
        take(scene);
}

void Photographer::strangers()
{
    struct Case
    {
        Stranger::Kind kind;
        ClusterMonitor::State state;
        const char* name;
        const char* caption;
    };
    static constexpr Case cases[] = {
        {Stranger::Silent, ClusterMonitor::Connecting, "connecting", "Connecting: nobody has answered yet"},
        {Stranger::WebServer, ClusterMonitor::NotDsmsg, "not-dsmsg", "Something answers that is not dsmsg"},
        {Stranger::Gate, ClusterMonitor::Unauthorised, "unauthorised",
         "A gate before the node wants a password"},
        {Stranger::OtherVersion, ClusterMonitor::OtherVersion, "other-version", "A node of another version"},
        {Stranger::OtherCluster, ClusterMonitor::Partly, "one-of-another-cluster",
         "One node is of another cluster"}};
    for (const Case& one : cases) {
        const Scene scene{QStringLiteral("state-") + QString::fromLatin1(one.name),
                          QStringLiteral("overview"), QStringLiteral("States"),
                          QString::fromLatin1(one.caption)};
        if (!wantsAny({scene}))
            continue;
        const Stranger stranger(one.kind);
        QList<QUrl> nodes{stranger.url()};
        if (one.kind == Stranger::OtherCluster)
            nodes = embedded().urls() + nodes;
        cluster().connectTo(nodes);
        wait(one.name, [&] { return cluster().state() == one.state; });
        if (one.kind == Stranger::OtherCluster)
            wait("figures of a few seconds",
                 [this] { return window_.session().timeline()->worstBound()->count() >= 3; });
        take(scene);
    }
    wrongCluster();
    cluster().connectTo(embedded().urls());
    wait("the cluster again", [this] { return cluster().reachable() == 3 && cluster().leader() != nullptr; });
}

void Photographer::wrongCluster()
{
    const Scene scene{QStringLiteral("state-wrong-cluster"), QStringLiteral("overview"),
                      QStringLiteral("States"),
                      QStringLiteral("Another cluster is at the address than before")};
    if (!wantsAny({scene}))
        return;
    Stranger stranger(Stranger::OtherCluster);
    cluster().connectTo({stranger.url()});
    wait("a first answer", [this] { return cluster().state() == ClusterMonitor::Polling; });
    stranger.changeCluster();
    cluster().refresh();
    wait("another cluster", [this] { return cluster().state() == ClusterMonitor::WrongCluster; });
    take(scene);
}

void Photographer::makeHistory()
{
    const QUrl old = cluster().leader()->url();
    EmbeddedNode* killed = embedded().byUrl(old);
    killed->kill();
    wait("an election", [&] { return cluster().leader() != nullptr && cluster().leader()->url() != old; });
    const int before = traffic_->acknowledged();
    wait("traffic after it", [&] { return traffic_->acknowledged() > before + 2 * perSecond; });
    killed->start();
    wait("the killed node", [this] { return cluster().reachable() == 3; });
    order(killed, "{\"kind\":\"delay\",\"value\":15,\"for_s\":600}");
    const int then = traffic_->acknowledged();
    wait("more traffic", [&] { return traffic_->acknowledged() > then + 15 * perSecond; });
}

void Photographer::pages()
{
    for (const Scene& scene : pageScenes()) {
        if (scene.page == QStringLiteral("timeline"))
            showLastMinute();
        take(scene);
        take(scene, smallLook());
    }
}

void Photographer::showLastMinute()
{
    window_.goTo(QStringLiteral("timeline"));
    if (!await([this] { return window_.isSettled(); }, pagePatience))
        return;
    const QList<QObject*> objects = window_.shownPage()->findChildren<QObject*>();
    for (QObject* object : objects)
        if (object->inherits("dsmsg::ui::ChartCursor"))
            object->setProperty("span", 60);
}

void Photographer::drawers()
{
    const QString group = QStringLiteral("Drawers");
    const Scene node{QStringLiteral("drawer-node"), QStringLiteral("nodes"), group,
                     QStringLiteral("What is known of one node")};
    if (wantsAny({node})) {
        window_.select(QStringLiteral("node"), QVariant::fromValue(cluster().leader()));
        take(node);
    }
    const Scene event{QStringLiteral("drawer-event"), QStringLiteral("overview"), group,
                      QStringLiteral("What happened, and why")};
    if (wantsAny({event}) && cluster().events()->count() > 0) {
        window_.select(QStringLiteral("event"), cluster().events()->get(0));
        take(event);
    }
    window_.deselect();
}

void Photographer::partly()
{
    NodeState* leader = cluster().leader();
    for (EmbeddedNode* node : embedded().nodes())
        if (leader != nullptr && node->url() != leader->url()) {
            node->kill();
            break;
        }
    wait("a node to be missed",
         [this] { return cluster().state() == ClusterMonitor::Partly && cluster().mayFail() == 0; });
    for (const Scene& scene :
         {Scene{QStringLiteral("state-partly"), QStringLiteral("overview"), QStringLiteral("States"),
                QStringLiteral("Partly reachable: one node was killed")},
          Scene{QStringLiteral("state-partly-nodes"), QStringLiteral("nodes"), QStringLiteral("States"),
                QStringLiteral("The figures of a killed node are the last known ones")}})
        take(scene);
}

void Photographer::silence()
{
    const Scene scene{QStringLiteral("state-stale"), QStringLiteral("overview"), QStringLiteral("States"),
                      QStringLiteral("Stale: nobody has said anything for seconds")};
    if (!wantsAny({scene}))
        return;
    for (EmbeddedNode* node : embedded().nodes())
        if (node->running())
            order(node, "{\"kind\":\"pause\",\"for_s\":120}");
    wait("silence", [this] { return cluster().state() == ClusterMonitor::Stale; });
    take(scene);
}

void Photographer::down()
{
    for (EmbeddedNode* node : embedded().nodes())
        if (node->running())
            node->kill();
    const Scene scene{QStringLiteral("state-down"), QStringLiteral("overview"), QStringLiteral("States"),
                      QStringLiteral("Down: no node can be reached")};
    if (!wantsAny({scene}))
        return;
    wait("everybody to be gone", [this] { return cluster().state() == ClusterMonitor::Down; });
    take(scene);
}

bool Photographer::wantsAny(const QList<Scene>& scenes) const
{
    for (const Scene& scene : scenes)
        for (const Look& look : allLooks() + QList<Look>{smallLook()})
            if (wants(scene, look))
                return true;
    return false;
}

void Photographer::take(const Scene& scene)
{
    for (const Look& look : allLooks())
        take(scene, look);
}

void Photographer::take(const Scene& scene, const Look& look)
{
    if (!wants(scene, look))
        return;
    window_.goTo(scene.page);
    window_.resize(look.size);
    window_.wear(look.theme);
    Picture picture{scene.name + look.suffix(),
                    scene.group,
                    scene.caption + QStringLiteral(", ") + look.name,
                    look.size,
                    {}};
    if (!window_.settle(pagePatience))
        picture.findings.append(QStringLiteral("the page was not ready in time"));
    const QImage image = window_.picture();
    picture.findings += faultsOf(image, scene);
    book_.add(picture, image);
}

QStringList Photographer::faultsOf(const QImage& image, const Scene& scene)
{
    QQuickItem* everything = window_.window().contentItem();
    QStringList found = blankRegions(image, window_.shownRect()) + elidedTitles(everything) +
                        collidingTexts(everything) + textsOutOfPanels(everything) + warnings_.take();
    if (!scene.mayBeBlank)
        found += blankDrawings(image, everything);
    return found;
}

void Photographer::wait(const char* forWhat, const std::function<bool()>& condition)
{
    if (!await(condition, patience))
        problems_.append(QStringLiteral("waited in vain for %1").arg(QString::fromLatin1(forWhat)));
    else
        say(QStringLiteral("%1: there").arg(QString::fromLatin1(forWhat)));
}

void Photographer::order(EmbeddedNode* node, const QByteArray& fault)
{
    client::HttpRequest request;
    request.method = client::HttpRequest::Method::Post;
    request.url = node->url().resolved(QUrl(QStringLiteral("/faults")));
    request.body = fault;
    // A node that has just begun may not take it yet.
    bool taken = false;
    wait("a fault", [&] {
        bool answered = false;
        cluster().requests().start(request, &window_.window(), [&](const client::HttpReply& reply) {
            answered = true;
            taken = reply.status / 100 == 2;
        });
        return await([&] { return answered; }) && taken;
    });
}

void Photographer::say(const QString& text) const
{
    std::fprintf(stdout, "%6.1f s  %s\n", static_cast<double>(time_.elapsed()) / 1000, qPrintable(text));
    std::fflush(stdout);
}

} // namespace

QString prepareForPictures()
{
    QTemporaryDir folder(QDir::tempPath() + QStringLiteral("/dsmsg-pictures-XXXXXX"));
    if (!folder.isValid())
        return {};
    folder.setAutoRemove(false);
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_QUICK_BACKEND", "software");
    qputenv("QT_SCALE_FACTOR", "1");
    for (const char* place :
         {"XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"}) {
        const QString path = folder.filePath(QString::fromLatin1(place).toLower());
        QDir().mkpath(path);
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner |
                                        QFile::ExeOwner); // of the runtime folder
        qputenv(place, QFile::encodeName(path));
    }
    return folder.path();
}

int takeScreenshots(const QString& directory, const QString& only)
{
    const QRegularExpression pattern(only);
    if (!pattern.isValid()) {
        std::fprintf(stderr, "dsmsg-monitor: --only is no regular expression: %s\n",
                     qPrintable(pattern.errorString()));
        return 2;
    }
    if (!QDir().mkpath(directory)) {
        std::fprintf(stderr, "dsmsg-monitor: cannot make the folder %s.\n", qPrintable(directory));
        return 1;
    }
    return Photographer(directory, pattern).run();
}

} // namespace dsmsg::monitor
