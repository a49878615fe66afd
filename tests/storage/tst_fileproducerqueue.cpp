// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "damage.h"
#include "simulateddisk.h"
#include "storage/journalthread.h"

#include <QtDelivery/fileproducerqueue.h>

#include <QDir>
#include <QFile>
#include <QMutex>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <csignal>

#include <sys/resource.h>
#include <unistd.h>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using namespace Qt::StringLiterals;
using Call = SimulatedDisk::Call;

namespace {

QList<DurableMessage> batch(qint64 from, int count = 1, qsizetype size = 20)
{
    QList<DurableMessage> messages;
    for (int i = 0; i < count; ++i)
        messages.append({from + i, QByteArray(size, 'x'), {}, {}});
    return messages;
}

/*! \brief The thread of a FileProducerQueue on a simulated disk, which is touched by it alone until
 * it has ended. */
class SimulatedQueue final : public DurableProducerQueue
{
public:
    SimulatedQueue()
        : m_disk(new SimulatedDisk)
        , m_thread(std::make_unique<JournalThread>(this, std::unique_ptr<FileSystem>(m_disk),
                                                   JournalConfig()))
    { }

    /*! Only before load(). */
    [[nodiscard]] SimulatedDisk &disk() { return *m_disk; }

    void load(const QString &producerId) override { m_thread->load(producerId); }
    void store(const QList<DurableMessage> &messages) override { m_thread->store(messages); }
    void confirm(qint64 seqNr, const QString &qualifier) override
    {
        m_thread->confirm(seqNr, qualifier);
    }
    [[nodiscard]] qint64 maxMessages() const override { return 1000; }
    [[nodiscard]] qint64 maxBytes() const override { return 1000; }

private:
    SimulatedDisk *const m_disk; // the thread's
    const std::unique_ptr<JournalThread> m_thread;
};

/*! The signals of a queue. */
struct Spies
{
    explicit Spies(DurableProducerQueue *queue)
        : loaded(queue, &DurableProducerQueue::loaded)
        , stored(queue, &DurableProducerQueue::stored)
        , failed(queue, &DurableProducerQueue::failed)
    { }

    [[nodiscard]] qint64 lastStored() const
    {
        return stored.isEmpty() ? 0 : stored.last().first().toLongLong();
    }
    [[nodiscard]] Error lastError() const
    {
        return failed.isEmpty() ? Error() : failed.last().first().value<Error>();
    }
    [[nodiscard]] DurableProducerState state() const
    {
        return loaded.last().first().value<DurableProducerState>();
    }

    QSignalSpy loaded;
    QSignalSpy stored;
    QSignalSpy failed;
};

} // namespace

class TestFileProducerQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void storesAndLoadsAgain();
    void answersAreNeverGivenWithinTheCall();
    void oneMessageAtATimeIsOneSyncEach();
    void groupCommitUnderLoad();
    void confirmationsCauseNoSync();
    void showsItsSizeAndItsSyncs();
    void destructorStoresWhatWaits();
    void damageInTheLastBatchIsNoTornWrite();
    void secondOwner();
    void otherProducer();
    void storeBeforeLoad();
    void failureDropsWhatWasUnanswered();
    void h52_fullDisk();
    void h52_directoryThatCannotBeWritten();
    void deletedInItsOwnSlot();
    void settings_data();
    void settings();
    void invalidSettingsAreRefused();
    void inspect();

private:
    QTemporaryDir m_directory;
    int m_count = 0;

    [[nodiscard]] QString freshPath()
    {
        return m_directory.filePath(QString::number(++m_count)) + u"/queue"_s;
    }
};

void TestFileProducerQueue::storesAndLoadsAgain()
{
    const QString path = freshPath();
    QUuid streamId;
    {
        FileProducerQueue queue(path);
        Spies spies(&queue);
        queue.load(u"orders"_s);
        QTRY_COMPARE(spies.loaded.count(), 1);
        QCOMPARE(spies.state().currentSeqNr, 1);
        QCOMPARE(spies.state().generation, 1);
        streamId = spies.state().streamId;
        QVERIFY(!streamId.isNull());
        queue.store(batch(1, 3));
        queue.store(batch(4, 2));
        QTRY_COMPARE(spies.lastStored(), 5);
        queue.confirm(2, {});
    }
    FileProducerQueue queue(path);
    Spies spies(&queue);
    queue.load(u"orders"_s);
    QTRY_COMPARE(spies.loaded.count(), 1);
    QCOMPARE(spies.state().streamId, streamId);
    QCOMPARE(spies.state().generation, 2);
    QCOMPARE(spies.state().unconfirmed, batch(3, 3));
    queue.load(u"orders"_s); // by a new controller
    QTRY_COMPARE(spies.loaded.count(), 2);
    QCOMPARE(spies.state().generation, 3);
    QVERIFY(spies.failed.isEmpty());
}

