// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

// The reference's end-to-end scenarios RD-01 to RD-07 over real sockets, with delays that are
// honoured: an application that sends when it is asked, one that confirms when it has processed,
// two nodes between them.

#include <QtDelivery/consumercontroller.h>
#include <QtDelivery/deliverynode.h>
#include <QtDelivery/producercontroller.h>

#include <QFutureWatcher>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <memory>

using namespace QtDelivery;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Milliseconds = std::chrono::milliseconds;

QByteArray messageText(qint64 n)
{
    return "msg-" + QByteArray::number(n);
}

/*! Sends msg-1, msg-2 …, one for each permission: at once, or `delay` after it. */
class Producer : public QObject
{
public:
    Producer(ProducerController &controller, Milliseconds delay, bool asks = false)
        : m_controller(controller)
        , m_asks(asks)
    {
        connect(&controller, &ProducerController::requestNext, this, [this, delay] {
            if (delay == 0ms)
                sendNext();
            else
                QTimer::singleShot(delay, Qt::PreciseTimer, this, [this] { sendNext(); });
        });
        const Error error = controller.start(this);
        QVERIFY2(!error, qPrintable(error.message()));
    }

    qint64 next = 1;
    qint64 last = 1'000'000;
    QList<qint64> replies;

private:
    void sendNext()
    {
        if (next > last)
            return;
        const QByteArray payload = messageText(next);
        ++next;
        if (!m_asks) {
            const SendResult result = m_controller.send(payload);
            QVERIFY2(result, qPrintable(result.error().message()));
            return;
        }
        m_controller.sendTracked(payload).then(this, [this](const SendResult &result) {
            QVERIFY2(result, qPrintable(result.error().message()));
            replies.append(result.seqNr());
        });
    }

    ProducerController &m_controller;
    bool m_asks;
};

/*! Confirms each message `delay` after it came; ends, as the reference's consumer does, once `end`
 * is processed. */
class Consumer : public QObject
{
public:
    /*! Outlives the consumer. */
    struct Record
    {
        QList<qint64> numbers;
        QList<QByteArray> payloads;
    };

    Consumer(ConsumerController &controller, Milliseconds delay, Record &record,
             qint64 end = 1'000'000)
        : m_end(end)
    {
        connect(&controller, &ConsumerController::delivered, this,
                [this, &controller, &record, delay](const Delivery &delivery) {
                    record.numbers.append(delivery.seqNr());
                    record.payloads.append(delivery.payload());
                    if (delay == 0ms)
                        process(controller, delivery);
                    else
                        QTimer::singleShot(
                            delay, Qt::PreciseTimer, this,
                            [this, &controller, delivery] { process(controller, delivery); });
                });
        const Error error = controller.start(this);
        QVERIFY2(!error, qPrintable(error.message()));
    }

private:
    void process(ConsumerController &controller, const Delivery &delivery)
    {
        const Error error = controller.confirm(delivery);
        QVERIFY2(!error, qPrintable(error.message()));
        if (delivery.seqNr() >= m_end) {
            delete this; // with it the controller stops, as in the reference
        }
    }

    const qint64 m_end;
};

QList<qint64> numbersFrom(qint64 first, qint64 last)
{
    QList<qint64> numbers;
    for (qint64 n = first; n <= last; ++n)
        numbers.append(n);
    return numbers;
}

} // namespace

class TestPointToPoint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void init();
    void cleanup();
    void run_data();
    void run();
    void replaceDestination();
    void replaceProducer();
    void producerRegistersConsumer();
    void h15_duplicateProducer();

private:
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<DeliveryNode> m_producerNode;
    std::unique_ptr<DeliveryNode> m_consumerNode;
    const ConsumerSettings m_settings{.flowControlWindow = 20};
};

void TestPointToPoint::initTestCase_data()
{
    QTest::addColumn<QString>("scheme");
    QTest::newRow("tcp") << u"tcp"_s;
    QTest::newRow("local") << u"local"_s;
}

void TestPointToPoint::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    QFETCH_GLOBAL(QString, scheme);
    m_directory = std::make_unique<QTemporaryDir>();
    m_producerNode = std::make_unique<DeliveryNode>();
    m_consumerNode = std::make_unique<DeliveryNode>();
    const QUrl url(scheme == u"tcp" ? u"tcp://127.0.0.1:0"_s
                                    : u"local:"_s + m_directory->filePath(u"node"_s));
    Error error = m_producerNode->listen(url);
    QVERIFY2(!error, qPrintable(error.message()));
    error = m_consumerNode->connectTo(m_producerNode->listeningUrls().first());
    QVERIFY2(!error, qPrintable(error.message()));
}

void TestPointToPoint::cleanup()
{
    m_producerNode.reset();
    m_consumerNode.reset();
}

void TestPointToPoint::run_data()
{
    QTest::addColumn<Milliseconds>("producerDelay");
    QTest::addColumn<Milliseconds>("consumerDelay");
    QTest::addColumn<bool>("asks");
    QTest::newRow("RD-01 default delays") << 20ms << 10ms << false;
    QTest::newRow("RD-02 with asks") << 20ms << 10ms << true;
    QTest::newRow("RD-03 slow producer, fast consumer") << 30ms << 0ms << false;
    QTest::newRow("RD-04 fast producer, slow consumer") << 0ms << 30ms << false;
    QTest::newRow("RD-05 both fast") << 0ms << 0ms << false;
}

