// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "core/receivebuffer.h"

#include <QTest>

#include <map>
#include <random>

using namespace QtDelivery;

namespace {

QByteArray payloadOf(SeqNr seqNr)
{
    return QByteArray(seqNr % 7 * (seqNr % 5 == 0 ? 100 : 1),
                      char('a' + seqNr % 26)); // small and large ones
}

/*! What the buffer promises, as slowly and plainly as possible. */
class NaiveBuffer
{
public:
    void reset(SeqNr seqNr)
    {
        held.clear();
        first = seqNr;
        received = highest = seqNr - 1;
    }

    bool insert(SeqNr seqNr)
    {
        if (seqNr <= received || held.contains(seqNr))
            return false;
        held[seqNr] = payloadOf(seqNr);
        highest = std::max(highest, seqNr);
        settle();
        return true;
    }

    void pass(SeqNr seqNr)
    {
        received = std::max(received, seqNr);
        highest = std::max(highest, seqNr);
        settle();
    }

    void discardBefore(SeqNr seqNr)
    {
        held.erase(held.begin(), held.lower_bound(seqNr));
        first = std::max(first, seqNr);
        pass(seqNr - 1);
    }

    [[nodiscard]] bool hasNext() const { return held.contains(first) && first <= received; }

    QByteArray takeNext()
    {
        const QByteArray payload = held.at(first);
        held.erase(first);
        ++first;
        settle();
        return payload;
    }

    [[nodiscard]] bool isMissing(SeqNr seqNr) const
    {
        return seqNr > received && !held.contains(seqNr);
    }

    [[nodiscard]] quint64 bytes() const
    {
        quint64 sum = 0;
        for (const auto &[seqNr, payload] : held)
            sum += quint64(payload.size());
        return sum;
    }

    std::map<SeqNr, QByteArray> held;
    SeqNr first = 1;
    SeqNr received = 0;
    SeqNr highest = 0;

private:
    void settle()
    {
        while (held.contains(received + 1))
            ++received;
        while (first <= received && !held.contains(first))
            ++first;
    }
};

bool operator==(const ReceiveBuffer::Range &a, const ReceiveBuffer::Range &b)
{
    return a.from == b.from && a.to == b.to;
}

} // namespace

class TestReceiveBuffer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void inOrder();
    void duplicatesAreRefused();
    void gapHoldsBackWhatFollows();
    void holes();
    void passedHolesAreSkipped();
    void passBeyondEverything();
    void discard();
    void discardInFrontOfAPassedHole();
    void resetStartsAnywhere();
    void bytesAndCount();
    void memoryIsRecycled();
    void whatIsKeptIsNotRecycled();
    void sameAsModel_data();
    void sameAsModel();
};

void TestReceiveBuffer::inOrder()
{
    ReceiveBuffer buffer;
    QVERIFY(!buffer.hasNext());
    QCOMPARE(buffer.firstSeqNr(), 1);
    QVERIFY(buffer.insert(1, "one"));
    QVERIFY(buffer.insert(2, "two"));
    QCOMPARE(buffer.receivedSeqNr(), 2);
    QCOMPARE(buffer.takeNext(), QByteArray("one"));
    QCOMPARE(buffer.firstSeqNr(), 2);
    QCOMPARE(buffer.takeNext(), QByteArray("two"));
    QVERIFY(!buffer.hasNext());
    QCOMPARE(buffer.firstSeqNr(), 3);
    QCOMPARE(buffer.receivedSeqNr(), 2);
    QCOMPARE(buffer.highestSeqNr(), 2);
}

void TestReceiveBuffer::duplicatesAreRefused()
{
    ReceiveBuffer buffer;
    QVERIFY(buffer.insert(1, "one"));
    QVERIFY(!buffer.insert(1, "other")); // held
    QVERIFY(buffer.insert(3, "three"));
    QVERIFY(!buffer.insert(3, "other")); // held beyond a hole
    QCOMPARE(buffer.takeNext(), QByteArray("one"));
    QVERIFY(!buffer.insert(1, "other")); // taken
    QVERIFY(!buffer.insert(0, "other"));
    QCOMPARE(buffer.count(), 1);
    QCOMPARE(buffer.bytes(), 5u);
}

void TestReceiveBuffer::gapHoldsBackWhatFollows()
{
    ReceiveBuffer buffer;
    QVERIFY(buffer.insert(3, "three"));
    QVERIFY(buffer.insert(2, "two"));
    QVERIFY(!buffer.hasNext());
    QCOMPARE(buffer.receivedSeqNr(), 0);
    QCOMPARE(buffer.highestSeqNr(), 3);
    QVERIFY(buffer.insert(1, "one"));
    QCOMPARE(buffer.receivedSeqNr(), 3);
    for (const char *payload : {"one", "two", "three"})
        QCOMPARE(buffer.takeNext(), QByteArray(payload));
}

