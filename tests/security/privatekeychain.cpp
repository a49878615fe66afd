// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "privatekeychain.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QStandardPaths>
#include <QTest>

#include <csignal>

#include <sys/prctl.h>

namespace QtDelivery::Test {

namespace {

using namespace Qt::StringLiterals;

constexpr int Patience = 30'000; // ms
const QString Service = u"org.freedesktop.secrets"_s;
const QDBusObjectPath Collection(u"/org/freedesktop/secrets/collection/login"_s);
const QByteArray Password = "open sesame";

/*! Without the services of the machine: nothing else is started, nobody is asked for a password. */
const QByteArray BusConfiguration = R"(<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=%1</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
)";

void endWithThisProcess()
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
}

void end(QProcess *process)
{
    if (process->state() == QProcess::NotRunning)
        return;
    process->kill();
    process->waitForFinished();
}

QDBusConnection bus()
{
    return QDBusConnection::connectToBus(
        QString::fromLocal8Bit(qgetenv("DBUS_SESSION_BUS_ADDRESS")), u"private"_s);
}

QDBusMessage serviceCall(const QString &interface, const QString &method)
{
    return QDBusMessage::createMethodCall(Service, u"/org/freedesktop/secrets"_s, interface,
                                          method);
}

} // namespace

QString PrivateKeychain::obstacle()
{
    for (const QString &program : {u"dbus-daemon"_s, u"gnome-keyring-daemon"_s}) {
        if (QStandardPaths::findExecutable(program).isEmpty())
            return program + u" is not installed"_s;
    }
    return {};
}

PrivateKeychain::~PrivateKeychain()
{
    QDBusConnection::disconnectFromBus(u"private"_s);
    end(&m_keyring);
    end(&m_bus);
}

bool PrivateKeychain::start()
{
    QDir(m_home.path()).mkdir(u"run"_s);
    QFile::setPermissions(path(u"run"_s), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    qputenv("HOME", QFile::encodeName(m_home.path()));
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(path(u"run"_s)));
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + QFile::encodeName(path(u"bus"_s)));
    qputenv("QTKEYCHAIN_BACKEND", "libsecret");
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "XDG_CURRENT_DESKTOP", "XDG_DATA_HOME",
                             "XDG_CONFIG_HOME", "XDG_CACHE_HOME"})
        qunsetenv(name);
    return startBus() && startKeyring();
}

bool PrivateKeychain::startBus()
{
    QFile configuration(path(u"bus.conf"_s));
    if (!configuration.open(QIODevice::WriteOnly))
        return false;
    configuration.write(QString::fromLatin1(BusConfiguration).arg(path(u"bus"_s)).toUtf8());
    configuration.close();
    m_bus.setChildProcessModifier(endWithThisProcess);
    m_bus.setStandardErrorFile(path(u"bus.log"_s));
    m_bus.start(u"dbus-daemon"_s,
                {u"--nofork"_s, u"--nopidfile"_s, u"--config-file="_s + configuration.fileName()});
    const auto isThere = [this] { return QFile::exists(path(u"bus"_s)); };
    if (m_bus.waitForStarted(Patience) && QTest::qWaitFor(isThere, Patience))
        return true;
    qWarning("dbus-daemon does not start");
    return false;
}

bool PrivateKeychain::startKeyring()
{
    m_keyring.setChildProcessModifier(endWithThisProcess);
    m_keyring.setStandardOutputFile(path(u"keyring.out"_s));
    m_keyring.setStandardErrorFile(path(u"keyring.log"_s));
    m_keyring.start(u"gnome-keyring-daemon"_s,
                    {u"--unlock"_s, u"--components=secrets"_s, u"--foreground"_s});
    m_keyring.write(Password);
    m_keyring.closeWriteChannel();
    const auto isThere = [] { return bus().interface()->isServiceRegistered(Service).value(); };
    if (m_keyring.waitForStarted(Patience) && bus().isConnected()
        && QTest::qWaitFor(isThere, Patience))
        return true;
    qWarning("gnome-keyring-daemon does not start");
    return false;
}

bool PrivateKeychain::lock()
{
    QDBusMessage call = QDBusMessage::createMethodCall(
        Service, u"/org/freedesktop/secrets"_s, u"org.freedesktop.Secret.Service"_s, u"Lock"_s);
    const QList<QDBusObjectPath> collections{
        QDBusObjectPath(u"/org/freedesktop/secrets/collection/login"_s)};
    call.setArguments({QVariant::fromValue(collections)});
    return bus().call(call).type() == QDBusMessage::ReplyMessage;
}

bool PrivateKeychain::unlock()
{
    QDBusMessage open = serviceCall(u"org.freedesktop.Secret.Service"_s, u"OpenSession"_s);
    open.setArguments({u"plain"_s, QVariant::fromValue(QDBusVariant(QString()))});
    const QDBusMessage session = bus().call(open);
    if (session.type() != QDBusMessage::ReplyMessage)
        return false;
    // What the desktop's dialog for passwords calls.
    QDBusMessage call = serviceCall(u"org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"_s,
                                    u"UnlockWithMasterPassword"_s);
    QDBusArgument secret;
    secret.beginStructure();
    secret << session.arguments().value(1).value<QDBusObjectPath>() << QByteArray() << Password
           << u"text/plain"_s;
    secret.endStructure();
    call.setArguments({QVariant::fromValue(Collection), QVariant::fromValue(secret)});
    return bus().call(call).type() == QDBusMessage::ReplyMessage;
}

void PrivateKeychain::freeze()
{
    ::kill(pid_t(m_keyring.processId()), SIGSTOP);
}

void PrivateKeychain::thaw()
{
    ::kill(pid_t(m_keyring.processId()), SIGCONT);
}

QByteArray PrivateKeychain::storedBytes() const
{
    QByteArray bytes;
    QDirIterator files(m_home.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly))
            bytes += file.readAll();
    }
    return bytes;
}

} // namespace QtDelivery::Test
