// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

// The library in the ceilings' roles and modes, used as an application uses it: one node per
// process, default settings, a new QByteArray per message, a confirmation per message. With --store
// and --progress the one flow is durable.

#include "countedqueue.h"
#include "heartbeat.h"
#include "qtbenchsupport.h"
#include "tlsidentity.h"
#include "watching.h"

#include <QtDelivery/consumercontroller.h>
#include <QtDelivery/deliverynode.h>
#include <QtDelivery/fileconsumerprogress.h>
#include <QtDelivery/producercontroller.h>
#include <QtDelivery/sqlproducerqueue.h>
#include <QtDelivery/tlssettings.h>

#include <QCoreApplication>
#include <QUrl>

#include <memory>
#include <optional>
#include <vector>

using namespace Bench;
using namespace QtDelivery;

namespace {

constexpr std::string_view programName = "library_delivery";

void require(const Error &error)
{
    if (error)
        fail(Error::codeName(error.code()).toStdString() + ": " + error.message().toStdString());
}

QString producerId(int flow)
{
    return QStringLiteral("producer-%1").arg(flow);
}

QString consumerId(int flow)
{
    return QStringLiteral("consumer-%1").arg(flow);
}

// Otherwise a broken link would only show as a run that takes too long. Flows have no such
// connection: the benchmark's own memory per flow is measured as the library's.
template <typename Work> void failOnLinkDown(DeliveryNode &node, const Finisher<Work> &finisher)
{
    QObject::connect(&node, &DeliveryNode::linkDown, &node,
                     [&finisher](const QString &, const Error &reason) {
                         if (!finisher.isStarted())
                             require(reason);
                     });
}

class Producer
{
public:
    explicit Producer(const Options &options)
        : m_options(options)
        , m_work(options)
        , m_finisher(m_work, m_options, programName)
        , m_pacer(m_work, [this] { sendWaiting(); })
        , m_payload(qsizetype(options.size), 'x')
    {
        failOnLinkDown(m_node, m_finisher);
        openQueue();
        m_finisher.setAddMore([this](Report &report) { addToReport(report); });
        m_flows.reserve(std::size_t(m_options.flows));
        for (int flow = 0; flow < m_options.flows; ++flow)
            addFlow(flow);
        const quint16 port = waitForPort(m_options.portFile);
        useTls();
        require(m_node.connectTo(QUrl(
            QStringLiteral("%1://127.0.0.1:%2").arg(m_options.tls ? u"tls" : u"tcp").arg(port))));
    }

private:
    void useTls()
    {
        if (!m_options.tls)
            return;
        TlsSettings tls;
        require(tls.load({}, {}, TlsIdentity(m_options).certificateFile()));
        require(m_node.setTlsSettings(tls));
    }

    void openQueue()
    {
        if (m_options.store != Store::None && m_options.flows != 1)
            fail("a queue serves one flow");
        const QString directory = QString::fromStdString(m_options.directory);
        const auto isMeasuring = [this] { return m_work.meter().hasBegun(); };
        if (m_options.store == Store::File) {
            m_queue =
                std::make_unique<CountedQueue>(directory + QStringLiteral("/queue"), isMeasuring);
        }
        if (m_options.store == Store::Sqlite) {
            m_queue = std::make_unique<SqlProducerQueue>(
                SqlConnection{.driver = QStringLiteral("QSQLITE"),
                              .databaseName = directory + QStringLiteral("/queue.db")});
        }
        if (m_options.heartbeat)
            m_heartbeat.emplace(isMeasuring);
    }

    void addToReport(Report &report) const
    {
        if (const auto *counted = qobject_cast<CountedQueue *>(m_queue.get()))
            counted->addTo(report);
        if (m_heartbeat)
            m_heartbeat->addTo(report);
    }

    std::unique_ptr<ProducerController> makeController(int flow)
    {
        if (!m_queue)
            return std::make_unique<ProducerController>(producerId(flow), &m_node);
        return std::make_unique<ProducerController>(producerId(flow), ProducerSettings(),
                                                    m_queue.get(), &m_node);
    }

    void addFlow(int flow)
    {
        auto controller = makeController(flow);
        if (m_queue) {
            QObject::connect(controller.get(), &ProducerController::errorOccurred, &m_application,
                             &require);
        }
        QObject::connect(controller.get(), &ProducerController::requestNext, &m_application,
                         [this, flow] { takePermission(flow); });
        QObject::connect(controller.get(), &ProducerController::confirmed, &m_application,
                         [this, flow](qint64 upToSeqNr) { takeConfirmation(flow, upToSeqNr); });
        require(controller->start(&m_application));
        m_flows.push_back(std::move(controller));
    }

    void takePermission(int flow)
    {
        if (m_work.maySend(flow))
            sendOne(flow);
        else
            m_permitted.push_back(flow);
    }

    void sendOne(int flow)
    {
        m_work.stamp(m_payload.data(), flow); // a copy, if the library keeps the former one
        if (const SendResult result = m_flows[std::size_t(flow)]->send(m_payload); !result)
            require(result.error());
    }

    // Flows that were permitted to send before the mode let them.
    void sendWaiting()
    {
        std::vector<int> permitted;
        permitted.swap(m_permitted);
        for (const int flow : permitted)
            takePermission(flow);
    }

