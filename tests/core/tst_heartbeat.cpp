// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "core/heartbeat.h"

#include <QTest>

using namespace QtDelivery;
using namespace std::chrono_literals;
using Verdict = Heartbeat::Verdict;

// Row and function names that begin with H… are the ids of tests/coverage.md.

namespace {

constexpr TimePoint Begin{1h};
constexpr Duration Interval = 15s;
constexpr Duration Timeout = 45s;

Heartbeat started()
{
    Heartbeat heartbeat(Interval, Timeout);
    heartbeat.start(Begin);
    return heartbeat;
}

} // namespace

class TestHeartbeat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksAfterTheInterval();
    void deadAfterTheTimeout();
    void anyByteIsLife();
    void earlyIsNoOp();
    void tightSettings();
    void lateWakeUpAsksFirst_data();
    void lateWakeUpAsksFirst();
    void slightlyLateIsNoExcuse();
};

void TestHeartbeat::asksAfterTheInterval()
{
    Heartbeat heartbeat = started();
    QCOMPARE(heartbeat.deadline(), Begin + 15s);
    QCOMPARE(heartbeat.expire(Begin + 15s), Verdict::Ask);
    QCOMPARE(heartbeat.deadline(), Begin + 30s);
    QCOMPARE(heartbeat.expire(Begin + 30s), Verdict::Ask);
    QCOMPARE(heartbeat.deadline(), Begin + 45s);
}

void TestHeartbeat::deadAfterTheTimeout()
{
    Heartbeat heartbeat = started();
    (void)heartbeat.expire(Begin + 15s);
    (void)heartbeat.expire(Begin + 30s);
    QCOMPARE(heartbeat.expire(Begin + 45s - 1ns), Verdict::Fine);
    QCOMPARE(heartbeat.expire(Begin + 45s), Verdict::Dead);
}

// However late within an interval: the silence counts from the byte, the next deadline too.
void TestHeartbeat::anyByteIsLife()
{
    Heartbeat heartbeat = started();
    heartbeat.heard(Begin + 10s);
    QCOMPARE(heartbeat.deadline(), Begin + 15s); // hearing is cheap
    QCOMPARE(heartbeat.expire(Begin + 15s), Verdict::Fine);
    QCOMPARE(heartbeat.deadline(), Begin + 25s);
    QCOMPARE(heartbeat.expire(Begin + 25s), Verdict::Ask);
    heartbeat.heard(Begin + 26s);
    QCOMPARE(heartbeat.expire(Begin + 40s), Verdict::Fine);
    QCOMPARE(heartbeat.deadline(), Begin + 41s);

    TimePoint now = Begin + 41s;
    for (int i = 0; i < 1000; ++i) {
        heartbeat.heard(now);
        now += Interval - 1ms;
        QVERIFY(heartbeat.expire(now) != Verdict::Dead);
    }
}

void TestHeartbeat::earlyIsNoOp()
{
    Heartbeat heartbeat = started();
    for (const Duration early : {Duration::zero(), Duration(1s), Duration(15s - 1ns)})
        QCOMPARE(heartbeat.expire(Begin + early), Verdict::Fine);
    QCOMPARE(heartbeat.deadline(), Begin + 15s);
}

// The smallest timeout that the settings allow: twice the interval.
void TestHeartbeat::tightSettings()
{
    Heartbeat heartbeat(10ms, 20ms);
    heartbeat.start(Begin);
    QCOMPARE(heartbeat.expire(Begin + 10ms), Verdict::Ask);
    QCOMPARE(heartbeat.deadline(), Begin + 20ms);
    QCOMPARE(heartbeat.expire(Begin + 20ms), Verdict::Dead);
}

void TestHeartbeat::lateWakeUpAsksFirst_data()
{
    QTest::addColumn<std::chrono::milliseconds>("away");
    QTest::newRow("H65 blocked beyond the timeout") << std::chrono::milliseconds(60s);
    QTest::newRow("H65 blocked for a little more than an interval")
        << std::chrono::milliseconds(30s + 1ms);
    QTest::newRow("H64 suspended overnight") << std::chrono::milliseconds(8h);
}

void TestHeartbeat::lateWakeUpAsksFirst()
{
    QFETCH(const std::chrono::milliseconds, away);

    Heartbeat heartbeat = started();
    const TimePoint late = Begin + away;
    QCOMPARE(heartbeat.expire(late), Verdict::Ask);
    QCOMPARE(heartbeat.expire(late), Verdict::Fine); // once, not once per missed interval
    QCOMPARE(heartbeat.deadline(), late + Interval);

    Heartbeat answered = heartbeat;
    answered.heard(late + 1s);
    QCOMPARE(answered.expire(late + Interval), Verdict::Fine);
    QCOMPARE(answered.deadline(), late + 1s + Interval);

    QCOMPARE(heartbeat.expire(late + Interval), Verdict::Dead); // the grace is one interval
}

void TestHeartbeat::slightlyLateIsNoExcuse()
{
    Heartbeat heartbeat = started();
    QCOMPARE(heartbeat.expire(Begin + 20s), Verdict::Ask);
    QCOMPARE(heartbeat.deadline(), Begin + 35s);
    QCOMPARE(heartbeat.expire(Begin + 50s), Verdict::Dead); // late by no more than an interval
}

QTEST_APPLESS_MAIN(TestHeartbeat)
#include "tst_heartbeat.moc"
