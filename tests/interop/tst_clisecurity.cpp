// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "cliprocess.h"

#include "../link/certificates.h"

#include <QtDelivery/monitorclient.h>

#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace QtDelivery;
using namespace TestSupport;
using namespace Qt::StringLiterals;

// qtdelivery send and receive over tls://, with secrets: who gets through, and that no secret is
// ever said.

namespace {

const QByteArray Secret = "tHe-sEcReT-0f-ThEsE-tEsTs";

} // namespace

class TestCliSecurity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void h62_getsThrough_data();
    void h62_getsThrough();
    void h62_isRefused_data();
    void h62_isRefused();
    void h62_lockedKey();
    void h62_isWatched_data();
    void h62_isWatched();

private:
    [[nodiscard]] QStringList options(const QString &text) const;

    Certificates m_certificates;
};

void TestCliSecurity::initTestCase()
{
    QVERIFY(m_certificates.makeAuthority(u"ca"_s));
    QVERIFY(m_certificates.makeAuthority(u"otherca"_s));
    QVERIFY(m_certificates.makeCertificate(u"server"_s, u"ca"_s, u"IP:127.0.0.1"_s));
    QVERIFY(m_certificates.makeCertificate(u"client"_s, u"ca"_s, u"DNS:client.example"_s));
    for (const auto &[name, secret] : {std::pair(u"right"_s, Secret), {u"wrong"_s, Secret + "!"}}) {
        QFile file(m_certificates.file(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(secret + '\n'), secret.size() + 1);
    }
    qputenv("QTDELIVERY_TEST_SECRET", Secret);
    QVERIFY(m_certificates.encryptKey(u"server"_s, u"locked"_s, Secret));
}

/*! Words: "cert:NAME", "ca:NAME", "pin:NAME", or what they are. */
QStringList TestCliSecurity::options(const QString &text) const
{
    QStringList arguments;
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : words) {
        const QString name = word.section(u':', 1);
        if (word.startsWith(u"cert:"))
            arguments += {u"--tls-cert"_s, m_certificates.file(name + u".pem"_s), u"--tls-key"_s,
                          m_certificates.file(name + u".key"_s)};
        else if (word.startsWith(u"locked:"))
            arguments += {u"--tls-cert"_s,
                          m_certificates.file(u"server.pem"_s),
                          u"--tls-key"_s,
                          m_certificates.file(u"locked.key"_s),
                          u"--tls-key-passphrase-from"_s,
                          u"file:"_s + m_certificates.file(name)};
        else if (word.startsWith(u"ca:"))
            arguments += {u"--tls-ca"_s, m_certificates.file(name + u".pem"_s)};
        else if (word.startsWith(u"pin:"))
            arguments +=
                {u"--pin"_s,
                 QString::fromLatin1(
                     QtDelivery::TlsSettings::pinOf(m_certificates.certificate(name)).toHex())};
        else if (word.startsWith(u"file:"))
            arguments += {u"--secret-from"_s, u"file:"_s + m_certificates.file(name)};
        else if (word.startsWith(u"env:"))
            arguments += {u"--secret-from"_s, word};
    }
    return arguments;
}

void TestCliSecurity::h62_getsThrough_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("client");
    QTest::newRow("authority") << u"cert:server"_s << u"ca:ca"_s;
    QTest::newRow("both sides") << u"cert:server ca:ca"_s << u"cert:client ca:ca"_s;
    QTest::newRow("pin") << u"cert:server"_s << u"pin:server"_s;
    QTest::newRow("pins of both") << u"cert:server pin:client"_s << u"cert:client pin:server"_s;
    QTest::newRow("key with a passphrase") << u"locked:right"_s << u"ca:ca"_s;
    QTest::newRow("secret") << u"cert:server file:right"_s << u"ca:ca env:QTDELIVERY_TEST_SECRET"_s;
}

void TestCliSecurity::h62_getsThrough()
{
    QFETCH(const QString, server);
    QFETCH(const QString, client);
    const PortFile portFile;
    CliProcess receiver(QStringList{u"receive"_s, u"--flow"_s, u"x"_s, u"--count"_s, u"1"_s,
                                    u"--verbose"_s, u"--listen"_s, u"tls://127.0.0.1:0"_s,
                                    u"--port-file"_s, portFile.name()}
                        + options(server));
    const quint16 port = portFile.port();
    QVERIFY2(port > 0, receiver.complaints().constData());
    CliProcess sender(QStringList{u"send"_s, u"--flow"_s, u"x"_s, u"--verbose"_s, u"--connect"_s,
                                  u"tls://127.0.0.1:%1"_s.arg(port)}
                          + options(client),
                      CliProcess::Input::Open);
    sender.write("hello\n");
    sender.closeInput();
    QVERIFY2(sender.exitCode() == 0, sender.complaints().constData());
    QCOMPARE(receiver.exitCode(), 0);
    QCOMPARE(receiver.output(), "hello\n"_ba);
    for (CliProcess *process : {&receiver, &sender})
        QVERIFY2(!process->complaints().contains(Secret), process->complaints().constData());
}

