// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "../controller/durableflow.h"

#include <QRegularExpression>
#include <QTest>

#include <limits>

using namespace QtDelivery;
using namespace TestSupport;
using namespace Qt::StringLiterals;

// How large a storage is and how long its syncs take, and that its flow shows it.

class TestStorageSnapshot : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void steps_data();
    void steps();
    void shareOfSyncs();
    void storageOfAFlow();
};

void TestStorageSnapshot::steps_data()
{
    QTest::addColumn<qint64>("microseconds");
    QTest::addColumn<int>("step");
    const auto row = [](qint64 microseconds, int step) {
        QTest::addRow("%lld", microseconds) << microseconds << step;
    };
    row(std::numeric_limits<qint64>::min(), 0);
    row(-1, 0);
    row(0, 0);
    row(1, 0);
    row(2, 1);
    row(3, 2);
    row(4, 2);
    row(5, 3);
    row(1024, 10);
    row(1025, 11);
    row(8'388'608, 23);
    row(8'388'609, 24);
    row(std::numeric_limits<qint64>::max(), 24);
}

void TestStorageSnapshot::steps()
{
    QFETCH(qint64, microseconds);
    QFETCH(int, step);
    StorageSnapshot storage;
    QVERIFY(!storage.isKnown());
    storage.addSync(microseconds);
    QVERIFY(storage.isKnown());
    QCOMPARE(storage.syncs.size(), step + 1);
    QCOMPARE(storage.syncs.last(), 1);
    QCOMPARE(storage.syncCount(), 1);
    QCOMPARE(storage.syncTime, qMax<qint64>(0, microseconds));
    QCOMPARE(storage.syncTimeOf(1), StorageSnapshot::stepEnd(step));
}

void TestStorageSnapshot::shareOfSyncs()
{
    StorageSnapshot storage;
    QCOMPARE(storage.syncTimeOf(0.5), -1);
    for (int i = 0; i < 98; ++i)
        storage.addSync(100);
    storage.addSync(1000);
    storage.addSync(5000);
    QCOMPARE(storage.syncTimeOf(0), 128);
    QCOMPARE(storage.syncTimeOf(0.5), 128);
    QCOMPARE(storage.syncTimeOf(0.98), 128);
    QCOMPARE(storage.syncTimeOf(0.99), 1024);
    QCOMPARE(storage.syncTimeOf(1), 8192);
    QCOMPARE(storage.syncTimeOf(7), 8192);
}

/*! What a queue and a progress say of themselves is in the snapshots of their ends. */
void TestStorageSnapshot::storageOfAFlow()
{
    VirtualWorld world;
    TestNode node(world);
    ProducerController plain(u"plain"_s, &node);
    QVERIFY(!plain.snapshot().storage.isKnown());
    const auto told = [](qint64 bytes) {
        StorageSnapshot storage;
        storage.bytes = bytes;
        storage.files = 1;
        storage.addSync(bytes);
        return storage;
    };
    ProducerLife producer(world, std::make_shared<MemoryQueueDisk>());
    ConsumerLife consumer(world, std::make_shared<MemoryProgressDisk>());
    producer.queue.setStorageSnapshot(told(7));
    consumer.progress->setStorageSnapshot(told(9));
    QCOMPARE(producer.controller.snapshot().storage, told(7));
    QCOMPARE(consumer.controller->snapshot().storage, told(9));
}

QTEST_GUILESS_MAIN(TestStorageSnapshot)
#include "tst_storagesnapshot.moc"
