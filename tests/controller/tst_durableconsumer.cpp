// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "durableflow.h"

#include <QTest>
#include <QThread>

using namespace QtDelivery;
using namespace TestSupport;
using namespace std::chrono_literals;

namespace {

const Error Failed(Error::Code::StorageFailed, QStringLiteral("Away."));

} // namespace

/*! A consumer with durable progress, over several lives of its process. */
class TestDurableConsumer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void eachOnceOverRestarts();
    void reportedWhenRecorded();
    void recordsServeManyConfirmations();
    void recordsWaitForMore();
    void confirmedIsRecordedAtTheEnd();
    void unrecordedComesAgain();
    void bothRestart();
    void bothRestartAndTheQueueMissedConfirmations();
    void producerWithoutQueueBeginsAnew();
    void contextComesBack();
    void failuresAreTriedAgain();
    void givesUpAndGoesOn();
    void takenOver();
    void attachesWhenLoaded();
    void loadingIsTriedAgain();
    void invitedConsumerLoadsFirst();
    void otherProducerOtherPosition();
    void deliverThenStopWaitsForTheRecord();
    void windowHoldsWhileRecording();
    void progressOfAnotherThread();
    void progressEndsFirst();

private:
    std::shared_ptr<MemoryQueueDisk> m_queueDisk; // new ones for each function
    std::shared_ptr<MemoryProgressDisk> m_disk;
};

void TestDurableConsumer::init()
{
    m_queueDisk = std::make_shared<MemoryQueueDisk>();
    m_disk = std::make_shared<MemoryProgressDisk>();
}

void TestDurableConsumer::eachOnceOverRestarts()
{
    VirtualWorld world;
    ProducerLife producer(world, m_queueDisk);
    QByteArrayList payloads;
    for (int life = 0; life < 5; ++life) {
        ConsumerLife consumer(world, m_disk);
        world.time.advance(30s);
        const QByteArray payload = QByteArray::number(life);
        QCOMPARE(producer.send({payload + 'a', payload + 'b'}), 2);
        world.time.advance(1ms);
        payloads += consumer.payloads;
        QCOMPARE(consumer.errors.size(), 0);
        QCOMPARE(consumer.failures, 0);
    }
    QCOMPARE(payloads,
             QByteArrayList({"0a", "0b", "1a", "1b", "2a", "2b", "3a", "3b", "4a", "4b"}));
    QCOMPARE(producer.controller.confirmedSeqNr(), 10);
}

void TestDurableConsumer::reportedWhenRecorded()
{
    VirtualWorld world;
    ProducerLife producer(world, m_queueDisk);
    ConsumerLife consumer(world, m_disk);
    world.time.settle();
    consumer.progress->setWorkHeld(true);
    QCOMPARE(producer.send({"a", "b", "c"}), 3);
    world.time.advance(10s);
    QCOMPARE(consumer.payloads, QByteArrayList({"a", "b", "c"})); // goes on meanwhile
    QCOMPARE(producer.controller.confirmedSeqNr(), 0);
    QSignalSpy recorded(consumer.controller.get(), &ConsumerController::recorded);
    consumer.progress->setWorkHeld(false);
    world.time.advance(1ms);
    QCOMPARE(recorded.count(), 1);
    QCOMPARE(recorded[0][0].toLongLong(), 3);
    QCOMPARE(producer.controller.confirmedSeqNr(), 3);
    QCOMPARE(consumer.controller->position().confirmedSeqNr, 3);
}

void TestDurableConsumer::recordsServeManyConfirmations()
{
    VirtualWorld world;
    ProducerLife producer(world, m_queueDisk);
    ConsumerLife consumer(world, m_disk);
    world.time.settle();
    consumer.confirms = false;
    for (int n = 1; n <= 10; ++n)
        QCOMPARE(producer.send({QByteArray::number(n)}), 1);
    consumer.confirms = true;
    consumer.confirm();
    world.time.advance(1ms);
    QCOMPARE(producer.controller.confirmedSeqNr(), 10);
    QVERIFY2(consumer.progress->recordCalls() <= 2,
             qPrintable(QString::number(consumer.progress->recordCalls())));
}

void TestDurableConsumer::recordsWaitForMore()
{
    VirtualWorld world;
    ProducerLife producer(world, m_queueDisk);
    ConsumerLife consumer(world, m_disk);
    world.time.settle();
    for (int n = 1; n <= 100; ++n)
        QCOMPARE(producer.send({QByteArray::number(n)}), 1);
    QCOMPARE(consumer.payloads.size(), 100); // each in a turn of its own, at one instant
    QCOMPARE(consumer.progress->recordCalls(), 0);
    world.time.advance(1ms);
    QCOMPARE(consumer.progress->recordCalls(), 1);
    QCOMPARE(producer.controller.confirmedSeqNr(), 100);
    for (int n = 101; n <= 400; ++n) // a quarter of the window waits for nothing
        QCOMPARE(producer.send({QByteArray::number(n)}), 1);
    QCOMPARE(consumer.progress->recordCalls(), 2);
    QCOMPARE(producer.controller.confirmedSeqNr(), 356);
}

