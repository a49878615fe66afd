// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "credentialprobe.h"
#include "storage/syncedfile.h"

#include <QtDelivery/filecredentialstore.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtEndian>

#include <memory>

#include <sodium.h>
#include <sys/stat.h>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Code = Error::Code;

// The file of a FileCredentialStore, and what can be wrong with it.

namespace {

const QByteArray Passphrase = "open sesame";
const QByteArray Secret = "Xyzzy-4711";

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(no file)");
}

void setContents(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

} // namespace

class TestFileCredentialStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void ownersAlone();
    void nothingInPlainText();
    void eachWritingLooksDifferent();
    void wrongPassphrase();
    void noPassphrase();
    void everyByteFlipped();
    void cutAfterEveryByte();
    void hugeMemoryIsRefused();
    void newerVersion();
    void otherFileAtThePath_data();
    void otherFileAtThePath();
    void noDirectory();
    void waitsForAnotherWriter();
    void oldFileStaysUntilTheNewOneIsWhole();
    void linkIsKept();
    void fileOfAnotherPassphraseAppears();
    void goneWhileItDerives();

private:
    [[nodiscard]] QString path() const { return m_directory->filePath(u"credentials"_s); }
    [[nodiscard]] std::unique_ptr<FileCredentialStore> open(
        const QByteArray &passphrase = Passphrase) const
    {
        return std::make_unique<FileCredentialStore>(path(), passphrase);
    }
    /*! The code and the words of reading from the file as it is. */
    [[nodiscard]] Error readError() const
    {
        const auto store = open();
        return CredentialProbe(store.get()).read(u"key"_s).error();
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestFileCredentialStore::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_directory = std::make_unique<QTemporaryDir>();
    const auto store = open();
    QCOMPARE(CredentialProbe(store.get()).write(u"key"_s, Secret), Error());
}

void TestFileCredentialStore::ownersAlone()
{
    const auto mode = [this] {
        struct stat status = {};
        return ::stat(QFile::encodeName(path()).constData(), &status) == 0 ? status.st_mode & 0777
                                                                           : 0;
    };
    QCOMPARE(mode(), 0600U);
    ::chmod(QFile::encodeName(path()).constData(), 0666);
    const auto store = open();
    QCOMPARE(CredentialProbe(store.get()).write(u"more"_s, "s"), Error());
    QCOMPARE(mode(), 0600U);
    QCOMPARE(QDir(m_directory->path()).entryList(QDir::Files | QDir::Hidden),
             (QStringList{u"credentials"_s, u"credentials.lock"_s})); // nothing temporary stays
}

void TestFileCredentialStore::nothingInPlainText()
{
    const QByteArray bytes = contents(path());
    QVERIFY(bytes.startsWith("QDVAULT\n"));
    const QString name = u"key"_s;
    const QByteArrayView utf16(reinterpret_cast<const char *>(name.utf16()), 6);
    for (const QByteArrayView word : {QByteArrayView(Secret), QByteArrayView(Passphrase), utf16})
        QVERIFY(!bytes.contains(word));
}

void TestFileCredentialStore::eachWritingLooksDifferent()
{
    const QByteArray before = contents(path());
    const auto store = open();
    QCOMPARE(CredentialProbe(store.get()).write(u"key"_s, Secret), Error());
    const QByteArray after = contents(path());
    QCOMPARE(after.size(), before.size());
    QCOMPARE(after.first(72), before.first(72)); // one key
    QVERIFY(after.sliced(72, 24) != before.sliced(72, 24)); // but never one nonce
    QVERIFY(after.sliced(96) != before.sliced(96));
}

void TestFileCredentialStore::wrongPassphrase()
{
    const QByteArray before = contents(path());
    const auto store = open("open barley");
    CredentialProbe probe(store.get());
    const Error error = probe.read(u"key"_s).error();
    QCOMPARE(error.code(), Code::AccessDenied);
    QVERIFY2(error.message().contains(path()), qPrintable(error.message()));
    QVERIFY(error.message().contains(u"passphrase"_s));
    QVERIFY(!error.message().contains(u"barley"_s));
    QCOMPARE(probe.write(u"key"_s, "s").code(), Code::AccessDenied);
    QCOMPARE(probe.remove(u"key"_s).code(), Code::AccessDenied);
    QCOMPARE(probe.names().error().code(), Code::AccessDenied);
    QCOMPARE(contents(path()), before);
    QCOMPARE(store->availability(), CredentialStore::Availability::Unavailable);
}

void TestFileCredentialStore::noPassphrase()
{
    const auto store = open(QByteArray());
    QCOMPARE(CredentialProbe(store.get()).names().error().code(), Code::InvalidArgument);
}

void TestFileCredentialStore::everyByteFlipped()
{
    const QByteArray whole = contents(path());
    const auto store = open();
    CredentialProbe probe(store.get());
    for (qsizetype at = 0; at < whole.size(); ++at) {
        QByteArray flipped = whole;
        flipped[at] = char(~flipped[at]);
        setContents(path(), flipped);
        const Code code = probe.read(u"key"_s).error().code();
        const bool isVersion = at >= 8 && at < 12;
        QVERIFY2(code == (isVersion ? Code::UnknownFormat : Code::StorageCorrupt),
                 qPrintable(u"byte %1: %2"_s.arg(at).arg(Error::codeName(code))));
        QCOMPARE(probe.write(u"key"_s, "s").code(), code);
        QCOMPARE(contents(path()), flipped);
    }
}

