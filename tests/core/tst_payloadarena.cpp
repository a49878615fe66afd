// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "core/payloadarena.h"

#include <QTest>

#include <deque>
#include <random>

using namespace QtDelivery;

class TestPayloadArena : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void copies();
    void sameAsModel_data();
    void sameAsModel();
    void blocksAreTakenAgain();
    void onlySoManyBlocksAreKept();
};

void TestPayloadArena::copies()
{
    PayloadArena arena;
    QByteArray payload = "payload";
    const QByteArrayView kept(arena.push(payload), payload.size());
    payload.fill('x');
    QCOMPARE(kept, QByteArrayView("payload"));
    arena.pop(kept.size());
}

void TestPayloadArena::sameAsModel_data()
{
    QTest::addColumn<int>("most"); // payloads held at once
    QTest::newRow("one at a time") << 1;
    QTest::newRow("a few") << 5;
    QTest::newRow("a window") << 1024;
}

void TestPayloadArena::sameAsModel()
{
    QFETCH(int, most);
    struct Held
    {
        QByteArray model;
        const char *kept;
    };
    PayloadArena arena;
    std::deque<Held> held;
    std::mt19937 random(1);
    for (int step = 0; step < 20'000; ++step) {
        const bool fills = (step / (2 * most)) % 2 == 0; // full and empty by turns
        const bool push = held.empty() || (int(held.size()) < most && (fills || random() % 3 == 0));
        if (push) {
            const auto size = qsizetype(1 + random() % PayloadArena::MaxPayload);
            const QByteArray model(size, char(random()));
            held.push_back({model, arena.push(model)});
        } else {
            const Held &oldest = held.front();
            QCOMPARE(QByteArrayView(oldest.kept, oldest.model.size()),
                     QByteArrayView(oldest.model));
            arena.pop(oldest.model.size());
            held.pop_front();
        }
    }
    for (const Held &rest : held)
        QCOMPARE(QByteArrayView(rest.kept, rest.model.size()), QByteArrayView(rest.model));
}

void TestPayloadArena::blocksAreTakenAgain()
{
    BlockPool pool;
    auto first = pool.take();
    auto second = pool.take();
    const char *const last = second.get();
    pool.give(std::move(first));
    pool.give(std::move(second));
    QCOMPARE(static_cast<const void *>(pool.take().get()), static_cast<const void *>(last));
}

void TestPayloadArena::onlySoManyBlocksAreKept()
{
    BlockPool pool;
    for (size_t i = 0; i < 2 * BlockPool::MaxKept; ++i)
        pool.give(std::make_unique<char[]>(BlockPool::BlockSize));
    QCOMPARE(pool.kept(), BlockPool::MaxKept);
}

QTEST_APPLESS_MAIN(TestPayloadArena)
#include "tst_payloadarena.moc"
