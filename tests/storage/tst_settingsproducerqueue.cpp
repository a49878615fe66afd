// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "damage.h"
#include "queueconformance.h"
#include "smalldisk.h"

#include <QtDelivery/settingsproducerqueue.h>

#include <QLoggingCategory>
#include <QSettings>
#include <QTemporaryDir>

#include <algorithm>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using namespace Qt::StringLiterals;
using Code = Error::Code;

namespace {

const QString Producer = u"p"_s;

} // namespace

class tst_SettingsProducerQueue : public QueueConformance
{
    Q_OBJECT

public:
    explicit tst_SettingsProducerQueue(const SmallDisk &disk)
        : QueueConformance([] {
            const auto directory = std::make_shared<QTemporaryDir>();
            return [directory] {
                return std::make_unique<SettingsProducerQueue>(directory->filePath(u"queue.ini"_s));
            };
        })
        , m_disk(disk)
    { }

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(u"qtdelivery.storage=false"_s); }
    void limits();
    void tooManyMessages();
    void tooManyBytes();
    void tooLongMessage();
    void tooLongContext();
    void h58_confirmationMakesRoomInTheSameTurn();
    void oneTurnIsOneWrite();
    void confirmationsAloneAreNotWritten();
    void confirmationsCountWhenStoringFails();
    void failureAnswersEverythingBeforeIt();
    void storeBeforeLoad();
    void h52_everyByteFlipped();
    void h52_cutAfterEveryByte();
    void h52_loneCopyIsRefused_data();
    void h52_loneCopyIsRefused();
    void h52_firstWriteMakesBothCopies();
    void newestCopyCounts();
    void emptyFileIsNotAnEmptyQueue();
    void h54_newerVersionIsRefused();
    void h51_killBetweenWrites();
    void directoryIsMade();
    void directoryCannotBeMade();
    void h52_unwritable();
    void h52_fullDisk();
    void unreadable();

private:
    [[nodiscard]] std::unique_ptr<QueueProbe> open(const QString &path)
    {
        return std::make_unique<QueueProbe>(std::make_unique<SettingsProducerQueue>(path),
                                            &m_wrong);
    }
    [[nodiscard]] bool fill(const QString &path, int batches);
    void checkDamaged(const QString &directory, const Damage &damage, DurableProducerState newest);
    [[nodiscard]] DurableProducerState stateIn(const QString &path);

    const SmallDisk &m_disk;
    QStringList m_wrong;
    int m_files = 0;
};

/*! Stores 1 … \a batches, one at a time. */
bool tst_SettingsProducerQueue::fill(const QString &path, int batches)
{
    auto probe = open(path);
    if (!probe->loadNow(Producer))
        return false;
    for (int i = 1; i <= batches; ++i) {
        if (probe->storeNow(durableMessages(i, i)) != Code::NoError)
            return false;
    }
    return true;
}

DurableProducerState tst_SettingsProducerQueue::stateIn(const QString &path)
{
    return open(path)->loadNow(Producer).value_or(DurableProducerState());
}

void tst_SettingsProducerQueue::limits()
{
    const SettingsProducerQueue queue(u"unused"_s);
    QCOMPARE(queue.maxMessages(), 256);
    QCOMPARE(queue.maxBytes(), 1024 * 1024);
    QVERIFY(!QFile::exists(u"unused"_s));
}

void tst_SettingsProducerQueue::tooManyMessages()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"q.ini"_s);
    auto probe = open(path);
    QVERIFY(probe->loadNow(Producer));
    QCOMPARE(probe->storeNow(durableMessages(1, 256)), Code::NoError);
    QCOMPARE(probe->storeNow(durableMessages(257, 257)), Code::LimitReached);
    QVERIFY2(probe->lastError().contains(u"256"), qPrintable(probe->lastError()));
    QCOMPARE(probe->storeNow(durableMessages(250, 256)), Code::NoError); // known
    probe->confirm(1);
    QCOMPARE(probe->storeNow(durableMessages(257, 257)), Code::NoError);
    probe->end();
    QCOMPARE(stateIn(path).unconfirmed, durableMessages(2, 257));
}