void TestReceiveBuffer::holes()
{
    using Range = ReceiveBuffer::Range;
    ReceiveBuffer buffer;
    for (const SeqNr seqNr : {1, 4, 5, 9})
        QVERIFY(buffer.insert(seqNr, "x"));
    QVERIFY((buffer.nextHole(1, 9) == Range{2, 3}));
    QVERIFY((buffer.nextHole(3, 9) == Range{3, 3}));
    QVERIFY((buffer.nextHole(4, 9) == Range{6, 8}));
    QVERIFY((buffer.nextHole(1, 2) == Range{2, 2}));
    QVERIFY((buffer.nextHole(9, 12) == Range{10, 12})); // beyond all slots
    QVERIFY((buffer.nextHole(20, 22) == Range{20, 22}));
    const Range none = buffer.nextHole(4, 5);
    QVERIFY(none.to < none.from);
    const Range past = buffer.nextHole(0, 1);
    QVERIFY(past.to < past.from);
}

void TestReceiveBuffer::passedHolesAreSkipped()
{
    ReceiveBuffer buffer;
    QVERIFY(buffer.insert(1, "one"));
    QVERIFY(buffer.insert(4, "four"));
    buffer.pass(3);
    QCOMPARE(buffer.receivedSeqNr(), 4);
    QCOMPARE(buffer.takeNext(), QByteArray("one"));
    QCOMPARE(buffer.firstSeqNr(), 4);
    QVERIFY(!buffer.insert(2, "late")); // passed is passed
    QCOMPARE(buffer.takeNext(), QByteArray("four"));
    QVERIFY(!buffer.hasNext());
}

void TestReceiveBuffer::passBeyondEverything()
{
    ReceiveBuffer buffer;
    buffer.pass(5);
    QCOMPARE(buffer.receivedSeqNr(), 5);
    QCOMPARE(buffer.firstSeqNr(), 6);
    QVERIFY(!buffer.hasNext());
    buffer.pass(3); // never backwards
    QCOMPARE(buffer.receivedSeqNr(), 5);
    QVERIFY(buffer.insert(6, "six"));
    QCOMPARE(buffer.takeNext(), QByteArray("six"));
}

void TestReceiveBuffer::discard()
{
    ReceiveBuffer buffer;
    for (const SeqNr seqNr : {1, 2, 4, 6})
        QVERIFY(buffer.insert(seqNr, "x"));
    buffer.discardBefore(4);
    QCOMPARE(buffer.firstSeqNr(), 4);
    QCOMPARE(buffer.receivedSeqNr(), 4);
    QCOMPARE(buffer.count(), 2);
    QVERIFY(buffer.hasNext());
    buffer.discardBefore(2); // never backwards
    QCOMPARE(buffer.firstSeqNr(), 4);
    buffer.discardBefore(100);
    QCOMPARE(buffer.firstSeqNr(), 100);
    QCOMPARE(buffer.receivedSeqNr(), 99);
    QCOMPARE(buffer.highestSeqNr(), 99);
    QCOMPARE(buffer.count(), 0);
    QCOMPARE(buffer.bytes(), 0u);
}

void TestReceiveBuffer::discardInFrontOfAPassedHole()
{
    ReceiveBuffer buffer;
    QVERIFY(buffer.insert(1, "one"));
    QVERIFY(buffer.insert(4, "four"));
    buffer.pass(3);
    buffer.discardBefore(2);
    QCOMPARE(buffer.firstSeqNr(), 4);
    QCOMPARE(buffer.takeNext(), QByteArray("four"));
    QCOMPARE(buffer.count(), 0);
}

void TestReceiveBuffer::resetStartsAnywhere()
{
    ReceiveBuffer buffer;
    QVERIFY(buffer.insert(1, "one"));
    buffer.reset(1000);
    QCOMPARE(buffer.firstSeqNr(), 1000);
    QCOMPARE(buffer.receivedSeqNr(), 999);
    QCOMPARE(buffer.highestSeqNr(), 999);
    QCOMPARE(buffer.count(), 0);
    QCOMPARE(buffer.bytes(), 0u);
    QVERIFY(!buffer.insert(999, "late"));
    QVERIFY(buffer.insert(1000, "thousand"));
    QCOMPARE(buffer.takeNext(), QByteArray("thousand"));
    buffer.reset(1); // another producer numbers from one
    QVERIFY(buffer.insert(1, "one"));
    QCOMPARE(buffer.takeNext(), QByteArray("one"));
}

