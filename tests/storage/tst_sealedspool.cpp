// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "damage.h"
#include "security/storageciphers.h"
#include "storage/payloadfiles.h"
#include "storage/payloadspool.h"
#include "storage/sealedpieces.h"

#include <QIODevice>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

#include <sys/resource.h>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr Incarnation Producer{0x0123456789abcdef, 7};
constexpr qsizetype Piece = SealedPieces::PieceSize;
constexpr qsizetype Size = 3 * Piece + 1000;

std::shared_ptr<const CipherKeys> keysOf(const QByteArray &letters)
{
    QList<QByteArray> keys;
    for (const char letter : letters)
        keys.append(QByteArray(StorageKeySize, letter));
    return keys.isEmpty() ? nullptr : *makeCipherKeys(keys);
}

QByteArray bytesOf(qsizetype size)
{
    QByteArray bytes = QByteArray("nobody's business. ").repeated(size / 19 + 1).first(size);
    for (qsizetype i = 0; i < size; i += 1000)
        bytes[i] = char(i / 1000); // no two pieces are alike
    return bytes;
}

/*! Writes \a bytes from what is there on, in ranges; false if that fails. */
bool fill(PayloadSink &sink, const QByteArray &bytes, qsizetype range = 10'000)
{
    while (qsizetype(sink.have()) < bytes.size()) {
        if (!sink.write(QByteArrayView(bytes).sliced(
                qsizetype(sink.have()), std::min(range, bytes.size() - qsizetype(sink.have())))))
            return false;
    }
    return true;
}

QByteArray readAll(PayloadSource &source)
{
    QByteArray bytes(qsizetype(source.size()), '\0');
    return source.read(0, bytes.data(), bytes.size()) ? bytes : QByteArray();
}

} // namespace

/*! The spool of a consumer that encrypts it. */
class TestSealedSpool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void completeIsDecrypted_data();
    void completeIsDecrypted();
    void wholePiecesAreFoundAgain();
    void readsBackWhatIsThere();
    void completeIsAPartAgain();
    void h51_cutAnywhere();
    void h52_everyByteFlipped();
    void partOfAnotherMessageIsNotBelieved();
    void exchangedPiecesAreFound();
    void wrongKeyLeavesThePartAlone();
    void formerKeyStillReads();
    void plainAndEncryptedDoNotMix();
    void fullDiskIsTriedAgain();
    void device();
    void takenAsAPlainFile();
    void changedFileIsNotTaken();

private:
    [[nodiscard]] FilePayloadSpool spool(const QByteArray &letters = "k") const
    {
        return {m_directory->path(), {.keep = 24h, .maxParts = 4}, keysOf(letters)};
    }
    [[nodiscard]] QStringList files() const
    {
        return QDir(m_directory->path()).entryList(QDir::Files, QDir::Name);
    }
    [[nodiscard]] std::shared_ptr<SpooledPayload> complete(const QByteArray &bytes) const
    {
        FilePayloadSpool spool = this->spool();
        const auto sink = spool.open(Producer, 17, quint64(bytes.size()));
        return sink && fill(*sink, bytes) ? sink->finish() : nullptr;
    }
    /*! A part with all of a message but its end. */
    [[nodiscard]] bool leavePart() const
    {
        FilePayloadSpool spool = this->spool();
        const auto sink = spool.open(Producer, 17, Size);
        return sink && fill(*sink, bytesOf(Size).chopped(1));
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    const QString m_part = u"0123456789abcdef0000000000000007-17-%1.sealed.part"_s.arg(Size);
};

void TestSealedSpool::init()
{
    m_directory = std::make_unique<QTemporaryDir>(inMemory());
    QVERIFY(m_directory->isValid());
}

void TestSealedSpool::completeIsDecrypted_data()
{
    QTest::addColumn<qsizetype>("size");
    QTest::addColumn<qsizetype>("range");
    for (const qsizetype size :
         {qsizetype(1), Piece - 1, Piece, Piece + 1, 2 * Piece, qsizetype(1'500'000)}) {
        for (const qsizetype range : {qsizetype(999), Piece, 3 * Piece + 5}) {
            QTest::addRow("%lld bytes in ranges of %lld", qlonglong(size), qlonglong(range))
                << size << range;
        }
    }
}

