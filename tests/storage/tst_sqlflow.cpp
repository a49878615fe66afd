// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "privatecluster.h"

#include <QtDelivery/consumercontroller.h>
#include <QtDelivery/deliverynode.h>
#include <QtDelivery/producercontroller.h>
#include <QtDelivery/sqlconsumerprogress.h>
#include <QtDelivery/sqlproducerqueue.h>

#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace QtDelivery;
using namespace QtDelivery::Test;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 60'000; // ms; a loaded machine

QByteArray payloadOf(qint64 n)
{
    return "order " + QByteArray::number(n);
}

/*! One life of the producer's process: it sends whenever it is asked, up to a number. */
struct Producer
{
    Producer(const SqlConnection &database, const ProducerSettings &settings)
        : queue(database)
        , controller(u"orders"_s, settings, &queue, &node)
    {
        QObject::connect(&controller, &ProducerController::requestNext, &node, [this] { send(); });
        QObject::connect(&controller, &ProducerController::errorOccurred, &node,
                         [this](const Error &error) { errors += error.code(); });
        failures +=
            controller.start(&node).isError() + node.listen(QUrl(u"tcp://127.0.0.1:0"_s)).isError();
    }

    void send()
    {
        if (controller.demand() && controller.currentSeqNr() <= last)
            failures += !controller.send(payloadOf(controller.currentSeqNr()));
    }
    void sendUpTo(qint64 number)
    {
        last = number;
        send();
    }

    DeliveryNode node;
    SqlProducerQueue queue;
    ProducerController controller;
    qint64 last = 0;
    QList<Error::Code> errors;
    int failures = 0;
};

/*! One life of the consumer's process. */
struct Consumer
{
    Consumer(const SqlConnection &database, const ConsumerSettings &settings, const QUrl &url)
        : progress(database)
        , controller(u"billing"_s, settings, &progress, &node)
    {
        QObject::connect(&controller, &ConsumerController::delivered, &node,
                         [this](const Delivery &delivery) {
                             payloads += delivery.payload();
                             failures += controller.confirm(delivery).isError();
                         });
        QObject::connect(&controller, &ConsumerController::errorOccurred, &node,
                         [this](const Error &error) { errors += error.code(); });
        failures += controller.start(&node).isError()
            + controller.registerToProducerController(u"orders"_s).isError()
            + node.connectTo(url).isError();
    }

    DeliveryNode node;
    SqlConsumerProgress progress;
    ConsumerController controller;
    QByteArrayList payloads;
    QList<Error::Code> errors;
    int failures = 0;
};

} // namespace

/*! \brief Two controllers whose queue and progress are in PostgreSQL, and a server that fails. */
class tst_SqlFlow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void serverStopsAndStarts();
    void serverStopsForLong();
    void serverIsDownAtTheStart();

private:
    /*! Everything up to \a last was delivered, in order, once. */
    void verifyEnd(const Producer &producer, const QByteArrayList &payloads, qint64 last);

    PrivateCluster m_cluster;
    SqlConnection m_database;
    ProducerSettings m_producerSettings;
    ConsumerSettings m_consumerSettings;
};

void tst_SqlFlow::initTestCase()
{
    if (const QString obstacle = PrivateCluster::obstacle(); !obstacle.isEmpty())
        QSKIP(qPrintable(obstacle));
    QVERIFY(m_cluster.start());
}

void tst_SqlFlow::init()
{
    m_database = m_cluster.newDatabase();
    m_producerSettings = {};
    m_producerSettings.durableQueueRetryAttempts = 1'000'000;
    m_producerSettings.durableQueueRetryIntervalMin = 10ms;
    m_producerSettings.durableQueueRetryIntervalMax = 50ms;
    m_producerSettings.maxUnstoredMessages = 16;
    m_consumerSettings = {};
    m_consumerSettings.progressRetryAttempts = 1'000'000;
    m_consumerSettings.progressRetryIntervalMin = 10ms;
    m_consumerSettings.progressRetryIntervalMax = 50ms;
}

void tst_SqlFlow::verifyEnd(const Producer &producer, const QByteArrayList &payloads, qint64 last)
{
    QTRY_COMPARE_WITH_TIMEOUT(producer.controller.confirmedSeqNr(), last, patience);
    QByteArrayList expected;
    for (qint64 n = 1; n <= last; ++n)
        expected += payloadOf(n);
    QCOMPARE(payloads.size(), expected.size());
    QVERIFY(payloads == expected);
    QVERIFY(!producer.controller.storageError());
    QCOMPARE(producer.failures, 0);
}