void TestReceiveBuffer::bytesAndCount()
{
    ReceiveBuffer buffer;
    QVERIFY(buffer.insert(1, QByteArray(10, 'x')));
    QVERIFY(buffer.insert(3, QByteArray(30, 'x')));
    QVERIFY(buffer.insert(4, {}));
    QCOMPARE(buffer.bytes(), 40u);
    QCOMPARE(buffer.count(), 3);
    (void)buffer.takeNext();
    QCOMPARE(buffer.bytes(), 30u);
    QCOMPARE(buffer.count(), 2);
    buffer.discardBefore(4);
    QCOMPARE(buffer.bytes(), 0u);
    QCOMPARE(buffer.count(), 1);
}

void TestReceiveBuffer::memoryIsRecycled()
{
    ReceiveBuffer buffer;
    for (const SeqNr seqNr : {1, 2, 3})
        QVERIFY(buffer.insert(seqNr, QByteArray(qsizetype(40 - 10 * seqNr), char('a' + seqNr))));
    QByteArray payload = buffer.takeNext();
    const char *const memory = payload.constData();
    buffer.recycle(std::move(payload));
    payload = buffer.takeNext();
    QCOMPARE(static_cast<const void *>(payload.constData()), static_cast<const void *>(memory));
    QCOMPARE(payload, QByteArray(20, 'c')); // a shorter one, with nothing of the former
    buffer.recycle(std::move(payload));
    QCOMPARE(buffer.takeNext(), QByteArray(10, 'd'));
}

void TestReceiveBuffer::whatIsKeptIsNotRecycled()
{
    ReceiveBuffer buffer;
    for (const SeqNr seqNr : {1, 2, 3})
        QVERIFY(buffer.insert(seqNr, QByteArray(30, char('a' + seqNr))));
    QByteArray payload = buffer.takeNext();
    const QByteArray kept = payload;
    buffer.recycle(std::move(payload));
    QCOMPARE(buffer.takeNext(), QByteArray(30, 'c'));
    QCOMPARE(kept, QByteArray(30, 'b'));
    QCOMPARE(buffer.takeNext(), QByteArray(30, 'd'));
}

void TestReceiveBuffer::sameAsModel_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 20; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestReceiveBuffer::sameAsModel()
{
    QFETCH(quint32, seed);
    std::mt19937 random(seed);
    // From "everything in order" to "nearly everything out of order".
    const quint32 reach = 1 + random() % 20;
    ReceiveBuffer buffer;
    NaiveBuffer model;
    for (int step = 0; step < 3000; ++step) {
        const quint32 roll = random() % 1000;
        const SeqNr nearby = std::max<SeqNr>(1, model.received - 3 + SeqNr(random() % (reach + 4)));
        if (roll < 600) {
            QCOMPARE(buffer.insert(nearby, payloadOf(nearby)), model.insert(nearby));
        } else if (roll < 950) {
            if (model.hasNext())
                QCOMPARE(buffer.takeNext(), model.takeNext());
        } else if (roll < 980) {
            buffer.pass(nearby);
            model.pass(nearby);
        } else if (roll < 998) {
            buffer.discardBefore(nearby);
            model.discardBefore(nearby);
        } else {
            buffer.reset(nearby);
            model.reset(nearby);
        }
        QCOMPARE(buffer.contains(nearby), !model.isMissing(nearby));
        QCOMPARE(buffer.firstSeqNr(), model.first);
        QCOMPARE(buffer.receivedSeqNr(), model.received);
        QCOMPARE(buffer.highestSeqNr(), model.highest);
        QCOMPARE(buffer.hasNext(), model.hasNext());
        QCOMPARE(buffer.count(), qsizetype(model.held.size()));
        QCOMPARE(buffer.bytes(), model.bytes());
        const SeqNr from = std::max<SeqNr>(1, nearby - 2);
        const SeqNr to = from + SeqNr(random() % 10);
        ReceiveBuffer::Range hole{from, 0};
        while (hole.from <= to && !model.isMissing(hole.from))
            ++hole.from;
        hole.to = hole.from - 1;
        while (hole.to < to && model.isMissing(hole.to + 1))
            ++hole.to;
        const ReceiveBuffer::Range found = buffer.nextHole(from, to);
        // An empty range may lie anywhere.
        QVERIFY(found == hole || (found.to < found.from && hole.to < hole.from));
    }
}

QTEST_APPLESS_MAIN(TestReceiveBuffer)
#include "tst_receivebuffer.moc"
