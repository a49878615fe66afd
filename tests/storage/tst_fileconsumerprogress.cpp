// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "damage.h"
#include "progressconformance.h"
#include "smalldisk.h"
#include "storage/alternatingcopies.h"
#include "storage/progressfile.h"

#include <QtDelivery/fileconsumerprogress.h>

#include <QLoggingCategory>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <algorithm>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using namespace Qt::StringLiterals;
using Code = Error::Code;

namespace {

constexpr qsizetype Slot = ProgressFile::SlotBytes;
constexpr qsizetype FileSize = ProgressFile::FileBytes;

/*! The bytes of the slots of \a contents that mean something; the rest is never read. */
qsizetype usedBytes(const QByteArray &contents, int slot)
{
    qsizetype size = Slot;
    while (size > 0 && contents[slot * Slot + size - 1] == '\0')
        --size;
    return size;
}

} // namespace

class tst_FileConsumerProgress : public ProgressConformance
{
    Q_OBJECT

public:
    explicit tst_FileConsumerProgress(const SmallDisk &disk)
        : ProgressConformance(
            [] {
                const auto directory = std::make_shared<QTemporaryDir>();
                return [directory] {
                    return std::make_unique<FileConsumerProgress>(directory->path());
                };
            },
            {})
        , m_disk(disk)
    { }

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(u"qtdelivery.storage=false"_s); }
    void fileHasItsSizeFromTheBeginning();
    void showsItsSizeAndItsSyncs();
    void namesOfFiles();
    void tooLongContext();
    void tooLongIds();
    void recordBeforeLoad();
    void manyRecordsNeedFewSyncs();
    void failureEndsItsRound();
    void h52_everyByteFlipped();
    void h52_cutAfterEveryByte();
    void h52_tornWrite();
    void goesOnAfterDamage();
    void longerFileIsRefused();
    void fileOfAnotherPairIsRefused();
    void h54_newerVersionIsRefused();
    void h51_killBetweenWrites();
    void noTemporaryFileStays();
    void directoriesAreMade();
    void directoryCannotBeMade();
    void h52_fullDisk();

private:
    [[nodiscard]] std::unique_ptr<ProgressProbe> open(const QString &directory)
    {
        return std::make_unique<ProgressProbe>(std::make_unique<FileConsumerProgress>(directory),
                                               &m_wrong);
    }
    [[nodiscard]] bool fill(const QString &directory, int records);
    [[nodiscard]] ConsumerPosition positionIn(const QString &directory);
    [[nodiscard]] static QString fileIn(const QString &directory)
    {
        return QDir(directory).filePath(ProgressFile::fileName(testConsumerId(), testProducerId()));
    }
    void checkDamaged(const Damage &damage, const QList<ConsumerPosition> &allowed);

    const SmallDisk &m_disk;
    QStringList m_wrong;
};

/*! Records 1 … \a records, one at a time. */
bool tst_FileConsumerProgress::fill(const QString &directory, int records)
{
    auto probe = open(directory);
    if (!probe->loadNow(testConsumerId(), testProducerId()))
        return false;
    for (int i = 1; i <= records; ++i) {
        if (probe->recordNow(consumerPosition(i, QByteArray::number(i))) != Code::NoError)
            return false;
    }
    return true;
}

ConsumerPosition tst_FileConsumerProgress::positionIn(const QString &directory)
{
    return open(directory)
        ->loadNow(testConsumerId(), testProducerId())
        .value_or(ConsumerPosition());
}

void tst_FileConsumerProgress::fileHasItsSizeFromTheBeginning()
{
    const QTemporaryDir directory;
    QVERIFY(fill(directory.path(), 0));
    QCOMPARE(contentsOf(fileIn(directory.path())).size(), FileSize);
    QCOMPARE(FileSize, 136 * 1024);
    QVERIFY(fill(directory.path(), 5));
    QCOMPARE(contentsOf(fileIn(directory.path())).size(), FileSize);
}

void tst_FileConsumerProgress::showsItsSizeAndItsSyncs()
{
    const QTemporaryDir directory;
    FileConsumerProgress progress(directory.path());
    QVERIFY(!progress.storageSnapshot().isKnown());
    QSignalSpy recorded(&progress, &ConsumerProgress::recorded);
    QSignalSpy loaded(&progress, &ConsumerProgress::loaded);
    progress.load(testConsumerId(), testProducerId());
    QTRY_COMPARE(loaded.count(), 1);
    QCOMPARE(progress.storageSnapshot().bytes, FileSize);
    QCOMPARE(progress.storageSnapshot().files, 1);
    QCOMPARE(progress.storageSnapshot().syncCount(), 0);
    for (int i = 1; i <= 3; ++i) {
        progress.record(consumerPosition(i, {}));
        QTRY_COMPARE(recorded.count(), i);
    }
    QCOMPARE(progress.storageSnapshot().syncCount(), 3);
    QVERIFY(progress.storageSnapshot().syncTime >= 3);
}