void TestPointToPoint::run()
{
    QFETCH(Milliseconds, producerDelay);
    QFETCH(Milliseconds, consumerDelay);
    QFETCH(bool, asks);
    ProducerController producerController(u"p1"_s, m_producerNode.get());
    Producer producer(producerController, producerDelay, asks);
    producer.last = asks ? 42 : 1'000'000;
    ConsumerController consumerController(u"c1"_s, m_settings, m_consumerNode.get());
    Consumer::Record record;
    QPointer consumer(new Consumer(consumerController, consumerDelay, record, 42));
    const Error error = consumerController.registerToProducerController(u"p1"_s);
    QVERIFY2(!error, qPrintable(error.message()));

    QTRY_VERIFY(!consumer);
    QCOMPARE(record.numbers, numbersFrom(1, 42));
    for (qsizetype i = 0; i < record.payloads.size(); ++i)
        QCOMPARE(record.payloads[i], messageText(i + 1));
    QTRY_VERIFY(consumerController.isStopped());
    QTRY_COMPARE(producerController.confirmedSeqNr(),
                 42); // the last confirmation is told before the end
    QVERIFY(producerController.unconfirmedCount() <= 20);
    if (asks)
        QTRY_COMPARE(producer.replies, numbersFrom(1, 42));
}

// RD-06: the first consumer ends; a second controller registers at the same producer and goes on.
void TestPointToPoint::replaceDestination()
{
    ProducerController producerController(u"p1"_s, m_producerNode.get());
    Producer producer(producerController, 0ms);
    producer.last = 60;
    auto first = std::make_unique<ConsumerController>(u"c1"_s, m_settings, m_consumerNode.get());
    Consumer::Record before;
    QPointer consumer(new Consumer(*first, 1ms, before, 42));
    QVERIFY(!first->registerToProducerController(u"p1"_s));
    QTRY_VERIFY(!consumer);
    QTRY_VERIFY(first->isStopped());
    QTRY_VERIFY(!producerController.isAttached());

    ConsumerController second(u"c2"_s, m_settings, m_consumerNode.get());
    Consumer::Record record;
    Consumer successor(second, 1ms, record);
    QVERIFY(!second.registerToProducerController(u"p1"_s));
    QTRY_COMPARE(record.numbers.size(), 18);
    QCOMPARE(record.numbers, numbersFrom(43, 60)); // goes on, does not start anew
    QTRY_COMPARE(producerController.confirmedSeqNr(), 60);
}

// RD-07: a producer's controller is replaced by one with the same id; its numbers begin anew.
void TestPointToPoint::replaceProducer()
{
    ConsumerController consumerController(u"c1"_s, m_settings, m_consumerNode.get());
    Consumer::Record record;
    Consumer consumer(consumerController, 0ms, record);
    QVERIFY(!consumerController.registerToProducerController(u"p1"_s));
    {
        ProducerController controller(u"p1"_s, m_producerNode.get());
        Producer producer(controller, 0ms);
        producer.last = 2;
        QTRY_COMPARE(controller.confirmedSeqNr(), 2);
    }
    ProducerController controller(u"p1"_s, m_producerNode.get());
    Producer producer(controller, 0ms);
    producer.next = 3;
    producer.last = 4;
    QTRY_COMPARE(controller.confirmedSeqNr(), 2);
    QCOMPARE(record.payloads, QList<QByteArray>({"msg-1", "msg-2", "msg-3", "msg-4"}));
    QCOMPARE(record.numbers, QList<qint64>({1, 2, 1, 2}));
}

// M8: registration from the producer's side, the consumer names nobody.
void TestPointToPoint::producerRegistersConsumer()
{
    ProducerController producerController(u"p1"_s, m_producerNode.get());
    Producer producer(producerController, 0ms);
    producer.last = 30;
    QVERIFY(!producerController.registerConsumer(u"c1"_s));
    ConsumerController consumerController(u"c1"_s, m_settings, m_consumerNode.get());
    Consumer::Record record;
    Consumer consumer(consumerController, 0ms, record);
    QTRY_COMPARE(producerController.confirmedSeqNr(), 30);
    QCOMPARE(record.numbers, numbersFrom(1, 30));
    QCOMPARE(consumerController.producerId(), u"p1"_s);
}

// Two living producers with one id: the consumer stays with the first, says so, and takes the other
// when the first has gone.
void TestPointToPoint::h15_duplicateProducer()
{
    ConsumerController consumerController(u"c1"_s, m_settings, m_consumerNode.get());
    Consumer::Record record;
    Consumer consumer(consumerController, 0ms, record);
    QList<Error::Code> errors;
    connect(&consumerController, &ConsumerController::errorOccurred, this,
            [&](const Error &error) { errors.append(error.code()); });
    QVERIFY(!consumerController.registerToProducerController(u"p1"_s));
    auto first = std::make_unique<ProducerController>(u"p1"_s, m_producerNode.get());
    Producer firstProducer(*first, 0ms);
    firstProducer.last = 3;
    QTRY_COMPARE(first->confirmedSeqNr(), 3);

    DeliveryNode otherNode;
    ProducerController second(u"p1"_s, &otherNode);
    Producer secondProducer(second, 0ms);
    secondProducer.next = 4;
    secondProducer.last = 6;
    QVERIFY(!otherNode.listen(QUrl(u"tcp://127.0.0.1:0"_s)));
    QVERIFY(!m_consumerNode->connectTo(otherNode.listeningUrls().first()));
    QTRY_COMPARE(errors, QList<Error::Code>({Error::Code::DuplicateProducer}));
    QVERIFY(first->isAttached());
    QVERIFY(!second.isAttached());

    first.reset();
    QTRY_COMPARE(second.confirmedSeqNr(), 3);
    QCOMPARE(record.payloads.size(), 6);
    QCOMPARE(record.payloads.last(), messageText(6));
}

QTEST_GUILESS_MAIN(TestPointToPoint)

#include "tst_pointtopoint.moc"
