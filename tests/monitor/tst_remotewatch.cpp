// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "../link/certificates.h"
#include "window/connectdialog.h"
#include "window/mainwindow.h"

#include <QtDelivery/deliverynode.h>
#include <QtDelivery/memorycredentialstore.h>
#include <QtDelivery/monitorserver.h>
#include <QtDelivery/producercontroller.h>

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace Monitor;
using namespace QtDelivery;
using namespace TestSupport;
using namespace Qt::StringLiterals;

// A process on the network in the monitor: how it is watched, what is said if it cannot be, and the
// dialog that asks for it.

namespace {

const QByteArray Token("tHe-sEcReT-0f-ThEsE-tEsTs");
const QByteArray Passphrase("open sesame");
const QString Pin(64, u'a');

/*! What can be watched over the network: a producer that nobody wants. */
struct Shop
{
    explicit Shop(const TlsSettings &tls, int port = 0)
        : node(NodeSettings{.nodeId = u"shop"_s})
        , producer(u"orders"_s, &node)
        , server(&node)
    {
        if (producer.start(&application)
            || server.listen(QUrl(u"tls://127.0.0.1:%1"_s.arg(port)), tls, {.secret = Token}))
            qFatal("The shop does not open.");
    }
    [[nodiscard]] QString address() const { return server.url().toString(); }

    QObject application;
    DeliveryNode node;
    ProducerController producer;
    MonitorServer server;
};

/*! A shop that closes and opens, always at one address, and a window. */
struct ShopWindow
{
    ShopWindow(const TlsSettings &tls, const QString &settingsPath)
        : shop(std::make_unique<Shop>(tls))
        , url(shop->server.url())
        , settings(settingsPath)
        , window(&settings)
    {
        window.show();
        window.watchSockets({});
    }
    void open(const TlsSettings &tls) { shop = std::make_unique<Shop>(tls, url.port()); }
    [[nodiscard]] Session &session() { return window.session(); }

    std::unique_ptr<Shop> shop;
    const QUrl url;
    SettingsFile settings;
    MainWindow window;
};

bool isShown(const QWidget &window, const QString &text)
{
    const auto labels = window.findChildren<QLabel *>();
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) {
        return label->isVisible() && label->text().contains(text);
    });
}

} // namespace

class TestRemoteWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void h62_watches();
    void h62_ownCertificate();
    void h62_cannotWatch_data();
    void h62_cannotWatch();
    void watchesAgain();
    void h62_refusedLater();
    void besideOthers();

    void dialog();
    void h62_dialogKeepsTheToken();
    void dialogRefuses();

private:
    [[nodiscard]] RemoteRequest request(const QString &address) const
    {
        return {.address = address,
                .authority = m_certificates.file(u"ca.pem"_s),
                .tokenFrom = u"file:"_s + m_directory.filePath(u"token"_s)};
    }
    void write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(m_directory.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("No file.");
    }
    [[nodiscard]] QString settingsPath() const { return m_settings->filePath(u"s.ini"_s); }

    Certificates m_certificates;
    QTemporaryDir m_directory;
    std::unique_ptr<QTemporaryDir> m_settings;
};

void TestRemoteWatch::initTestCase()
{
    const QString names = u"IP:127.0.0.1"_s;
    QVERIFY(m_certificates.makeAuthority(u"ca"_s));
    QVERIFY(m_certificates.makeAuthority(u"other-ca"_s));
    QVERIFY(m_certificates.makeCertificate(u"server"_s, u"ca"_s, names));
    QVERIFY(m_certificates.makeCertificate(u"stranger"_s, u"other-ca"_s, names));
    QVERIFY(m_certificates.makeCertificate(u"monitor"_s, u"ca"_s, u"DNS:monitor.example"_s));
    QVERIFY(m_certificates.encryptKey(u"monitor"_s, u"locked"_s, Passphrase));
    write(u"token"_s, Token + '\n');
    write(u"wrong"_s, "tHe-sEcReT-0f-ThEsE-tEsTs, but another");
}