    void takeConfirmation(int flow, qint64 upToSeqNr)
    {
        const bool wasSetUp = m_work.isSetUp();
        m_work.confirmed(upToSeqNr, flow);
        if (m_work.isFinished()) {
            m_finisher.start();
            return;
        }
        const bool isRoundTrip = m_options.mode == Mode::RoundTrip;
        if (m_work.isSetUp() && (isRoundTrip || !wasSetUp))
            sendWaiting();
        if (m_work.isSetUp() && !wasSetUp && m_options.mode == Mode::Latency)
            m_pacer.start();
    }

    const Options m_options;
    ProducerWork m_work;
    Finisher<ProducerWork> m_finisher;
    Pacer m_pacer;
    QByteArray m_payload;
    QObject m_application;
    std::vector<int> m_permitted;
    std::optional<Heartbeat> m_heartbeat;
    DeliveryNode m_node;
    std::unique_ptr<DurableProducerQueue> m_queue;
    const Watching m_watching{m_node, m_options.watch};
    std::vector<std::unique_ptr<ProducerController>> m_flows;
};

class Consumer
{
public:
    explicit Consumer(const Options &options)
        : m_options(options)
        , m_work(options)
        , m_finisher(m_work, m_options, programName)
    {
        failOnLinkDown(m_node, m_finisher);
        openProgress();
        useTls();
        require(m_node.listen(
            QUrl(QStringLiteral("%1://127.0.0.1:0").arg(m_options.tls ? u"tls" : u"tcp"))));
        m_flows.reserve(std::size_t(m_options.flows));
        for (int flow = 0; flow < m_options.flows; ++flow)
            addFlow(flow);
        writePortFile(m_options.portFile, quint16(m_node.listeningUrls().constFirst().port()));
    }

private:
    struct Waiting
    {
        int flow;
        Delivery delivery;
    };

    void useTls()
    {
        if (!m_options.tls)
            return;
        const TlsIdentity identity(m_options);
        identity.make();
        TlsSettings tls;
        require(tls.load(identity.certificateFile(), identity.keyFile(), {}));
        require(m_node.setTlsSettings(tls));
    }

    void openProgress()
    {
        if (!m_options.progress)
            return;
        if (m_options.flows != 1)
            fail("a progress serves one flow");
        m_progress = std::make_unique<FileConsumerProgress>(
            QString::fromStdString(m_options.directory) + QStringLiteral("/progress"));
    }

    std::unique_ptr<ConsumerController> makeController(int flow)
    {
        ConsumerSettings settings;
        settings.flowControlWindow = int(m_options.windowMessages);
        if (!m_progress)
            return std::make_unique<ConsumerController>(consumerId(flow), settings, &m_node);
        return std::make_unique<ConsumerController>(consumerId(flow), settings, m_progress.get(),
                                                    &m_node);
    }

    void addFlow(int flow)
    {
        auto controller = makeController(flow);
        if (m_progress) {
            QObject::connect(controller.get(), &ConsumerController::errorOccurred, &m_application,
                             &require);
        }
        // What a program writes that wants its slot called from the event loop.
        const Qt::ConnectionType type =
            m_options.confirm == Confirm::Queued ? Qt::QueuedConnection : Qt::AutoConnection;
        QObject::connect(
            controller.get(), &ConsumerController::delivered, &m_application,
            [this, flow](const Delivery &delivery) { takeDelivery(flow, delivery); }, type);
        require(controller->start(&m_application));
        require(controller->registerToProducerController(producerId(flow)));
        m_flows.push_back(std::move(controller));
    }

    void takeDelivery(int flow, const Delivery &delivery)
    {
        if (m_options.confirm != Confirm::Collected) {
            process(flow, delivery);
            return;
        }
        if (m_collected.empty()) {
            QMetaObject::invokeMethod(
                &m_application, [this] { processCollected(); }, Qt::QueuedConnection);
        }
        m_collected.push_back({flow, delivery});
    }

    void processCollected()
    {
        m_processed.swap(m_collected); // each keeps its memory
        for (const Waiting &waiting : m_processed)
            process(waiting.flow, waiting.delivery);
        m_processed.clear();
    }

    void process(int flow, const Delivery &delivery)
    {
        m_work.take(delivery.payload().constData(), std::size_t(delivery.payload().size()), flow);
        require(m_flows[std::size_t(flow)]->confirm(delivery));
        if (m_work.isFinished())
            m_finisher.start();
    }

    const Options m_options;
    ConsumerWork m_work;
    Finisher<ConsumerWork> m_finisher;
    QObject m_application;
    std::vector<Waiting> m_collected;
    std::vector<Waiting> m_processed;
    DeliveryNode m_node;
    std::unique_ptr<ConsumerProgress> m_progress;
    const Watching m_watching{m_node, m_options.watch};
    std::vector<std::unique_ptr<ConsumerController>> m_flows;
};

template <typename Party> int runParty(const Options &options)
{
    const Party party(options);
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    const Options options = parseOptions(argc, argv);
    const QCoreApplication application(argc, argv);
    return options.role == Role::Producer ? runParty<Producer>(options)
                                          : runParty<Consumer>(options);
}
