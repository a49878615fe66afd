// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "../storage/memoryqueue.h"
#include "cliprocess.h"

#include "window/flowspage.h"
#include "window/mainwindow.h"
#include "window/settingsfile.h"
#include "window/tablepage.h"

#include <QtDelivery/consumercontroller.h>
#include <QtDelivery/deliverynode.h>
#include <QtDelivery/monitorserver.h>
#include <QtDelivery/producercontroller.h>

#include <QLabel>
#include <QMetaEnum>
#include <QRegularExpression>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace Monitor;
using namespace QtDelivery;
using namespace Qt::StringLiterals;
using QtDelivery::Test::MemoryQueue;
using QtDelivery::Test::MemoryQueueDisk;

// Each reason why a flow does not move, produced for real, and read from the screen: by other
// processes where it comes from there, otherwise by flows over real sockets.

namespace {

constexpr int Patience = 30'000;

/*! What makes a flow stand still. */
class Scene
{
public:
    virtual ~Scene() = default;
    /*! The sockets to look at; empty: those of the registry. */
    [[nodiscard]] virtual QStringList sockets() const { return {}; }
};

/*! Runs of the program `qtdelivery`. */
class Processes : public Scene
{
public:
    CliProcess &start(const QStringList &arguments)
    {
        m_processes.push_back(std::make_unique<CliProcess>(arguments, CliProcess::Input::Open));
        return *m_processes.back();
    }

    PortFile port;

private:
    std::vector<std::unique_ptr<CliProcess>> m_processes;
};

struct EndsSettings
{
    ProducerSettings producer = {};
    ConsumerSettings consumer = {};
    DurableProducerQueue *queue = nullptr;
    bool producerStarts = true;
    bool showsProducer = true;
};

/*! A producer "orders" on "shop" that sends what it may, and a consumer "packing" on "warehouse"
   that never confirms. */
class Ends : public Scene
{
public:
    explicit Ends(const EndsSettings &settings = {})
        : m_producer(settings.queue ? std::make_unique<ProducerController>(
                         u"orders"_s, settings.producer, settings.queue, &m_shop)
                                    : std::make_unique<ProducerController>(
                                        u"orders"_s, settings.producer, &m_shop))
        , m_consumer(u"packing"_s, settings.consumer, &m_warehouse)
        , m_server(settings.showsProducer ? &m_shop : &m_warehouse)
    {
        QObject::connect(m_producer.get(), &ProducerController::requestNext, &m_application,
                         [this](const RequestNext &) { (void)m_producer->send("box"); });
        const QUrl address(u"local:"_s + m_directory.filePath(u"shop"_s));
        QList<Error> errors{m_shop.listen(address), m_warehouse.connectTo(address),
                            m_consumer.start(&m_application),
                            m_consumer.registerToProducerController(u"orders"_s),
                            m_server.listen(m_directory.filePath(u"watch"_s))};
        if (settings.producerStarts)
            errors.append(m_producer->start(&m_application));
        for (const Error &error : errors) {
            if (error)
                qFatal("%s", qPrintable(error.message()));
        }
    }

    [[nodiscard]] QStringList sockets() const override { return {m_server.socketPath()}; }
    [[nodiscard]] DeliveryNode &warehouse() { return m_warehouse; }
    [[nodiscard]] ConsumerController &consumer() { return m_consumer; }
    [[nodiscard]] QObject &application() { return m_application; }

private:
    QTemporaryDir m_directory;
    QObject m_application;
    DeliveryNode m_shop{NodeSettings{.nodeId = u"shop"_s}};
    DeliveryNode m_warehouse{NodeSettings{.nodeId = u"warehouse"_s}};
    std::unique_ptr<ProducerController> m_producer;
    ConsumerController m_consumer;
    MonitorServer m_server;
};

using SceneMaker = std::unique_ptr<Scene> (*)();

std::unique_ptr<Scene> producerAlone()
{
    auto scene = std::make_unique<Processes>();
    scene->start(sendArguments(u"orders"_s, scene->port.listen()));
    return scene;
}

/*! There is somebody to connect to, who has another flow. */
std::unique_ptr<Scene> consumerOfNobody()
{
    auto scene = std::make_unique<Processes>();
    scene->start(receiveArguments(u"invoices"_s, scene->port.listen()));
    scene->start(receiveArguments(u"orders"_s, scene->port.connect()));
    return scene;
}

std::unique_ptr<Scene> nobodyAtTheAddress()
{
    auto scene = std::make_unique<Processes>();
    {
        CliProcess gone(sendArguments(u"orders"_s, scene->port.listen()), CliProcess::Input::Open);
        (void)scene->port.port();
    }
    scene->start(receiveArguments(u"orders"_s, scene->port.connect()));
    return scene;
}

std::unique_ptr<Scene> consumerThatIsBusy()
{
    return std::make_unique<Ends>(EndsSettings{.showsProducer = false});
}

std::unique_ptr<Scene> windowUsedUp()
{
    return std::make_unique<Ends>(EndsSettings{.consumer = {.flowControlWindow = 4}});
}

std::unique_ptr<Scene> limitOfTheProducer()
{
    return std::make_unique<Ends>(EndsSettings{.producer = {.maxUnconfirmedMessages = 2}});
}

std::unique_ptr<Scene> producerThatNeverStarts()
{
    return std::make_unique<Ends>(EndsSettings{.producerStarts = false});
}

/*! A disk that takes everything, and never says that it has it. */
class EndsWithSlowStorage : public Scene
{
public:
    EndsWithSlowStorage()
        : m_queue(std::make_shared<MemoryQueueDisk>())
        , m_ends({.producer = {.maxUnstoredMessages = 2}, .queue = &m_queue})
    {
        QObject::connect(&m_queue, &DurableProducerQueue::loaded, &m_queue,
                         [this] { m_queue.setAnswersHeld(true); });
    }

