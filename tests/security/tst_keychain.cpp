// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "credentialprobe.h"
#include "privatekeychain.h"

#include <QtDelivery/keychaincredentialstore.h>

#include <QThread>

#include <memory>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Code = Error::Code;

// A real keychain, and what can be wrong with it.

namespace {

QByteArray shown(const Result<QByteArray> &secret)
{
    return secret ? *secret : secret.error().message().toUtf8();
}

} // namespace

class TestKeychain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void nothingInPlainText();
    void servicesAreApart();
    void serviceNeedsAName();
    void threadOfTheApplication();
    void locked_data();
    void locked();
    void frozen();

private:
    PrivateKeychain m_keychain;
};

void TestKeychain::initTestCase()
{
    const QString obstacle = PrivateKeychain::obstacle();
    if (!obstacle.isEmpty())
        QSKIP(qPrintable(obstacle));
    QVERIFY(KeychainCredentialStore::isSupported());
    QVERIFY(m_keychain.start());
}

void TestKeychain::nothingInPlainText()
{
    KeychainCredentialStore store(u"plain"_s);
    CredentialProbe probe(&store);
    const QByteArray secret = "Xyzzy-4711 " + QByteArray(3'000, 'x');
    QCOMPARE(probe.write(u"key"_s, secret), Error());
    const QByteArray bytes = m_keychain.storedBytes();
    QVERIFY(bytes.contains("GnomeKeyring")); // it is there
    QVERIFY(!bytes.contains("Xyzzy"));
    QVERIFY(!bytes.contains(secret.toBase64().left(20)));
}

void TestKeychain::servicesAreApart()
{
    KeychainCredentialStore one(u"one"_s);
    KeychainCredentialStore two(u"two"_s);
    QCOMPARE(one.service(), u"one"_s);
    QCOMPARE(CredentialProbe(&one).write(u"key"_s, "1"), Error());
    QCOMPARE(CredentialProbe(&two).read(u"key"_s).error().code(), Code::CredentialNotFound);
}

void TestKeychain::serviceNeedsAName()
{
    KeychainCredentialStore store{QString()};
    QCOMPARE(CredentialProbe(&store).names().error().code(), Code::InvalidArgument);
}

void TestKeychain::threadOfTheApplication()
{
    Code code = Code::NoError;
    const std::unique_ptr<QThread> other(QThread::create([&] {
        KeychainCredentialStore store(u"thread"_s);
        code = CredentialProbe(&store).names().error().code();
    }));
    other->start();
    QVERIFY(other->wait(QDeadlineTimer(60s)));
    QCOMPARE(code, Code::WrongThread);
}

void TestKeychain::locked_data()
{
    QTest::addColumn<QString>("service");
    QTest::newRow("with something in it") << u"used"_s;
    QTest::newRow("empty") << u"unused"_s;
}

void TestKeychain::locked()
{
    QFETCH(const QString, service);
    KeychainCredentialStore store(service);
    CredentialProbe probe(&store);
    if (service == u"used"_s)
        QCOMPARE(probe.write(u"key"_s, "secret"), Error());
    QVERIFY(m_keychain.lock());
    QElapsedTimer clock;
    clock.start();
    const Error error = probe.read(u"key"_s).error();
    QCOMPARE(error.code(), Code::AccessDenied); // not: there is none
    QVERIFY2(error.message().contains(u"Unlock it"_s), qPrintable(error.message()));
    QCOMPARE(probe.names().error().code(), Code::AccessDenied);
    QCOMPARE(probe.write(u"key"_s, "other").code(), Code::AccessDenied);
    QCOMPARE(probe.remove(u"key"_s).code(), Code::AccessDenied);
    QVERIFY(clock.elapsed() < store.timeout().count());
    QCOMPARE(store.availability(), CredentialStore::Availability::Unavailable);
    QCOMPARE(store.obstacle().code(), Code::AccessDenied);

    QVERIFY(m_keychain.unlock());
    if (service == u"used"_s)
        QCOMPARE(shown(probe.read(u"key"_s)), "secret");
    else
        QCOMPARE(probe.names().error(), Error());
    QCOMPARE(store.availability(), CredentialStore::Availability::Available);
}

void TestKeychain::frozen()
{
    KeychainCredentialStore store(u"frozen"_s);
    CredentialProbe probe(&store);
    QCOMPARE(probe.write(u"key"_s, "secret"), Error());
    store.setTimeout(300ms);
    m_keychain.freeze();
    QCOMPARE(probe.read(u"key"_s).error().code(), Code::TimedOut);
    QCOMPARE(probe.write(u"key"_s, "other").code(), Code::TimedOut);
    {
        KeychainCredentialStore gone(u"frozen"_s);
        QObject context;
        gone.read(u"key"_s, &context, [](const Result<QByteArray> &) {});
        QCoreApplication::processEvents(); // has begun, and is destroyed now
    }
    m_keychain.thaw();
    store.setTimeout(CredentialStore::DefaultTimeout);
    QCOMPARE(shown(probe.read(u"key"_s)), "secret"); // the writing had not come so far
    QCOMPARE(probe.write(u"key"_s, "third"), Error());
    QCOMPARE(shown(probe.read(u"key"_s)), "third");
}

QTEST_GUILESS_MAIN(TestKeychain)
#include "tst_keychain.moc"
