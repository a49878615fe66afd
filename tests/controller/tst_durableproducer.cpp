// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "durableflow.h"

#include <QTest>

using namespace QtDelivery;
using namespace TestSupport;
using namespace std::chrono_literals;

namespace {

const Error Full(Error::Code::StorageFull, QStringLiteral("No room."));
const Error InUse(Error::Code::StorageInUse, QStringLiteral("Somebody else has it."));
const Error Damaged(Error::Code::StorageCorrupt, QStringLiteral("Damaged."));

} // namespace

/*! A producer with a durable queue, over several lives of its process. */
class TestDurableProducer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void dp01_reloadAndResend();
    void dp02_stateAfterEachStep();
    void dp03_trackedWhenStored();
    void rdq01_restartOfBothSides();
    void h49_restartWithNothingUnconfirmed();
    void h50_lostAfterReload();
    void h51_confirmationNotRecorded();
    void h53_nothingIsSentBeforeItIsStored();
    void permissionWhileStoring();
    void whatIsSentInOneTurnIsOneBatch();
    void unstoredIsBounded_data();
    void unstoredIsBounded();
    void queueLimitsHold();
    void h52_failuresAreTriedAgain();
    void h52_givesUpAndGoesOn();
    void h52_damagedQueue();
    void loadingWhileInUse();
    void takenOver();
    void loadingIsTriedAgain();
    void nothingIsOfferedBeforeLoading();
    void contextComesBack();
    void sendIsStoredAlthoughTheControllerEnds();
    void storedWithoutQueue();
    void queueOfAnotherThread();
    void queueEndsFirst();

private:
    std::shared_ptr<MemoryQueueDisk> m_disk; // a new one for each function
};

void TestDurableProducer::init()
{
    m_disk = std::make_shared<MemoryQueueDisk>();
}

void TestDurableProducer::dp01_reloadAndResend()
{
    m_disk->producerId = QStringLiteral("producer");
    m_disk->state.streamId = QUuid::createUuid();
    for (int n = 1; n <= 4; ++n)
        m_disk->state.addMessageSent({n, "msg-" + QByteArray::number(n), {}, {}});
    (void)m_disk->state.confirm(2, {});
    VirtualWorld world;
    ProducerLife producer(world, m_disk);
    world.time.settle();
    QVERIFY(producer.controller.isLoaded());
    QVERIFY(!producer.controller.demand()); // nobody is there yet
    QCOMPARE(producer.controller.currentSeqNr(), 5);
    QCOMPARE(producer.controller.unconfirmedCount(), 2);
    ConsumerLife consumer(world);
    consumer.confirms = false;
    world.time.settle();
    QCOMPARE(consumer.payloads, QByteArrayList({"msg-3"}));
    QCOMPARE(consumer.last.seqNr(), 3);
    consumer.confirm();
    consumer.confirms = true;
    world.time.advance(1ms);
    QCOMPARE(producer.send({"msg-5"}), 1);
    QCOMPARE(consumer.payloads, QByteArrayList({"msg-3", "msg-4", "msg-5"}));
    QCOMPARE(consumer.last.seqNr(), 5);
    QCOMPARE(producer.controller.statistics().resent,
             0u + 2); // in this life's eyes they were sent before
}

void TestDurableProducer::dp02_stateAfterEachStep()
{
    VirtualWorld world;
    ProducerLife producer(world, m_disk);
    ConsumerLife consumer(world);
    consumer.confirms = false;
    world.time.settle();
    QCOMPARE(producer.send({"msg-1"}), 1);
    const DurableProducerState &state = m_disk->state;
    QCOMPARE(state.currentSeqNr, 2);
    QCOMPARE(state.highestConfirmedSeqNr, 0);
    QVERIFY(state.confirmedSeqNr.isEmpty());
    QCOMPARE(state.unconfirmed.size(), 1);
    consumer.confirm();
    world.time.advance(1ms);
    QCOMPARE(state.currentSeqNr, 2);
    QCOMPARE(state.confirmedSeqNr, (QMap<QString, qint64>{{QString(), 1}}));
    QVERIFY(state.unconfirmed.isEmpty());
    QCOMPARE(producer.send({"msg-2", "msg-3", "msg-4"}), 3);
    consumer.confirm();
    world.time.advance(1ms);
    consumer.confirm();
    world.time.advance(1ms);
    QCOMPARE(state.currentSeqNr, 5);
    QCOMPARE(state.highestConfirmedSeqNr, 3);
    QCOMPARE(state.unconfirmed.size(), 1);
    QCOMPARE(state.unconfirmed[0].payload, QByteArray("msg-4"));
}

