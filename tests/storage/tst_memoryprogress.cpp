// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "memoryprogress.h"
#include "progressconformance.h"

using namespace QtDelivery;
using namespace QtDelivery::Test;

class tst_MemoryProgress : public ProgressConformance
{
    Q_OBJECT

public:
    tst_MemoryProgress()
        : ProgressConformance(
            [] {
                const auto disk = std::make_shared<MemoryProgressDisk>();
                return [disk] { return std::make_unique<MemoryProgress>(disk); };
            },
            {})
    { }

private Q_SLOTS:
    void failsAsToldAndGoesOn();
    void heldWorkIsLostAtTheEnd();
    void heldAnswersAreRecorded();

private:
    QStringList m_wrong;
};

void tst_MemoryProgress::failsAsToldAndGoesOn()
{
    const auto disk = std::make_shared<MemoryProgressDisk>();
    auto progress = std::make_unique<MemoryProgress>(disk);
    progress->failNext(2, {Error::Code::StorageFull, QStringLiteral("No room.")});
    ProgressProbe probe(std::move(progress), &m_wrong);
    QCOMPARE(probe.loadError(testConsumerId(), testProducerId()), Error::Code::StorageFull);
    probe.record(consumerPosition(1));
    probe.record(consumerPosition(2)); // fails together with the former
    QVERIFY(probe.waitForAnswers(2));
    QVERIFY(probe.loadNow(testConsumerId(), testProducerId()));
    QCOMPARE(probe.recordNow(consumerPosition(3)), Error::Code::NoError);
    QCOMPARE(probe.answers().size(), 4);
    QVERIFY(m_wrong.isEmpty());
}

void tst_MemoryProgress::heldWorkIsLostAtTheEnd()
{
    const auto disk = std::make_shared<MemoryProgressDisk>();
    auto progress = std::make_unique<MemoryProgress>(disk);
    MemoryProgress &held = *progress;
    ProgressProbe probe(std::move(progress), &m_wrong);
    QVERIFY(probe.loadNow(testConsumerId(), testProducerId()));
    held.setWorkHeld(true);
    probe.record(consumerPosition(1));
    QCoreApplication::processEvents();
    probe.end();
    QCOMPARE(probe.answers().size(), 1);
    QVERIFY(disk->positions.isEmpty());
    QVERIFY(disk->owners.isEmpty());
}

void tst_MemoryProgress::heldAnswersAreRecorded()
{
    const auto disk = std::make_shared<MemoryProgressDisk>();
    auto progress = std::make_unique<MemoryProgress>(disk);
    MemoryProgress &held = *progress;
    ProgressProbe probe(std::move(progress), &m_wrong);
    QVERIFY(probe.loadNow(testConsumerId(), testProducerId()));
    held.setAnswersHeld(true);
    probe.record(consumerPosition(1));
    QTRY_VERIFY(!disk->positions.isEmpty());
    QCOMPARE(probe.answers().size(), 1);
    held.setAnswersHeld(false);
    QVERIFY(probe.waitForRecorded(consumerPosition(1)));
}

QTEST_GUILESS_MAIN(tst_MemoryProgress)
#include "tst_memoryprogress.moc"
