// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "keychainentries.h"

#include "words/text.h"

#include <QObject>

#include <qt6keychain/keychain.h>

namespace QtDelivery {

namespace {

using QKeychain::Job;

Error noSuchEntry()
{
    return {Error::Code::CredentialNotFound, Text::tr("The keychain has no such entry.")};
}

Error entryError(const Job &job)
{
    switch (job.error()) {
    case QKeychain::NoError:
        return {};
    case QKeychain::EntryNotFound:
        return noSuchEntry();
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return {Error::Code::AccessDenied,
                //: %1 is the keychain's reason
                Text::tr("The keychain is locked, or does not let this program in (%1). Unlock it, "
                         "or keep the credentials in a file.")
                    .arg(job.errorString())};
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::OtherError:
        break;
    }
    return {
        Error::Code::KeychainUnavailable,
        //: %1 is the system's reason
        Text::tr("The keychain cannot be reached (%1). It needs a desktop session with a keychain, "
                 "such as gnome-keyring or KWallet; without one, keep the credentials in a "
                 "file.")
            .arg(job.errorString())};
}

/*!
    A job belongs to nobody but QtKeychain, and deletes itself when it is finished: one that is
   deleted before, while the keychain asks for a password, is still answered, and that crashes. So
   one that takes too long is left alone, and only the connection to it is cut, by the end of its
   context.
*/
class KeychainEntries final : public SecretEntries
{
public:
    explicit KeychainEntries(const QString &service)
        : m_service(service)
        , m_context(std::make_unique<QObject>())
    { }

    void get(const QString &key, GetAnswer answer) override
    {
        auto *job = new QKeychain::ReadPasswordJob(m_service);
        start(job, key, [job, answer = std::move(answer)](const Error &error) {
            if (error)
                answer(error);
            else if (job->binaryData().isEmpty()) // KWallet's way to say it; no entry of ours is
                answer(noSuchEntry());
            else
                answer(job->binaryData());
        });
    }

    void put(const QString &key, const QByteArray &value, DoneAnswer answer) override
    {
        auto *job = new QKeychain::WritePasswordJob(m_service);
        job->setBinaryData(value);
        start(job, key, std::move(answer));
    }

    void drop(const QString &key, DoneAnswer answer) override
    {
        start(new QKeychain::DeletePasswordJob(m_service), key,
              [answer = std::move(answer)](const Error &error) {
                  answer(error.code() == Error::Code::CredentialNotFound ? Error() : error);
              });
    }

    void forget() override { m_context = std::make_unique<QObject>(); }

private:
    void start(Job *job, const QString &key, DoneAnswer answer)
    {
        job->setKey(key);
        job->setInsecureFallback(false); // nothing in plain text, whatever the default becomes
        QObject::connect(
            job, &Job::finished, m_context.get(),
            [answer = std::move(answer)](Job *finished) { answer(entryError(*finished)); });
        job->start();
    }

    const QString m_service;
    std::unique_ptr<QObject> m_context;
};

} // namespace

bool hasKeychainSupport()
{
    return true;
}

std::unique_ptr<SecretEntries> makeKeychainEntries(const QString &service)
{
    return std::make_unique<KeychainEntries>(service);
}

} // namespace QtDelivery