void TestDurableProducer::dp03_trackedWhenStored()
{
    VirtualWorld world;
    ProducerLife producer(world, m_disk);
    ConsumerLife consumer(world);
    consumer.confirms = false;
    world.time.settle();
    using Completion = ProducerController::Completion;
    producer.queue.setWorkHeld(true);
    const auto stored = producer.controller.sendTracked("msg-1", Completion::Stored);
    world.time.settle();
    const auto confirmed = producer.controller.sendTracked("msg-2", Completion::Confirmed);
    const auto never = producer.controller.sendTracked("msg-3", Completion::Stored);
    world.time.settle();
    QVERIFY(!stored.isFinished());
    QVERIFY(never.isFinished()); // there was no permission for it
    QCOMPARE(never.result().error().code(), Error::Code::NoDemand);
    producer.queue.setWorkHeld(false);
    world.time.settle();
    QVERIFY(stored.isFinished()); // before any confirmation
    QCOMPARE(stored.result().seqNr(), 1);
    QVERIFY(!confirmed.isFinished());
    QCOMPARE(producer.controller.storedSeqNr(), 2);
    consumer.confirm();
    consumer.confirms = true;
    world.time.advance(1ms);
    consumer.confirm();
    world.time.advance(1ms);
    QVERIFY(confirmed.isFinished());
    QCOMPARE(confirmed.result().seqNr(), 2);
}

void TestDurableProducer::rdq01_restartOfBothSides()
{
    VirtualWorld world;
    {
        ProducerLife producer(world, m_disk);
        ConsumerLife consumer(world);
        consumer.confirms = false;
        world.time.settle();
        QCOMPARE(producer.send({"a", "b", "c"}), 3);
        QCOMPARE(producer.asked.currentSeqNr(), 4);
        QCOMPARE(consumer.payloads, QByteArrayList({"a"}));
    }
    ProducerLife producer(world, m_disk);
    ConsumerLife consumer(world);
    world.time.advance(10s);
    QCOMPARE(consumer.payloads, QByteArrayList({"a", "b", "c"}));
    QCOMPARE(producer.asked.currentSeqNr(), 4);
    QCOMPARE(producer.send({"d"}), 1);
    QCOMPARE(consumer.payloads, QByteArrayList({"a", "b", "c", "d"}));
    QVERIFY(consumer.errors.isEmpty());
}

void TestDurableProducer::h49_restartWithNothingUnconfirmed()
{
    VirtualWorld world;
    ConsumerLife consumer(world);
    {
        ProducerLife producer(world, m_disk);
        world.time.advance(10s);
        QCOMPARE(producer.send({"a", "b"}), 2);
        world.time.advance(1ms);
        QCOMPARE(producer.controller.unconfirmedCount(), 0);
    }
    ProducerLife producer(world, m_disk);
    world.time.advance(60s);
    QVERIFY(producer.controller.demand());
    QCOMPARE(producer.asked.currentSeqNr(), 3);
    QCOMPARE(producer.asked.confirmedSeqNr(), 2);
    QCOMPARE(producer.send({"c"}), 1);
    QCOMPARE(consumer.payloads,
             QByteArrayList({"a", "b", "c"})); // by one consumer that saw both lives
    QVERIFY(consumer.errors.isEmpty()); // no "the producer has begun anew"
}

void TestDurableProducer::h50_lostAfterReload()
{
    VirtualWorld world;
    {
        ProducerLife producer(world, m_disk);
        ConsumerLife consumer(world);
        consumer.confirms = false;
        world.time.settle();
        QCOMPARE(producer.send({"a"}), 1);
    }
    ProducerLife producer(world, m_disk);
    ConsumerLife consumer(world);
    consumer.confirms = false;
    world.time.advance(10s);
    QCOMPARE(consumer.payloads, QByteArrayList({"a"}));
    QVERIFY(!consumer.node.disconnectFrom(FlowAddress)); // with whatever was under way
    world.time.settle();
    consumer.confirm();
    QVERIFY(!consumer.node.connectTo(FlowAddress));
    world.time.advance(10s);
    QCOMPARE(producer.controller.confirmedSeqNr(), 1);
    QCOMPARE(consumer.payloads.size(), 1);
}