void tst_SqlFlow::serverStopsAndStarts()
{
    constexpr qint64 Rounds = 3;
    constexpr qint64 Each = 300;
    Producer producer(m_database, m_producerSettings);
    Consumer consumer(m_database, m_consumerSettings, producer.node.listeningUrls().value(0));
    for (qint64 round = 1; round <= Rounds; ++round) {
        const qint64 begin = (round - 1) * Each;
        producer.sendUpTo(round * Each);
        // In the middle, with stores and records on their way.
        QTRY_VERIFY_WITH_TIMEOUT(producer.controller.confirmedSeqNr() >= begin + Each / 3,
                                 patience);
        m_cluster.stop();
        const qint64 sentAtTheStop = producer.controller.currentSeqNr() - 1;
        QVERIFY(sentAtTheStop < round * Each);
        // Both, or the one that the other one waits for.
        QTRY_VERIFY_WITH_TIMEOUT(
            producer.controller.storageError() || consumer.controller.storageError(), patience);
        // Permission ends: what is not stored is bounded.
        QTRY_VERIFY_WITH_TIMEOUT(!producer.controller.demand(), patience);
        QVERIFY(producer.controller.currentSeqNr() - 1 - producer.controller.storedSeqNr()
                <= m_producerSettings.maxUnstoredMessages);
        QVERIFY(producer.controller.currentSeqNr() - 1 < round * Each);
        QVERIFY(!producer.controller.needsRetry());
        QVERIFY(m_cluster.start());
        QTRY_COMPARE_WITH_TIMEOUT(producer.controller.confirmedSeqNr(), round * Each, patience);
    }
    verifyEnd(producer, consumer.payloads, Rounds * Each);
    const QList<Error::Code> errors = producer.errors + consumer.errors;
    QVERIFY(errors.size() >= Rounds);
    QCOMPARE(errors.count(Error::Code::StorageFailed), errors.size());
    QCOMPARE(consumer.failures, 0);
    QVERIFY(!consumer.controller.storageError());
}

/*! Both give up; retry() goes on without loss. */
void tst_SqlFlow::serverStopsForLong()
{
    m_producerSettings.durableQueueRetryAttempts = 3;
    m_consumerSettings.progressRetryAttempts = 3;
    Producer producer(m_database, m_producerSettings);
    auto consumer = std::make_unique<Consumer>(m_database, m_consumerSettings,
                                               producer.node.listeningUrls().value(0));
    producer.sendUpTo(600);
    QTRY_VERIFY_WITH_TIMEOUT(producer.controller.confirmedSeqNr() >= 200, patience);
    m_cluster.stop();
    // Both, or the one that the other one waits for, to which retry() does nothing.
    QTRY_VERIFY_WITH_TIMEOUT(producer.controller.needsRetry() || consumer->controller.needsRetry(),
                             patience);
    QVERIFY(m_cluster.start());
    QTRY_VERIFY_WITH_TIMEOUT(
        !producer.controller.storageError() || producer.controller.needsRetry(), patience);
    QVERIFY(!producer.controller.retry());
    QTRY_VERIFY_WITH_TIMEOUT(
        !consumer->controller.storageError() || consumer->controller.needsRetry(), patience);
    QVERIFY(!consumer->controller.retry());
    verifyEnd(producer, consumer->payloads, 600);

    // What both have stored is what a new consumer begins with: nothing comes again.
    consumer.reset();
    Consumer next(m_database, m_consumerSettings, producer.node.listeningUrls().value(0));
    producer.sendUpTo(610);
    QTRY_COMPARE_WITH_TIMEOUT(producer.controller.confirmedSeqNr(), qint64(610), patience);
    QCOMPARE(next.payloads.size(), 10);
    QCOMPARE(next.payloads.first(), payloadOf(601));
}

/*! Nothing is offered and nothing is asked for; both begin when the server does. */
void tst_SqlFlow::serverIsDownAtTheStart()
{
    m_cluster.stop();
    Producer producer(m_database, m_producerSettings);
    Consumer consumer(m_database, m_consumerSettings, producer.node.listeningUrls().value(0));
    producer.sendUpTo(50);
    QTRY_VERIFY_WITH_TIMEOUT(!producer.errors.isEmpty() && !consumer.errors.isEmpty(), patience);
    QVERIFY(!producer.controller.isLoaded());
    QCOMPARE(producer.controller.currentSeqNr(), 1);
    QVERIFY(m_cluster.start());
    verifyEnd(producer, consumer.payloads, 50);
}

QTEST_GUILESS_MAIN(tst_SqlFlow)
#include "tst_sqlflow.moc"
