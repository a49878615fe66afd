// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "core/xxh3.h"
#include "damage.h"
#include "progressconformance.h"
#include "security/storageciphers.h"
#include "storage/alternatingcopies.h"
#include "storage/progressfile.h"

#include <QtDelivery/fileconsumerprogress.h>

#include <QLoggingCategory>
#include <QTemporaryDir>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using namespace Qt::StringLiterals;
using Code = Error::Code;

namespace {

constexpr qsizetype Slot = ProgressFile::SlotBytes;
constexpr qsizetype SerialAt = 16;

QByteArray secret(char filled)
{
    return {StorageKeySize, filled};
}

/*! One key for each letter, the newest first; none for none. */
std::shared_ptr<const CipherKeys> keysOf(const QByteArray &letters)
{
    QList<QByteArray> keys;
    for (const char letter : letters)
        keys.append(secret(letter));
    return keys.isEmpty() ? nullptr : *makeCipherKeys(keys);
}

QString idOf(char letter)
{
    return StorageKeys::fromSecret(secret(letter))->ids().constFirst();
}

QString fileIn(const QTemporaryDir &directory, const QString &producerId = testProducerId())
{
    return directory.filePath(ProgressFile::fileName(testConsumerId(), producerId));
}

/*! The file of the tests' pair in \a directory, opened with the keys of \a letters. */
struct Opened
{
    Opened(const QTemporaryDir &directory, const QByteArray &letters)
        : file(&gauge, keysOf(letters))
        , error(file.open(directory.path(), testConsumerId(), testProducerId()))
    { }

    StorageGauge gauge;
    ProgressFile file;
    Error error;
};

/*! Records positions \a from … \a to, with contexts. */
Error fill(const QTemporaryDir &directory, const QByteArray &letters, int from, int to)
{
    Opened opened(directory, letters);
    for (int i = from; i <= to && !opened.error; ++i)
        opened.error = opened.file.write(consumerPosition(i, "context " + QByteArray::number(i)));
    return opened.error;
}

qsizetype copySize(const QByteArray &contents, int slot)
{
    return CopyHeaderSize
        + qsizetype(qFromLittleEndian<quint64>(contents.constData() + slot * Slot + 24));
}

/*! As somebody does who knows the format and no key. */
void forgeChecksum(QByteArray *contents, int slot)
{
    const QByteArrayView copy =
        QByteArrayView(*contents).sliced(slot * Slot, copySize(*contents, slot));
    qToLittleEndian(xxh3(copy.sliced(8)), contents->data() + slot * Slot);
}

} // namespace

/*! The contract of ConsumerProgress with encryption, and what is the encryption's own. */
class TestProgressEncryption : public ProgressConformance
{
    Q_OBJECT

public:
    TestProgressEncryption()
        : ProgressConformance(
            [] {
                const auto directory = std::make_shared<QTemporaryDir>();
                return [directory] {
                    return std::make_unique<FileConsumerProgress>(
                        directory->path(), *StorageKeys::fromSecret(secret('k')));
                };
            },
            {})
    { }

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(u"qtdelivery.storage=false"_s); }
    void nothingIsInClear();
    void plainFilesAreAsBefore();
    void longestContext();
    void wrongKeyLeavesTheFileAlone_data();
    void wrongKeyLeavesTheFileAlone();
    void wrongKeyIsToldByTheProgress();
    void rotation();
    void h51_tornWrite();
    void h52_everyByteFlipped();
    void forgedCopyIsFound();
    void olderCopyIsNotTakenForANewerOne();
    void plainCopyIsNotBelieved();
    void fileOfAnotherPairIsRefused();
};

void TestProgressEncryption::nothingIsInClear()
{
    const QTemporaryDir directory;
    QVERIFY(!fill(directory, "k", 1, 2));
    const QByteArray contents = contentsOf(fileIn(directory));
    QVERIFY(!contents.contains("context"));
    QVERIFY(!contents.contains(consumerPosition(1).streamId.toRfc4122()));
    QVERIFY(!contents.contains(QByteArray("p\0r\0o\0d", 7)));
    // The same position once more is not the same bytes, or who sees two copies could compare them.
    QVERIFY(!fill(directory, "k", 2, 2));
    const QByteArray again = contentsOf(fileIn(directory));
    QCOMPARE(copySize(again, 0), copySize(again, 1));
    QVERIFY(again.mid(CopyHeaderSize, copySize(again, 0) - CopyHeaderSize)
            != again.mid(Slot + CopyHeaderSize, copySize(again, 1) - CopyHeaderSize));
}

