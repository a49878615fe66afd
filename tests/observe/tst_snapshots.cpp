// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "../controller/durableflow.h"
#include "core/consumermachine.h"
#include "observe/clocks.h"
#include "observe/flightrecorder.h"
#include "observe/transferrate.h"

#include <QRegularExpression>
#include <QTest>

using namespace QtDelivery;
using namespace TestSupport;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using Kind = FlowEvent::Kind;

// What a flow and a link show of themselves at one instant, and what the flight recorder keeps.

class TestSnapshots : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void axisOfAnEmptyFlow();
    void axisOfAWindow();
    void consumersRanges();
    void counters();
    void rejectedCalls();
    void age();
    void sameness();
    void flowsOfANode();
    void linkUp();
    void linkWaiting();
    void linkResting();
    void roundTrip();

    void marksOfAge_data();
    void marksOfAge();
    void marksForget();
    void storeClock();
    void transferRate();
    void transferRateOfAFlow();

    void recorderIsOffByDefault();
    void recorderFromTheStart();
    void recorderTells();
    void recorderOfANode();
    void recorderIsARing();
    void recorderReadsOn();
    void eventNames();
};

namespace {

QList<Kind> kindsOf(const QList<FlowEvent> &events)
{
    QList<Kind> kinds;
    for (const FlowEvent &event : events)
        kinds.append(event.kind);
    return kinds;
}

} // namespace

// ---- flows

void TestSnapshots::axisOfAnEmptyFlow()
{
    Flow flow;
    const FlowSnapshot shown = flow.producer.snapshot();
    QCOMPARE(shown.id, u"producer"_s);
    QCOMPARE(shown.key(), u"p/producer"_s);
    QCOMPARE(flow.consumer.snapshot().key(), u"c/consumer"_s);
    QCOMPARE(shown.nodeId, u"left"_s);
    QCOMPARE(shown.role, FlowSnapshot::Role::Producer);
    QCOMPARE(shown.state, FlowSnapshot::State::Unattached);
    QCOMPARE(shown.nextSeqNr, 1);
    QCOMPARE(shown.grantedSeqNr, 0);
    QCOMPARE(shown.oldestUnconfirmedAge(), -1);
    QVERIFY(!shown.isStarted);
    QVERIFY(!shown.isDurable);
    QCOMPARE(shown.time, flow.left.clock());
}

void TestSnapshots::axisOfAWindow()
{
    Flow flow({.flowControlWindow = 8});
    QVERIFY(!flow.begin());
    QCOMPARE(flow.send(3), 3);
    flow.confirms = false;
    QCOMPARE(flow.send(5), 5);
    flow.world.time.advance(1ms);
    const FlowSnapshot producer = flow.producer.snapshot();
    QCOMPARE(producer.state, FlowSnapshot::State::Attached);
    QCOMPARE(producer.peerId, u"consumer"_s);
    QCOMPARE(producer.peerNodeId, u"right"_s);
    QCOMPARE(producer.confirmedSeqNr, 3);
    QCOMPARE(producer.sentSeqNr, 8);
    QCOMPARE(producer.storedSeqNr, 8);
    QCOMPARE(producer.nextSeqNr, 9);
    QCOMPARE(producer.grantedSeqNr, 11);
    QCOMPARE(producer.inFlight(), 5);
    QCOMPARE(producer.window(), 8);
    QCOMPARE(producer.unconfirmedBytes, 5 * 9);
    QCOMPARE(producer.inFlightBytes, 5 * 9);
    QCOMPARE(producer.epoch, 1);
    const FlowSnapshot consumer = flow.consumer.snapshot();
    QCOMPARE(consumer.peerId, u"producer"_s);
    QCOMPARE(consumer.peerNodeId, u"left"_s);
    QCOMPARE(consumer.confirmedSeqNr, 3);
    QCOMPARE(consumer.deliveredSeqNr, 4);
    QCOMPARE(consumer.receivedSeqNr, 8);
    QCOMPARE(consumer.sentSeqNr, 8);
    QCOMPARE(consumer.grantedSeqNr, 11);
    QCOMPARE(consumer.ranges, (QList<SeqRange>{{5, 8}}));
    QCOMPARE(consumer.unconfirmedBytes, 5 * 9);
    QCOMPARE(consumer.epoch, 1);
}

