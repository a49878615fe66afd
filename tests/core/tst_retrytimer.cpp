// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "core/retrytimer.h"

#include <QTest>

using namespace QtDelivery;
using namespace std::chrono_literals;

namespace {

constexpr TimePoint Begin{};

} // namespace

class TestRetryTimer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stoppedAtFirst();
    void expiresAtItsDeadlineNotBefore();
    void intervalGrowsByHalfUpToTheCeiling();
    void startBeginsWithTheShortestInterval();
    void startIfStoppedLeavesARunningTimerAlone();
    void stopForgetsTheDeadline();
    void lateWakeUpExpiresOnce();
    void ceilingAtTheMinimum();
};

void TestRetryTimer::stoppedAtFirst()
{
    RetryTimer timer(1s, 30s);
    QVERIFY(!timer.deadline());
    QVERIFY(!timer.expire(Begin + 1h));
    QVERIFY(!timer.deadline());
}

void TestRetryTimer::expiresAtItsDeadlineNotBefore()
{
    RetryTimer timer(1s, 30s);
    timer.start(Begin);
    QCOMPARE(timer.deadline().value(), Begin + 1s);
    QVERIFY(!timer.expire(Begin + 1s - 1ns));
    QCOMPARE(timer.deadline().value(), Begin + 1s); // an early wake-up moves nothing
    QVERIFY(timer.expire(Begin + 1s));
    QVERIFY(!timer.expire(Begin + 1s));
}

void TestRetryTimer::intervalGrowsByHalfUpToTheCeiling()
{
    RetryTimer timer(1s, 4s);
    timer.start(Begin);
    TimePoint now = Begin;
    for (const Duration interval : {1000ms, 1500ms, 2250ms, 3375ms, 4000ms, 4000ms}) {
        QCOMPARE(timer.deadline().value() - now, interval);
        now = timer.deadline().value();
        QVERIFY(timer.expire(now));
    }
}

void TestRetryTimer::startBeginsWithTheShortestInterval()
{
    RetryTimer timer(1s, 30s);
    timer.start(Begin);
    QVERIFY(timer.expire(Begin + 1s));
    timer.start(Begin + 1100ms);
    QCOMPARE(timer.deadline().value(), Begin + 2100ms);
}

void TestRetryTimer::startIfStoppedLeavesARunningTimerAlone()
{
    RetryTimer timer(1s, 30s);
    timer.startIfStopped(Begin);
    timer.startIfStopped(Begin + 900ms);
    QCOMPARE(timer.deadline().value(), Begin + 1s);
    QVERIFY(timer.expire(Begin + 1s));
    timer.startIfStopped(Begin + 1s);
    QCOMPARE(timer.deadline().value(), Begin + 2500ms); // not back to the shortest interval
}

void TestRetryTimer::stopForgetsTheDeadline()
{
    RetryTimer timer(1s, 30s);
    timer.start(Begin);
    QVERIFY(timer.expire(Begin + 1s));
    timer.stop();
    QVERIFY(!timer.deadline());
    QVERIFY(!timer.expire(Begin + 1h));
    timer.startIfStopped(Begin + 1h);
    QCOMPARE(timer.deadline().value(), Begin + 1h + 1s);
}

// H64: a machine that was suspended finds one expiry, not one per missed interval.
void TestRetryTimer::lateWakeUpExpiresOnce()
{
    RetryTimer timer(1s, 30s);
    timer.start(Begin);
    const TimePoint late = Begin + 8h;
    QVERIFY(timer.expire(late));
    QVERIFY(!timer.expire(late));
    QCOMPARE(timer.deadline().value(), late + 1500ms);
}

void TestRetryTimer::ceilingAtTheMinimum()
{
    RetryTimer timer(2s, 2s);
    timer.start(Begin);
    QVERIFY(timer.expire(Begin + 2s));
    QCOMPARE(timer.deadline().value(), Begin + 4s);
}

QTEST_APPLESS_MAIN(TestRetryTimer)
#include "tst_retrytimer.moc"