void TestDurableConsumer::confirmedIsRecordedAtTheEnd()
{
    VirtualWorld world;
    ProducerLife producer(world, m_queueDisk);
    {
        ConsumerLife consumer(world, m_disk);
        world.time.settle();
        QCOMPARE(producer.send({"a", "b"}), 2);
        QCOMPARE(consumer.progress->recordCalls(), 0);
        consumer.controller.reset();
        QCOMPARE(consumer.progress->recordCalls(), 1);
        world.time.settle();
    }
    ConsumerLife consumer(world, m_disk);
    world.time.advance(30s);
    QCOMPARE(consumer.payloads, QByteArrayList());
}

void TestDurableConsumer::unrecordedComesAgain()
{
    VirtualWorld world;
    ProducerLife producer(world, m_queueDisk);
    {
        ConsumerLife consumer(world, m_disk);
        world.time.settle();
        QCOMPARE(producer.send({"a"}), 1);
        world.time.advance(1ms);
        consumer.progress->setWorkHeld(true); // the crash comes before the record
        QCOMPARE(producer.send({"b"}), 1);
        QCOMPARE(consumer.payloads, QByteArrayList({"a", "b"}));
    }
    ConsumerLife consumer(world, m_disk);
    world.time.advance(30s);
    QCOMPARE(consumer.payloads, QByteArrayList({"b"}));
    QCOMPARE(consumer.last.seqNr(), 2);
}

void TestDurableConsumer::bothRestart()
{
    VirtualWorld world;
    {
        ProducerLife producer(world, m_queueDisk);
        ConsumerLife consumer(world, m_disk);
        world.time.settle();
        QCOMPARE(producer.send({"a", "b"}), 2);
        world.time.advance(1ms);
        consumer.confirms = false;
        QCOMPARE(producer.send({"c", "d"}), 2);
        QCOMPARE(consumer.payloads, QByteArrayList({"a", "b", "c"}));
    }
    ProducerLife producer(world, m_queueDisk);
    ConsumerLife consumer(world, m_disk);
    world.time.advance(30s);
    QCOMPARE(consumer.payloads, QByteArrayList({"c", "d"}));
    QCOMPARE(producer.send({"e"}), 1);
    QCOMPARE(consumer.payloads, QByteArrayList({"c", "d", "e"}));
    QVERIFY(consumer.errors.isEmpty());
}

void TestDurableConsumer::bothRestartAndTheQueueMissedConfirmations()
{
    VirtualWorld world;
    {
        ProducerLife producer(world, m_queueDisk);
        producer.queue.setConfirmsLost(true);
        ConsumerLife consumer(world, m_disk);
        world.time.settle();
        QCOMPARE(producer.send({"a", "b", "c"}), 3);
        world.time.advance(1ms);
        QCOMPARE(producer.controller.confirmedSeqNr(), 3);
    }
    QCOMPARE(m_queueDisk->state.unconfirmed.size(), 3);
    ProducerLife producer(world, m_queueDisk);
    ConsumerLife consumer(world, m_disk);
    world.time.advance(30s);
    QCOMPARE(consumer.payloads, QByteArrayList()); // recognised
    QCOMPARE(producer.controller.confirmedSeqNr(), 3);
    QVERIFY(m_queueDisk->state.unconfirmed.isEmpty());
    QCOMPARE(producer.send({"d"}), 1);
    QCOMPARE(consumer.payloads, QByteArrayList({"d"}));
    QCOMPARE(consumer.last.seqNr(), 4);
}

void TestDurableConsumer::producerWithoutQueueBeginsAnew()
{
    VirtualWorld world;
    ConsumerLife consumer(world, m_disk);
    for (int life = 1; life <= 2; ++life) {
        TestNode node(world, nodeNamed(QStringLiteral("left")));
        ProducerController producer(QStringLiteral("producer"), &node);
        QVERIFY(!producer.start(&node));
        QVERIFY(!node.listen(FlowAddress));
        world.time.advance(30s);
        QCOMPARE(producer.currentSeqNr(), 1);
        QVERIFY(producer.send("life " + QByteArray::number(life)));
        world.time.advance(1ms);
        QCOMPARE(producer.confirmedSeqNr(), 1);
    }
    QCOMPARE(consumer.payloads, QByteArrayList({"life 1", "life 2"}));
    QCOMPARE(consumer.errors, QList({Error::Code::ProducerRestarted}));
    QCOMPARE(m_disk->positions.size(), 1);
    QCOMPARE(m_disk->positions.cbegin()->context, QByteArray("done life 2"));
}