void TestSnapshots::consumersRanges()
{
    ConsumerMachine machine(u"c"_s, {1, 1}, {.window = 1000});
    machine.setProducer(u"p"_s);
    machine.attach(1, TimePoint());
    QCOMPARE(machine.handleAttached({{2, 2}, 1, 1}, TimePoint()), QtDelivery::Reason::None);
    for (const SeqNr n : {1, 2, 5, 6, 9})
        QCOMPARE(machine.handleMessage({n, "x"}, TimePoint()), QtDelivery::Reason::None);
    const ConsumerMachineSnapshot shown = machine.snapshot();
    QCOMPARE(shown.buffered.size(), 3u);
    QCOMPARE(shown.buffered[0].from, 1);
    QCOMPARE(shown.buffered[0].to, 2);
    QCOMPARE(shown.buffered[1].from, 5);
    QCOMPARE(shown.buffered[1].to, 6);
    QCOMPARE(shown.buffered[2].from, 9);
    QCOMPARE(shown.buffered[2].to, 9);
    for (SeqNr n = 11; n < 600; n += 2)
        QCOMPARE(machine.handleMessage({n, "x"}, TimePoint()), QtDelivery::Reason::None);
    QCOMPARE(machine.snapshot().buffered.size(), MaxShownRanges);
}

void TestSnapshots::counters()
{
    Flow flow;
    QVERIFY(!flow.begin());
    QCOMPARE(flow.send(4), 4);
    flow.world.time.advance(1ms);
    QCOMPARE(flow.producer.snapshot().messages, 4);
    QCOMPARE(flow.producer.snapshot().bytes, 4 * 9);
    QCOMPARE(flow.producer.snapshot().attachments, 1);
    QCOMPARE(flow.consumer.snapshot().messages, 4);
    QCOMPARE(flow.consumer.snapshot().received, 4);
    QCOMPARE(flow.consumer.snapshot().confirmed, 4);
    flow.world.network.cutAll();
    flow.world.time.advance(1s);
    QCOMPARE(flow.producer.snapshot().attachments, 2);
    QCOMPARE(flow.consumer.snapshot().attachments, 2);
}

void TestSnapshots::rejectedCalls()
{
    Flow flow({.maxMessageSize = 10});
    QVERIFY(!flow.producer.send("early"));
    QVERIFY(!flow.begin());
    QVERIFY(!flow.producer.send("much too large"));
    QCOMPARE(flow.producer.snapshot().rejected, 2);
    QCOMPARE(flow.send(1), 1);
    QVERIFY(flow.consumer.confirm(flow.last));
    QCOMPARE(flow.consumer.snapshot().rejected, 1);
}

void TestSnapshots::age()
{
    Flow flow;
    flow.confirms = false;
    QVERIFY(!flow.begin());
    QCOMPARE(flow.send(1), 1);
    flow.world.time.advance(5s);
    QCOMPARE(flow.send(1), 1);
    QCOMPARE(flow.producer.snapshot().oldestUnconfirmedAge(), 5'000'000);
    QCOMPARE(flow.consumer.snapshot().oldestUnconfirmedAge(), 5'000'000);
    flow.world.time.advance(1s);
    QVERIFY(!flow.confirm());
    const qint64 age = flow.producer.snapshot().oldestUnconfirmedAge();
    QVERIFY2(age >= 1'000'000 && age < 1'100'000, qPrintable(QString::number(age)));
    QVERIFY(!flow.confirm());
    QCOMPARE(flow.producer.snapshot().oldestUnconfirmedAge(), -1);
    QCOMPARE(flow.consumer.snapshot().oldestUnconfirmedAge(), -1);
}

