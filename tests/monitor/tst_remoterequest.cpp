// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "../link/certificates.h"
#include "remote/remoterequest.h"

#include <QtDelivery/memorycredentialstore.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Monitor;
using namespace QtDelivery;
using namespace TestSupport;
using namespace Qt::StringLiterals;

// What is said to watch a process on the network, and what it takes: files, keychain, environment.

namespace {

const QByteArray Token("tHe-sEcReT-0f-ThEsE-tEsTs");
const QByteArray Passphrase("open sesame");
const QString Pin(64, u'a');

/*! What has become of a request. */
struct Resolved
{
    Resolved(const RemoteRequest &request, CredentialStore *keychain)
    {
        request.resolve(keychain, &context, [this](const Result<RemoteProcess> &answer) {
            ++answers;
            error = answer.error();
            if (answer)
                process = *answer;
        });
    }

    QObject context;
    int answers = 0;
    Error error;
    RemoteProcess process;
};

} // namespace

class TestRemoteRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void requests_data();
    void requests();
    void tokens_data();
    void tokens();
    void h62_believes();
    void ownCertificate_data();
    void ownCertificate();

private:
    [[nodiscard]] RemoteRequest request() const
    {
        return {.address = u"tls://shop.example:4712"_s,
                .authority = m_certificates.file(u"ca.pem"_s),
                .tokenFrom = u"file:"_s + m_directory.filePath(u"token"_s)};
    }
    void write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(m_directory.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("No file.");
    }

    Certificates m_certificates;
    QTemporaryDir m_directory;
};

void TestRemoteRequest::initTestCase()
{
    QVERIFY(m_certificates.makeAuthority(u"ca"_s));
    QVERIFY(m_certificates.makeCertificate(u"monitor"_s, u"ca"_s, u"DNS:monitor.example"_s));
    QVERIFY(m_certificates.encryptKey(u"monitor"_s, u"locked"_s, Passphrase));
    write(u"passphrase"_s, Passphrase + '\n');
    write(u"token"_s, Token + '\n');
    write(u"short"_s, "short");
}

void TestRemoteRequest::requests_data()
{
    QTest::addColumn<RemoteRequest>("request");
    QTest::addColumn<QString>("problem");
    const QString here = u"tls://shop.example:4712"_s;
    const QString from = u"env:TOKEN"_s;
    QTest::newRow("all") << RemoteRequest{.address = here, .pins = {Pin}, .tokenFrom = from}
                         << QString();
    QTest::newRow("typed") << RemoteRequest{.address = here, .token = Token} << QString();
    for (const QString &address :
         {u""_s, u"tls://"_s, u"shop.example:4712"_s, u"tcp://shop.example:4712"_s,
          u"tls://shop.example"_s, u"tls://:4712"_s, u"tls://shop.example:port"_s})
        QTest::addRow("'%s'", qPrintable(address))
            << RemoteRequest{.address = address, .tokenFrom = from} << u"write tls://HOST:PORT"_s;
    QTest::newRow("short pin") << RemoteRequest{.address = here,
                                                .pins = {Pin.chopped(1)},
                                                .tokenFrom = from}
                               << u"64 hexadecimal digits"_s;
    QTest::newRow("no digits") << RemoteRequest{.address = here,
                                                .pins = {Pin.chopped(1) + u'x'},
                                                .tokenFrom = from}
                               << u"64 hexadecimal digits"_s;
    for (const QString &place : {u""_s, u"file:"_s, u"env:"_s, u"keychain:"_s, u"secret"_s})
        QTest::addRow("token from '%s'", qPrintable(place))
            << RemoteRequest{.address = here, .tokenFrom = place} << u"--token-from"_s;
    RemoteRequest own{.address = here, .tokenFrom = from};
    own.certificate = u"monitor.pem"_s;
    QTest::newRow("certificate without a key") << own << u"belong together"_s;
    own.key = u"monitor.key"_s;
    QTest::newRow("own certificate") << own << QString();
    own.keyPassphraseFrom = u"file:passphrase"_s;
    QTest::newRow("passphrase") << own << QString();
    own.keyPassphraseFrom = u"open sesame"_s;
    QTest::newRow("passphrase itself") << own << u"--tls-key-passphrase-from needs"_s;
    own = {.address = here, .keyPassphraseFrom = u"env:P"_s, .tokenFrom = from};
    QTest::newRow("passphrase without a key") << own << u"--tls-key-passphrase-from needs"_s;
}

void TestRemoteRequest::requests()
{
    QFETCH(const RemoteRequest, request);
    QFETCH(const QString, problem);
    QCOMPARE(request.problem().isEmpty(), problem.isEmpty());
    QVERIFY2(request.problem().contains(problem), qPrintable(request.problem()));
}