void TestDurableConsumer::contextComesBack()
{
    VirtualWorld world;
    ProducerLife producer(world, m_queueDisk);
    {
        ConsumerLife consumer(world, m_disk);
        world.time.settle();
        QCOMPARE(producer.send({"a", "b"}), 2);
        world.time.advance(1ms);
        QCOMPARE(consumer.controller->position().context, QByteArray("done b"));
    }
    ConsumerLife consumer(world, m_disk);
    QSignalSpy loaded(consumer.controller.get(), &ConsumerController::loaded);
    world.time.settle();
    QCOMPARE(loaded.count(), 1);
    QCOMPARE(consumer.controller->position().context, QByteArray("done b"));
    QCOMPARE(consumer.controller->position().confirmedSeqNr, 2);
}

void TestDurableConsumer::failuresAreTriedAgain()
{
    VirtualWorld world;
    ProducerLife producer(world, m_queueDisk);
    ConsumerLife consumer(world, m_disk);
    world.time.settle();
    consumer.progress->failNext(3, Failed);
    QCOMPARE(producer.send({"a"}), 1);
    world.time.advance(1ms);
    QCOMPARE(consumer.errors, QList({Error::Code::StorageFailed}));
    QCOMPARE(consumer.controller->storageError().code(), Error::Code::StorageFailed);
    QCOMPARE(producer.controller.confirmedSeqNr(), 0);
    world.time.advance(10s);
    QCOMPARE(producer.controller.confirmedSeqNr(), 1);
    QVERIFY(!consumer.controller->storageError());
    QCOMPARE(consumer.errors.size(), 1);
    QCOMPARE(consumer.payloads.size(), 1);
}

void TestDurableConsumer::givesUpAndGoesOn()
{
    VirtualWorld world;
    ProducerLife producer(world, m_queueDisk);
    ConsumerLife consumer(world, m_disk, {.progressRetryAttempts = 3});
    world.time.settle();
    consumer.progress->failNext(1'000'000, Failed);
    QCOMPARE(producer.send({"a"}), 1);
    world.time.advance(1h);
    QCOMPARE(consumer.progress->recordCalls(), 3);
    QCOMPARE(consumer.errors, QList({Error::Code::StorageFailed, Error::Code::StorageFailed}));
    QCOMPARE(producer.controller.confirmedSeqNr(), 0);
    QVERIFY(consumer.controller->needsRetry());
    consumer.progress->failNext(0, {});
    QVERIFY(!consumer.controller->retry());
    QVERIFY(!consumer.controller->needsRetry());
    world.time.advance(1ms);
    QCOMPARE(producer.controller.confirmedSeqNr(), 1);
    QCOMPARE(consumer.payloads.size(), 1);
}

/*! A newer owner fences this one: what helps is said, and it is not retry(). */
void TestDurableConsumer::takenOver()
{
    VirtualWorld world;
    ProducerLife producer(world, m_queueDisk);
    ConsumerLife consumer(world, m_disk);
    world.time.settle();
    consumer.progress->failNext(
        1'000'000, {Error::Code::StorageInUse, QStringLiteral("Somebody else has it.")});
    QCOMPARE(producer.send({"a"}), 1);
    world.time.advance(1h);
    QCOMPARE(consumer.errors, QList({Error::Code::StorageInUse}));
    QVERIFY(consumer.controller->needsRetry());
    const QString message = consumer.controller->storageError().message();
    QVERIFY2(!message.contains(u"call retry()") && message.contains(u"a new queue or progress"),
             qPrintable(message));
    QCOMPARE(producer.controller.confirmedSeqNr(), 0);
}

void TestDurableConsumer::attachesWhenLoaded()
{
    VirtualWorld world;
    ProducerLife producer(world, m_queueDisk);
    ConsumerLife consumer(world, m_disk);
    consumer.progress->setAnswersHeld(true);
    world.time.advance(1min);
    QVERIFY(!consumer.controller->isAttached());
    QVERIFY(!producer.controller.isAttached());
    consumer.progress->setAnswersHeld(false);
    world.time.settle();
    QVERIFY(consumer.controller->isAttached());
}

void TestDurableConsumer::loadingIsTriedAgain()
{
    VirtualWorld world;
    ProducerLife producer(world, m_queueDisk);
    ConsumerLife consumer(world, m_disk);
    consumer.progress->failNext(4, Failed);
    world.time.advance(1min);
    QCOMPARE(consumer.progress->loadCalls(), 5);
    QCOMPARE(consumer.errors, QList({Error::Code::StorageFailed}));
    QVERIFY(consumer.controller->isAttached());
}