void TestRemoteWatch::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support|a monitor at)"_s));
    m_settings = std::make_unique<QTemporaryDir>();
}

void TestRemoteWatch::h62_watches()
{
    const Shop shop(m_certificates.settings(u"server"_s, {}));
    SettingsFile settings(settingsPath());
    MainWindow window(&settings);
    window.show();
    window.watchSockets({});
    window.remoteWatch().begin(request(shop.address()));
    QTRY_COMPARE(window.session().pairs().rowCount(), 1);
    QCOMPARE(window.session().pairs().pairAt(0).title(), u"orders"_s);
    QCOMPARE(window.session().sources(), QStringList{shop.address()});
    QVERIFY(window.session().processText(shop.address()).endsWith(u", 127.0.0.1)"_s));
    // A recording has a connection of its own.
    const QString path = m_settings->filePath(u"record"_s);
    window.record(path);
    QTRY_COMPARE(shop.server.watcherCount(), 2);
    const qint64 head = window.recorder().bytes();
    QTRY_VERIFY(window.recorder().bytes() > head);
    window.recorder().stop();
    QFile record(path);
    QVERIFY(record.open(QIODevice::ReadOnly));
    QVERIFY(!record.readAll().contains(Token));
}

/*! By a process that lets in only who shows a certificate. */
void TestRemoteWatch::h62_ownCertificate()
{
    TlsSettings tls = m_certificates.settings(u"server"_s, u"ca"_s);
    tls.requireClientCertificate = true;
    const Shop shop(tls);
    SettingsFile settings(settingsPath());
    MainWindow window(&settings);
    window.show();
    window.watchSockets({});
    RemoteRequest asked = request(shop.address());
    window.remoteWatch().begin(asked);
    QTRY_VERIFY(isShown(window, u"or that it has none"_s));
    QCOMPARE(window.session().nodeCount(), 0);
    asked.certificate = m_certificates.file(u"monitor.pem"_s);
    asked.key = m_certificates.file(u"monitor.key"_s);
    window.remoteWatch().begin(asked);
    QTRY_COMPARE(window.session().nodeCount(), 1);
}

void TestRemoteWatch::h62_cannotWatch_data()
{
    QTest::addColumn<QString>("authority");
    QTest::addColumn<QString>("token");
    QTest::addColumn<bool>("listens");
    QTest::addColumn<QString>("words");
    const QString pin =
        QString::fromLatin1(TlsSettings::pinOf(m_certificates.certificate(u"server"_s)).toHex());
    QTest::newRow("wrong token") << u"ca"_s << u"wrong"_s << true << u"does not accept the token"_s;
    QTest::newRow("no token") << u"ca"_s << u"nothing"_s << true << u"cannot be read"_s;
    QTest::newRow("not trusted") << u"other-ca"_s << u"token"_s << true
                                 << u"fingerprint of its key is "_s + pin;
    QTest::newRow("refused") << u"ca"_s << u"token"_s << false << u"Nobody listens on"_s;
}

void TestRemoteWatch::h62_cannotWatch()
{
    QFETCH(const QString, authority);
    QFETCH(const QString, token);
    QFETCH(const bool, listens);
    QFETCH(const QString, words);
    Shop shop(m_certificates.settings(u"server"_s, {}));
    RemoteRequest asked = request(shop.address());
    if (!listens)
        shop.server.close();
    asked.authority = m_certificates.file(authority + u".pem"_s);
    asked.tokenFrom = u"file:"_s + m_directory.filePath(token);
    SettingsFile settings(settingsPath());
    MainWindow window(&settings);
    window.show();
    window.watchSockets({});
    window.remoteWatch().begin(asked);
    QTRY_VERIFY(isShown(window, words));
    QCOMPARE(window.session().nodeCount(), 0);
}

