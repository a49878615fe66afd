// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "flow.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace QtDelivery;
using namespace TestSupport;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

// Which consumer gets the flow of which producer, and what both hear of it. Names CC-… and H… are
// ids of tests/coverage.md.

class TestRegistration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void cc02_registerElsewhere();
    void registerAgain();
    void cc12_producerReplaced();
    void h13_producerRestarted();
    void h15_duplicateProducer();
    void wantedNode();
    void h20_replaced();
    void replacedComesBack();
    void orders_data();
    void orders();
    void controllersComeLate();
    void producerNamesAnotherConsumer();
    void producerNamesTheOneItHas();
    void busyConsumerIsNotTaken();
    void invitedConsumerMovesToAnotherNode();
    void producerGoesWhileAttachIsUnderWay();
};

void TestRegistration::cc02_registerElsewhere()
{
    Flow flow;
    flow.confirms = false;
    ProducerController other(u"other"_s, &flow.left);
    QVERIFY(!other.start(this));
    QSignalSpy registration(&flow.consumer, &ConsumerController::registrationChanged);
    QVERIFY(!flow.begin());
    QCOMPARE(registration.size(), 1);
    QCOMPARE(flow.send(2), 2);
    const Delivery outstanding = flow.last;
    QVERIFY(!flow.consumer.registerToProducerController(u"other"_s));
    QCOMPARE(flow.consumer.producerId(), u"other"_s);
    flow.world.time.settle();
    QCOMPARE(registration.size(), 2);
    QVERIFY(other.isAttached());
    QVERIFY(!flow.producer.isAttached());
    QVERIFY(other.send("of the other"));
    flow.world.time.settle();
    QCOMPARE(flow.delivered, QList<qint64>({1})); // it waits for the outstanding one
    QVERIFY(!flow.consumer.confirm(outstanding));
    flow.world.time.settle();
    QCOMPARE(flow.last.payload(), "of the other");
    QCOMPARE(flow.last.producerId(), u"other"_s);
    QCOMPARE(flow.producer.confirmedSeqNr(), 0); // that one was given up before
    // The former producer keeps its messages, for whoever comes next.
    Rival next(flow.world);
    QVERIFY(!next.takeFlow());
    QCOMPARE(next.delivered, QList<qint64>({1, 2}));
}

void TestRegistration::registerAgain()
{
    Flow flow;
    flow.confirms = false;
    QSignalSpy registration(&flow.consumer, &ConsumerController::registrationChanged);
    QVERIFY(!flow.begin());
    QCOMPARE(flow.send(3), 3);
    QVERIFY(!flow.consumer.confirm(flow.last));
    QVERIFY(!flow.consumer.registerToProducerController(u"producer"_s));
    flow.world.time.settle();
    QVERIFY(flow.consumer.isAttached());
    QCOMPARE(registration.size(), 1);
    QCOMPARE(flow.producer.confirmedSeqNr(), 1); // went before
    QVERIFY(!flow.confirm());
    QVERIFY(!flow.confirm());
    QCOMPARE(flow.delivered, QList<qint64>({1, 2, 3})); // nothing twice
    QCOMPARE(flow.producer.confirmedSeqNr(), 3);
    QCOMPARE(flow.consumerErrors, QList<Error::Code>());
}

void TestRegistration::cc12_producerReplaced()
{
    // RD-07: another instance of the same name.
    Flow flow;
    auto producer = std::make_unique<ProducerController>(u"p"_s, &flow.left);
    QVERIFY(!flow.begin());
    for (int life = 1; life <= 3; ++life) {
        producer.reset();
        producer = std::make_unique<ProducerController>(u"p"_s, &flow.left);
        QVERIFY(!producer->start(this));
        if (life == 1)
            QVERIFY(!flow.consumer.registerToProducerController(u"p"_s));
        flow.world.time.settle();
        for (const char *payload : {"a", "b"}) {
            QVERIFY(producer->send(payload));
            flow.world.time.settle();
        }
        QCOMPARE(producer->confirmedSeqNr(), 2);
    }
    QCOMPARE(flow.delivered, QList<qint64>({1, 2, 1, 2, 1, 2}));
    QCOMPARE(flow.consumerErrors, QList<Error::Code>(2, Error::Code::ProducerRestarted));
}