void TestDurableProducer::h51_confirmationNotRecorded()
{
    VirtualWorld world;
    {
        ProducerLife producer(world, m_disk);
        producer.queue.setConfirmsLost(true);
        ConsumerLife consumer(world);
        world.time.settle();
        QCOMPARE(producer.send({"a", "b"}), 2);
        world.time.advance(1ms);
        QCOMPARE(producer.controller.confirmedSeqNr(), 2);
    }
    ProducerLife producer(world, m_disk);
    ConsumerLife consumer(world); // has no memory of the former one
    world.time.advance(10s);
    QCOMPARE(consumer.payloads, QByteArrayList({"a", "b"})); // again, first, in order
    QCOMPARE(producer.send({"c"}), 1);
    QCOMPARE(consumer.payloads, QByteArrayList({"a", "b", "c"}));
}

void TestDurableProducer::h53_nothingIsSentBeforeItIsStored()
{
    VirtualWorld world;
    ProducerLife producer(world, m_disk);
    ConsumerLife consumer(world);
    world.time.settle();
    producer.queue.setAnswersHeld(true);
    QCOMPARE(producer.send({"a", "b"}), 2);
    world.time.advance(60s);
    QCOMPARE(consumer.payloads, QByteArrayList());
    QCOMPARE(producer.controller.storedSeqNr(), 0);
    producer.queue.setAnswersHeld(false);
    world.time.settle();
    QCOMPARE(consumer.payloads, QByteArrayList({"a", "b"}));
}

void TestDurableProducer::permissionWhileStoring()
{
    VirtualWorld world;
    ProducerLife producer(world, m_disk);
    ConsumerLife consumer(world);
    world.time.settle();
    producer.queue.setWorkHeld(true);
    QCOMPARE(producer.send({"a", "b", "c", "d", "e"}), 5);
    QVERIFY(producer.controller.demand());
    producer.queue.setWorkHeld(false);
    world.time.settle();
    QCOMPARE(consumer.payloads, QByteArrayList({"a", "b", "c", "d", "e"}));
}

void TestDurableProducer::whatIsSentInOneTurnIsOneBatch()
{
    constexpr int Messages = 200; // more than a controller emits signals at a time
    VirtualWorld world;
    ProducerLife producer(world, m_disk);
    ConsumerLife consumer(world);
    world.time.settle();
    int sent = 0;
    QObject::connect(&producer.controller, &ProducerController::requestNext, &producer.node, [&] {
        if (sent < Messages && producer.controller.send("x"))
            ++sent;
    });
    QVERIFY(producer.controller.send("x"));
    world.time.settle();
    QCOMPARE(sent, Messages);
    QCOMPARE(consumer.payloads.size(), Messages + 1);
    QVERIFY2(producer.queue.storeCalls() <= 2,
             qPrintable(QString::number(producer.queue.storeCalls())));
}

void TestDurableProducer::unstoredIsBounded_data()
{
    QTest::addColumn<int>("messages");
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<int>("taken");
    QTest::newRow("messages") << 3 << qint64(1000) << 3;
    QTest::newRow("bytes") << 100 << qint64(2) << 2;
    QTest::newRow("one") << 1 << qint64(1) << 1;
}

void TestDurableProducer::unstoredIsBounded()
{
    QFETCH(int, messages);
    QFETCH(qint64, bytes);
    QFETCH(int, taken);
    VirtualWorld world;
    ProducerLife producer(world, m_disk,
                          {.maxUnstoredMessages = messages, .maxUnstoredBytes = bytes});
    ConsumerLife consumer(world);
    world.time.settle();
    producer.queue.setWorkHeld(true);
    QCOMPARE(producer.send({"a", "b", "c", "d", "e"}), taken);
    QVERIFY(!producer.controller.demand());
    producer.queue.setWorkHeld(false);
    world.time.settle();
    QVERIFY(producer.controller.demand());
    QCOMPARE(consumer.payloads.size(), taken);
}

void TestDurableProducer::queueLimitsHold()
{
    VirtualWorld world;
    const auto build = [&](qint64 messages, qint64 bytes) {
        auto disk = std::make_shared<MemoryQueueDisk>();
        ProducerLife producer(world, disk);
        producer.queue.setLimits(messages, bytes); // read when it is loaded
        ConsumerLife consumer(world);
        consumer.confirms = false;
        world.time.advance(10s);
        const int taken = producer.send({"aa", "bb", "cc", "dd"});
        consumer.confirm();
        world.time.advance(1ms);
        return std::pair(taken, producer.controller.demand());
    };
    QCOMPARE(build(2, 1000), std::pair(2, true));
    QCOMPARE(build(100, 3), std::pair(2, true));
    QCOMPARE(build(100, 1000), std::pair(4, true));
}