void tst_SettingsProducerQueue::tooManyBytes()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"q.ini"_s);
    auto probe = open(path);
    QVERIFY(probe->loadNow(Producer));
    QList<DurableMessage> messages = durableMessages(1, 3);
    messages[0].payload = QByteArray(1024 * 1024 - 1, 'x');
    messages[1].payload = QByteArray(1, 'y');
    QCOMPARE(probe->storeNow(messages.first(2)), Code::NoError);
    messages[2].payload.clear();
    QCOMPARE(probe->storeNow(messages.last(1)), Code::LimitReached);
    probe->end();
    QCOMPARE(stateIn(path).unconfirmed, messages.first(2));
}

void tst_SettingsProducerQueue::tooLongMessage()
{
    const QTemporaryDir directory;
    auto probe = open(directory.filePath(u"q.ini"_s));
    QVERIFY(probe->loadNow(Producer));
    QList<DurableMessage> messages = durableMessages(1, 1);
    messages[0].payload = QByteArray(1024 * 1024 + 1, 'x');
    QCOMPARE(probe->storeNow(messages), Code::LimitReached);
    QVERIFY2(probe->lastError().contains(u"1048577"), qPrintable(probe->lastError()));
    QCOMPARE(probe->storeNow(durableMessages(1, 1)), Code::NoError);
}

void tst_SettingsProducerQueue::tooLongContext()
{
    const QTemporaryDir directory;
    auto probe = open(directory.filePath(u"q.ini"_s));
    QVERIFY(probe->loadNow(Producer));
    QList<DurableMessage> messages = durableMessages(1, 1);
    messages[0].context = QByteArray(4097, 'x');
    QCOMPARE(probe->storeNow(messages), Code::LimitReached);
    QVERIFY2(probe->lastError().contains(u"4097"), qPrintable(probe->lastError()));
    messages[0].context.chop(1);
    QCOMPARE(probe->storeNow(messages), Code::NoError);
}

// A controller hands over the message first for which a confirmation has made room.
void tst_SettingsProducerQueue::h58_confirmationMakesRoomInTheSameTurn()
{
    const QTemporaryDir directory;
    auto probe = open(directory.filePath(u"q.ini"_s));
    QVERIFY(probe->loadNow(Producer));
    QCOMPARE(probe->storeNow(durableMessages(1, 256)), Code::NoError);
    probe->store(durableMessages(257, 260));
    probe->confirm(4);
    QVERIFY2(probe->waitForStored(260), qPrintable(probe->lastError()));
}

void tst_SettingsProducerQueue::oneTurnIsOneWrite()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"q.ini"_s);
    auto probe = open(path);
    QVERIFY(probe->loadNow(Producer));
    for (int i = 1; i <= 10; ++i)
        probe->store(durableMessages(i, i));
    QVERIFY(probe->waitForStored(10));
    QCOMPARE(probe->answers().size(), 2);
}

void tst_SettingsProducerQueue::confirmationsAloneAreNotWritten()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"q.ini"_s);
    auto probe = open(path);
    QVERIFY(probe->loadNow(Producer));
    QCOMPARE(probe->storeNow(durableMessages(1, 3)), Code::NoError);
    const QByteArray before = contentsOf(path);
    probe->confirm(1);
    QCoreApplication::processEvents();
    probe->confirm(2);
    QCoreApplication::processEvents();
    QCOMPARE(contentsOf(path), before);
    QCOMPARE(probe->storeNow(durableMessages(4, 4)), Code::NoError);
    const QString copy = directory.filePath(u"copy.ini"_s);
    QVERIFY(QFile::copy(path, copy));
    QCOMPARE(stateIn(copy).unconfirmed, durableMessages(3, 4));
}

void tst_SettingsProducerQueue::confirmationsCountWhenStoringFails()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"q.ini"_s);
    auto probe = open(path);
    QVERIFY(probe->loadNow(Producer));
    QCOMPARE(probe->storeNow(durableMessages(1, 3)), Code::NoError);
    probe->confirm(2);
    QCOMPARE(probe->storeNow(durableMessages(9, 9)), Code::InvalidArgument);
    probe->end();
    QCOMPARE(stateIn(path).unconfirmed, durableMessages(3, 3));
}

