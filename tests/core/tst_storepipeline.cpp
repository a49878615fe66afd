// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "core/storepipeline.h"

#include <QTest>

using namespace QtDelivery;
using namespace std::chrono_literals;

using Failure = StorePipeline::Failure;

class TestStorePipeline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void handsOverWhatWasAccepted();
    void goesOnBehindWhatIsStored();
    void boundsWhatIsNotStored_data();
    void boundsWhatIsNotStored();
    void handsOverAgainAfterAFailure();
    void pausesGrow();
    void progressStartsTheCountAnew();
    void givesUpAndGoesOn();
    void h52_lateAnswers();

private:
    /*! Hands over what is due, if numbers up to \a accepted exist; returns its last number. */
    static SeqNr handOver(StorePipeline &pipeline, SeqNr accepted)
    {
        const StorePipeline::Range range = pipeline.next(accepted);
        if (!range.isEmpty())
            pipeline.handleRequested(range.to);
        return range.to;
    }

    const TimePoint m_now{1h};
};

void TestStorePipeline::handsOverWhatWasAccepted()
{
    StorePipeline pipeline({}, 0);
    QVERIFY(pipeline.next(0).isEmpty());
    const auto first = pipeline.next(3);
    QCOMPARE(first.from, 1);
    QCOMPARE(first.to, 3);
    pipeline.handleRequested(3);
    QVERIFY(pipeline.next(3).isEmpty());
    const auto second = pipeline.next(5); // although the first is not answered
    QCOMPARE(second.from, 4);
    QCOMPARE(second.to, 5);
    pipeline.handleRequested(5);
    QCOMPARE(pipeline.stored(), 0);
    pipeline.handleStored(5); // one answer for both
    QCOMPARE(pipeline.stored(), 5);
}

void TestStorePipeline::goesOnBehindWhatIsStored()
{
    StorePipeline pipeline({}, 41);
    QCOMPARE(pipeline.stored(), 41);
    QVERIFY(pipeline.next(41).isEmpty());
    QCOMPARE(pipeline.next(42).from, 42);
}

void TestStorePipeline::boundsWhatIsNotStored_data()
{
    QTest::addColumn<SeqNr>("accepted");
    QTest::addColumn<quint64>("bytes");
    QTest::addColumn<bool>("may");
    QTest::newRow("nothing") << SeqNr(10) << quint64(0) << true;
    QTest::newRow("below both") << SeqNr(12) << quint64(99) << true;
    QTest::newRow("messages") << SeqNr(13) << quint64(0) << false;
    QTest::newRow("bytes") << SeqNr(11) << quint64(100) << false;
}

void TestStorePipeline::boundsWhatIsNotStored()
{
    QFETCH(SeqNr, accepted);
    QFETCH(quint64, bytes);
    QFETCH(bool, may);
    const StorePipeline pipeline({.maxMessages = 3, .maxBytes = 100}, 10);
    QCOMPARE(pipeline.mayAccept(accepted, bytes), may);
}

void TestStorePipeline::handsOverAgainAfterAFailure()
{
    StorePipeline pipeline({.retryMin = 100ms}, 0);
    QCOMPARE(handOver(pipeline, 2), 2);
    pipeline.handleStored(2);
    QCOMPARE(handOver(pipeline, 5), 5);
    QCOMPARE(pipeline.handleFailed(m_now), Failure::Retrying);
    QVERIFY(pipeline.next(6).isEmpty()); // not before the pause is over
    QVERIFY(pipeline.mayAccept(6, 0));
    QCOMPARE(*pipeline.nextTimeout(), m_now + 100ms);
    pipeline.handleTimeout(m_now + 99ms);
    QVERIFY(pipeline.next(6).isEmpty());
    pipeline.handleTimeout(m_now + 100ms);
    QVERIFY(!pipeline.nextTimeout());
    QCOMPARE(pipeline.next(6).from, 3); // everything that is not stored
    QCOMPARE(pipeline.next(6).to, 6);
}

void TestStorePipeline::pausesGrow()
{
    StorePipeline pipeline({.attempts = 100, .retryMin = 100ms, .retryMax = 300ms}, 0);
    for (const Duration pause : {100ms, 150ms, 225ms, 300ms, 300ms}) {
        QCOMPARE(handOver(pipeline, 1), 1);
        QCOMPARE(pipeline.handleFailed(m_now), Failure::Retrying);
        QCOMPARE(*pipeline.nextTimeout(), m_now + pause);
        pipeline.handleTimeout(*pipeline.nextTimeout());
    }
}

void TestStorePipeline::progressStartsTheCountAnew()
{
    StorePipeline pipeline({.attempts = 2}, 0);
    for (SeqNr n = 1; n <= 10; ++n) {
        QCOMPARE(handOver(pipeline, n), n);
        QCOMPARE(pipeline.handleFailed(m_now), Failure::Retrying);
        pipeline.handleTimeout(*pipeline.nextTimeout());
        QCOMPARE(handOver(pipeline, n), n);
        pipeline.handleStored(n);
    }
}

void TestStorePipeline::givesUpAndGoesOn()
{
    StorePipeline pipeline({.attempts = 2}, 0);
    QCOMPARE(handOver(pipeline, 1), 1);
    QCOMPARE(pipeline.handleFailed(m_now), Failure::Retrying);
    pipeline.handleTimeout(*pipeline.nextTimeout());
    QCOMPARE(handOver(pipeline, 1), 1);
    QCOMPARE(pipeline.handleFailed(m_now), Failure::Broken);
    QVERIFY(pipeline.isBroken());
    QVERIFY(!pipeline.nextTimeout());
    QVERIFY(!pipeline.mayAccept(1, 0));
    QVERIFY(pipeline.next(1).isEmpty());
    pipeline.retry();
    QVERIFY(!pipeline.isBroken());
    QVERIFY(pipeline.mayAccept(1, 0));
    QCOMPARE(handOver(pipeline, 1), 1);
    QCOMPARE(pipeline.handleFailed(m_now), Failure::Retrying); // the count began anew
}

/*! An answer to what has failed meanwhile, and one to what was never asked. */
void TestStorePipeline::h52_lateAnswers()
{
    StorePipeline pipeline({}, 0);
    QCOMPARE(handOver(pipeline, 3), 3);
    (void)pipeline.handleFailed(m_now);
    pipeline.handleStored(3);
    QCOMPARE(pipeline.stored(), 0); // it is stored again, which does no harm
    pipeline.retry();
    QCOMPARE(handOver(pipeline, 3), 3);
    pipeline.handleStored(1000);
    QCOMPARE(pipeline.stored(), 3);
    pipeline.handleStored(2);
    QCOMPARE(pipeline.stored(), 3);
}

QTEST_APPLESS_MAIN(TestStorePipeline)
#include "tst_storepipeline.moc"