void TestDurableProducer::h52_failuresAreTriedAgain()
{
    VirtualWorld world;
    ProducerLife producer(world, m_disk);
    ConsumerLife consumer(world);
    world.time.settle();
    producer.queue.failNext(3, Full);
    QCOMPARE(producer.send({"a", "b"}), 2);
    QCOMPARE(producer.errors, QList({Error::Code::StorageFull})); // told once
    QCOMPARE(producer.controller.storageError().code(), Error::Code::StorageFull);
    world.time.advance(99ms);
    QCOMPARE(producer.queue.storeCalls(), 1);
    world.time.advance(10s);
    QCOMPARE(consumer.payloads, QByteArrayList({"a", "b"}));
    QVERIFY(!producer.controller.storageError());
    QCOMPARE(producer.errors.size(), 1);
}

void TestDurableProducer::h52_givesUpAndGoesOn()
{
    VirtualWorld world;
    ProducerLife producer(world, m_disk, {.durableQueueRetryAttempts = 4});
    ConsumerLife consumer(world);
    world.time.settle();
    producer.queue.failNext(1'000'000, Full);
    QCOMPARE(producer.send({"a"}), 1);
    world.time.advance(1h);
    QCOMPARE(producer.queue.storeCalls(), 4);
    QCOMPARE(producer.errors, QList({Error::Code::StorageFull, Error::Code::StorageFull}));
    QVERIFY(producer.controller.storageError().message().contains(u"retry()"));
    QVERIFY(producer.controller.needsRetry());
    QCOMPARE(producer.send({"b", "c"}),
             1); // the permission that was given already, then back-pressure
    QCOMPARE(consumer.payloads, QByteArrayList());
    producer.queue.failNext(0, {});
    QVERIFY(!producer.controller.retry());
    world.time.settle();
    QVERIFY(!producer.controller.storageError());
    QVERIFY(!producer.controller.needsRetry());
    QVERIFY(producer.controller.demand());
    QCOMPARE(producer.send({"c"}), 1);
    QCOMPARE(consumer.payloads, QByteArrayList({"a", "b", "c"}));
}

void TestDurableProducer::h52_damagedQueue()
{
    VirtualWorld world;
    ProducerLife producer(world, m_disk);
    producer.queue.failNext(1, Damaged);
    ConsumerLife consumer(world);
    world.time.advance(1h);
    QCOMPARE(producer.errors, QList({Error::Code::StorageCorrupt}));
    QCOMPARE(producer.queue.loadCalls(), 1); // trying again would not help
    QVERIFY(!producer.controller.isLoaded());
    QVERIFY(!consumer.controller->isAttached());
    QCOMPARE(producer.controller.send("x").error().code(), Error::Code::NoDemand);
    QVERIFY(!producer.controller.retry());
    world.time.advance(10s);
    QVERIFY(producer.controller.isLoaded());
    QCOMPARE(producer.send({"a"}), 1);
    QCOMPARE(consumer.payloads, QByteArrayList({"a"}));
}

/*! Another process has it: when that has ended, retry() loads. */
void TestDurableProducer::loadingWhileInUse()
{
    VirtualWorld world;
    ProducerLife producer(world, m_disk);
    producer.queue.failNext(1, InUse);
    world.time.advance(1h);
    QCOMPARE(producer.errors, QList({Error::Code::StorageInUse}));
    QVERIFY(producer.controller.needsRetry());
    const QString message = producer.controller.storageError().message();
    QVERIFY2(message.contains(u"or call retry()"), qPrintable(message));
    QVERIFY(!producer.controller.retry());
    world.time.advance(1s);
    QVERIFY(producer.controller.isLoaded());
}

/*! A newer owner fences this one: what helps is said, and it is not retry(). */
void TestDurableProducer::takenOver()
{
    VirtualWorld world;
    ProducerLife producer(world, m_disk);
    ConsumerLife consumer(world);
    world.time.settle();
    QCOMPARE(producer.send({"a"}), 1);
    producer.queue.failNext(1'000'000, InUse);
    QCOMPARE(producer.send({"b"}), 1);
    world.time.advance(1h);
    QCOMPARE(producer.errors, QList({Error::Code::StorageInUse}));
    QVERIFY(producer.controller.needsRetry());
    const QString message = producer.controller.storageError().message();
    QVERIFY2(!message.contains(u"call retry()") && message.contains(u"a new queue"),
             qPrintable(message));
    QVERIFY(!producer.controller.retry());
    world.time.advance(1h);
    QVERIFY(producer.controller.needsRetry());
    QCOMPARE(consumer.payloads, QByteArrayList({"a"}));
}

