// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "sampleflows.h"

#include "model/flowhistory.h"
#include "model/reasonspans.h"
#include "model/seqbands.h"
#include "model/transfers.h"
#include "widgets/axis.h"

#include <QRegularExpression>
#include <QTest>

using namespace Monitor;
using namespace QtDelivery;
using namespace TestSupport;
using namespace Qt::StringLiterals;

// What a snapshot says of each message, and what many snapshots say over time.

class TestFlowStates : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void producersBands();
    void producersResends();
    void consumersBands();
    void storedBeyondTheGrant();
    void bandsFromTheMiddle();
    void noDisagreement();
    void newsUnderWay();
    void contradictions();
    void otherEpochs();

    void historyIsBounded();
    void historyKeepsChangesOfReason();
    void historyOfManyFlows();
    void epochMarks();
    void resendMarks();
    void clockPutBack();
    void spansOfReasons();

    void transferOfBothEnds();
    void transferResent();
    void transferVerified();
    void transfersAreBounded();
    void rangeSets();
    void ticks();
};

namespace {

QList<SeqBand> bandsOf(std::initializer_list<SeqBand> bands)
{
    return bands;
}

FlowSnapshot flowAt(qint64 confirmed, BlockedReason reason = BlockedReason::None)
{
    FlowSnapshot flow = sampleProducer();
    flow.confirmedSeqNr = confirmed;
    flow.blocked.reason = reason;
    return flow;
}

} // namespace

void TestFlowStates::producersBands()
{
    QCOMPARE(seqBands(sampleProducer()),
             bandsOf({{1, 10, SeqState::Confirmed},
                      {11, 15, SeqState::Received},
                      {16, 20, SeqState::InFlight},
                      {21, 24, SeqState::Ready},
                      {25, 30, SeqState::Granted}}));
}

void TestFlowStates::producersResends()
{
    FlowSnapshot flow = sampleProducer();
    flow.ranges = {{17, 18}, {20, 20}};
    QCOMPARE(seqBands(flow, 16),
             bandsOf({{16, 16, SeqState::InFlight},
                      {17, 18, SeqState::Resend},
                      {19, 19, SeqState::InFlight},
                      {20, 20, SeqState::Resend},
                      {21, 24, SeqState::Ready},
                      {25, 30, SeqState::Granted}}));
}

void TestFlowStates::consumersBands()
{
    QCOMPARE(seqBands(sampleConsumer()),
             bandsOf({{1, 10, SeqState::Confirmed},
                      {11, 11, SeqState::Delivered},
                      {12, 15, SeqState::Received},
                      {16, 17, SeqState::Resend},
                      {18, 19, SeqState::Received},
                      {20, 20, SeqState::InFlight},
                      {21, 30, SeqState::Granted}}));
}

void TestFlowStates::storedBeyondTheGrant()
{
    FlowSnapshot flow = sampleProducer();
    flow.grantedSeqNr = 22;
    flow.nextSeqNr = 41;
    QCOMPARE(seqBands(flow, 21), bandsOf({{21, 22, SeqState::Ready}, {23, 40, SeqState::Stored}}));
}

void TestFlowStates::bandsFromTheMiddle()
{
    const QList<SeqBand> bands = seqBands(sampleProducer(), 9);
    QCOMPARE(bands.first(), (SeqBand{9, 10, SeqState::Confirmed}));
    QCOMPARE(bandAt(bands, 8), nullptr);
    QCOMPARE(bandAt(bands, 12)->state, SeqState::Received);
    QCOMPARE(bandAt(bands, 30)->state, SeqState::Granted);
    QCOMPARE(bandAt(bands, 31), nullptr);
}

void TestFlowStates::noDisagreement()
{
    QVERIFY(disagreements(sampleProducer(), sampleConsumer()).isEmpty());
}

void TestFlowStates::newsUnderWay()
{
    FlowSnapshot consumer = sampleConsumer();
    consumer.confirmedSeqNr = 13;
    consumer.grantedSeqNr = 33;
    const auto found = disagreements(sampleProducer(), consumer);
    QCOMPARE(found.size(), 2);
    QCOMPARE(found[0].kind, Disagreement::Kind::NewsUnderWay);
    QCOMPARE(found[0].from, 11);
    QCOMPARE(found[0].to, 13);
    QVERIFY(found[0].sentence.startsWith(u"11–13: the consumer has confirmed"));
    QCOMPARE(found[1].from, 31);
}

void TestFlowStates::contradictions()
{
    FlowSnapshot producer = sampleProducer();
    producer.confirmedSeqNr = 14;
    producer.grantedSeqNr = 35;
    FlowSnapshot consumer = sampleConsumer();
    consumer.receivedSeqNr = 26;
    const auto found = disagreements(producer, consumer);
    QCOMPARE(found.size(), 3);
    for (const Disagreement &difference : found)
        QCOMPARE(difference.kind, Disagreement::Kind::Contradiction);
    QCOMPARE(found[0].from, 25); // received and never sent
    QCOMPARE(found[1].from, 31); // never allowed
    QCOMPARE(found[2].from, 11); // never confirmed
    QCOMPARE(found[2].to, 14);
}

