// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "bytesreader.h"
#include "damage.h"
#include "journalmodel.h"
#include "security/storageciphers.h"
#include "storage/journalinspector.h"

#include <QtDelivery/fileproducerqueue.h>

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using namespace Qt::StringLiterals;

namespace {

using Files = QMap<QString, QByteArray>;

constexpr qsizetype Piece = SealedPieces::PieceSize;

QByteArray secret(char filled)
{
    return {StorageKeySize, filled};
}

JournalConfig configWith(const QByteArray &letters)
{
    JournalConfig config = smallConfig();
    QList<QByteArray> keys;
    for (const char letter : letters)
        keys.append(secret(letter));
    config.keys = *makeCipherKeys(keys);
    return config;
}

QString idOf(char letter)
{
    return StorageKeys::fromSecret(secret(letter))->ids().constFirst();
}

QByteArray bytesOf(qsizetype size)
{
    QByteArray bytes = QByteArray("nobody's business. ").repeated(size / 19 + 1).first(size);
    for (qsizetype i = 0; i < size; i += 1000)
        bytes[i] = char(i / 1000); // no two pieces are alike
    return bytes;
}

/*! Two payloads in files, of \a size bytes each. */
Files journalOf(qsizetype size, const QByteArray &letters = "k")
{
    JournalModel model(1, configWith(letters));
    if (model.open() || model.appendFile(u"rare"_s, size) || model.appendFile(u"rare"_s, size)
        || model.sync())
        qFatal("storing has failed");
    return model.disk.files();
}

/*! What is wrong in \a files, as `journal verify` says it. */
Error problemIn(const Files &files, const QByteArray &letters = "k")
{
    SimulatedDisk disk;
    disk.setFiles(files);
    const auto keys = configWith(letters).keys;
    const auto report = inspectJournal(disk, {}, keys.get());
    return report ? report->damage : report.error();
}

QString fileOf(qint64 seqNr)
{
    return payloadFileName(seqNr);
}

} // namespace

/*! Payloads of an encrypted journal that lie in files of their own. */
class TestSealedPayloads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBack_data();
    void comesBack();
    void readAtAnyPlace();
    void copiedOnceMoreIsOtherBytes();
    void h51_powerFailsAtEachStep();
    void h52_everyByteFlipped();
    void h52_everyTruncation();
    void exchangedFilesAreFound();
    void exchangedPiecesAreFound();
    void plainFileIsNotBelieved();
    void formerKeyIsNeeded();
};

void TestSealedPayloads::comesBack_data()
{
    QTest::addColumn<qsizetype>("size");
    for (const qsizetype size :
         {qsizetype(1), Piece - 1, Piece, Piece + 1, 16 * Piece, qsizetype(2'500'000)})
        QTest::addRow("%lld bytes", qlonglong(size)) << size;
}

void TestSealedPayloads::comesBack()
{
    QFETCH(qsizetype, size);
    const QTemporaryDir directory;
    const QByteArray bytes = bytesOf(size);
    FileProducerQueue queue(directory.path(), {}, *StorageKeys::fromSecret(secret('k')));
    QVERIFY(queue.takesFiles());
    QSignalSpy stored(&queue, &FileProducerQueue::stored);
    queue.load(u"orders"_s);
    queue.store({{.seqNr = 1,
                  .payload = {},
                  .context = {},
                  .qualifier = {},
                  .reader = std::make_shared<BytesReader>(bytes)}});
    QVERIFY(stored.wait());
    const QByteArray file = contentsOf(queue.payloadFile(1));
    QCOMPARE(file.size(), SealedPieces::fileSize(size));
    QVERIFY(size < 100 || !file.contains(bytes.mid(20, 40)));
    const auto reader = queue.openPayload(1, size);
    QVERIFY(reader);
    QCOMPARE(reader->size(), size);
    QByteArray read(size, '\0');
    for (int i = 0; i < 2; ++i) { // it is transmitted, and again
        QVERIFY(reader->read(0, read.data(), size));
        QVERIFY(read == bytes);
    }
    QVERIFY(!queue.openPayload(1, size + 1)->read(0, read.data(), 1));
    QVERIFY(!queue.openPayload(2, size)->read(0, read.data(), 1));
    QVERIFY(!FileProducerQueue(directory.path()).openPayload(1, size));
}

void TestSealedPayloads::readAtAnyPlace()
{
    const QTemporaryDir directory;
    const QByteArray bytes = bytesOf(5 * Piece + 77);
    FileProducerQueue queue(directory.path(), {}, *StorageKeys::fromSecret(secret('k')));
    QSignalSpy stored(&queue, &FileProducerQueue::stored);
    queue.load(u"orders"_s);
    queue.store({{.seqNr = 1,
                  .payload = {},
                  .context = {},
                  .qualifier = {},
                  .reader = std::make_shared<BytesReader>(bytes)}});
    QVERIFY(stored.wait());
    const auto reader = queue.openPayload(1, bytes.size());
    QRandomGenerator random(7);
    QByteArray read;
    for (int i = 0; i < 200; ++i) {
        const qsizetype offset = random.bounded(int(bytes.size()));
        read.resize(random.bounded(int(std::min(bytes.size() - offset, 3 * Piece))) + 1);
        QVERIFY(reader->read(offset, read.data(), read.size()));
        QVERIFY2(read == bytes.mid(offset, read.size()), qPrintable(QString::number(offset)));
    }
    QVERIFY(!reader->read(bytes.size() - 1, read.data(), 2));
    // One that is open is not: what is written over it is noticed.
    QByteArray file = contentsOf(queue.payloadFile(1));
    file[file.size() - 1] = char(file.back() ^ 1);
    QVERIFY(write(queue.payloadFile(1), file));
    QVERIFY(!reader->read(bytes.size() - 1, read.data(), 1));
}

