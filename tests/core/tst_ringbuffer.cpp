// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "core/ringbuffer.h"

#include <QByteArray>
#include <QTest>

#include <deque>
#include <memory>
#include <random>

using namespace QtDelivery;

namespace {

/*! Counts what is alive, so that a test sees slots that are allocated and values that are kept. */
struct Counted
{
    static inline int alive = 0;
    static inline int loaded = 0;

    Counted() { ++alive; }
    explicit Counted(int v)
        : value(v)
    {
        ++alive;
        ++loaded;
    }
    Counted(Counted &&other) noexcept
        : value(std::exchange(other.value, 0))
    {
        ++alive;
    }
    Counted &operator=(Counted &&other) noexcept
    {
        if (value != 0)
            --loaded;
        value = std::exchange(other.value, 0);
        return *this;
    }
    ~Counted()
    {
        --alive;
        if (value != 0)
            --loaded;
    }

    int value = 0;
};

} // namespace

class TestRingBuffer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noMemoryBeforeFirstUse();
    void firstInFirstOut();
    void growsWhileWrapped();
    void steadyStateDoesNotGrow();
    void takenElementsAreLetGo();
    void clearFreesTheMemory();
    void moveOnlyElements();
    void sharedElementsAreNotCopiedDeeply();
    void sameAsDeque_data();
    void sameAsDeque();
};

void TestRingBuffer::noMemoryBeforeFirstUse()
{
    Counted::alive = 0;
    const RingBuffer<Counted> buffer;
    QVERIFY(buffer.isEmpty());
    QCOMPARE(buffer.size(), 0);
    QCOMPARE(Counted::alive, 0);
    QVERIFY(sizeof(buffer) <= 4 * sizeof(void *)); // ten thousand idle flows carry this
}

void TestRingBuffer::firstInFirstOut()
{
    RingBuffer<int> buffer;
    for (int i = 1; i <= 3; ++i)
        buffer.pushBack(i);
    QCOMPARE(buffer.front(), 1);
    QCOMPARE(buffer[1], 2);
    QCOMPARE(buffer.back(), 3);
    QCOMPARE(std::as_const(buffer)[2], 3);
    QCOMPARE(std::as_const(buffer).back(), 3);
    QCOMPARE(buffer.takeFront(), 1);
    QCOMPARE(buffer.takeFront(), 2);
    QCOMPARE(buffer.takeFront(), 3);
    QVERIFY(buffer.isEmpty());
}

void TestRingBuffer::growsWhileWrapped()
{
    RingBuffer<int> buffer;
    for (int i = 0; i < 4; ++i)
        buffer.pushBack(i);
    QCOMPARE(buffer.takeFront(), 0);
    QCOMPARE(buffer.takeFront(), 1);
    for (int i = 4; i < 9; ++i) // wraps at four slots, grows to eight
        buffer.pushBack(i);
    QCOMPARE(buffer.size(), 7);
    for (int i = 0; i < 7; ++i)
        QCOMPARE(buffer[i], i + 2);
}

void TestRingBuffer::steadyStateDoesNotGrow()
{
    Counted::alive = 0;
    RingBuffer<Counted> buffer;
    for (int i = 1; i <= 3; ++i)
        buffer.pushBack(Counted(i));
    const int slots = Counted::alive;
    for (int i = 4; i < 10'000; ++i) {
        buffer.pushBack(Counted(i));
        QCOMPARE(buffer.takeFront().value, i - 3);
    }
    QCOMPARE(Counted::alive, slots);
}

void TestRingBuffer::takenElementsAreLetGo()
{
    Counted::loaded = 0;
    RingBuffer<Counted> buffer;
    for (int i = 1; i <= 100; ++i)
        buffer.pushBack(Counted(i));
    QCOMPARE(Counted::loaded, 100);
    for (int i = 1; i <= 60; ++i)
        (void)buffer.takeFront();
    QCOMPARE(Counted::loaded, 40);
}

void TestRingBuffer::clearFreesTheMemory()
{
    Counted::alive = 0;
    RingBuffer<Counted> buffer;
    for (int i = 1; i <= 100; ++i)
        buffer.pushBack(Counted(i));
    buffer.clear();
    QVERIFY(buffer.isEmpty());
    QCOMPARE(Counted::alive, 0);
    buffer.pushBack(Counted(7));
    QCOMPARE(buffer.front().value, 7);
}

void TestRingBuffer::moveOnlyElements()
{
    RingBuffer<std::unique_ptr<int>> buffer;
    for (int i = 0; i < 20; ++i)
        buffer.pushBack(std::make_unique<int>(i));
    for (int i = 0; i < 20; ++i)
        QCOMPARE(*buffer.takeFront(), i);
}

void TestRingBuffer::sharedElementsAreNotCopiedDeeply()
{
    RingBuffer<QByteArray> buffer;
    const QByteArray payload(1000, 'x');
    buffer.pushBack(payload);
    for (int i = 0; i < 20; ++i)
        buffer.pushBack({}); // grows
    const QByteArray taken = buffer.takeFront();
    QVERIFY(taken.constData() == payload.constData());
}

void TestRingBuffer::sameAsDeque_data()
{
    QTest::addColumn<quint32>("seed");
    QTest::addColumn<int>("pushPercent");
    for (quint32 seed = 1; seed <= 5; ++seed) {
        QTest::addRow("seed %u, mostly short", seed) << seed << 50;
        QTest::addRow("seed %u, growing", seed) << seed << 70;
    }
}

void TestRingBuffer::sameAsDeque()
{
    QFETCH(quint32, seed);
    QFETCH(int, pushPercent);
    std::mt19937 random(seed);
    RingBuffer<quint32> buffer;
    std::deque<quint32> model;
    for (int step = 0; step < 5000; ++step) {
        const quint32 roll = random() % 100;
        if (random() % 1000 == 0) {
            buffer.clear();
            model.clear();
        } else if (model.empty() || roll < quint32(pushPercent)) {
            const quint32 value = random();
            buffer.pushBack(value);
            model.push_back(value);
        } else {
            QCOMPARE(buffer.takeFront(), model.front());
            model.pop_front();
        }
        QCOMPARE(buffer.size(), qsizetype(model.size()));
        QCOMPARE(buffer.isEmpty(), model.empty());
        if (model.empty())
            continue;
        const size_t index = random() % model.size();
        QCOMPARE(buffer[qsizetype(index)], model[index]);
        QCOMPARE(buffer.front(), model.front());
        QCOMPARE(buffer.back(), model.back());
    }
}

QTEST_APPLESS_MAIN(TestRingBuffer)
#include "tst_ringbuffer.moc"