void tst_FileConsumerProgress::namesOfFiles()
{
    const QString name = ProgressFile::fileName(u"orders"_s, u"../böse"_s);
    QVERIFY2(name.startsWith(u"orders.___b_se."_s), qPrintable(name));
    QVERIFY(!name.contains(u'/'));
    QVERIFY(name.endsWith(u".progress"_s));
    QVERIFY(ProgressFile::fileName(u"a"_s, u"bc"_s) != ProgressFile::fileName(u"ab"_s, u"c"_s));
    QVERIFY(ProgressFile::fileName(u"a/"_s, u"b"_s) != ProgressFile::fileName(u"a?"_s, u"b"_s));
    const QString longest(255, u'x');
    QVERIFY(ProgressFile::fileName(longest, longest).size() < 200);
}

void tst_FileConsumerProgress::tooLongContext()
{
    const QTemporaryDir directory;
    auto probe = open(directory.path());
    QVERIFY(probe->loadNow(testConsumerId(), testProducerId()));
    QCOMPARE(probe->recordNow(consumerPosition(1, QByteArray(65537, 'x'))), Code::LimitReached);
    QVERIFY2(probe->lastError().contains(u"65537"), qPrintable(probe->lastError()));
    QCOMPARE(probe->recordNow(consumerPosition(1)), Code::NoError);
}

void tst_FileConsumerProgress::tooLongIds()
{
    const QTemporaryDir directory;
    const QString endless(4000, u'x'); // ids that a controller takes have 255 bytes at most
    auto probe = open(directory.path());
    QVERIFY(probe->loadNow(endless, testProducerId()));
    QCOMPARE(probe->recordNow(consumerPosition(1, QByteArray(65536, 'x'))), Code::LimitReached);
    QCOMPARE(probe->recordNow(consumerPosition(1)), Code::NoError);
}

void tst_FileConsumerProgress::recordBeforeLoad()
{
    const QTemporaryDir directory;
    auto probe = open(directory.path());
    QCOMPARE(probe->recordNow(consumerPosition(1)), Code::InvalidArgument);
    QVERIFY(QDir(directory.path()).isEmpty());
    QCOMPARE(probe->loadNow(testConsumerId(), testProducerId()).value().confirmedSeqNr, 0);
}

void tst_FileConsumerProgress::manyRecordsNeedFewSyncs()
{
    constexpr int count = 100'000;
    const QTemporaryDir directory;
    auto probe = open(directory.path());
    QVERIFY(probe->loadNow(testConsumerId(), testProducerId()));
    for (int i = 1; i <= count; ++i)
        probe->record(consumerPosition(i));
    QVERIFY(probe->waitForRecorded(consumerPosition(count)));
    // An answer is a sync: at least 20 records share one, even if each sync takes next to no time.
    QVERIFY2(probe->answers().size() < count / 20,
             QByteArray::number(probe->answers().size()).constData());
}

void tst_FileConsumerProgress::failureEndsItsRound()
{
    const QTemporaryDir directory;
    auto probe = open(directory.path());
    ProgressProbe &caller = *probe;
    QVERIFY(probe->loadNow(testConsumerId(), testProducerId()));
    ConsumerPosition foreign = consumerPosition(7);
    foreign.producerId = u"not loaded"_s;
    connect(probe->progress(), &ConsumerProgress::failed, this,
            [&caller] { caller.record(consumerPosition(9)); });
    probe->record(foreign);
    for (int i = 1; i <= 5; ++i) { // not pending any more when the failure is told
        probe->record(consumerPosition(i));
        probe->load(testConsumerId(), testProducerId());
    }
    QVERIFY(probe->waitForRecorded(consumerPosition(9)));
    QCOMPARE(probe->answers().size(), 3);
    QCOMPARE(probe->answers().at(1).error.code(), Code::InvalidArgument);
}

/*! Loads a file that is damaged: what it gives must be one of \a allowed. */
void tst_FileConsumerProgress::checkDamaged(const Damage &damage,
                                            const QList<ConsumerPosition> &allowed)
{
    const QTemporaryDir directory(inMemory());
    const QString path = fileIn(directory.path());
    QVERIFY(write(path, damage.contents));
    auto probe = open(directory.path());
    const auto position = probe->loadNow(testConsumerId(), testProducerId());
    if (position) {
        QVERIFY2(allowed.contains(*position), damage.what.constData());
        return;
    }
    QVERIFY2(probe->answers().constLast().error.code() == Code::StorageCorrupt,
             damage.what.constData());
    QVERIFY2(probe->lastError().contains(QDir::toNativeSeparators(path)), damage.what.constData());
    QVERIFY2(contentsOf(path) == damage.contents, damage.what.constData()); // it is evidence
}