void TestRegistration::h13_producerRestarted()
{
    Flow flow;
    flow.confirms = false;
    QVERIFY(!flow.begin());
    auto producer = std::make_unique<ProducerController>(u"p"_s, &flow.left);
    QVERIFY(!producer->start(this));
    QVERIFY(!flow.consumer.registerToProducerController(u"p"_s));
    flow.world.time.settle();
    for (int i = 0; i < 4; ++i) {
        QVERIFY(producer->send("lost"));
        flow.world.time.settle();
    }
    QString message;
    connect(&flow.consumer, &ConsumerController::errorOccurred, this,
            [&](const Error &error) { message = error.message(); });
    producer.reset();
    flow.world.time.settle();
    QCOMPARE(flow.consumerErrors, QList<Error::Code>()); // nobody has come in its place
    producer = std::make_unique<ProducerController>(u"p"_s, &flow.left);
    flow.world.time.settle();
    QCOMPARE(flow.consumerErrors, QList<Error::Code>({Error::Code::ProducerRestarted}));
    QVERIFY2(message.contains(u"p ") && message.contains(u" 3 "), qPrintable(message));
    QCOMPARE(flow.consumer.bufferedCount(), 0);
}

// H15
void TestRegistration::h15_duplicateProducer()
{
    Flow flow;
    QVERIFY(!flow.begin());
    TestNode third(flow.world, nodeNamed(u"third"_s));
    ProducerController namesake(u"producer"_s, &third);
    QVERIFY(!namesake.start(this));
    QVERIFY(!third.listen(QUrl(u"local:third"_s)));
    QVERIFY(!flow.right.connectTo(QUrl(u"local:third"_s)));
    flow.world.time.settle();
    QCOMPARE(flow.consumerErrors, QList<Error::Code>({Error::Code::DuplicateProducer}));
    QCOMPARE(flow.consumer.producerNodeId(), u"left"_s);
    QCOMPARE(flow.send(1), 1);
    QCOMPARE(flow.delivered, QList<qint64>({1}));
    QVERIFY(!namesake.isAttached());
    // Once the first is gone, the other one is a producer that has begun anew.
    flow.left.close();
    flow.world.time.settle();
    QVERIFY(namesake.isAttached());
    QCOMPARE(flow.consumer.producerNodeId(), u"third"_s);
    QCOMPARE(flow.consumerErrors.last(), Error::Code::ProducerRestarted);
}

void TestRegistration::wantedNode()
{
    Flow flow;
    TestNode third(flow.world, nodeNamed(u"third"_s));
    ProducerController namesake(u"producer"_s, &third);
    QVERIFY(!third.listen(QUrl(u"local:third"_s)));
    QVERIFY(!flow.link());
    QVERIFY(!flow.consumer.start(this));
    QVERIFY(!flow.consumer.registerToProducerController(u"producer"_s, u"third"_s));
    flow.world.time.settle();
    QVERIFY(!flow.consumer.isAttached()); // not that of the node "left"
    QCOMPARE(flow.consumer.producerNodeId(), QString());
    QVERIFY(!flow.right.connectTo(QUrl(u"local:third"_s)));
    flow.world.time.settle();
    QVERIFY(namesake.isAttached());
    QCOMPARE(flow.consumer.producerNodeId(), u"third"_s);
    QCOMPARE(flow.consumerErrors, QList<Error::Code>()); // it was said which one is meant
    QVERIFY(!flow.consumer.registerToProducerController(u"producer"_s, u"left"_s));
    flow.world.time.settle();
    QCOMPARE(flow.consumer.producerNodeId(), u"left"_s);
    QVERIFY(!namesake.isAttached());
}

// H20
void TestRegistration::h20_replaced()
{
    Flow flow;
    flow.confirms = false;
    QVERIFY(!flow.begin());
    QCOMPARE(flow.send(4), 4);
    Rival rival(flow.world);
    QVERIFY(!rival.takeFlow());
    QCOMPARE(flow.consumerErrors, QList<Error::Code>({Error::Code::Replaced}));
    QVERIFY(!flow.consumer.isAttached());
    QCOMPARE(rival.delivered, QList<qint64>({1, 2, 3, 4}));
    // What it has counts no more, and the rest is the rival's.
    QVERIFY(!flow.confirm());
    QCOMPARE(flow.delivered, QList<qint64>({1}));
    QCOMPARE(flow.consumer.bufferedCount(), 0);
    // It does not steal the flow back: not by time, not with a new link.
    flow.world.time.advance(1h);
    flow.world.network.cutAll();
    flow.world.time.advance(1h);
    QVERIFY(rival.consumer.isAttached());
    QVERIFY(!flow.consumer.isAttached());
    QCOMPARE(rival.errors, QList<Error::Code>());
    QCOMPARE(flow.consumerErrors.size(), 1);
}