void TestProgressEncryption::plainFilesAreAsBefore()
{
    const QTemporaryDir directory;
    QVERIFY(!fill(directory, {}, 1, 1));
    const QByteArray contents = contentsOf(fileIn(directory));
    for (const int slot : {0, 1})
        QCOMPARE(qFromLittleEndian<quint32>(contents.constData() + slot * Slot + 12), 1U);
    QVERIFY(contents.contains("context 1"));
}

void TestProgressEncryption::longestContext()
{
    const QTemporaryDir directory;
    const ConsumerPosition longest =
        consumerPosition(1, QByteArray(ProgressFile::MaxContextBytes, 'x'));
    QVERIFY(!Opened(directory, "k").file.write(longest));
    QCOMPARE(Opened(directory, "k").file.position(), longest);
}

void TestProgressEncryption::wrongKeyLeavesTheFileAlone_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<QByteArray>("given");
    QTest::newRow("another key") << QByteArray("k") << QByteArray("x");
    QTest::newRow("two others") << QByteArray("k") << QByteArray("xy");
    QTest::newRow("no key") << QByteArray("k") << QByteArray();
    QTest::newRow("a key for a plain file") << QByteArray() << QByteArray("k");
}

void TestProgressEncryption::wrongKeyLeavesTheFileAlone()
{
    QFETCH(QByteArray, written);
    QFETCH(QByteArray, given);
    const QTemporaryDir directory;
    QVERIFY(!fill(directory, written, 1, 3));
    const QByteArray before = contentsOf(fileIn(directory));
    const Error error = Opened(directory, given).error;
    QCOMPARE(error.code(), Code::AccessDenied);
    QVERIFY2(error.message().contains(fileIn(directory)), qPrintable(error.message()));
    if (!written.isEmpty())
        QVERIFY2(error.message().contains(idOf('k')), qPrintable(error.message()));
    QCOMPARE(contentsOf(fileIn(directory)), before);
    QCOMPARE(Opened(directory, written).file.position(), consumerPosition(3, "context 3"));
}

void TestProgressEncryption::wrongKeyIsToldByTheProgress()
{
    const QTemporaryDir directory;
    QVERIFY(!fill(directory, "k", 1, 1));
    QStringList violations;
    ProgressProbe probe(std::make_unique<FileConsumerProgress>(
                            directory.path(), *StorageKeys::fromSecret(secret('x'))),
                        &violations);
    QVERIFY(!probe.loadNow(testConsumerId(), testProducerId()));
    QCOMPARE(probe.answers().constLast().error.code(), Code::AccessDenied);
    QVERIFY2(violations.isEmpty(), qPrintable(violations.join(u'\n')));
}

void TestProgressEncryption::rotation()
{
    const QTemporaryDir directory;
    QVERIFY(!fill(directory, "a", 1, 2));
    QCOMPARE(Opened(directory, "b").error.code(), Code::AccessDenied);
    QVERIFY(Opened(directory, "b").error.message().contains(idOf('a')));
    QCOMPARE(Opened(directory, "ba").file.position(), consumerPosition(2, "context 2"));
    QVERIFY(!fill(directory, "ba", 3, 4));
    QVERIFY(!Opened(directory, "b").error);
    QCOMPARE(Opened(directory, "b").file.position(), consumerPosition(4, "context 4"));
    // Neither copy needs the former key.
    QByteArray contents = contentsOf(fileIn(directory));
    contents[0] = char(contents[0] ^ 1);
    QVERIFY(write(fileIn(directory), contents));
    QVERIFY(!Opened(directory, "b").error);
}