/*! A process that has ended is said to, and is watched as soon as it is back. */
void TestRemoteWatch::watchesAgain()
{
    ShopWindow watch(m_certificates.settings(u"server"_s, {}), settingsPath());
    watch.window.remoteWatch().begin(request(watch.url.toString()));
    QTRY_COMPARE(watch.session().pairs().rowCount(), 1);
    watch.shop.reset();
    QTRY_VERIFY(isShown(watch.window, u"has ended it"_s));
    QVERIFY(isShown(watch.window, watch.url.toString() + u" is lost"_s));
    QCOMPARE(watch.session().nodeCount(), 0);
    QCOMPARE(watch.session().lostSources(), QStringList{watch.url.toString()});
    const QSignalSpy failed(&watch.session(), &Session::watchFailed);
    const QSignalSpy looked(&watch.session(), &Session::sourcesChanged); // in vain
    QTRY_COMPARE_WITH_TIMEOUT(looked.size(), 1, 15'000);
    watch.open(m_certificates.settings(u"server"_s, {}));
    QTRY_COMPARE_WITH_TIMEOUT(watch.session().pairs().rowCount(), 1, 15'000);
    QVERIFY(isShown(watch.window, u"is watched again"_s));
    QCOMPARE(failed.size(), 0);
}

/*! Another process at the old one's address: it is not asked for ever. */
void TestRemoteWatch::h62_refusedLater()
{
    ShopWindow watch(m_certificates.settings(u"server"_s, {}), settingsPath());
    watch.window.remoteWatch().begin(request(watch.url.toString()));
    QTRY_COMPARE(watch.session().nodeCount(), 1);
    watch.shop.reset();
    QTRY_VERIFY(isShown(watch.window, u"Once it is back"_s));
    const QSignalSpy failed(&watch.session(), &Session::watchFailed);
    watch.open(m_certificates.settings(u"stranger"_s, {}));
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 15'000);
    QVERIFY(isShown(watch.window, u"fingerprint of its key is"_s));
    QCOMPARE(watch.session().lostSources(), QStringList());
}

/*! Two at once, and the second time the same one is one still. */
void TestRemoteWatch::besideOthers()
{
    const Shop first(m_certificates.settings(u"server"_s, {}));
    const Shop second(m_certificates.settings(u"server"_s, {}));
    SettingsFile settings(settingsPath());
    MainWindow window(&settings);
    window.watchSockets({});
    for (const QString &address : {first.address(), second.address(), first.address()})
        window.remoteWatch().begin(request(address));
    QTRY_COMPARE(window.session().nodeCount(), 2);
    QTRY_COMPARE(first.server.watcherCount(), 1);
    QCOMPARE(second.server.watcherCount(), 1);
}

// ---- the dialog

namespace {

/*! A dialog of its own window, filled in. */
struct Asking
{
    Asking(SettingsFile *settings, CredentialStore *keychain)
        : remote(settings, keychain, nullptr)
    {
        QObject::connect(&remote, &RemoteWatch::found, &remote,
                         [this](const RemoteProcess &process) { found.append(process); });
        QObject::connect(&remote, &RemoteWatch::failed, &remote,
                         [this](const QString &reason) { problems.append(reason); });
        remote.ask();
    }
    [[nodiscard]] QLineEdit *field(const QString &name) const
    {
        return remote.dialog()->findChild<QLineEdit *>(name);
    }
    [[nodiscard]] QCheckBox *keeps() const { return remote.dialog()->findChild<QCheckBox *>(); }

    RemoteWatch remote;
    QList<RemoteProcess> found;
    QStringList problems;
};

} // namespace

void TestRemoteWatch::dialog()
{
    SettingsFile settings(settingsPath());
    MemoryCredentialStore keychain;
    Asking asking(&settings, &keychain);
    QVERIFY(asking.remote.dialog()->isVisible());
    QCOMPARE(asking.field(u"token"_s)->echoMode(), QLineEdit::Password);
    QVERIFY(!asking.keeps()->isEnabled()); // nothing to keep yet
    asking.field(u"address"_s)->setText(u"tls://shop.example:4712"_s);
    asking.field(u"authority"_s)->setText(m_certificates.file(u"ca.pem"_s));
    asking.field(u"fingerprint"_s)->setText(Pin);
    asking.field(u"token"_s)->setText(QString::fromLatin1(Token));
    asking.field(u"certificate"_s)->setText(m_certificates.file(u"monitor.pem"_s));
    asking.field(u"key"_s)->setText(m_certificates.file(u"locked.key"_s));
    QCOMPARE(asking.field(u"passphrase"_s)->echoMode(), QLineEdit::Password);
    asking.field(u"passphrase"_s)->setText(QString::fromLatin1(Passphrase));
    QVERIFY(asking.keeps()->isEnabled());
    asking.remote.dialog()->accept();
    QTRY_COMPARE(asking.found.size(), 1);
    QCOMPARE(asking.found.first().source(), u"tls://shop.example:4712"_s);
    QCOMPARE(asking.found.first().token.secret, Token);
    QCOMPARE(asking.found.first().tls.pins.size(), 1);
    QCOMPARE(asking.found.first().tls.certificateChain.size(), 1);
    QVERIFY(asking.found.first().tls.privateKey.has_value());
    QTRY_VERIFY(!asking.remote.dialog());
    // It was not to be kept.
    asking.remote.ask();
    QCOMPARE(asking.field(u"address"_s)->text(), u"tls://shop.example:4712"_s);
    QCOMPARE(asking.field(u"fingerprint"_s)->text(), Pin);
    QVERIFY(asking.field(u"token"_s)->text().isEmpty());
    QCOMPARE(asking.field(u"key"_s)->text(), m_certificates.file(u"locked.key"_s));
    QVERIFY(asking.field(u"passphrase"_s)->text().isEmpty());
    asking.field(u"passphrase"_s)->setText(QString::fromLatin1(Passphrase));
    asking.remote.dialog()->accept();
    QTRY_COMPARE(asking.problems.size(), 1);
    QVERIFY(asking.problems.first().contains(u"nothing named 'monitor shop.example:4712'"_s));
}

void TestRemoteWatch::h62_dialogKeepsTheToken()
{
    SettingsFile settings(settingsPath());
    MemoryCredentialStore keychain;
    {
        Asking asking(&settings, &keychain);
        asking.field(u"address"_s)->setText(u"tls://shop.example:4712"_s);
        asking.field(u"token"_s)->setText(QString::fromLatin1(Token));
        asking.keeps()->setChecked(true);
        asking.remote.dialog()->accept();
        QTRY_COMPARE(asking.found.size(), 1);
        QCOMPARE(asking.problems, QStringList());
    }
    settings.settings().sync();
    QFile file(settingsPath());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray kept = file.readAll();
    QVERIFY(kept.contains("shop.example"));
    QVERIFY(!kept.contains(Token));
    Asking again(&settings, &keychain);
    again.remote.dialog()->accept();
    QTRY_COMPARE(again.found.size(), 1);
    QCOMPARE(again.found.first().token.secret, Token);
}

void TestRemoteWatch::dialogRefuses()
{
    SettingsFile settings(settingsPath());
    MemoryCredentialStore keychain;
    Asking asking(&settings, &keychain);
    asking.field(u"address"_s)->setText(u"shop.example"_s);
    asking.remote.dialog()->accept();
    QVERIFY(asking.remote.dialog()->isVisible());
    QVERIFY(isShown(*asking.remote.dialog(), u"write tls://HOST:PORT"_s));
    asking.remote.ask(); // the same one
    asking.remote.dialog()->reject();
    QTRY_VERIFY(!asking.remote.dialog());
    QVERIFY(asking.found.isEmpty());
}

QTEST_MAIN(TestRemoteWatch)
#include "tst_remotewatch.moc"
