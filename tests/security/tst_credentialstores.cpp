// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "credentialprobe.h"
#include "privatekeychain.h"

#include <QtDelivery/filecredentialstore.h>
#include <QtDelivery/keychaincredentialstore.h>
#include <QtDelivery/memorycredentialstore.h>

#include <QLoggingCategory>
#include <QTemporaryDir>

#include <functional>
#include <memory>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using namespace Qt::StringLiterals;
using Code = Error::Code;

// What every store must do, whatever keeps the secrets.

namespace {

QStringList logged;

void noteLog(QtMsgType /*type*/, const QMessageLogContext & /*context*/, const QString &text)
{
    logged += text;
}

} // namespace

class TestCredentialStores : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void initTestCase();
    void init();
    void cleanup();

    void nothingAtFirst();
    void writeAndRead_data();
    void writeAndRead();
    void replaced();
    void names_data();
    void names();
    void removed();
    void manyAtOnce();
    void twoObjects();
    void secretsAreInNoLog();

private:
    using Make = std::function<std::unique_ptr<CredentialStore>()>;

    QTemporaryDir m_directory;
    PrivateKeychain m_keychain;
    bool m_hasKeychain = false;
    Make m_make; // another object of the same place
    std::unique_ptr<CredentialStore> m_store;
    int m_places = 0;
};

void TestCredentialStores::initTestCase_data()
{
    QTest::addColumn<QString>("kind");
    QTest::newRow("memory") << u"memory"_s;
    QTest::newRow("file") << u"file"_s;
    QTest::newRow("keychain") << u"keychain"_s;
}

void TestCredentialStores::initTestCase()
{
    m_hasKeychain = KeychainCredentialStore::isSupported() && PrivateKeychain::obstacle().isEmpty();
    if (m_hasKeychain)
        QVERIFY(m_keychain.start());
}

void TestCredentialStores::init()
{
    QFETCH_GLOBAL(const QString, kind);
    const QString place = u"place %1"_s.arg(++m_places);
    if (kind == u"keychain"_s) {
        if (!m_hasKeychain)
            QSKIP("There is no keychain to be had here");
        m_make = [place] { return std::make_unique<KeychainCredentialStore>(place); };
    } else if (kind == u"file"_s) {
        if (!FileCredentialStore::isSupported())
            QSKIP("Built without libsodium");
        m_make = [path = m_directory.filePath(place)] {
            return std::make_unique<FileCredentialStore>(path, "open sesame");
        };
    } else {
        m_make = [] { return std::make_unique<MemoryCredentialStore>(); };
    }
    m_store = m_make();
    logged.clear();
    qInstallMessageHandler(noteLog);
}

void TestCredentialStores::cleanup()
{
    m_store.reset();
    qInstallMessageHandler(nullptr);
    QCOMPARE(logged, QStringList());
}

void TestCredentialStores::nothingAtFirst()
{
    CredentialProbe probe(m_store.get());
    QCOMPARE(m_store->availability(), CredentialStore::Availability::Unknown);
    const auto names = probe.names();
    QVERIFY2(names, qPrintable(names.error().message()));
    QCOMPARE(*names, QStringList());
    QCOMPARE(m_store->availability(), CredentialStore::Availability::Available);
    const Error missing = probe.read(u"the key"_s).error();
    QCOMPARE(missing.code(), Code::CredentialNotFound);
    QVERIFY(missing.message().contains(u"the key"_s));
    QCOMPARE(probe.remove(u"the key"_s).code(), Code::CredentialNotFound);
    QCOMPARE(m_store->availability(), CredentialStore::Availability::Available);
}

void TestCredentialStores::writeAndRead_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::newRow("one byte") << QByteArray("x");
    QTest::newRow("zeros") << QByteArray(3, '\0');
    QTest::newRow("line breaks") << QByteArray("a\nb\r\n");
    for (const int size : {1'799, 1'800, 1'801, 3'600, 65'536}) {
        QByteArray bytes;
        while (bytes.size() < size)
            bytes += char(bytes.size() * 7 % 256);
        QTest::addRow("%d bytes", size) << bytes;
    }
}

void TestCredentialStores::writeAndRead()
{
    QFETCH(const QByteArray, secret);
    CredentialProbe probe(m_store.get());
    QCOMPARE(probe.write(u"key"_s, secret), Error());
    QVERIFY(probe.read(u"key"_s));
    QCOMPARE(*probe.read(u"key"_s), secret);
}

