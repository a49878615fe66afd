// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/filecredentialstore.h>

#include "vaultworker.h"

#include <QCoreApplication>
#include <QEvent>

namespace QtDelivery {

/*! A child of the store, so that it is always in the same thread. */
class FileCredentialStorePrivate : public QObject
{
public:
    FileCredentialStorePrivate(FileCredentialStore *store, const QString &path,
                               const QByteArray &passphrase,
                               std::function<void(const CredentialOutcome &)> answer)
        : QObject(store)
        , path(path)
        , worker(path, passphrase,
                 [this] { QCoreApplication::postEvent(this, new QEvent(QEvent::User)); })
        , m_answer(std::move(answer))
    { }

    const QString path;
    VaultWorker worker; // its thread ends before this object does

protected:
    void customEvent(QEvent * /*event*/) override
    {
        if (const std::optional<CredentialOutcome> outcome = worker.takeAnswer())
            m_answer(*outcome);
    }

private:
    const std::function<void(const CredentialOutcome &)> m_answer;
};

FileCredentialStore::FileCredentialStore(const QString &path, const QByteArray &passphrase,
                                         QObject *parent)
    : CredentialStore(parent)
    , d(std::make_unique<FileCredentialStorePrivate>(
          this, path, passphrase, [this](const CredentialOutcome &outcome) { end(outcome); }))
{ }

FileCredentialStore::~FileCredentialStore() = default;

bool FileCredentialStore::isSupported()
{
    return VaultCipher::isSupported();
}

QString FileCredentialStore::path() const
{
    return d->path;
}

void FileCredentialStore::begin(const QtDelivery::CredentialRequest &request)
{
    d->worker.request(request);
}

void FileCredentialStore::abandon()
{
    d->worker.cancel();
}

} // namespace QtDelivery