void TestDurableProducer::loadingIsTriedAgain()
{
    VirtualWorld world;
    ProducerLife producer(world, m_disk);
    producer.queue.failNext(5, Error(Error::Code::StorageFailed, QStringLiteral("Away.")));
    ConsumerLife consumer(world);
    world.time.advance(1min);
    QCOMPARE(producer.errors, QList({Error::Code::StorageFailed}));
    QCOMPARE(producer.queue.loadCalls(), 6);
    QVERIFY(consumer.controller->isAttached());
    QCOMPARE(m_disk->state.generation, 1);
}

void TestDurableProducer::nothingIsOfferedBeforeLoading()
{
    VirtualWorld world;
    ProducerLife producer(world, m_disk);
    producer.queue.setAnswersHeld(true);
    ConsumerLife consumer(world);
    QSignalSpy offered(&consumer.node, &DeliveryNode::producerOffered);
    QSignalSpy loaded(&producer.controller, &ProducerController::loaded);
    world.time.advance(1min);
    QCOMPARE(offered.count(), 0);
    QCOMPARE(loaded.count(), 0);
    producer.queue.setAnswersHeld(false);
    world.time.settle();
    QCOMPARE(loaded.count(), 1);
    QCOMPARE(offered.count(), 1);
    QVERIFY(consumer.controller->isAttached());
}

void TestDurableProducer::contextComesBack()
{
    VirtualWorld world;
    {
        ProducerLife producer(world, m_disk);
        ConsumerLife consumer(world);
        world.time.settle();
        QCOMPARE(producer.send({"a", "b"}), 2);
        QCOMPARE(producer.controller.storedContext(), QByteArray("at b"));
        world.time.advance(1ms);
    }
    ProducerLife producer(world, m_disk);
    world.time.settle();
    QCOMPARE(producer.controller.storedContext(), QByteArray("at b"));
    QCOMPARE(producer.controller.confirmedSeqNr(), 2);
}

void TestDurableProducer::sendIsStoredAlthoughTheControllerEnds()
{
    VirtualWorld world;
    {
        MemoryQueue queue(m_disk);
        TestNode node(world, nodeNamed(QStringLiteral("left")));
        ConsumerLife consumer(world);
        auto controller = std::make_unique<ProducerController>(QStringLiteral("producer"),
                                                               ProducerSettings(), &queue, &node);
        QVERIFY(!controller->start(&node));
        QVERIFY(!node.listen(FlowAddress));
        world.time.advance(10s);
        QVERIFY(controller->demand());
        QVERIFY(controller->send("last words"));
        controller.reset();
        world.time.settle();
    }
    QCOMPARE(m_disk->state.unconfirmed.size(), 1);
    QCOMPARE(m_disk->state.unconfirmed[0].payload, QByteArray("last words"));
}

void TestDurableProducer::storedWithoutQueue()
{
    Flow flow;
    QVERIFY(!flow.begin());
    const auto answer = flow.producer.sendTracked("x", ProducerController::Completion::Stored);
    QVERIFY(answer.isFinished());
    QCOMPARE(answer.result().error().code(), Error::Code::InvalidArgument);
    QCOMPARE(flow.producer.currentSeqNr(), 1);
    QCOMPARE(flow.producer.storedSeqNr(), 0);
    QVERIFY(!flow.producer.retry());
}

void TestDurableProducer::queueOfAnotherThread()
{
    VirtualWorld world;
    TestNode node(world, nodeNamed(QStringLiteral("left")));
    QThread thread;
    MemoryQueue queue(m_disk);
    queue.moveToThread(&thread);
    ProducerController elsewhere(QStringLiteral("a"), {}, &queue, &node);
    QCOMPARE(elsewhere.start(this).code(), Error::Code::WrongThread);
    ProducerController nowhere(QStringLiteral("b"), {}, nullptr, &node);
    QCOMPARE(nowhere.start(this).code(), Error::Code::InvalidArgument);
}

void TestDurableProducer::queueEndsFirst()
{
    VirtualWorld world;
    TestNode node(world, nodeNamed(QStringLiteral("left")));
    auto queue = std::make_unique<MemoryQueue>(m_disk);
    ProducerController controller(QStringLiteral("producer"), {}, queue.get(), &node);
    QSignalSpy errors(&controller, &ProducerController::errorOccurred);
    QVERIFY(!controller.start(this));
    world.time.settle();
    queue.reset();
    world.time.settle();
    QCOMPARE(errors.count(), 1);
    QCOMPARE(errors[0][0].value<Error>().code(), Error::Code::StorageFailed);
}

QTEST_GUILESS_MAIN(TestDurableProducer)
#include "tst_durableproducer.moc"