    [[nodiscard]] QStringList sockets() const override { return m_ends.sockets(); }

private:
    MemoryQueue m_queue;
    Ends m_ends;
};

std::unique_ptr<Scene> storageThatDoesNotAnswer()
{
    return std::make_unique<EndsWithSlowStorage>();
}

/*! Another consumer takes the flow, and the first one is told that it has lost it. */
class EndsWithRival : public Scene
{
public:
    EndsWithRival()
        : m_ends({.showsProducer = false})
        , m_rival(u"rival"_s, &m_ends.warehouse())
    {
        QObject::connect(&m_ends.consumer(), &ConsumerController::delivered, &m_rival,
                         [this](const Delivery &delivery) {
                             (void)m_ends.consumer().confirm(delivery); // nothing else to do
                             (void)m_rival.start(&m_ends.application());
                             (void)m_rival.registerToProducerController(u"orders"_s);
                         });
    }

    [[nodiscard]] QStringList sockets() const override { return m_ends.sockets(); }

private:
    Ends m_ends;
    ConsumerController m_rival;
};

std::unique_ptr<Scene> consumerThatWasReplaced()
{
    return std::make_unique<EndsWithRival>();
}

} // namespace

Q_DECLARE_METATYPE(SceneMaker)

class TestMonitorReasons : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void reasons_data();
    void reasons();
    void everyReasonHasARow();

private:
    QTemporaryDir m_runtime;
    QTemporaryDir m_settings;
};

void TestMonitorReasons::initTestCase()
{
    QVERIFY(m_runtime.isValid());
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(m_runtime.path()));
    qputenv("QTDELIVERY_MONITOR", "1");
}

void TestMonitorReasons::reasons_data()
{
    QTest::addColumn<SceneMaker>("makeScene");
    QTest::addColumn<QString>("flow");
    QTest::addColumn<QString>("words");
    const auto row = [](BlockedReason reason, SceneMaker make, const QString &words,
                        const QString &flow = u"orders"_s) {
        QTest::newRow(qPrintable(Blocked::reasonName(reason))) << make << flow << words;
    };
    row(BlockedReason::NoConsumer, producerAlone, u"No consumer is attached."_s);
    row(BlockedReason::WaitingForGrant, windowUsedUp,
        u"The window is used up until the consumer confirms."_s);
    row(BlockedReason::HandlerBusy, consumerThatIsBusy,
        u"The application has been busy with message 1 for "_s);
    row(BlockedReason::StoreSlow, storageThatDoesNotAnswer, u"The storage has not answered for "_s);
    row(BlockedReason::LinkDown, nobodyAtTheAddress, u"The link is down; "_s);
    row(BlockedReason::LimitReached, limitOfTheProducer,
        u"The limit maxUnconfirmedMessages of this side is reached."_s);
    row(BlockedReason::Paused, producerThatNeverStarts,
        u"The application has not called start()"_s);
    row(BlockedReason::Refused, consumerThatWasReplaced, u"Another consumer"_s);
    row(BlockedReason::NoProducer, consumerOfNobody, u"No producer is attached."_s);
}

void TestMonitorReasons::reasons()
{
    QFETCH(SceneMaker, makeScene);
    QFETCH(QString, flow);
    QFETCH(QString, words);
    const BlockedReason reason = Blocked::reasonNamed(QString::fromLatin1(QTest::currentDataTag()));
    const std::unique_ptr<Scene> scene = makeScene();
    SettingsFile settings(m_settings.filePath(u"s.ini"_s));
    MainWindow window(&settings);
    window.show();
    if (scene->sockets().isEmpty())
        window.watchRegistry();
    else
        window.watchSockets(scene->sockets());
    const auto pair = [&]() -> const FlowPair * {
        const PairModel &pairs = window.session().pairs();
        for (int row = 0; row < pairs.rowCount(); ++row) {
            if (pairs.pairAt(row).title() == flow && pairs.pairAt(row).reason() == reason)
                return &pairs.pairAt(row);
        }
        return nullptr;
    };
    QTRY_VERIFY_WITH_TIMEOUT(pair(), Patience);
    QVERIFY(window.flowsPage()->select(pair()->anyEnd().key()));
    // What people read: in the row of the table, and above the picture.
    const QSortFilterProxyModel *const rows = window.flowsPage()->table()->proxy();
    const auto inTable = [&] {
        const int row = window.flowsPage()->table()->view()->currentIndex().row();
        return rows->index(row, PairModel::SentenceColumn).data().toString().startsWith(words);
    };
    QTRY_VERIFY_WITH_TIMEOUT(inTable(), Patience);
    const auto isShown = [&] {
        const auto labels = window.findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) {
            return label->isVisible() && label->text().contains(u'\n' + words);
        });
    };
    QTRY_VERIFY_WITH_TIMEOUT(isShown(), Patience);
}

/*! The reasons are closed: whoever adds one adds a row. */
void TestMonitorReasons::everyReasonHasARow()
{
    const auto reasons = QMetaEnum::fromType<BlockedReason>();
    QCOMPARE(reasons.keyCount(), 1 + 9); // and none
}

QTEST_MAIN(TestMonitorReasons)
#include "tst_monitorreasons.moc"
