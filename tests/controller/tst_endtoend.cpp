// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "flow.h"

#include <QFuture>
#include <QRegularExpression>
#include <QTest>

#include <map>
#include <set>

using namespace QtDelivery;
using namespace TestSupport;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

// RD-01 to RD-06 of tests/coverage.md: 42 messages at the applications' own pace, in virtual time.
// The global rows say what the connection does to them; tst_pointtopoint has the real sockets.

namespace {

constexpr int Messages = 42;

/*! Work that an application does later, in virtual time. */
class Agenda
{
public:
    explicit Agenda(VirtualTime &time)
        : m_time(time)
    { }

    void after(std::chrono::milliseconds delay, std::function<void()> work)
    {
        m_work.emplace(m_time.now() + delay, std::move(work));
    }

    /*! Moves the clock by a millisecond and does what is due. */
    void step()
    {
        m_time.advance(1ms);
        while (!m_work.empty() && m_work.begin()->first <= m_time.now()) {
            auto entry = m_work.extract(m_work.begin());
            entry.mapped()();
        }
        VirtualTime::settle();
    }

private:
    VirtualTime &m_time;
    std::multimap<TimePoint, std::function<void()>> m_work;
};

/*! A consumer's application that takes its time and fails on any repetition. */
class SlowConsumer
{
public:
    SlowConsumer(ConsumerController &controller, Agenda &agenda, std::chrono::milliseconds delay)
    {
        QObject::connect(&controller, &ConsumerController::delivered, &m_context,
                         [this, &controller, &agenda, delay](const Delivery &delivery) {
                             ok &= delivery.payload()
                                 == "msg-" + QByteArray::number(delivery.seqNr());
                             ok &= m_seen.insert(delivery.seqNr()).second;
                             agenda.after(delay, [this, &controller, delivery] {
                                 ok &= controller.isStopped() || !controller.confirm(delivery);
                                 last = delivery.seqNr();
                             });
                         });
    }

    qint64 last = 0;
    bool ok = true;

    [[nodiscard]] qsizetype count() const { return qsizetype(m_seen.size()); }

private:
    QObject m_context;
    std::set<qint64> m_seen;
};

enum class Wire { Plain, Pieces, Cuts };

} // namespace

class TestEndToEnd : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void pointToPoint_data();
    void pointToPoint();
    void rd06_replaceDestination();
};

void TestEndToEnd::initTestCase_data()
{
    QTest::addColumn<Wire>("wire");
    QTest::newRow("plain") << Wire::Plain;
    QTest::newRow("7 bytes at a time") << Wire::Pieces;
    QTest::newRow("cut every 100 ms") << Wire::Cuts;
}

namespace {

void harm(VirtualWorld &world, Wire kind, int millisecond)
{
    if (kind == Wire::Cuts && millisecond % 100 == 5)
        world.network.cutAll();
    const auto wire = world.network.wire();
    if (kind == Wire::Pieces && wire)
        wire->setPiece(7);
}

} // namespace

void TestEndToEnd::pointToPoint_data()
{
    QTest::addColumn<std::chrono::milliseconds>("producerDelay");
    QTest::addColumn<std::chrono::milliseconds>("consumerDelay");
    QTest::addColumn<bool>("asks");
    QTest::newRow("RD-01 default delays") << 20ms << 10ms << false;
    QTest::newRow("RD-02 with asks") << 20ms << 10ms << true;
    QTest::newRow("RD-03 slow producer, fast consumer") << 30ms << 0ms << false;
    QTest::newRow("RD-04 fast producer, slow consumer") << 0ms << 30ms << false;
    QTest::newRow("RD-05 both fast") << 0ms << 0ms << true;
}