void tst_FileConsumerProgress::h52_everyByteFlipped()
{
    const QTemporaryDir directory(inMemory());
    QVERIFY(fill(directory.path(), 2)); // the second is in the first slot again
    const QByteArray whole = contentsOf(fileIn(directory.path()));
    const ConsumerPosition older = consumerPosition(1, "1");
    const ConsumerPosition newest = consumerPosition(2, "2");
    for (int slot = 0; slot < 2; ++slot) {
        for (qsizetype i = 0; i < usedBytes(whole, slot) + 2; ++i) {
            for (const int mask : {0x01, 0xff}) {
                const Damage damage = flipped(whole, slot * Slot + i, mask);
                const bool isUnused = i >= usedBytes(whole, slot);
                checkDamaged(damage, {slot == 0 && !isUnused ? older : newest});
                if (QTest::currentTestFailed())
                    return;
            }
        }
    }
}

void tst_FileConsumerProgress::h52_cutAfterEveryByte()
{
    const QTemporaryDir directory(inMemory());
    QVERIFY(fill(directory.path(), 2));
    const QByteArray whole = contentsOf(fileIn(directory.path()));
    QList<qsizetype> sizes{FileSize - 1, Slot - 1, Slot, Slot + 1};
    for (qsizetype i = 0; i < usedBytes(whole, 0) + 2; ++i)
        sizes << i << Slot + i;
    for (const qsizetype size : std::as_const(sizes)) {
        checkDamaged(truncated(whole, size),
                     {}); // refused: nothing of the library makes such files
        if (QTest::currentTestFailed())
            return;
    }
}

// A write of which only the first bytes, or only some sectors, came to the disk.
void tst_FileConsumerProgress::h52_tornWrite()
{
    constexpr qsizetype sector = 512;
    const QTemporaryDir directory(inMemory());
    const QByteArray context(5000, 'x');
    QVERIFY(fill(directory.path(), 2));
    const QString path = fileIn(directory.path());
    const QByteArray before = contentsOf(path);
    auto probe = open(directory.path());
    QVERIFY(probe->loadNow(testConsumerId(), testProducerId()));
    QCOMPARE(probe->recordNow(consumerPosition(3, context)), Code::NoError);
    const QByteArray after = contentsOf(path);
    QVERIFY(before.first(Slot) == after.first(Slot));

    const ConsumerPosition older = consumerPosition(2, "2");
    for (qsizetype at = Slot; at < Slot + context.size(); at += sector) {
        checkDamaged({"sectors from " + QByteArray::number(at) + " missing",
                      after.first(at) + before.sliced(at)},
                     {older});
        checkDamaged({"sectors before " + QByteArray::number(at + sector) + " missing",
                      before.first(at + sector) + after.sliced(at + sector)},
                     {older});
        checkDamaged({"sector at " + QByteArray::number(at) + " missing",
                      after.first(at) + before.sliced(at, sector) + after.sliced(at + sector)},
                     {older});
        if (QTest::currentTestFailed())
            return;
    }
}

void tst_FileConsumerProgress::goesOnAfterDamage()
{
    const QTemporaryDir directory;
    QVERIFY(fill(directory.path(), 2));
    const QString path = fileIn(directory.path());
    QVERIFY(write(path, flipped(contentsOf(path), 40, 0xff).contents));

    auto probe = open(directory.path());
    QCOMPARE(probe->loadNow(testConsumerId(), testProducerId()).value_or(ConsumerPosition()),
             consumerPosition(1, "1"));
    QCOMPARE(probe->recordNow(consumerPosition(5)), Code::NoError); // over the damaged one
    probe->end();
    QCOMPARE(positionIn(directory.path()), consumerPosition(5));
    QVERIFY(write(path, flipped(contentsOf(path), Slot + 40, 0xff).contents));
    QCOMPARE(positionIn(directory.path()), consumerPosition(5));

    QVERIFY(write(path, flipped(contentsOf(path), 40, 0xff).contents));
    QCOMPARE(open(directory.path())->loadError(testConsumerId(), testProducerId()),
             Code::StorageCorrupt);
}

void tst_FileConsumerProgress::longerFileIsRefused()
{
    const QTemporaryDir directory;
    QVERIFY(fill(directory.path(), 2));
    const QString path = fileIn(directory.path());
    QVERIFY(write(path, contentsOf(path) + '\0'));
    auto probe = open(directory.path());
    QCOMPARE(probe->loadError(testConsumerId(), testProducerId()), Code::StorageCorrupt);
    QVERIFY2(probe->lastError().contains(QString::number(FileSize + 1)),
             qPrintable(probe->lastError()));
}