void TestSealedSpool::completeIsDecrypted()
{
    QFETCH(qsizetype, size);
    QFETCH(qsizetype, range);
    const QByteArray bytes = bytesOf(size);
    FilePayloadSpool spool = this->spool();
    const auto sink = spool.open(Producer, 17, quint64(size));
    QVERIFY2(sink, qPrintable(spool.error().message()));
    QVERIFY(fill(*sink, bytes, range));
    QCOMPARE(sink->have(), quint64(size));
    const auto payload = sink->finish();
    QCOMPARE(payload->size(), quint64(size));
    const QByteArray file = contentsOf(payload->path());
    QCOMPARE(file.size(), SealedPieces::fileSize(size));
    QVERIFY(size < 100 || !file.contains(bytes.mid(20, 40)));
    const auto source = payload->decrypted();
    QVERIFY(source);
    QCOMPARE(source->size(), quint64(size));
    QVERIFY(readAll(*source) == bytes);
    payload->discard();
    const_cast<std::shared_ptr<SpooledPayload> &>(payload).reset();
    QVERIFY(files().isEmpty());
}

void TestSealedSpool::wholePiecesAreFoundAgain()
{
    const QByteArray bytes = bytesOf(Size);
    {
        FilePayloadSpool first = spool();
        const auto sink = first.open(Producer, 17, Size);
        QVERIFY(sink && fill(*sink, bytes.first(2 * Piece + 500)));
    }
    QCOMPARE(files(), QStringList{m_part});
    QVERIFY(!contentsOf(m_directory->filePath(m_part)).contains(bytes.mid(20, 40)));
    FilePayloadSpool second = spool();
    QCOMPARE(second.find(Producer, 17), std::optional<quint64>(Size));
    const auto sink = second.open(Producer, 17, Size);
    QVERIFY(sink);
    QCOMPARE(sink->have(), quint64(2 * Piece));
    QVERIFY(fill(*sink, bytes));
    QVERIFY(readAll(*sink->finish()->decrypted()) == bytes);
}

void TestSealedSpool::readsBackWhatIsThere()
{
    const QByteArray bytes = bytesOf(Size);
    FilePayloadSpool spool = this->spool();
    const auto sink = spool.open(Producer, 17, Size);
    QVERIFY(sink && fill(*sink, bytes.first(2 * Piece + 500)));
    QByteArray read(2 * Piece + 500, '\0');
    QVERIFY(sink->read(0, read.data(), read.size())); // also what waits for its piece
    QVERIFY(read == bytes.first(read.size()));
    QVERIFY(sink->read(Piece - 1, read.data(), 2));
    QCOMPARE(read.first(2), bytes.mid(Piece - 1, 2));
    QVERIFY(!sink->read(2 * Piece + 499, read.data(), 2));
}

void TestSealedSpool::completeIsAPartAgain()
{
    QVERIFY(complete(bytesOf(Size)));
    FilePayloadSpool spool = this->spool();
    QCOMPARE(spool.find(Producer, 17), std::optional<quint64>(Size));
    const auto sink = spool.open(Producer, 17, Size);
    QVERIFY(sink);
    QCOMPARE(sink->have(), quint64(3 * Piece)); // the last range brings the digest
    QVERIFY(fill(*sink, bytesOf(Size)));
    QVERIFY(readAll(*sink->finish()->decrypted()) == bytesOf(Size));
    QCOMPARE(files().size(), 1);
}

/*! A crash leaves the file with any length: what is whole counts, and the rest comes again. */
void TestSealedSpool::h51_cutAnywhere()
{
    QVERIFY(leavePart());
    const QString path = m_directory->filePath(m_part);
    const QByteArray whole = contentsOf(path);
    for (qsizetype size = 0; size <= whole.size(); size += size < 300 ? 1 : 997) {
        QVERIFY(write(path, whole.first(size)));
        FilePayloadSpool spool = this->spool();
        const auto sink = spool.open(Producer, 17, Size);
        QVERIFY2(sink, qPrintable(spool.error().message()));
        const qint64 pieces = (size - SealedPieces::HeaderSize) / SealedPieces::SealedSize;
        QCOMPARE(sink->have(), quint64(std::max<qint64>(0, pieces) * Piece));
        QVERIFY(fill(*sink, bytesOf(Size)));
        QByteArray read(Size, '\0');
        QVERIFY(sink->read(0, read.data(), Size));
        QVERIFY(read == bytesOf(Size));
    }
}