void TestFileCredentialStore::cutAfterEveryByte()
{
    const QByteArray whole = contents(path());
    const auto store = open();
    CredentialProbe probe(store.get());
    for (qsizetype size = 0; size < whole.size(); ++size) {
        setContents(path(), whole.first(size));
        const Error error = probe.read(u"key"_s).error();
        QCOMPARE(error.code(), Code::StorageCorrupt);
        QVERIFY(error.message().contains(path()));
    }
    setContents(path(), whole + 'x');
    QCOMPARE(probe.read(u"key"_s).error().code(), Code::StorageCorrupt);
    setContents(path(), whole);
    QCOMPARE(*probe.read(u"key"_s), Secret);
}

void TestFileCredentialStore::hugeMemoryIsRefused()
{
    // Whoever writes such a file can make it look whole; but it must not take all memory.
    constexpr qsizetype sumBytes = 16;
    QByteArray bytes = contents(path()).chopped(sumBytes);
    qToLittleEndian(quint64(1) << 40, bytes.data() + 16);
    QByteArray sum(sumBytes, '\0');
    crypto_generichash(reinterpret_cast<unsigned char *>(sum.data()), sumBytes,
                       reinterpret_cast<const unsigned char *>(bytes.constData()),
                       size_t(bytes.size()), nullptr, 0);
    setContents(path(), bytes + sum);
    QCOMPARE(readError().code(), Code::StorageCorrupt);
}

void TestFileCredentialStore::newerVersion()
{
    QByteArray bytes = contents(path());
    bytes[8] = 2;
    setContents(path(), bytes);
    QCOMPARE(readError().code(), Code::UnknownFormat);
}

void TestFileCredentialStore::otherFileAtThePath_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("[General]\npassword=1\n").repeated(20);
    QTest::newRow("zeros") << QByteArray(500, '\0');
}

void TestFileCredentialStore::otherFileAtThePath()
{
    QFETCH(const QByteArray, bytes);
    setContents(path(), bytes);
    const auto store = open();
    QCOMPARE(CredentialProbe(store.get()).write(u"key"_s, "s").code(), Code::StorageCorrupt);
    QCOMPARE(contents(path()), bytes);
}

void TestFileCredentialStore::noDirectory()
{
    const QString missing = m_directory->filePath(u"missing/credentials"_s);
    FileCredentialStore store(missing, Passphrase);
    CredentialProbe probe(&store);
    QCOMPARE(probe.names()->size(), 0); // nothing is there, indeed
    const Error error = probe.write(u"key"_s, "s");
    QCOMPARE(error.code(), Code::StorageFailed);
    QVERIFY2(error.message().contains(missing), qPrintable(error.message()));
}

void TestFileCredentialStore::waitsForAnotherWriter()
{
    SyncedFile other;
    QVERIFY(!other.open(path() + u".lock"_s, SyncedFile::Mode::Create));
    QVERIFY(!other.lock());
    const auto store = open();
    store->setTimeout(300ms);
    CredentialProbe probe(store.get());
    QCOMPARE(probe.write(u"key"_s, "s").code(), Code::TimedOut);
    store->setTimeout(CredentialStore::DefaultTimeout);
    QCOMPARE(*probe.read(u"key"_s), Secret); // readers do not wait

    QObject context;
    bool isWritten = false;
    store->write(u"key"_s, "s", &context, [&](const Error &error) { isWritten = !error; });
    QCoreApplication::processEvents();
    other.close();
    QTRY_VERIFY(isWritten);
    QCOMPARE(*probe.read(u"key"_s), "s");
}

void TestFileCredentialStore::oldFileStaysUntilTheNewOneIsWhole()
{
    // Whoever has opened the file keeps what was in it: it is replaced, not written into.
    QFile former(path());
    QVERIFY(former.open(QIODevice::ReadOnly));
    const QByteArray before = contents(path());
    const auto store = open();
    QCOMPARE(CredentialProbe(store.get()).write(u"key"_s, QByteArray(5'000, 's')), Error());
    QCOMPARE(former.readAll(), before);
    QVERIFY(contents(path()) != before);
}

void TestFileCredentialStore::linkIsKept()
{
    const QString link = m_directory->filePath(u"link"_s);
    QVERIFY(QFile::link(path(), link));
    FileCredentialStore store(link, Passphrase);
    QCOMPARE(CredentialProbe(&store).write(u"more"_s, "s"), Error());
    QVERIFY(QFileInfo(link).isSymLink());
    const auto direct = open();
    QCOMPARE(CredentialProbe(direct.get()).names()->size(), 2);
}

void TestFileCredentialStore::fileOfAnotherPassphraseAppears()
{
    const auto store = open();
    CredentialProbe probe(store.get());
    QCOMPARE(*probe.read(u"key"_s), Secret);
    QVERIFY(QFile::remove(path()));
    QCOMPARE(probe.read(u"key"_s).error().code(), Code::CredentialNotFound);
    const auto other = open("open barley");
    QCOMPARE(CredentialProbe(other.get()).write(u"key"_s, "barley"), Error());
    QCOMPARE(probe.read(u"key"_s).error().code(), Code::AccessDenied);
    QCOMPARE(probe.write(u"key"_s, "s").code(), Code::AccessDenied);
    QVERIFY(QFile::remove(path()));
    QCOMPARE(probe.write(u"key"_s, Secret), Error());
    QCOMPARE(readError(), Error());
}

void TestFileCredentialStore::goneWhileItDerives()
{
    auto store = open();
    QObject context;
    Code code = Code::NoError;
    store->write(u"key"_s, "s", &context, [&](const Error &error) { code = error.code(); });
    QCoreApplication::processEvents(); // it has begun
    store.reset();
    QTRY_COMPARE(code, Code::Stopped);
    QCOMPARE(readError(), Error()); // written or not, but whole
}

QTEST_GUILESS_MAIN(TestFileCredentialStore)
#include "tst_filecredentialstore.moc"