void TestCliSecurity::h62_isRefused_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("client");
    QTest::addColumn<QByteArray>("word");
    QTest::newRow("another authority") << u"cert:server"_s << u"ca:otherca"_s << "authority"_ba;
    QTest::newRow("another key") << u"cert:server"_s << u"pin:client"_s << "key"_ba;
    QTest::newRow("no certificate") << u"cert:server ca:ca"_s << u"ca:ca"_s << "does not accept"_ba;
    QTest::newRow("wrong secret") << u"cert:server file:right"_s << u"ca:ca file:wrong"_s
                                  << "shared secret"_ba;
    QTest::newRow("no secret") << u"cert:server file:right"_s << u"ca:ca"_s << "shared secret"_ba;
}

void TestCliSecurity::h62_isRefused()
{
    QFETCH(const QString, server);
    QFETCH(const QString, client);
    QFETCH(const QByteArray, word);
    const PortFile portFile;
    CliProcess receiver(QStringList{u"receive"_s, u"--flow"_s, u"x"_s, u"--verbose"_s,
                                    u"--listen"_s, u"tls://127.0.0.1:0"_s, u"--port-file"_s,
                                    portFile.name()}
                        + options(server));
    const quint16 port = portFile.port();
    QVERIFY2(port > 0, receiver.complaints().constData());
    CliProcess sender(QStringList{u"send"_s, u"--flow"_s, u"x"_s, u"--verbose"_s, u"--connect"_s,
                                  u"tls://127.0.0.1:%1"_s.arg(port)}
                          + options(client),
                      CliProcess::Input::Open);
    sender.write("hello\n");
    sender.closeInput();
    QTRY_VERIFY2(sender.complaints().contains("Trying again."), sender.complaints().constData());
    QVERIFY2(sender.complaints().contains(word), sender.complaints().constData());
    QVERIFY(sender.isRunning());
    QCOMPARE(receiver.output(), QByteArray());
    for (CliProcess *process : {&receiver, &sender})
        QVERIFY2(!process->complaints().contains(Secret), process->complaints().constData());
}

void TestCliSecurity::h62_lockedKey()
{
    for (const QStringList &given :
         {options(u"locked:wrong"_s), options(u"locked:right"_s).first(4)}) {
        CliProcess refused(
            QStringList{u"receive"_s, u"--flow"_s, u"x"_s, u"--listen"_s, u"tls://127.0.0.1:0"_s}
            + given);
        QCOMPARE(refused.exitCode(), 1);
        QVERIFY2(refused.complaints().contains("passphrase"), refused.complaints().constData());
        QVERIFY(!refused.complaints().contains(Secret));
    }
}

void TestCliSecurity::h62_isWatched_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("token");
    QTest::newRow("send") << u"send"_s << u"right"_s;
    QTest::newRow("receive") << u"receive"_s << u"right"_s;
    QTest::newRow("without the token") << u"send"_s << u"wrong"_s;
}

/*! By a monitor on another machine, as it were. */
void TestCliSecurity::h62_isWatched()
{
    QFETCH(const QString, command);
    QFETCH(const QString, token);
    const bool isRight = token == u"right";
    CliProcess process(QStringList{command, u"--flow"_s, u"x"_s, u"--verbose"_s, u"--listen"_s,
                                   u"tcp://127.0.0.1:0"_s, u"--monitor-listen"_s,
                                   u"tls://127.0.0.1:0"_s, u"--monitor-token-from"_s,
                                   u"env:QTDELIVERY_TEST_SECRET"_s}
                           + options(u"cert:server"_s),
                       CliProcess::Input::Open);
    const QRegularExpression line(u"monitors are awaited on (tls://127\\.0\\.0\\.1:\\d+)\n"_s);
    const auto address = [&] {
        return line.match(QString::fromUtf8(process.complaints())).captured(1);
    };
    QTRY_VERIFY_WITH_TIMEOUT(!address().isEmpty(), 30'000);

    SharedSecret secret;
    QVERIFY(!secret.loadFile(m_certificates.file(token)));
    MonitorClient client;
    QStringList flows;
    Error end;
    connect(&client, &MonitorClient::flowsUpdated, &client,
            [&](const QList<FlowSnapshot> &changed) { flows.append(changed.first().key()); });
    connect(&client, &MonitorClient::disconnected, &client,
            [&end](const Error &reason) { end = reason; });
    client.connectTo(QUrl(address()), m_certificates.settings({}, u"ca"_s), secret);
    QTRY_VERIFY(client.isComplete() || end);
    QCOMPARE(end.code(), isRight ? Error::Code::NoError : Error::Code::NotAuthenticated);
    if (isRight)
        QTRY_VERIFY(!flows.isEmpty());
    QVERIFY2(!process.complaints().contains(Secret), process.complaints().constData());
}

QTEST_GUILESS_MAIN(TestCliSecurity)
#include "tst_clisecurity.moc"