void TestRemoteRequest::tokens_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("problem");
    const auto file = [this](const QString &name) {
        return u"file:"_s + m_directory.filePath(name);
    };
    QTest::newRow("file") << file(u"token"_s) << QString();
    QTest::newRow("no file") << file(u"nothing"_s) << m_directory.filePath(u"nothing"_s);
    QTest::newRow("short") << file(u"short"_s) << u"too short"_s;
    QTest::newRow("variable") << u"env:QTDELIVERY_TEST_TOKEN"_s << QString();
    QTest::newRow("no variable") << u"env:QTDELIVERY_TEST_NOTHING"_s
                                 << u"QTDELIVERY_TEST_NOTHING"_s;
    QTest::newRow("keychain") << u"keychain:shop"_s << QString();
    QTest::newRow("not in the keychain")
        << u"keychain:elsewhere"_s << u"qtdelivery credentials set elsewhere"_s;
}

void TestRemoteRequest::tokens()
{
    QFETCH(const QString, from);
    QFETCH(const QString, problem);
    qputenv("QTDELIVERY_TEST_TOKEN", Token);
    MemoryCredentialStore keychain;
    keychain.write(u"shop"_s, Token, this, [](const Error &) {});
    const Resolved resolved({.address = u"tls://shop.example:4712"_s, .tokenFrom = from},
                            &keychain);
    QTRY_COMPARE(resolved.answers, 1);
    QCOMPARE(resolved.error.isError(), !problem.isEmpty());
    QVERIFY2(resolved.error.message().contains(problem), qPrintable(resolved.error.message()));
    if (problem.isEmpty())
        QCOMPARE(resolved.process.token.secret, Token);
}

/*! As the program qtdelivery does: a pin alone decides, with an authority both. */
void TestRemoteRequest::h62_believes()
{
    MemoryCredentialStore keychain;
    RemoteRequest asked = request();
    asked.authority.clear();
    const Resolved neither(asked, &keychain);
    QTRY_COMPARE(neither.answers, 1);
    QVERIFY(neither.process.tls.verifyPeer);
    QVERIFY(neither.process.tls.caCertificates.isEmpty());
    asked.pins = {Pin};
    const Resolved pinned(asked, &keychain);
    QTRY_COMPARE(pinned.answers, 1);
    QVERIFY(!pinned.process.tls.verifyPeer);
    QCOMPARE(pinned.process.tls.pins, QList<QByteArray>{QByteArray(32, char(0xaa))});
    asked.authority = m_certificates.file(u"ca.pem"_s);
    const Resolved both(asked, &keychain);
    QTRY_COMPARE(both.answers, 1);
    QVERIFY(both.process.tls.verifyPeer);
    QCOMPARE(both.process.tls.caCertificates.size(), 1);
    asked.authority = u"/nowhere/ca.pem"_s;
    const Resolved without(asked, &keychain);
    QTRY_COMPARE(without.answers, 1);
    QVERIFY(without.error.message().contains(u"/nowhere/ca.pem"_s));
}

void TestRemoteRequest::ownCertificate_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("passphraseFrom");
    QTest::addColumn<QByteArray>("passphrase"); // that was typed
    QTest::addColumn<QString>("problem");
    const QString file = u"file:"_s + m_directory.filePath(u"passphrase"_s);
    const QString monitor = u"monitor"_s;
    const QString locked = u"locked"_s;
    QTest::newRow("plain key") << monitor << monitor << QString() << QByteArray() << QString();
    QTest::newRow("passphrase in a file") << monitor << locked << file << QByteArray() << QString();
    QTest::newRow("passphrase in the keychain")
        << monitor << locked << u"keychain:key"_s << QByteArray() << QString();
    QTest::newRow("typed passphrase") << monitor << locked << QString() << Passphrase << QString();
    QTest::newRow("wrong passphrase")
        << monitor << locked << QString() << "open barley"_ba << u"locked.key"_s;
    QTest::newRow("no passphrase in the keychain")
        << monitor << locked << u"keychain:none"_s << QByteArray()
        << u"qtdelivery credentials set none"_s;
    QTest::newRow("no such file") << u"nobody"_s << monitor << QString() << QByteArray()
                                  << u"nobody.pem"_s;
}

void TestRemoteRequest::ownCertificate()
{
    QFETCH(const QString, certificate);
    QFETCH(const QString, key);
    QFETCH(const QString, passphraseFrom);
    QFETCH(const QByteArray, passphrase);
    QFETCH(const QString, problem);
    MemoryCredentialStore keychain;
    keychain.write(u"key"_s, Passphrase, this, {});
    RemoteRequest asked = request();
    asked.certificate = m_certificates.file(certificate + u".pem"_s);
    asked.key = m_certificates.file(key + u".key"_s);
    asked.keyPassphraseFrom = passphraseFrom;
    asked.keyPassphrase = passphrase;
    const Resolved resolved(asked, &keychain);
    QTRY_COMPARE(resolved.answers, 1);
    QCOMPARE(resolved.error.isError(), !problem.isEmpty());
    QVERIFY2(resolved.error.message().contains(problem), qPrintable(resolved.error.message()));
    QVERIFY(!resolved.error.message().contains(u"sesame"_s));
    const TlsSettings expected = m_certificates.settings(u"monitor"_s, {});
    if (problem.isEmpty()) {
        QCOMPARE(resolved.process.tls.privateKey, expected.privateKey);
        QCOMPARE(resolved.process.tls.certificateChain, expected.certificateChain);
    }
}

QTEST_GUILESS_MAIN(TestRemoteRequest)
#include "tst_remoterequest.moc"