void TestSealedSpool::h52_everyByteFlipped()
{
    QVERIFY(leavePart());
    const QString path = m_directory->filePath(m_part);
    const QByteArray whole = contentsOf(path);
    for (qsizetype at = 0; at < whole.size(); at += at < 300 ? 1 : 499) {
        QVERIFY(write(path, flipped(whole, at, 0x20).contents));
        FilePayloadSpool spool = this->spool();
        const auto sink = spool.open(Producer, 17, Size);
        if (!sink)
            continue; // the version, or the id of a key
        QByteArray read(qsizetype(sink->have()), '\0');
        const bool isRead = sink->read(0, read.data(), read.size());
        QVERIFY2(!isRead || read.isEmpty(), qPrintable(QString::number(at)));
    }
}

void TestSealedSpool::partOfAnotherMessageIsNotBelieved()
{
    QVERIFY(leavePart());
    QString other = m_part;
    other.replace(u"-17-"_s, u"-18-"_s);
    QVERIFY(QFile::rename(m_directory->filePath(m_part), m_directory->filePath(other)));
    FilePayloadSpool spool = this->spool();
    const auto sink = spool.open(Producer, 18, Size);
    QVERIFY(sink);
    char byte = 0;
    QVERIFY(!sink->read(0, &byte, 1));
}

void TestSealedSpool::exchangedPiecesAreFound()
{
    QVERIFY(leavePart());
    QByteArray part = contentsOf(m_directory->filePath(m_part));
    const QByteArray first = part.mid(SealedPieces::offsetOf(0), SealedPieces::SealedSize);
    const QByteArray second = part.mid(SealedPieces::offsetOf(1), SealedPieces::SealedSize);
    part.replace(SealedPieces::offsetOf(0), first.size(), second);
    part.replace(SealedPieces::offsetOf(1), first.size(), first);
    QVERIFY(write(m_directory->filePath(m_part), part));
    FilePayloadSpool spool = this->spool();
    const auto sink = spool.open(Producer, 17, Size);
    QVERIFY(sink);
    char byte = 0;
    QVERIFY(!sink->read(0, &byte, 1));
    QVERIFY(!sink->read(Piece, &byte, 1));
    QVERIFY(sink->read(2 * Piece, &byte, 1));
}

void TestSealedSpool::wrongKeyLeavesThePartAlone()
{
    QVERIFY(leavePart());
    const QByteArray before = contentsOf(m_directory->filePath(m_part));
    FilePayloadSpool other = spool("x");
    QVERIFY(!other.open(Producer, 17, Size));
    QCOMPARE(other.error().code(), Error::Code::AccessDenied);
    QVERIFY2(other.error().message().contains(m_part), qPrintable(other.error().message()));
    const QString id = QString::fromLatin1(keysOf("k")->ids().constFirst().toHex());
    QVERIFY2(other.error().message().contains(id), qPrintable(other.error().message()));
    QVERIFY(contentsOf(m_directory->filePath(m_part)) == before);
}

void TestSealedSpool::formerKeyStillReads()
{
    QVERIFY(leavePart());
    FilePayloadSpool rotated = spool("xk");
    const auto sink = rotated.open(Producer, 17, Size);
    QVERIFY(sink);
    QCOMPARE(sink->have(), quint64(3 * Piece));
    QVERIFY(fill(*sink, bytesOf(Size)));
    QVERIFY(readAll(*sink->finish()->decrypted()) == bytesOf(Size));
}

