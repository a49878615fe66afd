// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "credentialprobe.h"

#include <QtDelivery/keychaincredentialstore.h>

#include <QLocalServer>
#include <QTemporaryDir>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Code = Error::Code;

// A machine without a keychain, as servers are. In an order: what has once found a session keeps to
// it.

class TestNoKeychain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void noBus_data();
    void noBus();

private:
    QTemporaryDir m_home;
    QLocalServer m_muteBus; // takes connections and says nothing
};

void TestNoKeychain::initTestCase()
{
    qputenv("HOME", QFile::encodeName(m_home.path()));
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(m_home.path()));
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "XDG_CURRENT_DESKTOP",
                             "DBUS_SESSION_BUS_ADDRESS", "DESKTOP_SESSION", "KDE_FULL_SESSION"})
        qunsetenv(name);
    qputenv("QTKEYCHAIN_BACKEND", "libsecret");
    QVERIFY(m_muteBus.listen(m_home.filePath(u"mute"_s)));
}

void TestNoKeychain::noBus_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<Code>("code");
    QTest::newRow("no session") << QString() << Code::KeychainUnavailable;
    QTest::newRow("session that has ended")
        << u"unix:path="_s + m_home.filePath(u"gone"_s) << Code::KeychainUnavailable;
    QTest::newRow("session that is mute")
        << u"unix:path="_s + m_home.filePath(u"mute"_s) << Code::TimedOut;
}

void TestNoKeychain::noBus()
{
    QFETCH(const QString, address);
    QFETCH(const Code, code);
    if (!address.isEmpty())
        qputenv("DBUS_SESSION_BUS_ADDRESS", address.toLocal8Bit());
    KeychainCredentialStore store(u"none"_s);
    store.setTimeout(code == Code::TimedOut ? 300ms : CredentialStore::DefaultTimeout);
    CredentialProbe probe(&store);
    QElapsedTimer clock;
    clock.start();
    for (const Error &error : {probe.read(u"key"_s).error(), probe.names().error(),
                               probe.write(u"key"_s, "Xyzzy-4711"), probe.remove(u"key"_s)}) {
        // What D-Bus has left of the session before, on which it still works in a thread of its
        // own, may answer in place of the mute one.
        if (error.code() != Code::KeychainUnavailable)
            QCOMPARE(error.code(), code);
        QVERIFY(!error.message().contains(u"Xyzzy"_s));
        QVERIFY2(error.message().contains(u"keychain"_s), qPrintable(error.message()));
    }
    QVERIFY2(clock.elapsed() < 25'000, qPrintable(QString::number(clock.elapsed())));
    QCOMPARE(store.availability(), CredentialStore::Availability::Unavailable);
    QVERIFY(store.obstacle());
}

QTEST_GUILESS_MAIN(TestNoKeychain)
#include "tst_nokeychain.moc"