void TestSnapshots::sameness()
{
    Flow flow;
    flow.confirms = false;
    QVERIFY(!flow.begin());
    QCOMPARE(flow.send(2), 2);
    flow.world.time.advance(100ms);
    const FlowSnapshot first = flow.consumer.snapshot();
    flow.world.time.advance(100ms);
    const FlowSnapshot second = flow.consumer.snapshot();
    QVERIFY(first != second); // time has passed
    QVERIFY(first.isSameAs(second)); // and nothing else
    QVERIFY(!flow.confirm());
    QVERIFY(!first.isSameAs(flow.consumer.snapshot()));
}

void TestSnapshots::flowsOfANode()
{
    Flow flow;
    ProducerController more(u"more"_s, &flow.left);
    ConsumerController same(u"more"_s, &flow.left);
    QStringList keys;
    for (const FlowSnapshot &shown : flow.left.flowSnapshots())
        keys.append(shown.key());
    keys.sort();
    QCOMPARE(keys, (QStringList{u"c/more"_s, u"p/more"_s, u"p/producer"_s}));
}

// ---- links

void TestSnapshots::linkUp()
{
    Flow flow;
    QVERIFY(!flow.begin());
    QCOMPARE(flow.send(3), 3);
    flow.world.time.advance(2s);
    const QList<LinkSnapshot> links = flow.right.linkSnapshots();
    QCOMPARE(links.size(), 1);
    QCOMPARE(links[0].peerNodeId, u"left"_s);
    QCOMPARE(links[0].nodeId, u"right"_s);
    QCOMPARE(links[0].url, FlowAddress);
    QCOMPARE(links[0].state, LinkSnapshot::State::Up);
    QCOMPARE(links[0].time - links[0].since, 2'000'000);
    QCOMPARE(links[0].flows, 1);
    QCOMPARE(links[0].pendingBytes, 0);
    const QList<LinkSnapshot> others = flow.left.linkSnapshots();
    QCOMPARE(others.size(), 1);
    QCOMPARE(others[0].url, QUrl());
    QVERIFY(others[0].bytesOut > 27);
    QCOMPARE(others[0].bytesOut, links[0].bytesIn);
    QCOMPARE(others[0].bytesIn, links[0].bytesOut);
}

void TestSnapshots::linkWaiting()
{
    Flow flow;
    QVERIFY(!flow.right.connectTo(FlowAddress));
    VirtualTime::settle();
    const QList<LinkSnapshot> links = flow.right.linkSnapshots();
    QCOMPARE(links.size(), 1);
    QCOMPARE(links[0].state, LinkSnapshot::State::Waiting);
    QVERIFY(links[0].retryAt > links[0].time);
    QCOMPARE(links[0].since, -1);
}

void TestSnapshots::linkResting()
{
    Flow flow;
    QVERIFY(!flow.link());
    QVERIFY(!flow.right.listen(QUrl(u"local:other"_s)));
    VirtualTime::settle();
    QVERIFY(!flow.left.connectTo(QUrl(u"local:other"_s)));
    flow.world.time.advance(10s);
    QList<LinkSnapshot::State> states;
    for (const LinkSnapshot &link : flow.left.linkSnapshots() + flow.right.linkSnapshots())
        states.append(link.state);
    QCOMPARE(states.count(LinkSnapshot::State::Up), 2);
    QCOMPARE(states.count(LinkSnapshot::State::Resting), 1);
    QCOMPARE(states.size(), 3);
}