void TestRegistration::replacedComesBack()
{
    Flow flow;
    QVERIFY(!flow.begin());
    Rival rival(flow.world);
    for (int round = 0; round < 3; ++round) {
        QVERIFY(!rival.takeFlow());
        QCOMPARE(flow.send(2), 2);
        QVERIFY(!flow.consumer.registerToProducerController(u"producer"_s));
        flow.world.time.settle();
        QCOMPARE(flow.send(1), 1);
    }
    QCOMPARE(rival.delivered, QList<qint64>({1, 2, 4, 5, 7, 8}));
    QCOMPARE(flow.delivered, QList<qint64>({3, 6, 9}));
    QCOMPARE(flow.producer.confirmedSeqNr(), 9);
    QCOMPARE(rival.errors, QList<Error::Code>(3, Error::Code::Replaced));
    QCOMPARE(flow.consumerErrors, QList<Error::Code>(3, Error::Code::Replaced));
}

// ---- who finds whom

namespace {

enum class By { Consumer, Producer, Both };

/*! What happens until a flow is set up, in an order of the row's. */
enum class Step { Link, StartProducer, StartConsumer, Register };

} // namespace

void TestRegistration::orders_data()
{
    QTest::addColumn<By>("by");
    QTest::addColumn<QList<Step>>("steps");
    const std::pair<const char *, By> registrations[] = {
        {"consumer", By::Consumer}, {"producer", By::Producer}, {"both", By::Both}};
    for (const auto &[name, by] : registrations) {
        QList<Step> steps{Step::Link, Step::StartProducer, Step::StartConsumer, Step::Register};
        int number = 0;
        do {
            QTest::addRow("by %s, order %d", name, ++number) << by << steps;
        } while (std::next_permutation(steps.begin(), steps.end()));
    }
}

// H7, M8: whatever comes first, and with a pause or without one between the steps.
void TestRegistration::orders()
{
    QFETCH(const By, by);
    QFETCH(const QList<Step>, steps);
    for (const bool pauses : {false, true}) {
        Flow flow;
        for (const Step step : steps) {
            if (step == Step::Link)
                QVERIFY(!flow.link());
            else if (step == Step::StartProducer)
                QVERIFY(!flow.producer.start(&flow.application));
            else if (step == Step::StartConsumer)
                QVERIFY(!flow.consumer.start(&flow.application));
            if (step == Step::Register && by != By::Producer)
                QVERIFY(!flow.consumer.registerToProducerController(u"producer"_s));
            if (step == Step::Register && by != By::Consumer)
                QVERIFY(!flow.producer.registerConsumer(u"consumer"_s));
            if (pauses)
                flow.world.time.advance(1min);
        }
        flow.world.time.settle();
        QVERIFY(flow.producer.isAttached());
        QVERIFY(flow.consumer.isAttached());
        QCOMPARE(flow.consumer.producerId(), u"producer"_s);
        QCOMPARE(flow.consumer.producerNodeId(), u"left"_s);
        QCOMPARE(flow.send(3), 3);
        QCOMPARE(flow.delivered, QList<qint64>({1, 2, 3}));
        flow.world.network.cutAll();
        flow.world.time.advance(1s);
        QCOMPARE(flow.send(3), 3);
        QCOMPARE(flow.delivered, QList<qint64>({1, 2, 3, 4, 5, 6}));
        QCOMPARE(flow.producerErrors + flow.consumerErrors, QList<Error::Code>());
    }
}

void TestRegistration::controllersComeLate()
{
    // Both nodes are linked long before there is anything to register.
    Flow flow;
    QVERIFY(!flow.link());
    flow.world.time.advance(1min);
    ConsumerController consumer(u"late consumer"_s, &flow.right);
    QVERIFY(!consumer.start(this));
    QVERIFY(!consumer.registerToProducerController(u"late producer"_s));
    flow.world.time.advance(1min);
    auto producer = std::make_unique<ProducerController>(u"late producer"_s, &flow.left);
    flow.world.time.settle();
    QVERIFY(consumer.isAttached());
    producer = nullptr;
    flow.world.time.settle();
    QVERIFY(!consumer.isAttached());
    QVERIFY(!flow.producer.registerConsumer(u"later consumer"_s));
    flow.world.time.advance(1min);
    const ConsumerController later(u"later consumer"_s, &flow.right);
    flow.world.time.settle();
    QVERIFY(later.isAttached());
    QCOMPARE(later.producerId(), u"producer"_s);
}

