// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "core/reconnectbackoff.h"

#include <QTest>

using namespace QtDelivery;
using namespace std::chrono_literals;

// Row and function names that begin with H… are the ids of tests/coverage.md.

namespace {

constexpr double Middle = 0.5; // no jitter either way
constexpr Duration NeverUp{};

} // namespace

class TestReconnectBackoff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void doublesUpToTheCeiling();
    void jitterStaysInItsShare();
    void fullJitter();
    void usefulConnectionStartsAnew();
    void flappingDoesNot();
    void ceilingAtTheMinimum();
};

void TestReconnectBackoff::doublesUpToTheCeiling()
{
    ReconnectBackoff backoff(200ms, 30s, 0.2);
    for (const Duration pause : {200ms, 400ms, 800ms, 1600ms, 3200ms, 6400ms, 12800ms, 25600ms})
        QCOMPARE(backoff.next(NeverUp, Middle), pause);
    for (int i = 0; i < 10'000; ++i) // H8: never beyond, however long it goes on
        QCOMPARE(backoff.next(NeverUp, Middle), Duration(30s));
}

void TestReconnectBackoff::jitterStaysInItsShare()
{
    const auto first = [](double random) {
        return ReconnectBackoff(1000ms, 30s, 0.2).next(NeverUp, random);
    };
    const auto close = [](Duration a, Duration b) { return std::chrono::abs(a - b) < 1us; };
    QVERIFY(close(first(0), 800ms));
    QVERIFY(close(first(0.25), 900ms));
    QVERIFY(close(first(Middle), 1000ms));
    QVERIFY(first(0.999999) < 1200ms);
    QVERIFY(first(0.999999) > 1199ms);

    // The growth does not build on the jitter.
    ReconnectBackoff backoff(1000ms, 30s, 0.2);
    (void)backoff.next(NeverUp, 0);
    QCOMPARE(backoff.next(NeverUp, Middle), Duration(2000ms));
}

void TestReconnectBackoff::fullJitter()
{
    ReconnectBackoff none(1000ms, 30s, 0);
    QCOMPARE(none.next(NeverUp, 0.9), Duration(1000ms));
    ReconnectBackoff full(1000ms, 30s, 1);
    QCOMPARE(full.next(NeverUp, 0), Duration::zero()); // never negative
}

void TestReconnectBackoff::usefulConnectionStartsAnew()
{
    ReconnectBackoff backoff(200ms, 30s, 0.2);
    for (int i = 0; i < 4; ++i)
        (void)backoff.next(NeverUp, Middle);
    QCOMPARE(backoff.next(1600ms + 1ns, Middle), Duration(200ms)); // longer than the last pause
    QCOMPARE(backoff.next(NeverUp, Middle), Duration(400ms));
}

// H8: a peer that accepts and closes is not hammered.
void TestReconnectBackoff::flappingDoesNot()
{
    ReconnectBackoff backoff(200ms, 30s, 0.2);
    QCOMPARE(backoff.next(200ms, Middle), Duration(200ms));
    QCOMPARE(backoff.next(200ms, Middle), Duration(400ms));
    QCOMPARE(backoff.next(400ms, Middle), Duration(800ms));
    QCOMPARE(backoff.next(799ms, Middle), Duration(1600ms));
}

void TestReconnectBackoff::ceilingAtTheMinimum()
{
    ReconnectBackoff backoff(1s, 1s, 0);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(backoff.next(NeverUp, Middle), Duration(1s));
}

QTEST_APPLESS_MAIN(TestReconnectBackoff)
#include "tst_reconnectbackoff.moc"
