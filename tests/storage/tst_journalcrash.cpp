// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "journalmodel.h"

#include <QTest>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using namespace Qt::StringLiterals;

namespace {

/*! \brief One run by chance: everything a journal can be asked for, with everything that can go
 * wrong. */
class RandomRun
{
public:
    explicit RandomRun(quint32 seed)
        : m_rng(seed)
        , m_model(seed + 1, config())
    { }

    [[nodiscard]] QString run()
    {
        if (Error error = m_model.open())
            return error.message();
        for (int i = 0; i < 60 && m_model.problem().isEmpty(); ++i) {
            step();
            m_model.disk.setFault({});
            while (m_model.disk.isOff() || !m_model.isOpen()) {
                if (m_model.disk.isOff())
                    m_model.crash();
                const Error error = m_model.open();
                if (error && !m_model.disk.isOff())
                    return error.message();
            }
        }
        m_model.disk.crashAt(-1);
        m_model.reopen();
        return m_model.problem();
    }

private:
    [[nodiscard]] int below(int limit) { return int(m_rng() % quint32(limit)); }

    JournalConfig config()
    {
        JournalConfig config = smallConfig();
        config.segmentSize = SmallSegment << below(2);
        config.snapshotEvery = 1 + below(30);
        config.retention = {1 + below(3), below(8) != 0};
        return config;
    }

    [[nodiscard]] QString qualifier() { return m_isMixed ? QString::number(below(4)) : QString(); }

    void step()
    {
        switch (below(12)) {
        case 0:
            m_model.disk.crashAt(m_model.disk.steps() + below(12));
            break;
        case 1:
            failSometimes();
            break;
        case 2:
            m_model.kill();
            return;
        case 3:
            m_model.crash();
            return;
        default:
            break;
        }
        act();
    }

    void act()
    {
        const int size = below(20) == 0 ? int(SmallSegment) * 3 : below(300);
        if (below(8) != 0 && m_model.append(1 + below(8), qualifier(), size))
            return;
        if (below(10) == 0 && m_model.appendFile(qualifier(), 1 + below(3000)))
            return;
        if (below(3) != 0)
            m_model.confirm(m_model.state().currentSeqNr - below(10), qualifier());
        if (below(6) == 0)
            m_model.skip(m_model.state().currentSeqNr - below(10), qualifier());
        if (below(4) != 0 && m_model.sync())
            return;
        if (below(3) == 0)
            (void)m_model.flush();
        if (below(5) == 0 && m_model.journal().hasReleasable())
            m_model.release();
    }

    void failSometimes()
    {
        const auto call = SimulatedDisk::Call(below(9));
        const quint32 odds = 1 + below(4);
        m_model.disk.setFault([this, call, odds](SimulatedDisk::Call made, int) {
            return made == call && m_rng() % odds == 0 ? SimulatedDisk::failure() : Error();
        });
    }

    std::mt19937 m_rng;
    const bool m_isMixed = m_rng() % 2;
    JournalModel m_model;
};

} // namespace

class TestJournalCrash : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void randomRuns();
    void h51_whatIsLoadedIsOnTheDisk_data();
    void h51_whatIsLoadedIsOnTheDisk();
};

void TestJournalCrash::randomRuns()
{
    const int seeds = qEnvironmentVariableIntValue("QTDELIVERY_JOURNAL_SEEDS");
    for (quint32 seed = 1; seed <= quint32(seeds > 0 ? seeds : 1000); ++seed) {
        const QString problem = RandomRun(seed).run();
        QVERIFY2(problem.isEmpty(), qPrintable(u"seed %1: %2"_s.arg(seed).arg(problem)));
    }
}

void TestJournalCrash::h51_whatIsLoadedIsOnTheDisk_data()
{
    QTest::addColumn<bool>("failed");
    QTest::newRow("never synced") << false;
    QTest::newRow("the sync failed") << true; // and the next one succeeds without its data
}

/*! A process is killed before its data are synced. The next one reads them from the system's
   memory, and says that they are stored: then they are, when the power fails. */
void TestJournalCrash::h51_whatIsLoadedIsOnTheDisk()
{
    QFETCH(bool, failed);
    for (quint32 seed = 1; seed <= 50; ++seed) {
        JournalConfig config;
        config.segmentSize = 4 * SmallSegment;
        JournalModel model(seed, config);
        QVERIFY(!model.open());
        QVERIFY(!model.append(3));
        QVERIFY(!model.sync());
        QVERIFY(!model.append(20, {}, 200)); // some sectors
        QVERIFY(!model.flush());
        if (failed) {
            model.disk.setFault([](SimulatedDisk::Call call, int) {
                return call == SimulatedDisk::Call::Sync ? SimulatedDisk::failure() : Error();
            });
            QVERIFY(bool(model.sync()));
            model.disk.setFault({});
        }
        model.kill();
        QVERIFY(!model.open());
        QCOMPARE(model.state().currentSeqNr, 24);
        model.crash();
        const Error error = model.open();
        const QString words = error ? error.message() : model.problem();
        QVERIFY2(words.isEmpty(), qPrintable(u"seed %1: %2"_s.arg(seed).arg(words)));
        QCOMPARE(model.state().currentSeqNr, 24);
    }
}

QTEST_APPLESS_MAIN(TestJournalCrash)
#include "tst_journalcrash.moc"