void TestRegistration::producerNamesAnotherConsumer()
{
    Flow flow;
    flow.confirms = false;
    QVERIFY(!flow.begin());
    QCOMPARE(flow.send(2), 2);
    Rival rival(flow.world);
    QVERIFY(!flow.producer.registerConsumer(u"rival"_s));
    flow.world.time.settle();
    QCOMPARE(rival.delivered, QList<qint64>({1, 2}));
    QCOMPARE(flow.consumerErrors, QList<Error::Code>({Error::Code::Replaced}));
    QVERIFY(!flow.consumer.isAttached());
}

void TestRegistration::producerNamesTheOneItHas()
{
    Flow flow;
    QVERIFY(!flow.begin());
    QSignalSpy attachedChanged(&flow.consumer, &ConsumerController::attachedChanged);
    QVERIFY(!flow.producer.registerConsumer(u"consumer"_s));
    QVERIFY(!flow.producer.registerConsumer(u"consumer"_s, u"right"_s));
    flow.world.time.settle();
    QCOMPARE(attachedChanged.size(), 0);
    QCOMPARE(flow.consumerErrors, QList<Error::Code>());
    QVERIFY(flow.consumer.isAttached());
    // but not on that node
    QVERIFY(!flow.producer.registerConsumer(u"consumer"_s, u"elsewhere"_s));
    flow.world.time.settle();
    QVERIFY(!flow.consumer.isAttached());
}

void TestRegistration::busyConsumerIsNotTaken()
{
    // The consumer has a producer: the invitation of another one waits until it is free.
    Flow flow;
    QVERIFY(!flow.begin());
    auto other = std::make_unique<ProducerController>(u"other"_s, &flow.left);
    QVERIFY(!other->start(this));
    QVERIFY(!other->registerConsumer(u"consumer"_s));
    flow.world.time.advance(1min);
    QVERIFY(!other->isAttached());
    QVERIFY(flow.producer.isAttached());
    QVERIFY(!flow.producer.registerConsumer(u"somebody else"_s)); // gives it free
    flow.world.time.advance(1min);
    QVERIFY(other->isAttached());
    QCOMPARE(flow.consumer.producerId(), u"other"_s);
}

void TestRegistration::invitedConsumerMovesToAnotherNode()
{
    // It goes before it can accept, and comes back on a third node.
    Flow flow;
    Rival first(flow.world, {}, u"wanted"_s);
    flow.world.time.settle();
    QVERIFY(!flow.left.listen(QUrl(u"local:none"_s)));
    ConsumerController busy(u"busy"_s, &flow.right);
    QVERIFY(!flow.link());
    QVERIFY(!busy.start(this));
    ProducerController holder(u"holder"_s, &flow.left);
    QVERIFY(!busy.registerToProducerController(u"holder"_s));
    flow.world.time.settle();
    QVERIFY(!flow.producer.registerConsumer(u"busy"_s)); // it is: so this invites again and again
    flow.world.time.settle();
    QVERIFY(!flow.producer.isAttached());
    busy.stop();
    flow.world.time.settle();
    TestNode third(flow.world, nodeNamed(u"third"_s));
    const ConsumerController moved(u"busy"_s, &third);
    QVERIFY(!third.connectTo(FlowAddress));
    flow.world.time.settle();
    QVERIFY(moved.isAttached());
    QCOMPARE(moved.producerId(), u"producer"_s);
}

void TestRegistration::producerGoesWhileAttachIsUnderWay()
{
    // The Attach meets a producer that is gone, while another node offers one of that name.
    Flow flow;
    TestNode third(flow.world, nodeNamed(u"third"_s));
    const ProducerController namesake(u"moving"_s, &third);
    QVERIFY(!third.listen(QUrl(u"local:third"_s)));
    auto producer = std::make_unique<ProducerController>(u"moving"_s, &flow.left);
    QVERIFY(!flow.link());
    flow.world.time.settle();
    const auto wire = flow.world.network.wire();
    QVERIFY(!flow.right.connectTo(QUrl(u"local:third"_s)));
    QVERIFY(!flow.consumer.registerToProducerController(u"moving"_s)); // only "left" is known
    wire->setHeld(true);
    flow.world.time.settle();
    producer.reset();
    flow.world.time.settle();
    QVERIFY(!flow.consumer.isAttached());
    wire->setHeld(false);
    flow.world.time.settle();
    QVERIFY(flow.consumer.isAttached());
    QCOMPARE(flow.consumer.producerNodeId(), u"third"_s);
}

QTEST_GUILESS_MAIN(TestRegistration)
#include "tst_registration.moc"
