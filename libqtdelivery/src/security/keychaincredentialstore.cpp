// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/keychaincredentialstore.h>

#include "keychainentries.h"
#include "splitsecrets.h"
#include "storage/syncedfile.h"
#include "words/text.h"

#include <QtDelivery/monitorregistry.h>

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QThread>
#include <QTimer>
#include <QUuid>

namespace QtDelivery {

namespace {

using namespace std::chrono_literals;

constexpr auto KeychainLockInterval = 20ms;

QString newToken()
{
    return QUuid::createUuid().toString(QUuid::Id128);
}

/*! Of the processes of this user that write to \a service. */
QString lockPath(const QString &service)
{
    const QByteArray hash = QCryptographicHash::hash(service.toUtf8(), QCryptographicHash::Sha256);
    return QStringLiteral("%1/keychain-%2.lock")
        .arg(MonitorRegistry::directory(), QString::fromLatin1(hash.toHex().left(16)));
}

Error makeLockDirectory()
{
    const QString path = MonitorRegistry::directory();
    const auto ownerOnly = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    const QDir parent(QFileInfo(path).path());
    const bool isThere = QFileInfo(path).isDir()
        || (parent.mkpath(QStringLiteral(".")) && QDir().mkdir(path, ownerOnly))
        || QFileInfo(path).isDir(); // somebody else was faster
    if (isThere)
        return {};
    return {Error::Code::StorageFailed,
            //: %1 is a directory
            Text::tr("The directory %1, which writing to the keychain needs, cannot be made.")
                .arg(QDir::toNativeSeparators(path))};
}

} // namespace

/*! One request at a time: locks, if it writes, and has it carried out. */
class KeychainCredentialStorePrivate
{
public:
    using Answer = SplitSecrets::Answer;

    explicit KeychainCredentialStorePrivate(const QString &service)
        : service(service)
        , m_entries(makeKeychainEntries(service))
        , m_secrets(m_entries.get(), newToken)
    { }

    void carryOut(const CredentialRequest &request, const Answer &answer);
    void forget();

    const QString service;

private:
    [[nodiscard]] Error obstacle() const;
    void lockAndCarryOut(const CredentialRequest &request, const Answer &answer);

    const std::unique_ptr<SecretEntries> m_entries;
    SplitSecrets m_secrets;
    SyncedFile m_lock;
    QTimer m_retry;
};

Error KeychainCredentialStorePrivate::obstacle() const
{
    if (!m_entries)
        return {Error::Code::KeychainUnavailable,
                Text::tr("This program was built without support for keychains. Keep the "
                         "credentials in a file.")};
    if (service.isEmpty())
        return {Error::Code::InvalidArgument,
                Text::tr("The credentials in a keychain need the name of a service.")};
    if (!QCoreApplication::instance()
        || QThread::currentThread() != QCoreApplication::instance()->thread())
        return {Error::Code::WrongThread,
                Text::tr("A keychain can be used in the thread of the application only.")};
    return {};
}

void KeychainCredentialStorePrivate::carryOut(const CredentialRequest &request,
                                              const Answer &answer)
{
    Error error = obstacle();
    if (!error && request.isWriting())
        error = makeLockDirectory();
    if (!error && request.isWriting())
        error = m_lock.open(lockPath(service), SyncedFile::Mode::Create);
    if (error)
        answer({.error = error});
    else
        lockAndCarryOut(request, answer);
}

void KeychainCredentialStorePrivate::lockAndCarryOut(const CredentialRequest &request,
                                                     const Answer &answer)
{
    const Error error = request.isWriting() ? m_lock.lock() : Error();
    if (error.code() == Error::Code::StorageInUse) {
        // Another process writes, which takes a moment, or waits for a person. The end of our time
        // is the store's.
        m_retry.setSingleShot(true);
        m_retry.disconnect();
        QObject::connect(&m_retry, &QTimer::timeout, &m_retry,
                         [=, this] { lockAndCarryOut(request, answer); });
        m_retry.start(KeychainLockInterval);
        return;
    }
    if (error)
        return answer({.error = error});
    m_secrets.carryOut(request, [this, answer](const CredentialOutcome &outcome) {
        m_lock.close();
        answer(outcome);
    });
}

void KeychainCredentialStorePrivate::forget()
{
    m_retry.stop();
    m_retry.disconnect(); // what is connected holds the secret
    if (m_entries)
        m_secrets.forget();
    m_lock.close();
}

KeychainCredentialStore::KeychainCredentialStore(const QString &service, QObject *parent)
    : CredentialStore(parent)
    , d(std::make_unique<KeychainCredentialStorePrivate>(service))
{ }

KeychainCredentialStore::~KeychainCredentialStore() = default;

bool KeychainCredentialStore::isSupported()
{
    return hasKeychainSupport();
}

QString KeychainCredentialStore::service() const
{
    return d->service;
}

void KeychainCredentialStore::begin(const QtDelivery::CredentialRequest &request)
{
    d->carryOut(request, [this](const CredentialOutcome &outcome) { end(outcome); });
}

void KeychainCredentialStore::abandon()
{
    d->forget();
}

} // namespace QtDelivery
