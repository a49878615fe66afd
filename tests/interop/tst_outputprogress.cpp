// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "memoryprogress.h"
#include "outputprogress.h"
#include "progressconformance.h"

#include <QSemaphore>
#include <QSignalSpy>

#include <cerrno>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using Cli::OutputProgress;

namespace {

/*! A progress that writes down what is asked of it, and answers when it is told to. */
class LoggingProgress : public ConsumerProgress
{
public:
    explicit LoggingProgress(QByteArrayList *log)
        : m_log(*log)
    { }
    void load(const QString &, const QString &) override { m_log += "load"; }
    void record(const ConsumerPosition &position) override
    {
        m_log += "record " + QByteArray::number(position.confirmedSeqNr);
    }
    void fail() { Q_EMIT failed(Error(Error::Code::StorageFailed, QStringLiteral("Failed."))); }

private:
    QByteArrayList &m_log;
};

/*! Syncs that end when the test lets them. Only one goes on at a time, and the test looks at the
   log between them. */
struct Output
{
    QByteArrayList log;
    QSemaphore started;
    QSemaphore permitted;
    int result = 0;

    OutputProgress::Sync sync()
    {
        return [this] {
            started.release();
            permitted.acquire();
            return result;
        };
    }
    [[nodiscard]] bool syncs()
    {
        return QTest::qWaitFor([this] { return started.tryAcquire(); }, 20'000);
    }
    /*! Waits until a sync has begun, writes that down and lets it end. */
    [[nodiscard]] bool letSync()
    {
        const bool good = syncs();
        log += "sync";
        permitted.release();
        return good;
    }
};

} // namespace

/*! \brief No position is recorded before the output that it covers is on the disk. */
class tst_OutputProgress : public ProgressConformance
{
    Q_OBJECT

public:
    tst_OutputProgress()
        : ProgressConformance(
            [] {
                const auto disk = std::make_shared<MemoryProgressDisk>();
                return [disk] {
                    return std::make_unique<OutputProgress>(std::make_unique<MemoryProgress>(disk),
                                                            [] { return 0; });
                };
            },
            {})
    { }

private Q_SLOTS:
    void syncedFirst();
    void oneSyncForAllThatWait();
    void afterAFailedSyncNothing();
    void failureAnswersWhatWaits();
};

void tst_OutputProgress::syncedFirst()
{
    Output output;
    OutputProgress progress(std::make_unique<LoggingProgress>(&output.log), output.sync());
    progress.load(testConsumerId(), testProducerId());
    for (int n = 1; n <= 3; ++n) {
        progress.record(consumerPosition(n));
        QVERIFY(output.syncs());
        QCoreApplication::processEvents();
        QCOMPARE(output.log.size(), 2 * n - 1); // nothing is recorded while it is synced
        output.started.release();
        QVERIFY(output.letSync());
        QTRY_COMPARE(output.log.size(), 2 * n + 1);
    }
    QCOMPARE(output.log,
             QByteArrayList({"load", "sync", "record 1", "sync", "record 2", "sync", "record 3"}));
}

void tst_OutputProgress::oneSyncForAllThatWait()
{
    Output output;
    OutputProgress progress(std::make_unique<LoggingProgress>(&output.log), output.sync());
    progress.record(consumerPosition(1));
    for (int n = 2; n <= 1000; ++n)
        progress.record(consumerPosition(n));
    QVERIFY(output.letSync());
    QTRY_COMPARE(output.log.size(), 2);
    QVERIFY(output.letSync());
    QTRY_COMPARE(output.log.size(), 4);
    QCOMPARE(output.log, QByteArrayList({"sync", "record 1", "sync", "record 1000"}));
}

/*! The next one might be called a success although the lines are gone. */
void tst_OutputProgress::afterAFailedSyncNothing()
{
    Output output;
    output.result = EIO;
    OutputProgress progress(std::make_unique<LoggingProgress>(&output.log), output.sync());
    QSignalSpy failed(&progress, &OutputProgress::syncFailed);
    progress.record(consumerPosition(1));
    progress.record(consumerPosition(2));
    QVERIFY(output.letSync());
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed[0][0].toInt(), EIO);
    output.result = 0;
    output.permitted.release(10);
    progress.record(consumerPosition(3));
    QVERIFY(!output.started.tryAcquire(1, 50));
    QCoreApplication::processEvents();
    QCOMPARE(output.log, QByteArrayList({"sync"}));
}

void tst_OutputProgress::failureAnswersWhatWaits()
{
    Output output;
    auto inner = std::make_unique<LoggingProgress>(&output.log);
    LoggingProgress &within = *inner;
    OutputProgress progress(std::move(inner), output.sync());
    QSignalSpy failed(&progress, &ConsumerProgress::failed);
    progress.record(consumerPosition(1));
    progress.record(consumerPosition(2));
    within.fail();
    QCOMPARE(failed.size(), 1);
    progress.record(consumerPosition(3)); // asked for after the answer
    QVERIFY(output.letSync());
    QVERIFY(output.letSync());
    QTRY_COMPARE(output.log.size(), 3);
    QCOMPARE(output.log, QByteArrayList({"sync", "sync", "record 3"}));
}

QTEST_GUILESS_MAIN(tst_OutputProgress)
#include "tst_outputprogress.moc"