void TestFileProducerQueue::answersAreNeverGivenWithinTheCall()
{
    FileProducerQueue queue(freshPath());
    Spies spies(&queue);
    bool isWithin = false;
    int within = 0;
    const auto count = [&] { within += isWithin ? 1 : 0; };
    connect(&queue, &DurableProducerQueue::loaded, this, count);
    connect(&queue, &DurableProducerQueue::stored, this, count);
    const auto call = [&](const auto &function) {
        isWithin = true;
        function();
        isWithin = false;
    };
    call([&] { queue.load(u"orders"_s); });
    QTRY_COMPARE(spies.loaded.count(), 1);
    for (int i = 1; i <= 100; ++i)
        call([&] { queue.store(batch(i)); });
    QTRY_COMPARE(spies.lastStored(), 100);
    QCOMPARE(within, 0);
}

void TestFileProducerQueue::oneMessageAtATimeIsOneSyncEach()
{
    std::atomic<int> syncs = 0; // before the queue, whose thread counts as long as it is there
    SimulatedQueue queue;
    Spies spies(&queue);
    queue.disk().setFault([&](Call call, int) {
        syncs += call == Call::Sync ? 1 : 0;
        return Error();
    });
    queue.load(u"orders"_s);
    QTRY_COMPARE(spies.loaded.count(), 1);
    for (int i = 1; i <= 50; ++i) {
        const int before = syncs;
        queue.store(batch(i));
        QTRY_COMPARE(spies.lastStored(), i);
        queue.confirm(i, {});
        QCOMPARE(syncs - before, 1);
    }
}

void TestFileProducerQueue::groupCommitUnderLoad()
{
    std::atomic<int> syncs = 0;
    std::atomic<bool> isLoaded = false;
    QMutex gate; // a sync lasts as long as the test holds it
    SimulatedQueue queue;
    Spies spies(&queue);
    queue.disk().setFault([&](Call call, int) {
        if (call == Call::Sync && isLoaded) {
            ++syncs;
            const QMutexLocker locker(&gate);
        }
        return Error();
    });
    queue.load(u"orders"_s);
    QTRY_COMPARE(spies.loaded.count(), 1);
    isLoaded = true;
    gate.lock();
    queue.store(batch(1));
    QTRY_COMPARE(syncs, 1);
    for (int i = 2; i <= 1000; ++i) {
        queue.store(batch(i));
        queue.confirm(i - 1, {});
    }
    QCOMPARE(syncs, 1); // one in flight, the rest waits
    gate.unlock();
    QTRY_COMPARE(spies.lastStored(), 1000);
    QCOMPARE(syncs, 2);
    QVERIFY(spies.stored.count() <= 2);
}

void TestFileProducerQueue::confirmationsCauseNoSync()
{
    std::atomic<int> syncs = 0;
    std::atomic<int> writes = 0;
    SimulatedQueue queue;
    Spies spies(&queue);
    queue.disk().setFault([&](Call call, int) {
        syncs += call == Call::Sync ? 1 : 0;
        writes += call == Call::Write ? 1 : 0;
        return Error();
    });
    queue.load(u"orders"_s);
    queue.store(batch(1, 10));
    QTRY_COMPARE(spies.lastStored(), 10);
    const int syncsBefore = syncs;
    const int writesBefore = writes;
    queue.confirm(7, {});
    QTRY_VERIFY(writes > writesBefore);
    QCOMPARE(syncs, syncsBefore);
}