void TestSnapshots::roundTrip()
{
    Flow flow;
    QVERIFY(!flow.begin());
    QCOMPARE(flow.producer.snapshot().rtt, -1);
    const auto wire = flow.world.network.wire();
    wire->setHeld(true);
    flow.left.measureRoundTrips();
    VirtualTime::settle();
    flow.world.time.advance(30ms);
    wire->setHeld(false);
    VirtualTime::settle();
    QCOMPARE(flow.left.linkSnapshots().first().rtt, 30'000);
    QCOMPARE(flow.producer.snapshot().rtt, 30'000);
}

// ---- clocks

void TestSnapshots::marksOfAge_data()
{
    QTest::addColumn<int>("step");
    QTest::newRow("1 ms") << 1;
    QTest::newRow("7 ms") << 7;
    QTest::newRow("100 ms") << 100;
    QTest::newRow("5 s") << 5000;
}

/*! One message per step, and always the same number unconfirmed: the age is known. */
void TestSnapshots::marksOfAge()
{
    QFETCH(int, step);
    AgeMarks marks;
    constexpr SeqNr window = 500;
    for (SeqNr n = 1; n <= 5000; ++n) {
        const TimePoint now{std::chrono::milliseconds(n * step)};
        const SeqNr confirmed = std::max<SeqNr>(0, n - window);
        marks.note(n, confirmed, now);
        const qint64 exact = (confirmed + 1) * step * 1000;
        const qint64 age = toMicroseconds(now) - exact;
        const qint64 late = marks.oldest(n, confirmed, now) - exact;
        QVERIFY2(late >= 0, qPrintable(QString::number(n)));
        QVERIFY2(late <= std::max<qint64>(age / 4, 10'000) + step * 1000,
                 qPrintable(QString::number(n)));
    }
}

void TestSnapshots::marksForget()
{
    AgeMarks marks;
    QCOMPARE(marks.oldest(0, 0, TimePoint(1s)), -1);
    marks.note(5, 0, TimePoint(1s));
    QCOMPARE(marks.oldest(5, 4, TimePoint(2s)), 1'000'000);
    QCOMPARE(marks.oldest(5, 5, TimePoint(2s)), -1);
    marks.note(5, 5, TimePoint(2s));
    marks.note(6, 5, TimePoint(3s));
    QCOMPARE(marks.oldest(6, 5, TimePoint(9s)), 3'000'000);
    marks.note(7, 5, TimePoint(3s + 2ms)); // too soon for a mark
    QCOMPARE(marks.oldest(7, 6, TimePoint(3s + 4ms)), 3'004'000);
    QCOMPARE(marks.oldest(7, 6, TimePoint(9s)), 3'010'000); // it came before one was due
    marks.note(1000, 5, TimePoint(8s));
    QCOMPARE(marks.oldest(1000, 6, TimePoint(9s)), 3'010'000); // and is remembered so
    QCOMPARE(marks.oldest(1000, 7, TimePoint(9s)), 8'000'000);
    marks.note(2, 1, TimePoint(20s)); // of another numbering
    QCOMPARE(marks.oldest(2, 1, TimePoint(21s)), 20'000'000);
}

void TestSnapshots::transferRate()
{
    TransferRate rate;
    QCOMPARE(rate.at(1, TimePoint(1s)), TransferRate::Unknown);
    rate.note(1, 5'000'000, TimePoint(1s)); // what a former life has left
    QCOMPARE(rate.at(1, TimePoint(1s + 99ms)), TransferRate::Unknown);
    rate.note(1, 5'010'000, TimePoint(1s + 50ms)); // too soon
    QCOMPARE(rate.at(1, TimePoint(1s + 50ms)), TransferRate::Unknown);
    rate.note(1, 5'100'000, TimePoint(1s + 100ms));
    QCOMPARE(rate.at(1, TimePoint(1s + 150ms)), 1'000'000);
    QCOMPARE(rate.at(2, TimePoint(1s + 150ms)), TransferRate::Unknown);

    // Twice as fast: after a time constant it has come two thirds of the way.
    for (int i = 1; i <= 10; ++i)
        rate.note(1, 5'100'000 + quint64(i) * 200'000, TimePoint(1s + (i + 1) * 100ms));
    QCOMPARE(rate.at(1, TimePoint(2s + 100ms)), 1'632'121);
    rate.note(1, 100, TimePoint(2s + 110ms)); // a link was lost: no speed backwards
    QCOMPARE(rate.at(1, TimePoint(2s + 120ms)), 1'632'121);
    rate.note(1, 163'312, TimePoint(2s + 210ms));
    QCOMPARE(rate.at(1, TimePoint(2s + 210ms)), 1'632'121);
    const qint64 still = rate.at(1, TimePoint(3s + 210ms));
    QCOMPARE(still, std::llround(1'632'121 * std::exp(-1.0)));
    QCOMPARE(rate.at(1, TimePoint(60s)), 0);
    rate.note(2, 1, TimePoint(61s));
    QCOMPARE(rate.at(2, TimePoint(61s + 50ms)), TransferRate::Unknown);
}

/*! Both ends tell the same in the signal and in the snapshot. */
void TestSnapshots::transferRateOfAFlow()
{
    constexpr qint64 chunk = 64 * 1024;
    Flow flow;
    QVERIFY(!flow.begin());
    qint64 sendingRate = 0;
    qint64 receivingRate = 0;
    // One window per tenth of a second.
    connect(&flow.producer, &ProducerController::chunkProgress, this,
            [&](qint64, qint64, qint64, qint64 rate) {
                sendingRate = rate;
                flow.producer.pause();
            });
    connect(&flow.consumer, &ConsumerController::chunkProgress, this,
            [&](qint64, qint64, qint64, qint64 rate) { receivingRate = rate; });
    QVERIFY(flow.producer.send(QByteArray(200 * chunk, 'x')));
    VirtualTime::settle();
    QCOMPARE(sendingRate, -1);
    QCOMPARE(receivingRate, -1);
    QList<qint64> steps;
    for (int i = 0; i < 3; ++i) {
        const qint64 before = flow.consumer.snapshot().transfers.value(0).doneBytes;
        flow.world.time.advance(100ms);
        flow.producer.resume();
        VirtualTime::settle();
        steps.append(flow.consumer.snapshot().transfers.value(0).doneBytes - before);
    }
    QVERIFY(steps.last() > 0);
    const qint64 expected = steps.last() * 10;
    QVERIFY2(sendingRate > expected / 2 && sendingRate < expected * 2,
             qPrintable(QString::number(sendingRate)));
    QCOMPARE(flow.producer.snapshot().transfers.value(0).bytesPerSecond, sendingRate);
    QVERIFY(receivingRate > expected / 2 && receivingRate < expected * 2);
    QCOMPARE(flow.consumer.snapshot().transfers.value(0).bytesPerSecond, receivingRate);
    flow.world.time.advance(2s);
    QVERIFY(flow.consumer.snapshot().transfers.value(0).bytesPerSecond < receivingRate / 4);
}

void TestSnapshots::storeClock()
{
    StoreClock clock;
    QCOMPARE(clock.last(), -1);
    clock.handedOver(3, 0, TimePoint(1s));
    clock.handedOver(5, 0, TimePoint(2s)); // the first is timed
    QVERIFY(clock.isWaiting());
    clock.answered(2, TimePoint(3s));
    QVERIFY(clock.isWaiting());
    clock.answered(3, TimePoint(5s));
    QVERIFY(!clock.isWaiting());
    QCOMPARE(clock.last(), 4'000'000);
    clock.handedOver(6, 3, TimePoint(6s));
    clock.answered(6, TimePoint(7s));
    QCOMPARE(clock.last(), 1'000'000);
    QCOMPARE(clock.longest(), 4'000'000);
    clock.handedOver(6, 6, TimePoint(8s)); // nothing is unanswered
    QVERIFY(!clock.isWaiting());
}

// ---- the flight recorder

void TestSnapshots::recorderIsOffByDefault()
{
    Flow flow;
    QVERIFY(!flow.begin());
    QVERIFY(flow.producer.eventsAfter().isEmpty());
    QVERIFY(flow.consumer.eventsAfter().isEmpty());
}

void TestSnapshots::recorderFromTheStart()
{
    VirtualWorld world;
    TestNode node(world, {.recordEvents = true});
    const ProducerController producer(u"producer"_s, &node);
    const QList<FlowEvent> events = producer.eventsAfter();
    QCOMPARE(kindsOf(events), QList<Kind>{Kind::RecordingBegan});
    QCOMPARE(events.first().time, node.clock());
}

void TestSnapshots::recorderTells()
{
    Flow flow;
    flow.producer.setRecording(true);
    flow.consumer.setRecording(true);
    QVERIFY(!flow.begin());
    QCOMPARE(flow.send(1), 1);
    flow.world.network.cutAll();
    VirtualTime::settle();
    const QList<FlowEvent> events = flow.producer.eventsAfter();
    QCOMPARE(kindsOf(events),
             (QList<Kind>{Kind::RecordingBegan, Kind::Started, Kind::Attached, Kind::Report,
                          Kind::LinkLost}));
    QCOMPARE(events[2].seqNr, 1);
    QCOMPARE(events[2].detail, 1);
    QCOMPARE(events[3].seqNr, 1);
    QCOMPARE(events[3].detail, 1 + 1024);
    QCOMPARE(events[4].time, flow.left.clock());
    QCOMPARE(kindsOf(flow.consumer.eventsAfter()),
             (QList<Kind>{Kind::RecordingBegan, Kind::Started, Kind::PartnerFound, Kind::Attached,
                          Kind::LinkLost}));
    flow.consumer.stop();
    QCOMPARE(flow.consumer.eventsAfter().last().kind, Kind::Stopped);
}

void TestSnapshots::recorderOfANode()
{
    Flow flow;
    QVERIFY(flow.left.setRecording(u"p/producer"_s, true));
    QVERIFY(!flow.left.setRecording(u"c/producer"_s, true));
    QVERIFY(!flow.left.setRecording(u""_s, true));
    QCOMPARE(flow.left.eventsAfter(u"p/producer"_s).size(), 1);
    QVERIFY(flow.left.eventsAfter(u"p/nobody"_s).isEmpty());
    QVERIFY(flow.left.setRecording(u"p/producer"_s, false));
    QVERIFY(flow.left.eventsAfter(u"p/producer"_s).isEmpty());
}

void TestSnapshots::recorderIsARing()
{
    FlightRecorder recorder;
    recorder.setOn(true, 1);
    for (qint64 n = 2; n <= 1000; ++n)
        recorder.add(Kind::Probe, n, n, 0);
    const QList<FlowEvent> events = recorder.after(0);
    QCOMPARE(events.size(), FlightRecorder::Size);
    QCOMPARE(events.first().number, 1000 - FlightRecorder::Size + 1);
    QCOMPARE(events.last().number, 1000);
    QCOMPARE(events.last().seqNr, 1000);
}

void TestSnapshots::recorderReadsOn()
{
    FlightRecorder recorder;
    recorder.setOn(true, 1);
    recorder.add(Kind::Probe, 2, 7, 8);
    QCOMPARE(recorder.after(1), (QList<FlowEvent>{{2, 2, Kind::Probe, 7, 8}}));
    QVERIFY(recorder.after(2).isEmpty());
    recorder.setOn(false, 3);
    QVERIFY(recorder.after(0).isEmpty());
    recorder.setOn(true, 4);
    QCOMPARE(recorder.after(2), (QList<FlowEvent>{{3, 4, Kind::RecordingBegan, 0, 0}}));
}

void TestSnapshots::eventNames()
{
    QSet<QString> names;
    for (int kind = int(Kind::RecordingBegan); kind <= int(Kind::Stopped); ++kind) {
        names.insert(FlowEvent::kindName(Kind(kind)));
        QVERIFY((FlowEvent{1, 2, Kind(kind), 3, 4}).sentence().endsWith(u'.'));
    }
    QCOMPARE(names.size(), int(Kind::Stopped) + 1);
    QCOMPARE(FlowEvent::kindName(Kind(99)), QString());
    QCOMPARE((FlowEvent{1, 2, Kind::Report, 3, 4}).sentence(),
             u"Confirmed up to message 3; granted up to 4."_s);
}

QTEST_GUILESS_MAIN(TestSnapshots)
#include "tst_snapshots.moc"