void tst_FileConsumerProgress::fileOfAnotherPairIsRefused()
{
    const QTemporaryDir directory;
    QVERIFY(fill(directory.path(), 1));
    const QString other = ProgressFile::fileName(u"someone else"_s, testProducerId());
    QVERIFY(QFile::copy(fileIn(directory.path()), directory.filePath(other)));
    auto probe = open(directory.path());
    QCOMPARE(probe->loadError(u"someone else"_s, testProducerId()), Code::InvalidArgument);
    QVERIFY2(probe->lastError().contains(testConsumerId()), qPrintable(probe->lastError()));
}

void tst_FileConsumerProgress::h54_newerVersionIsRefused()
{
    const QTemporaryDir directory;
    QVERIFY(fill(directory.path(), 2));
    const QString path = fileIn(directory.path());
    const QByteArray whole = contentsOf(path);
    for (int slot = 0; slot < 2; ++slot) {
        QByteArray copy = whole.sliced(slot * Slot, usedBytes(whole, slot));
        resealAsVersion(&copy, quint32(CopyVersion::Encrypted) + 1);
        QByteArray contents = whole;
        contents.replace(slot * Slot, copy.size(), copy);
        QVERIFY(write(path, contents));
        auto probe = open(directory.path());
        QCOMPARE(probe->loadError(testConsumerId(), testProducerId()), Code::UnknownFormat);
        QVERIFY2(probe->lastError().contains(path), qPrintable(probe->lastError()));
        QVERIFY(contentsOf(path) == contents);
    }
}

// What a process that is killed leaves behind is the file as it is between two writes.
void tst_FileConsumerProgress::h51_killBetweenWrites()
{
    const QTemporaryDir directory;
    auto probe = open(directory.path());
    QVERIFY(probe->loadNow(testConsumerId(), testProducerId()));
    for (int i = 1; i <= 8; ++i) {
        QCOMPARE(probe->recordNow(consumerPosition(i)), Code::NoError);
        const QTemporaryDir left;
        QVERIFY(QFile::copy(fileIn(directory.path()), fileIn(left.path())));
        QCOMPARE(positionIn(left.path()), consumerPosition(i));
    }
}

void tst_FileConsumerProgress::noTemporaryFileStays()
{
    const QTemporaryDir directory;
    QVERIFY(fill(directory.path(), 1));
    QCOMPARE(onlyFileIn(directory.path()), fileIn(directory.path()));
}

void tst_FileConsumerProgress::directoriesAreMade()
{
    const QTemporaryDir directory;
    const QString below = directory.filePath(u"a/b/c"_s);
    QVERIFY(fill(below, 1));
    QCOMPARE(positionIn(below), consumerPosition(1, "1"));
}

void tst_FileConsumerProgress::directoryCannotBeMade()
{
    const QTemporaryDir directory;
    const QString file = directory.filePath(u"file"_s);
    QVERIFY(write(file, "x"));
    auto probe = open(file + u"/below"_s);
    QCOMPARE(probe->loadError(testConsumerId(), testProducerId()), Code::StorageFailed);
    QVERIFY2(probe->lastError().contains(file), qPrintable(probe->lastError()));
    QVERIFY(QFile::remove(file));
    QVERIFY(probe->loadNow(testConsumerId(), testProducerId())); // the reason is gone
}

void tst_FileConsumerProgress::h52_fullDisk()
{
    if (!m_disk.isMounted())
        QSKIP("this user may not mount a small disk");
    const QString directory = m_disk.filePath(u"progress"_s);
    m_disk.fill();
    auto probe = open(directory);
    QCOMPARE(probe->loadError(testConsumerId(), testProducerId()), Code::StorageFull);
    QVERIFY2(probe->lastError().contains(directory), qPrintable(probe->lastError()));
    m_disk.makeRoom();
    QVERIFY2(probe->loadNow(testConsumerId(), testProducerId()), qPrintable(probe->lastError()));
    m_disk.fill(); // the file has all the room that it will ever need
    for (const qint64 seqNr : {1, 2, 3})
        QCOMPARE(probe->recordNow(consumerPosition(seqNr, QByteArray(65536, 'x'))), Code::NoError);
    probe->end();
    m_disk.makeRoom();
    QCOMPARE(positionIn(directory).confirmedSeqNr, 3);
    QCOMPARE(QDir(directory).entryList(QDir::Files).size(), 1);
}

int main(int argc, char **argv)
{
    const QTemporaryDir directory;
    const SmallDisk disk(directory.path());
    const QCoreApplication application(argc, argv);
    tst_FileConsumerProgress test(disk);
    return QTest::qExec(&test, argc, argv);
}

#include "tst_fileconsumerprogress.moc"