void tst_SettingsProducerQueue::failureAnswersEverythingBeforeIt()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"q.ini"_s);
    auto probe = open(path);
    QVERIFY(probe->loadNow(Producer));
    QCOMPARE(probe->storeNow(durableMessages(1, 3)), Code::NoError);
    probe->store(durableMessages(9, 9));
    probe->load(Producer);
    probe->store(durableMessages(4, 4));
    probe->confirm(1);
    QTRY_COMPARE(probe->answers().size(), 3);
    QCOMPARE(probe->storeNow(durableMessages(4, 5)), Code::NoError);
    QCOMPARE(probe->answers().size(), 4);
    probe->end();
    QCOMPARE(stateIn(path).unconfirmed, durableMessages(2, 5));
}

void tst_SettingsProducerQueue::storeBeforeLoad()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"q.ini"_s);
    auto probe = open(path);
    QCOMPARE(probe->storeNow(durableMessages(1, 1)), Code::InvalidArgument);
    QVERIFY(!QFile::exists(path));
    QVERIFY(probe->loadNow(Producer));
    QCOMPARE(probe->storeNow(durableMessages(1, 1)), Code::NoError);
}

/*! Loads a file that is damaged: it is refused, or gives \a newest, except for the generation;
   never less. */
void tst_SettingsProducerQueue::checkDamaged(const QString &directory, const Damage &damage,
                                             DurableProducerState newest)
{
    // A file of its own each time: QSettings keeps what it has read, for as long as the time of the
    // file seems the same.
    const QString path = QDir(directory).filePath(u"damaged%1.ini"_s.arg(++m_files));
    QVERIFY(write(path, damage.contents));
    auto probe = open(path);
    const auto state = probe->loadNow(Producer);
    if (!state) {
        QVERIFY2(probe->answers().constLast().error.code() == Code::StorageCorrupt,
                 damage.what.constData());
        QVERIFY2(probe->lastError().contains(QDir::toNativeSeparators(path)),
                 damage.what.constData());
    } else {
        newest.generation = state->generation;
        QVERIFY2(*state == newest, damage.what.constData());
        QVERIFY2(probe->storeNow(durableMessages(state->currentSeqNr, state->currentSeqNr))
                     == Code::NoError,
                 damage.what.constData());
    }
    probe->end();
    QFile::remove(path);
    QFile::remove(path + u".owner"_s);
}

void tst_SettingsProducerQueue::h52_everyByteFlipped()
{
    const QTemporaryDir directory(inMemory());
    const QString path = directory.filePath(u"q.ini"_s);
    QVERIFY(fill(path, 2));
    const QByteArray whole = contentsOf(path);
    const DurableProducerState newest = stateIn(path);
    for (qsizetype i = 0; i < whole.size(); ++i) {
        for (const int mask : {0x01, 0x20, 0xff}) {
            checkDamaged(directory.path(), flipped(whole, i, mask), newest);
            if (QTest::currentTestFailed())
                return;
        }
    }
}

void tst_SettingsProducerQueue::h52_cutAfterEveryByte()
{
    const QTemporaryDir directory(inMemory());
    const QString path = directory.filePath(u"q.ini"_s);
    QVERIFY(fill(path, 2));
    const QByteArray whole = contentsOf(path);
    const DurableProducerState newest = stateIn(path);
    for (qsizetype size = 0; size < whole.size(); ++size) {
        checkDamaged(directory.path(), truncated(whole, size), newest);
        if (QTest::currentTestFailed())
            return;
    }
}

void tst_SettingsProducerQueue::h52_loneCopyIsRefused_data()
{
    QTest::addColumn<int>("index");
    QTest::addColumn<bool>("missing");
    // Written: generation 1, in both, then 1, 2 and 3 in turn, so that the newest is the second.
    QTest::newRow("the newest is damaged") << 2 << false;
    QTest::newRow("the older one is damaged") << 1 << false;
    QTest::newRow("the newest is missing") << 2 << true;
    QTest::newRow("the older one is missing") << 1 << true;
}