void TestSealedPayloads::copiedOnceMoreIsOtherBytes()
{
    QVERIFY(journalOf(1000)[fileOf(1)] != journalOf(1000)[fileOf(1)]);
}

/*! Whatever the step: afterwards the message is there with all of its payload, or not at all. */
void TestSealedPayloads::h51_powerFailsAtEachStep()
{
    bool isThrough = false;
    for (int step = 0; !isThrough; ++step) {
        JournalModel model(quint32(step) + 1, configWith("k"));
        QVERIFY(!model.open());
        QVERIFY(!model.append(2));
        QVERIFY(!model.sync());
        model.disk.crashAt(model.disk.steps() + step);
        if (!model.appendFile({}, 3 * Piece) && !model.sync()) {
            model.confirm(3);
            if (!model.disk.isOff())
                model.journal().release();
        }
        isThrough = !model.disk.isOff();
        model.crash();
        QVERIFY(!model.open());
        QVERIFY2(model.problem().isEmpty(),
                 qPrintable(u"step %1: %2"_s.arg(step).arg(model.problem())));
        QVERIFY(!model.appendFile()); // and the same number can be stored
        QVERIFY(!model.sync());
        model.crash();
        QVERIFY(!model.open());
        QCOMPARE(model.problem(), QString());
    }
}

void TestSealedPayloads::h52_everyByteFlipped()
{
    const Files files = journalOf(Piece + 500);
    QVERIFY(!problemIn(files));
    const QString name = fileOf(2);
    for (qsizetype at = 0; at < files[name].size(); at += at < 300 ? 1 : 53) {
        Files damaged = files;
        damaged[name][at] = char(damaged[name][at] ^ (1 << at % 8));
        const Error error = problemIn(damaged);
        QVERIFY2(error.message().contains(name), qPrintable(QString::number(at)));
        const bool isKeyId = at >= 16 && at < 16 + KeyIdSize;
        const bool isVersion = at >= 8 && at < 12;
        QCOMPARE(error.code(),
                 isKeyId         ? Error::Code::AccessDenied
                     : isVersion ? Error::Code::UnknownFormat
                                 : Error::Code::StorageCorrupt);
    }
}

void TestSealedPayloads::h52_everyTruncation()
{
    const Files files = journalOf(500);
    for (qsizetype size = 0; size < files[fileOf(1)].size(); ++size) {
        Files damaged = files;
        damaged[fileOf(1)].truncate(size);
        const Error error = problemIn(damaged);
        QCOMPARE(error.code(), Error::Code::StorageCorrupt);
        QVERIFY(error.message().contains(fileOf(1)));
    }
}

void TestSealedPayloads::exchangedFilesAreFound()
{
    Files files = journalOf(1000);
    std::swap(files[fileOf(1)], files[fileOf(2)]);
    const Error error = problemIn(files);
    QCOMPARE(error.code(), Error::Code::StorageCorrupt);
    QVERIFY(error.message().contains(fileOf(1)));
}

void TestSealedPayloads::exchangedPiecesAreFound()
{
    Files files = journalOf(2 * Piece);
    QByteArray &file = files[fileOf(1)];
    const QByteArray first = file.mid(SealedPieces::offsetOf(0), SealedPieces::SealedSize);
    const QByteArray second = file.mid(SealedPieces::offsetOf(1), SealedPieces::SealedSize);
    file.replace(SealedPieces::offsetOf(0), first.size(), second);
    file.replace(SealedPieces::offsetOf(1), first.size(), first);
    QCOMPARE(problemIn(files).code(), Error::Code::StorageCorrupt);
}

void TestSealedPayloads::plainFileIsNotBelieved()
{
    Files files = journalOf(1000);
    files[fileOf(1)] = QByteArray(files[fileOf(1)].size(), 'x');
    const Error error = problemIn(files);
    QCOMPARE(error.code(), Error::Code::StorageCorrupt);
    QVERIFY(error.message().contains(fileOf(1)));
}

/*! When records are copied they are encrypted with the newest key, but payloads stay as they are.
 */
void TestSealedPayloads::formerKeyIsNeeded()
{
    SimulatedDisk disk;
    Files files = journalOf(1000, "x");
    files[fileOf(1)] = journalOf(1000, "k")[fileOf(1)];
    disk.setFiles(files);
    QVERIFY(!problemIn(files, "xk"));
    {
        Journal journal(disk, configWith("x"));
        const Error error = journal.open(u"orders"_s, QUuid(), {}).error();
        QCOMPARE(error.code(), Error::Code::AccessDenied);
        QVERIFY2(error.message().contains(idOf('k')), qPrintable(error.message()));
        QVERIFY2(error.message().contains(fileOf(1)), qPrintable(error.message()));
    }
    const Files after = disk.files();
    QCOMPARE(after.keys(), files.keys());
    for (auto it = files.cbegin(); it != files.cend(); ++it)
        QCOMPARE(after[it.key()], it.value());
    Journal journal(disk, configWith("xk"));
    QVERIFY(journal.open(u"orders"_s, QUuid(), {}));
}

QTEST_GUILESS_MAIN(TestSealedPayloads)
#include "tst_sealedpayloads.moc"