void TestDurableConsumer::invitedConsumerLoadsFirst()
{
    m_disk->positions.insert({QStringLiteral("consumer"), QStringLiteral("producer")},
                             {QStringLiteral("producer"), QUuid::createUuid(), 7, {}});
    VirtualWorld world;
    ProducerLife producer(world, m_queueDisk);
    TestNode node(world, nodeNamed(QStringLiteral("right")));
    MemoryProgress progress(m_disk);
    ConsumerController consumer(QStringLiteral("consumer"), {}, &progress, &node);
    QVERIFY(!consumer.start(&node));
    QVERIFY(!node.connectTo(FlowAddress));
    world.time.settle();
    QCOMPARE(progress.loadCalls(), 0);
    QVERIFY(!producer.controller.registerConsumer(QStringLiteral("consumer")));
    world.time.advance(10s);
    QCOMPARE(progress.loadCalls(), 1);
    QVERIFY(consumer.isAttached());
}

void TestDurableConsumer::otherProducerOtherPosition()
{
    VirtualWorld world;
    ProducerLife producer(world, m_queueDisk);
    ConsumerLife consumer(world, m_disk);
    world.time.settle();
    QCOMPARE(producer.send({"a"}), 1);
    world.time.advance(1ms);
    QVERIFY(!consumer.controller->registerToProducerController(QStringLiteral("other")));
    world.time.settle();
    QCOMPARE(consumer.controller->position().producerId, QStringLiteral("other"));
    QCOMPARE(consumer.controller->position().confirmedSeqNr, 0);
    QVERIFY(!consumer.controller->registerToProducerController(QStringLiteral("producer")));
    world.time.settle();
    QCOMPARE(consumer.controller->position().confirmedSeqNr, 1);
    QCOMPARE(producer.send({"b"}), 1);
    QCOMPARE(consumer.payloads, QByteArrayList({"a", "b"}));
}

void TestDurableConsumer::deliverThenStopWaitsForTheRecord()
{
    VirtualWorld world;
    ProducerLife producer(world, m_queueDisk);
    ConsumerLife consumer(world, m_disk);
    world.time.settle();
    QSignalSpy stopped(consumer.controller.get(), &ConsumerController::stopped);
    consumer.confirms = false;
    QCOMPARE(producer.send({"a"}), 1);
    consumer.progress->setWorkHeld(true);
    consumer.controller->deliverThenStop();
    consumer.confirm();
    world.time.advance(10s);
    QCOMPARE(stopped.count(), 0);
    consumer.progress->setWorkHeld(false);
    world.time.settle();
    QCOMPARE(stopped.count(), 1);
    QCOMPARE(producer.controller.confirmedSeqNr(), 1);
}

void TestDurableConsumer::windowHoldsWhileRecording()
{
    VirtualWorld world;
    ProducerLife producer(world, m_queueDisk);
    ConsumerLife consumer(world, m_disk, {.flowControlWindow = 4});
    world.time.settle();
    consumer.progress->setWorkHeld(true);
    QCOMPARE(producer.send({"1", "2", "3", "4", "5", "6"}),
             4); // what is not recorded is not granted
    consumer.progress->setWorkHeld(false);
    world.time.advance(1ms);
    QCOMPARE(producer.send({"5", "6"}), 2);
    QCOMPARE(consumer.payloads.size(), 6);
}

void TestDurableConsumer::progressOfAnotherThread()
{
    VirtualWorld world;
    TestNode node(world, nodeNamed(QStringLiteral("right")));
    QThread thread;
    MemoryProgress progress(m_disk);
    progress.moveToThread(&thread);
    ConsumerController elsewhere(QStringLiteral("a"), {}, &progress, &node);
    QCOMPARE(elsewhere.start(this).code(), Error::Code::WrongThread);
    ConsumerController nowhere(QStringLiteral("b"), {}, nullptr, &node);
    QCOMPARE(nowhere.start(this).code(), Error::Code::InvalidArgument);
}

void TestDurableConsumer::progressEndsFirst()
{
    VirtualWorld world;
    TestNode node(world, nodeNamed(QStringLiteral("right")));
    auto progress = std::make_unique<MemoryProgress>(m_disk);
    ConsumerController consumer(QStringLiteral("consumer"), {}, progress.get(), &node);
    QSignalSpy errors(&consumer, &ConsumerController::errorOccurred);
    QVERIFY(!consumer.start(this));
    progress.reset();
    world.time.settle();
    QCOMPARE(errors.count(), 1);
    QCOMPARE(errors[0][0].value<Error>().code(), Error::Code::StorageFailed);
}

QTEST_GUILESS_MAIN(TestDurableConsumer)
#include "tst_durableconsumer.moc"