void TestSealedSpool::plainAndEncryptedDoNotMix()
{
    QVERIFY(leavePart());
    FilePayloadSpool plain = spool({});
    QVERIFY(!plain.find(Producer, 17));
    {
        const auto sink = plain.open(Producer, 17, Size);
        QVERIFY(sink);
        QCOMPARE(sink->have(), 0U);
        QVERIFY(fill(*sink, bytesOf(Size)));
        const auto payload = sink->finish();
        QVERIFY(!payload->decrypted());
        QVERIFY(contentsOf(payload->path()) == bytesOf(Size));
    }
    QCOMPARE(plain.find(Producer, 17), std::optional<quint64>(Size));
    QFile::remove(m_directory->filePath(m_part));
    FilePayloadSpool encrypted = spool();
    QVERIFY(!encrypted.find(Producer, 17));
    QCOMPARE(encrypted.open(Producer, 17, Size)->have(), 0U);
    QVERIFY(complete(bytesOf(Size)));
    QVERIFY(spool({}).open(Producer, 17, Size)->have() < Size);
    QCOMPARE(files().filter(u".sealed."_s).size(), 1); // it was not taken for a plain one
}

void TestSealedSpool::fullDiskIsTriedAgain()
{
    FilePayloadSpool spool = this->spool();
    const auto sink = spool.open(Producer, 17, Size);
    QVERIFY(sink && fill(*sink, bytesOf(Piece + 10)));
    rlimit before{};
    QVERIFY(::getrlimit(RLIMIT_FSIZE, &before) == 0);
    const auto ignored = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limited{rlim_t(2 * Piece), before.rlim_max};
    QVERIFY(::setrlimit(RLIMIT_FSIZE, &limited) == 0);
    const bool isWritten = sink->write(bytesOf(Size).mid(Piece + 10, Piece));
    QVERIFY(::setrlimit(RLIMIT_FSIZE, &before) == 0);
    std::signal(SIGXFSZ, ignored);
    QVERIFY(!isWritten);
    QCOMPARE(spool.error().code(), Error::Code::StorageFull);
    QCOMPARE(sink->have(), quint64(Piece + 10));
    QVERIFY(fill(*sink, bytesOf(Size)));
    QVERIFY(readAll(*sink->finish()->decrypted()) == bytesOf(Size));
}

void TestSealedSpool::device()
{
    const QByteArray bytes = bytesOf(Size);
    const auto payload = complete(bytes);
    const auto device = payloadDevice(payload->decrypted());
    QVERIFY(device->open(QIODevice::ReadOnly));
    QVERIFY(!device->isSequential());
    QCOMPARE(device->size(), Size);
    QVERIFY(device->readAll() == bytes);
    QVERIFY(device->atEnd());
    QVERIFY(device->seek(Piece - 3));
    QCOMPARE(device->read(6), bytes.mid(Piece - 3, 6));
    QVERIFY(device->seek(0));
    QCOMPARE(device->peek(5), bytes.first(5));
    QCOMPARE(device->read(5), bytes.first(5));
    QVERIFY(!payloadDevice(payload->decrypted())->open(QIODevice::ReadWrite));
    QVERIFY(QFile::remove(payload->path()));
    const auto gone = payloadDevice(payload->decrypted());
    QVERIFY(!gone->open(QIODevice::ReadOnly));
    QVERIFY(!gone->errorString().isEmpty());
}

void TestSealedSpool::takenAsAPlainFile()
{
    const QByteArray bytes = bytesOf(Size);
    const auto payload = complete(bytes);
    const QString target = m_directory->filePath(u"taken"_s);
    QVERIFY(!writePayloadFile(*payload->decrypted(), target, false));
    QVERIFY(contentsOf(target) == bytes);
    QVERIFY(write(target, "mine"));
    QCOMPARE(writePayloadFile(*payload->decrypted(), target, false).code(),
             Error::Code::StorageFailed);
    QCOMPARE(contentsOf(target), QByteArray("mine"));
    QVERIFY(!writePayloadFile(*payload->decrypted(), target, true));
    QVERIFY(contentsOf(target) == bytes);
    QCOMPARE(files().size(), 2); // nothing is left over
}

void TestSealedSpool::changedFileIsNotTaken()
{
    const auto payload = complete(bytesOf(Size));
    QByteArray changed = contentsOf(payload->path());
    changed[changed.size() - 1] = char(changed.back() ^ 1);
    QVERIFY(write(payload->path(), changed));
    const QString target = m_directory->filePath(u"taken"_s);
    QCOMPARE(writePayloadFile(*payload->decrypted(), target, false).code(),
             Error::Code::StorageCorrupt);
    QCOMPARE(files().size(), 1);
}

QTEST_APPLESS_MAIN(TestSealedSpool)
#include "tst_sealedspool.moc"