/*! Nobody can tell whether it was the newer one, and no write has left it so. */
void tst_SettingsProducerQueue::h52_loneCopyIsRefused()
{
    QFETCH(int, index);
    QFETCH(bool, missing);
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"q.ini"_s);
    QVERIFY(fill(path, 3));
    const QString key = u"copy%1/state"_s.arg(index);
    QSettings(path, QSettings::IniFormat).setValue(key, u"!!!!"_s);
    if (missing)
        QSettings(path, QSettings::IniFormat).remove(key);
    const QByteArray before = contentsOf(path);
    auto probe = open(path);
    QCOMPARE(probe->loadError(Producer), Code::StorageCorrupt);
    QVERIFY2(probe->lastError().contains(u"copy %1 "_s.arg(index)), qPrintable(probe->lastError()));
    QVERIFY2(probe->lastError().contains(path), qPrintable(probe->lastError()));
    QCOMPARE(contentsOf(path), before);

    // Somebody decides that the other one is good enough: see doc/durability.md.
    QSettings settings(path, QSettings::IniFormat);
    settings.setValue(key, settings.value(u"copy%1/state"_s.arg(3 - index)));
    settings.sync();
    const auto state = probe->loadNow(Producer);
    QVERIFY2(state, qPrintable(probe->lastError()));
    const int last = index == 2 ? 2 : 3;
    QCOMPARE(state->unconfirmed, durableMessages(1, last));
    QCOMPARE(probe->storeNow(durableMessages(last + 1, 5)), Code::NoError);
    probe->end();
    QCOMPARE(stateIn(path).unconfirmed, durableMessages(1, 5));
}

/*! Already the first write makes both: a missing one is never taken for one not yet written. */
void tst_SettingsProducerQueue::h52_firstWriteMakesBothCopies()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"q.ini"_s);
    QVERIFY(open(path)->loadNow(Producer));
    for (const QString &key : {u"copy1/state"_s, u"copy2/state"_s})
        QVERIFY(QSettings(path, QSettings::IniFormat).contains(key));
    QCOMPARE(stateIn(path).generation, 2);
}

void tst_SettingsProducerQueue::newestCopyCounts()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"q.ini"_s);
    for (int i = 1; i <= 5; ++i) {
        QVERIFY(open(path)->loadNow(Producer));
        QCOMPARE(stateIn(path).generation, 2 * i);
    }
    const QByteArray contents = contentsOf(path);
    QVERIFY(contents.contains("[copy1]"));
    QVERIFY(contents.contains("[copy2]"));
}

void tst_SettingsProducerQueue::emptyFileIsNotAnEmptyQueue()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"q.ini"_s);
    QVERIFY(write(path, {}));
    QCOMPARE(open(path)->loadError(Producer), Code::StorageCorrupt);
    QCOMPARE(contentsOf(path), QByteArray());
    const QString other = directory.filePath(u"other.ini"_s);
    QVERIFY(write(other, "[window]\nwidth=3\n"));
    QCOMPARE(open(other)->loadError(Producer), Code::StorageCorrupt);
    QCOMPARE(contentsOf(other), QByteArray("[window]\nwidth=3\n"));
}

void tst_SettingsProducerQueue::h54_newerVersionIsRefused()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"q.ini"_s);
    QVERIFY(fill(path, 1));
    QByteArray copy;
    {
        QSettings settings(path, QSettings::IniFormat);
        copy = QByteArray::fromBase64(settings.value(u"copy1/state"_s).toString().toLatin1());
        resealAsVersion(&copy, 2);
        settings.setValue(u"copy1/state"_s, QString::fromLatin1(copy.toBase64()));
    }
    const QByteArray before = contentsOf(path);
    auto probe = open(path);
    QCOMPARE(probe->loadError(Producer), Code::UnknownFormat);
    QVERIFY2(probe->lastError().contains(QDir::toNativeSeparators(path)),
             qPrintable(probe->lastError()));
    QCOMPARE(contentsOf(path), before);
}