void TestEndToEnd::pointToPoint()
{
    QFETCH_GLOBAL(const Wire, wire);
    QFETCH(const std::chrono::milliseconds, producerDelay);
    QFETCH(const std::chrono::milliseconds, consumerDelay);
    QFETCH(const bool, asks);
    Flow flow({.flowControlWindow = 20});
    flow.consumer.disconnect(&flow.application);
    Agenda agenda(flow.world.time);
    SlowConsumer slow(flow.consumer, agenda, consumerDelay);
    std::set<qint64> answers;
    const auto sendNext = [&](qint64 seqNr) {
        const QByteArray payload = "msg-" + QByteArray::number(seqNr);
        if (!asks) {
            QCOMPARE(flow.producer.send(payload).seqNr(), seqNr);
            return;
        }
        flow.producer.sendTracked(payload).then(
            [&](const SendResult &result) { QVERIFY(answers.insert(result.seqNr()).second); });
    };
    connect(&flow.producer, &ProducerController::requestNext, this, [&](const RequestNext &next) {
        if (next.currentSeqNr() <= Messages)
            agenda.after(producerDelay, [&, seqNr = next.currentSeqNr()] { sendNext(seqNr); });
    });
    QVERIFY(!flow.begin());
    int elapsed = 0;
    for (; slow.last < Messages && elapsed < 60'000; ++elapsed) {
        harm(flow.world, wire, elapsed);
        agenda.step();
    }
    // The delays are honoured, and hardly anything comes on top of them.
    const int pace = int(std::max(producerDelay, consumerDelay).count());
    QVERIFY2(elapsed >= pace * (Messages - 1), qPrintable(QString::number(elapsed)));
    if (wire != Wire::Cuts)
        QVERIFY2(elapsed <= pace * Messages + 300, qPrintable(QString::number(elapsed)));
    flow.world.time.advance(10s);
    QVERIFY(slow.ok);
    QCOMPARE(slow.count(), Messages);
    QCOMPARE(flow.producer.confirmedSeqNr(), Messages);
    QCOMPARE(answers.size(), size_t(asks ? Messages : 0));
    QCOMPARE(flow.consumer.statistics().duplicatesDropped, quint64(0));
    QCOMPARE(flow.consumer.statistics().attachments > 1, wire == Wire::Cuts);
}

void TestEndToEnd::rd06_replaceDestination()
{
    QFETCH_GLOBAL(const Wire, wire);
    Flow flow({.flowControlWindow = 20});
    flow.consumer.disconnect(&flow.application);
    Agenda agenda(flow.world.time);
    auto application = std::make_unique<QObject>();
    SlowConsumer first(flow.consumer, agenda, 0ms);
    connect(&flow.producer, &ProducerController::requestNext, this, [&](const RequestNext &next) {
        if (next.currentSeqNr() <= 2 * Messages)
            QVERIFY(flow.producer.send("msg-" + QByteArray::number(next.currentSeqNr())));
    });
    QVERIFY(!flow.link());
    QVERIFY(!flow.producer.start(this));
    QVERIFY(!flow.consumer.start(application.get()));
    QVERIFY(!flow.consumer.registerToProducerController(u"producer"_s));
    int elapsed = 0;
    while (first.last < Messages && elapsed < 60'000) {
        harm(flow.world, wire, ++elapsed);
        agenda.step();
    }
    application.reset(); // its controller ends with it
    flow.world.time.advance(1s);
    QVERIFY(flow.consumer.isStopped());
    const qint64 confirmed = flow.producer.confirmedSeqNr();
    QVERIFY(confirmed <= first.last);
    QVERIFY(confirmed >= Messages - 1 || wire == Wire::Cuts); // a cut may take the last ones along

    Rival second(flow.world, {.flowControlWindow = 20});
    QVERIFY(!second.consumer.registerToProducerController(u"producer"_s));
    while ((second.delivered.isEmpty() || second.delivered.last() < 2 * Messages)
           && elapsed < 120'000) {
        harm(flow.world, wire, ++elapsed);
        flow.world.time.advance(1ms);
    }
    QCOMPARE(second.delivered.first(), confirmed + 1); // what was not confirmed, then the new ones
    for (qsizetype i = 1; i < second.delivered.size(); ++i)
        QCOMPARE(second.delivered[i], second.delivered[i - 1] + 1);
    QVERIFY(first.ok);
    QCOMPARE(second.failures, 0);
}

QTEST_GUILESS_MAIN(TestEndToEnd)
#include "tst_endtoend.moc"