/*! The disk has written the beginning of a copy, or its end, when the power fails. */
void TestProgressEncryption::h51_tornWrite()
{
    const QTemporaryDir directory(inMemory());
    QVERIFY(!fill(directory, "k", 1, 2));
    const QByteArray before = contentsOf(fileIn(directory));
    QVERIFY(!fill(directory, "k", 3, 3));
    const QByteArray after = contentsOf(fileIn(directory));
    const int slot = before.first(Slot) == after.first(Slot) ? 1 : 0;
    for (qsizetype size = 0; size <= copySize(after, slot); ++size) {
        for (const bool hasBeginning : {true, false}) {
            QByteArray torn = hasBeginning ? before : after;
            torn.replace(slot * Slot, size, (hasBeginning ? after : before).mid(slot * Slot, size));
            QVERIFY(write(fileIn(directory), torn));
            const Opened opened(directory, "k");
            QVERIFY2(!opened.error, qPrintable(QString::number(size)));
            const qint64 expected = torn == after ? 3 : 2;
            QCOMPARE(opened.file.position().confirmedSeqNr, expected);
        }
    }
}

void TestProgressEncryption::h52_everyByteFlipped()
{
    const QTemporaryDir directory(inMemory());
    QVERIFY(!fill(directory, "k", 1, 2)); // the second is in the first slot again
    const QByteArray whole = contentsOf(fileIn(directory));
    for (int slot = 0; slot < 2; ++slot) {
        for (qsizetype i = 0; i < copySize(whole, slot); ++i) {
            QVERIFY(write(fileIn(directory), flipped(whole, slot * Slot + i, 0x10).contents));
            const Opened opened(directory, "k");
            QVERIFY2(!opened.error, qPrintable(opened.error.message()));
            QCOMPARE(opened.file.position().confirmedSeqNr, slot == 0 ? 1 : 2);
        }
    }
}

/*! What was changed by somebody who makes the checksum fit is never taken for a torn write. */
void TestProgressEncryption::forgedCopyIsFound()
{
    const QTemporaryDir directory(inMemory());
    QVERIFY(!fill(directory, "k", 1, 2));
    const QByteArray whole = contentsOf(fileIn(directory));
    for (qsizetype i = CopyHeaderSize; i < copySize(whole, 0); ++i) {
        QByteArray forged = flipped(whole, i, 1).contents;
        forgeChecksum(&forged, 0);
        QVERIFY(write(fileIn(directory), forged));
        const Opened opened(directory, "k");
        const bool isKeyId = i < CopyHeaderSize + KeyIdSize;
        QCOMPARE(opened.error.code(), isKeyId ? Code::AccessDenied : Code::StorageCorrupt);
        QVERIFY(opened.error.message().contains(fileIn(directory)));
        QCOMPARE(contentsOf(fileIn(directory)), forged);
    }
}

void TestProgressEncryption::olderCopyIsNotTakenForANewerOne()
{
    const QTemporaryDir directory;
    QVERIFY(!fill(directory, "k", 1, 2));
    QByteArray forged = contentsOf(fileIn(directory));
    qToLittleEndian(quint64(99), forged.data() + Slot + SerialAt);
    forgeChecksum(&forged, 1);
    QVERIFY(write(fileIn(directory), forged));
    QCOMPARE(Opened(directory, "k").error.code(), Code::StorageCorrupt);
}

void TestProgressEncryption::plainCopyIsNotBelieved()
{
    const QTemporaryDir directory;
    QVERIFY(!fill(directory, "k", 1, 2));
    const QTemporaryDir plain;
    QVERIFY(!fill(plain, {}, 1, 9));
    QByteArray forged = contentsOf(fileIn(directory));
    forged.replace(Slot, Slot, contentsOf(fileIn(plain)).last(Slot));
    QVERIFY(write(fileIn(directory), forged));
    QCOMPARE(Opened(directory, "k").error.code(), Code::AccessDenied);
}

void TestProgressEncryption::fileOfAnotherPairIsRefused()
{
    const QTemporaryDir directory;
    QVERIFY(!fill(directory, "k", 1, 2));
    QVERIFY(QFile::rename(fileIn(directory), fileIn(directory, u"another"_s)));
    StorageGauge gauge;
    ProgressFile file(&gauge, keysOf("k"));
    QCOMPARE(file.open(directory.path(), testConsumerId(), u"another"_s).code(),
             Code::InvalidArgument);
}

QTEST_GUILESS_MAIN(TestProgressEncryption)
#include "tst_progressencryption.moc"
