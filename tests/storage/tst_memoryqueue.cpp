// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "memoryqueue.h"
#include "queueconformance.h"

using namespace QtDelivery;
using namespace QtDelivery::Test;

class tst_MemoryQueue : public QueueConformance
{
    Q_OBJECT

public:
    tst_MemoryQueue()
        : QueueConformance([] {
            const auto disk = std::make_shared<MemoryQueueDisk>();
            return [disk] { return std::make_unique<MemoryQueue>(disk); };
        })
    { }

private Q_SLOTS:
    void failsAsToldAndGoesOn();
    void heldWorkIsLostAtTheEnd();
    void heldAnswersAreStored();

private:
    QStringList m_wrong;
};

void tst_MemoryQueue::failsAsToldAndGoesOn()
{
    const auto disk = std::make_shared<MemoryQueueDisk>();
    auto queue = std::make_unique<MemoryQueue>(disk);
    queue->failNext(3, {Error::Code::StorageFull, QStringLiteral("No room.")});
    QueueProbe probe(std::move(queue), &m_wrong);
    QCOMPARE(probe.loadError(QStringLiteral("p")), Error::Code::StorageFull);
    QCOMPARE(probe.loadError(QStringLiteral("p")), Error::Code::StorageFull);
    probe.store(durableMessages(1, 1));
    probe.store(durableMessages(2, 2)); // fails together with the former
    QVERIFY(probe.nextAnswer());
    QVERIFY(probe.loadNow(QStringLiteral("p")));
    QCOMPARE(probe.storeNow(durableMessages(1, 1)), Error::Code::NoError);
    QCOMPARE(probe.answers().size(), 5);
    QCOMPARE(disk->appended, 1);
    QVERIFY(m_wrong.isEmpty());
}

void tst_MemoryQueue::heldWorkIsLostAtTheEnd()
{
    const auto disk = std::make_shared<MemoryQueueDisk>();
    auto queue = std::make_unique<MemoryQueue>(disk);
    MemoryQueue &held = *queue;
    QueueProbe probe(std::move(queue), &m_wrong);
    QVERIFY(probe.loadNow(QStringLiteral("p")));
    held.setWorkHeld(true);
    probe.store(durableMessages(1, 1));
    QCoreApplication::processEvents();
    probe.end();
    QCOMPARE(probe.answers().size(), 1);
    QCOMPARE(disk->appended, 0);
    QCOMPARE(disk->owner, nullptr);
}

void tst_MemoryQueue::heldAnswersAreStored()
{
    const auto disk = std::make_shared<MemoryQueueDisk>();
    auto queue = std::make_unique<MemoryQueue>(disk);
    MemoryQueue &held = *queue;
    QueueProbe probe(std::move(queue), &m_wrong);
    QVERIFY(probe.loadNow(QStringLiteral("p")));
    held.setAnswersHeld(true);
    probe.store(durableMessages(1, 1));
    QTRY_COMPARE(disk->appended, 1);
    QCOMPARE(probe.answers().size(), 1);
    held.setAnswersHeld(false);
    QVERIFY(probe.waitForStored(1));
}

QTEST_GUILESS_MAIN(tst_MemoryQueue)
#include "tst_memoryqueue.moc"