void TestFlowStates::otherEpochs()
{
    FlowSnapshot producer = sampleProducer();
    producer.epoch = 2; // the consumer has not heard of it yet
    producer.confirmedSeqNr = 14;
    QVERIFY(disagreements(producer, sampleConsumer()).isEmpty());
}

void TestFlowStates::historyIsBounded()
{
    FlowHistory history;
    for (qint64 i = 1; i <= 50'000; ++i)
        history.add(flowAt(i), i * 100'000);
    QVERIFY(qsizetype(history.samples().size()) <= FlowHistory::MaxSamples);
    QCOMPARE(history.samples().front().time, 100'000); // the beginning is still known
    QCOMPARE(history.samples().back().confirmed, 50'000);
    qint64 last = 0;
    for (const FlowSample &sample : history.samples()) {
        QVERIFY(sample.time > last);
        last = sample.time;
    }
}

void TestFlowStates::historyKeepsChangesOfReason()
{
    FlowHistory history;
    history.setCapacity(100);
    for (qint64 i = 1; i <= 150; ++i)
        history.add(flowAt(i, i == 20 ? BlockedReason::LinkDown : BlockedReason::None), i);
    const auto kept = std::count_if(
        history.samples().begin(), history.samples().end(),
        [](const FlowSample &sample) { return sample.reason == BlockedReason::LinkDown; });
    QCOMPARE(kept, 1);
}

void TestFlowStates::historyOfManyFlows()
{
    FlowHistories histories;
    constexpr int Flows = 3000;
    for (qint64 time = 1; time <= 400; ++time) {
        for (int i = 0; i < Flows; ++i)
            histories.add({u"s"_s, QString::number(i)}, flowAt(time), time);
    }
    qsizetype samples = 0;
    for (int i = 0; i < Flows; ++i)
        samples += qsizetype(histories.find({u"s"_s, QString::number(i)})->samples().size());
    QVERIFY2(samples <= FlowHistories::MaxSamplesOfAll * 11 / 10,
             qPrintable(QString::number(samples)));
    histories.removeSource(u"s"_s);
    QCOMPARE(histories.size(), 0);
}

void TestFlowStates::epochMarks()
{
    FlowHistory history;
    FlowSnapshot flow = sampleProducer();
    history.add(flow, 1);
    history.add(flow, 2);
    QVERIFY(history.epochs().empty());
    flow.epoch = 2;
    history.add(flow, 3);
    QCOMPARE(history.epochs().size(), 1U);
    QCOMPARE(history.epochs().front(), (EpochMark{3, 11, 2}));
    for (qint64 i = 3; i < 200; ++i) {
        flow.epoch = i;
        history.add(flow, i + 1);
    }
    QCOMPARE(qsizetype(history.epochs().size()), FlowHistory::MaxMarks);
}

void TestFlowStates::resendMarks()
{
    FlowHistory history;
    FlowSnapshot flow = sampleProducer();
    flow.ranges = {{16, 18}};
    history.add(flow, 1);
    history.add(flow, 200'000); // the same request
    QCOMPARE(history.resends().size(), 1U);
    QCOMPARE(history.resends().front().times, 1);
    history.add(flow, 5'000'000); // another one
    QCOMPARE(history.resends().front().times, 2);
}

void TestFlowStates::clockPutBack()
{
    FlowHistory history;
    history.add(flowAt(1), 1000);
    history.add(flowAt(2), 500);
    QCOMPARE(history.samples().size(), 1U);
    history.add(flowAt(3), 1000);
    QCOMPARE(history.samples().size(), 1U);
    QCOMPARE(history.samples().back().confirmed, 3);
}

void TestFlowStates::spansOfReasons()
{
    FlowHistory producer;
    FlowHistory consumer;
    producer.add(flowAt(1), 0);
    producer.add(flowAt(1, BlockedReason::WaitingForGrant), 100);
    producer.add(flowAt(1), 500);
    consumer.add(flowAt(1), 0);
    consumer.add(flowAt(1, BlockedReason::HandlerBusy), 200);
    consumer.add(flowAt(1), 300);
    using R = BlockedReason;
    const QList<ReasonSpan> expected{
        {100, 200, R::WaitingForGrant}, {200, 300, R::HandlerBusy}, {300, 500, R::WaitingForGrant}};
    QCOMPARE(reasonSpans(&producer, &consumer, 0, 1000, 0), expected);
    QCOMPARE(reasonSpans(&producer, nullptr, 150, 400, 0),
             (QList<ReasonSpan>{{150, 400, R::WaitingForGrant}}));
    QVERIFY(reasonSpans(nullptr, nullptr, 0, 1000, 0).isEmpty());
    producer.add(flowAt(1, R::WaitingForGrant), 505);
    producer.add(flowAt(1), 600);
    QCOMPARE(reasonSpans(&producer, nullptr, 0, 1000, 10),
             (QList<ReasonSpan>{{100, 600, R::WaitingForGrant}}));
}

void TestFlowStates::transferOfBothEnds()
{
    Transfers transfers;
    FlowSnapshot producer = sampleProducer();
    FlowSnapshot consumer = sampleConsumer();
    producer.transfers = {
        {.seqNr = 16, .totalBytes = 1000, .doneBytes = 500, .ranges = {{0, 499}}}};
    consumer.transfers = {
        {.seqNr = 16, .totalBytes = 1000, .doneBytes = 300, .ranges = {{0, 299}}}};
    transfers.add(producer, 1);
    transfers.add(consumer, 2);
    const QList<Transfer> found = transfers.of({u"shop"_s, u"orders"_s});
    QCOMPARE(found.size(), 1);
    QCOMPARE(found[0].doneBytes(), 300);
    QCOMPARE(found[0].stateOf(0, 99), ChunkState::Received);
    QCOMPARE(found[0].stateOf(300, 399), ChunkState::InFlight);
    QCOMPARE(found[0].stateOf(500, 599), ChunkState::Missing);
    consumer.transfers[0].doneBytes = 700;
    consumer.transfers[0].ranges = {{0, 699}};
    consumer.transfers[0].bytesPerSecond = 100;
    transfers.add(consumer, 1'000'002);
    producer.transfers[0].bytesPerSecond = 700; // runs ahead
    transfers.add(producer, 1'000'003);
    const Transfer later = transfers.of({u"shop"_s, u"orders"_s})[0];
    QCOMPARE(later.rate, 100);
    QCOMPARE(later.timeLeft(), 3'000'000);
}

void TestFlowStates::transferResent()
{
    Transfers transfers;
    FlowSnapshot producer = sampleProducer();
    producer.transfers = {
        {.seqNr = 16, .totalBytes = 1000, .doneBytes = 500, .ranges = {{0, 499}}}};
    transfers.add(producer, 1);
    producer.transfers[0].ranges = {{0, 199}}; // the link was lost
    transfers.add(producer, 2);
    producer.transfers[0].ranges = {{0, 499}};
    transfers.add(producer, 3);
    FlowSnapshot consumer = sampleConsumer();
    consumer.transfers = {
        {.seqNr = 16, .totalBytes = 1000, .doneBytes = 500, .ranges = {{0, 499}}}};
    transfers.add(consumer, 4);
    const Transfer found = transfers.of({u"shop"_s, u"orders"_s})[0];
    QCOMPARE(found.stateOf(0, 99), ChunkState::Received);
    QCOMPARE(found.stateOf(200, 299), ChunkState::Resent);
}

void TestFlowStates::transferVerified()
{
    Transfers transfers;
    FlowSnapshot consumer = sampleConsumer();
    consumer.transfers = {
        {.seqNr = 16, .totalBytes = 1000, .doneBytes = 300, .ranges = {{0, 299}}}};
    transfers.add(consumer, 1);
    consumer.transfers.clear();
    consumer.receivedSeqNr = 16;
    transfers.add(consumer, 2'000'001);
    const Transfer found = transfers.of({u"shop"_s, u"orders"_s})[0];
    QVERIFY(found.isVerified);
    QCOMPARE(found.stateOf(900, 999), ChunkState::Verified);
    QCOMPARE(found.doneBytes(), 1000);
    QCOMPARE(found.rate, 500);
}

void TestFlowStates::transfersAreBounded()
{
    Transfers transfers;
    FlowSnapshot producer = sampleProducer();
    for (qint64 seqNr = 1; seqNr < 200; ++seqNr) {
        producer.transfers = {{.seqNr = seqNr, .totalBytes = 10}};
        transfers.add(producer, seqNr);
    }
    const QList<Transfer> found = transfers.of({u"shop"_s, u"orders"_s});
    QCOMPARE(found.size(), Transfers::MaxOfFlow);
    QCOMPARE(found.first().seqNr, 199);
}

void TestFlowStates::rangeSets()
{
    const QList<SeqRange> some{{0, 9}, {20, 29}};
    QCOMPARE(overlap(some, 5, 24), 10);
    QCOMPARE(without(some, {{5, 22}}), (QList<SeqRange>{{0, 4}, {23, 29}}));
    QCOMPARE(without(some, {{2, 3}, {6, 7}}), (QList<SeqRange>{{0, 1}, {4, 5}, {8, 9}, {20, 29}}));
    QCOMPARE(united(some, {{10, 12}, {25, 40}}), (QList<SeqRange>{{0, 12}, {20, 40}}));
    QVERIFY(united({}, {{5, 4}}).isEmpty());
}

void TestFlowStates::ticks()
{
    QCOMPARE(roundTicks(0, 100, 5), (QList<double>{0, 20, 40, 60, 80, 100}));
    QCOMPARE(roundTicks(3, 7, 10, 1), (QList<double>{3, 4, 5, 6, 7}));
    QVERIFY(roundTicks(5, 5, 10).isEmpty());
    QVERIFY(roundTicks(0, 1, 0).isEmpty());
}

QTEST_APPLESS_MAIN(TestFlowStates)
#include "tst_flowstates.moc"