// What a process that is killed leaves behind is the file as it is between two writes.
void tst_SettingsProducerQueue::h51_killBetweenWrites()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"q.ini"_s);
    auto probe = open(path);
    const auto first = probe->loadNow(Producer);
    QVERIFY(first);
    for (int i = 1; i <= 8; ++i) {
        QCOMPARE(probe->storeNow(durableMessages(i, i)), Code::NoError);
        probe->confirm(i - 2); // with the next write
        const QString left = directory.filePath(u"left%1.ini"_s.arg(i));
        QVERIFY(QFile::copy(path, left));
        const DurableProducerState state = stateIn(left);
        QCOMPARE(state.streamId, first->streamId);
        QCOMPARE(state.currentSeqNr, i + 1);
        QCOMPARE(state.unconfirmed, durableMessages(std::max(1, i - 2), i));
    }
}

void tst_SettingsProducerQueue::directoryIsMade()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"a/b/c/q.ini"_s);
    QVERIFY(fill(path, 1));
    QCOMPARE(stateIn(path).unconfirmed, durableMessages(1, 1));
}

void tst_SettingsProducerQueue::directoryCannotBeMade()
{
    const QTemporaryDir directory;
    const QString file = directory.filePath(u"file"_s);
    QVERIFY(write(file, "x"));
    auto probe = open(file + u"/below/q.ini"_s);
    QCOMPARE(probe->loadError(Producer), Code::StorageFailed);
    QVERIFY2(probe->lastError().contains(file), qPrintable(probe->lastError()));
    QVERIFY(QFile::remove(file));
    QVERIFY2(probe->loadNow(Producer), qPrintable(probe->lastError())); // the reason is gone
}

void tst_SettingsProducerQueue::h52_unwritable()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"d/q.ini"_s);
    auto probe = open(path);
    QVERIFY(probe->loadNow(Producer));
    QCOMPARE(probe->storeNow(durableMessages(1, 1)), Code::NoError);
    const QString away = directory.filePath(u"away"_s);
    QVERIFY(QDir().rename(directory.filePath(u"d"_s), away));
    QVERIFY(write(directory.filePath(u"d"_s), "a file where the directory was"));
    QCOMPARE(probe->storeNow(durableMessages(2, 2)), Code::StorageFailed);
    QVERIFY2(probe->lastError().contains(path), qPrintable(probe->lastError()));
    probe->confirm(1);
    QVERIFY(QFile::remove(directory.filePath(u"d"_s)));
    QVERIFY(QDir().rename(away, directory.filePath(u"d"_s)));
    QCOMPARE(probe->storeNow(durableMessages(2, 3)), Code::NoError);
    probe->end();
    QCOMPARE(stateIn(path).unconfirmed, durableMessages(2, 3));
}

void tst_SettingsProducerQueue::h52_fullDisk()
{
    if (!m_disk.isMounted())
        QSKIP("this user may not mount a small disk");
    const QString path = m_disk.filePath(u"q.ini"_s);
    auto probe = open(path);
    QVERIFY(probe->loadNow(Producer));
    QCOMPARE(probe->storeNow(durableMessages(1, 1)), Code::NoError);
    m_disk.fill();
    QList<DurableMessage> large = durableMessages(2, 2);
    large[0].payload = QByteArray(50'000, 'x');
    QCOMPARE(probe->storeNow(large), Code::StorageFull);
    QVERIFY2(probe->lastError().contains(path), qPrintable(probe->lastError()));
    QCOMPARE(probe->storeNow(large), Code::StorageFull);
    m_disk.makeRoom();
    QCOMPARE(probe->storeNow(large), Code::NoError);
    probe->end();
    QCOMPARE(stateIn(path).unconfirmed, durableMessages(1, 1) + large);
}

void tst_SettingsProducerQueue::unreadable()
{
    const QTemporaryDir directory;
    QVERIFY(QDir(directory.path()).mkdir(u"q.ini"_s)); // a directory where the file should be
    QCOMPARE(open(directory.filePath(u"q.ini"_s))->loadError(Producer), Code::StorageFailed);
}

int main(int argc, char **argv)
{
    const QTemporaryDir directory;
    const SmallDisk disk(directory.path());
    const QCoreApplication application(argc, argv);
    tst_SettingsProducerQueue test(disk);
    return QTest::qExec(&test, argc, argv);
}

#include "tst_settingsproducerqueue.moc"