void TestCredentialStores::replaced()
{
    CredentialProbe probe(m_store.get());
    for (const int size : {10, 5'000, 1, 9'000, 3'000}) {
        const QByteArray secret(size, char('a' + size % 26));
        QCOMPARE(probe.write(u"key"_s, secret), Error());
        QCOMPARE(*probe.read(u"key"_s), secret);
    }
    QCOMPARE(*probe.names(), QStringList{u"key"_s});
}

void TestCredentialStores::names_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("plain") << u"key"_s;
    QTest::newRow("like an entry of ours") << u"index"_s;
    QTest::newRow("like a path") << u"../a/b\\c:*?"_s;
    QTest::newRow("not ASCII") << u"Schlüssel مفتاح 🔑"_s;
    QTest::newRow("longest") << QString(255, u'k');
    QTest::newRow("space") << u" "_s;
}

void TestCredentialStores::names()
{
    QFETCH(const QString, name);
    CredentialProbe probe(m_store.get());
    QCOMPARE(probe.write(name, "secret"), Error());
    QCOMPARE(probe.write(u"another"_s, "other"), Error());
    QCOMPARE(*probe.read(name), "secret");
    QStringList expected{name, u"another"_s};
    expected.sort();
    QCOMPARE(*probe.names(), expected);
}

void TestCredentialStores::removed()
{
    CredentialProbe probe(m_store.get());
    QCOMPARE(probe.write(u"a"_s, QByteArray(5'000, 'a')), Error());
    QCOMPARE(probe.write(u"b"_s, "b"), Error());
    QCOMPARE(probe.remove(u"a"_s), Error());
    QCOMPARE(probe.read(u"a"_s).error().code(), Code::CredentialNotFound);
    QCOMPARE(*probe.read(u"b"_s), "b");
    QCOMPARE(*probe.names(), QStringList{u"b"_s});
    QCOMPARE(probe.write(u"a"_s, "again"), Error());
    QCOMPARE(*probe.read(u"a"_s), "again");
}

void TestCredentialStores::manyAtOnce()
{
    QObject context;
    QStringList answers;
    for (int i = 0; i < 5; ++i) {
        const QString name = QString::number(i);
        m_store->write(name, "secret" + QByteArray::number(i), &context, [&](const Error &error) {
            answers += error ? error.message() : u"written"_s;
        });
        m_store->read(name, &context, [&](const Result<QByteArray> &secret) {
            answers += secret ? QString::fromLatin1(*secret) : secret.error().message();
        });
    }
    QTRY_COMPARE_WITH_TIMEOUT(answers.size(), 10, 60'000);
    for (int i = 0; i < 5; ++i) {
        QCOMPARE(answers[2 * i], u"written"_s);
        QCOMPARE(answers[2 * i + 1], u"secret%1"_s.arg(i));
    }
}

void TestCredentialStores::twoObjects()
{
    QFETCH_GLOBAL(const QString, kind);
    if (kind == u"memory"_s)
        QSKIP("Its secrets are its own");
    const std::unique_ptr<CredentialStore> other = m_make();
    QObject context;
    int written = 0;
    // At the same time: none overwrites what the other one has just written.
    for (int i = 0; i < 5; ++i) {
        const auto note = [&](const Error &error) { written += !error; };
        m_store->write(u"mine %1"_s.arg(i), "1", &context, note);
        other->write(u"theirs %1"_s.arg(i), "2", &context, note);
    }
    QTRY_COMPARE_WITH_TIMEOUT(written, 10, 60'000);
    QCOMPARE(CredentialProbe(m_store.get()).names()->size(), 10);
    QCOMPARE(*CredentialProbe(m_make().get()).read(u"theirs 4"_s), "2");
}

void TestCredentialStores::secretsAreInNoLog()
{
    const QByteArray secret = "Xyzzy-4711";
    QLoggingCategory::setFilterRules(u"*=true\nqt.*=false"_s);
    CredentialProbe probe(m_store.get());
    QString words;
    QDebug debug(&words);
    debug << probe.write(u"key"_s, secret) << probe.write(u"key"_s, secret.repeated(9'000))
          << probe.read(u"none"_s).error() << m_store->obstacle() << m_store.get();
    QCOMPARE(*probe.read(u"key"_s), secret);
    QLoggingCategory::setFilterRules(QString());
    words += logged.join(u'\n');
    QVERIFY2(!words.contains(u"Xyzzy"_s), qPrintable(words));
    QVERIFY2(!words.contains(QString::fromLatin1(secret.toBase64())), qPrintable(words));
    logged.clear();
}

QTEST_GUILESS_MAIN(TestCredentialStores)
#include "tst_credentialstores.moc"