void TestFileProducerQueue::showsItsSizeAndItsSyncs()
{
    const QString path = freshPath();
    FileProducerQueue queue(path, {.segmentSize = 65536});
    QVERIFY(!queue.storageSnapshot().isKnown());
    Spies spies(&queue);
    queue.load(u"orders"_s);
    QTRY_COMPARE(queue.storageSnapshot().files, 1); // noted after the answer
    QCOMPARE(queue.storageSnapshot().bytes, 65536);
    const qint64 before = queue.storageSnapshot().syncCount();
    for (int i = 1; i <= 20; ++i) {
        queue.store(batch(i));
        QTRY_COMPARE(spies.lastStored(), i);
    }
    QCOMPARE(queue.storageSnapshot().syncCount(), before + 20);
    QVERIFY(queue.storageSnapshot().syncTime >= 20); // each is a microsecond at least
    QCOMPARE(queue.storageSnapshot().files, 1);
    for (int i = 21; i <= 23; ++i)
        queue.store(
            {{.seqNr = i, .payload = QByteArray(60'000, 'x'), .context = {}, .qualifier = {}}});
    QTRY_COMPARE(spies.lastStored(), 23);
    const auto inDirectory = [&] {
        qint64 bytes = 0;
        const QFileInfoList files = QDir(path).entryInfoList({u"*.journal"_s}, QDir::Files);
        for (const QFileInfo &file : files)
            bytes += file.size();
        return std::pair(qint64(files.size()), bytes);
    };
    const auto shown = [&] {
        const StorageSnapshot storage = queue.storageSnapshot();
        return std::pair(storage.files, storage.bytes);
    };
    QTRY_COMPARE(shown(), inDirectory());
    QVERIFY(shown().first > 1);
}

void TestFileProducerQueue::destructorStoresWhatWaits()
{
    const QString path = freshPath();
    {
        FileProducerQueue queue(path);
        queue.load(u"orders"_s);
        queue.store(batch(1, 500));
        queue.confirm(3, {});
    }
    const auto report = FileProducerQueue::inspect(path);
    QVERIFY(report);
    QCOMPARE(report->state.currentSeqNr, 501);
    QCOMPARE(report->state.highestConfirmedSeqNr, 3);
}

void TestFileProducerQueue::damageInTheLastBatchIsNoTornWrite()
{
    const QString path = freshPath();
    {
        FileProducerQueue queue(path);
        const Spies spies(&queue);
        queue.load(u"orders"_s);
        queue.store(batch(1));
        QTRY_COMPARE(spies.lastStored(), 1);
    }
    QString newest;
    for (const QString &name : QDir(path).entryList({u"*.journal"_s}, QDir::Files, QDir::Name))
        newest = path + u'/' + name;
    QByteArray contents = contentsOf(newest);
    const qsizetype payload = contents.lastIndexOf(QByteArray(20, 'x'));
    QVERIFY(payload > 0);
    contents[payload] = 'y';
    QVERIFY(write(newest, contents));

    FileProducerQueue queue(path);
    const Spies spies(&queue);
    queue.load(u"orders"_s);
    QTRY_COMPARE(spies.failed.count(), 1);
    QCOMPARE(spies.lastError().code(), Error::Code::StorageCorrupt);
    QVERIFY(spies.loaded.isEmpty());
}

void TestFileProducerQueue::secondOwner()
{
    const QString path = freshPath();
    FileProducerQueue first(path);
    Spies firstSpies(&first);
    first.load(u"orders"_s);
    QTRY_COMPARE(firstSpies.loaded.count(), 1);
    FileProducerQueue second(path);
    Spies spies(&second);
    second.load(u"orders"_s);
    QTRY_COMPARE(spies.failed.count(), 1);
    QCOMPARE(spies.lastError().code(), Error::Code::StorageInUse);
    QVERIFY(spies.lastError().message().contains(QString::number(::getpid())));
    first.store(batch(1));
    QTRY_COMPARE(firstSpies.lastStored(), 1);
}

void TestFileProducerQueue::otherProducer()
{
    const QString path = freshPath();
    {
        FileProducerQueue queue(path);
        queue.load(u"orders"_s);
    }
    FileProducerQueue queue(path);
    Spies spies(&queue);
    queue.load(u"invoices"_s);
    QTRY_COMPARE(spies.failed.count(), 1);
    QCOMPARE(spies.lastError().code(), Error::Code::InvalidArgument);
    queue.load(u"orders"_s);
    QTRY_COMPARE(spies.loaded.count(), 1);
}

void TestFileProducerQueue::storeBeforeLoad()
{
    FileProducerQueue queue(freshPath());
    Spies spies(&queue);
    queue.store(batch(1));
    QTRY_COMPARE(spies.failed.count(), 1);
    QCOMPARE(spies.lastError().code(), Error::Code::NotStarted);
}

void TestFileProducerQueue::failureDropsWhatWasUnanswered()
{
    std::atomic<bool> isFailing = false;
    SimulatedQueue queue;
    Spies spies(&queue);
    queue.disk().setFault([&](Call call, int) {
        return call == Call::Sync && isFailing ? SimulatedDisk::failure() : Error();
    });
    queue.load(u"orders"_s);
    QTRY_COMPARE(spies.loaded.count(), 1);
    isFailing = true;
    // Whatever part of these the worker takes first: all of them fail, once.
    for (int i = 1; i <= 100; ++i)
        queue.store(batch(i));
    connect(&queue, &DurableProducerQueue::failed, this, [&] {
        isFailing = false;
        queue.store(batch(1, 2));
    });
    QTRY_COMPARE(spies.lastStored(), 2);
    QCOMPARE(spies.failed.count(), 1);
    QCOMPARE(spies.stored.count(), 1);
    queue.store(batch(3));
    QTRY_COMPARE(spies.lastStored(), 3);
}

void TestFileProducerQueue::h52_fullDisk()
{
    FileQueueSettings settings;
    settings.segmentSize = 64 * 1024;
    const QString path = freshPath();
    FileProducerQueue queue(path, settings);
    Spies spies(&queue);
    queue.load(u"orders"_s);
    QTRY_COMPARE(spies.loaded.count(), 1);
    struct rlimit before = {};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    ::signal(SIGXFSZ, SIG_IGN);
    const struct rlimit limit = {100 * 1024, before.rlim_max};
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &limit), 0);
    queue.store(batch(1, 1, 200 * 1024)); // needs a longer file of its own
    const bool hasFailed = QTest::qWaitFor([&] { return !spies.failed.isEmpty(); });
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
    QVERIFY(hasFailed);
    QCOMPARE(spies.lastError().code(), Error::Code::StorageFull);
    QVERIFY(spies.lastError().message().contains(path));
    queue.store(batch(1, 1, 200 * 1024));
    QTRY_COMPARE(spies.lastStored(), 1);
}

void TestFileProducerQueue::h52_directoryThatCannotBeWritten()
{
    // Nobody, whatever their rights, can create anything there.
    FileProducerQueue queue(u"/proc/self/qtdelivery"_s);
    Spies spies(&queue);
    queue.load(u"orders"_s);
    QTRY_COMPARE(spies.failed.count(), 1);
    QCOMPARE(spies.lastError().code(), Error::Code::StorageFailed);
    QVERIFY(spies.lastError().message().contains(u"/proc/self/qtdelivery"_s));
}

void TestFileProducerQueue::deletedInItsOwnSlot()
{
    auto *queue = new FileProducerQueue(freshPath());
    bool isDeleted = false;
    connect(queue, &DurableProducerQueue::loaded, this, [&] {
        queue->store(batch(1));
        delete queue;
        isDeleted = true;
    });
    queue->load(u"orders"_s);
    QTRY_VERIFY(isDeleted);
}

void TestFileProducerQueue::settings_data()
{
    QTest::addColumn<FileQueueSettings>("settings");
    QTest::addColumn<QString>("member");
    using S = FileQueueSettings;
    QTest::newRow("default") << S() << QString();
    QTest::newRow("short segment") << S{.segmentSize = 65535} << u"segmentSize"_s;
    QTest::newRow("snapshots") << S{.snapshotEvery = 0} << u"snapshotEvery"_s;
    QTest::newRow("kept") << S{.keepSnapshots = 0} << u"keepSnapshots"_s;
    QTest::newRow("cleanup") << S{.cleanupUnusedAfter = {}} << u"cleanupUnusedAfter"_s;
    QTest::newRow("messages") << S{.maxMessages = 0} << u"maxMessages"_s;
    QTest::newRow("bytes") << S{.maxBytes = -1} << u"maxBytes"_s;
}

void TestFileProducerQueue::settings()
{
    QFETCH(const FileQueueSettings, settings);
    QFETCH(const QString, member);
    const Error error = settings.validate();
    QCOMPARE(error.isError(), !member.isEmpty());
    QVERIFY(error.message().startsWith(member));
    if (error)
        QCOMPARE(error.code(), Error::Code::InvalidSetting);
}

void TestFileProducerQueue::invalidSettingsAreRefused()
{
    FileProducerQueue queue(freshPath(), {.maxMessages = 0});
    Spies spies(&queue);
    queue.load(u"orders"_s);
    QVERIFY(spies.failed.isEmpty());
    QTRY_COMPARE(spies.failed.count(), 1);
    QCOMPARE(spies.lastError().code(), Error::Code::InvalidSetting);
}

void TestFileProducerQueue::inspect()
{
    const QString path = freshPath();
    QVERIFY(!FileProducerQueue::inspect(path)); // there is no such directory
    FileProducerQueue queue(path);
    Spies spies(&queue);
    queue.load(u"orders"_s);
    queue.store(batch(1, 2));
    QTRY_COMPARE(spies.lastStored(), 2);
    int messages = 0;
    const auto report = FileProducerQueue::inspect(path, [&](const JournalRecord &record) {
        messages += record.type == JournalRecord::Type::Message ? 1 : 0;
    });
    QVERIFY(report);
    QCOMPARE(messages, 2);
    QCOMPARE(report->state.unconfirmed, batch(1, 2));
    QVERIFY(!report->damage);
}

QTEST_GUILESS_MAIN(TestFileProducerQueue)
#include "tst_fileproducerqueue.moc"
