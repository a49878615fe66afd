// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/credentialreference.h>

#include "credentialerrors.h"
#include "words/text.h"

#include <QDir>
#include <QFile>
#include <QObject>

#include <array>

namespace QtDelivery {

namespace {

using Place = CredentialReference::Place;

struct Prefix
{
    Place place;
    QLatin1StringView text;
};

constexpr std::array<Prefix, 3> Prefixes = {{
    {Place::Store, QLatin1StringView("keychain:")},
    {Place::File, QLatin1StringView("file:")},
    {Place::Environment, QLatin1StringView("env:")},
}};

Result<QByteArray> readFile(const QString &path)
{
    QFile file(path);
    if (file.open(QIODevice::ReadOnly)) {
        const QByteArray secret = file.read(CredentialStore::MaxSecretBytes + 1);
        if (secret.size() > CredentialStore::MaxSecretBytes)
            return secretTooLong();
        if (file.error() == QFileDevice::NoError)
            return secret;
    }
    Error::Code code = Error::Code::StorageFailed;
    if (!file.exists())
        code = Error::Code::CredentialNotFound;
    else if (file.error() == QFileDevice::PermissionsError)
        code = Error::Code::AccessDenied;
    return Error(code,
                 //: %1 is the name of a file, %2 the system's reason
                 Text::tr("The secret in %1 cannot be read: %2.")
                     .arg(QDir::toNativeSeparators(path), file.errorString()));
}

Result<QByteArray> readNonEmptyFile(const QString &path)
{
    const Result<QByteArray> secret = readFile(path);
    if (!secret || !secret->isEmpty())
        return secret;
    return Error(Error::Code::CredentialNotFound,
                 //: %1 is the name of a file
                 Text::tr("There is no secret in %1: the file is empty.")
                     .arg(QDir::toNativeSeparators(path)));
}

Result<QByteArray> readVariable(const QString &name)
{
    const QByteArray secret = qgetenv(name.toLocal8Bit().constData());
    if (!secret.isEmpty())
        return secret;
    return Error(Error::Code::CredentialNotFound,
                 //: %1 is the name of an environment variable
                 Text::tr("There is no secret in the environment variable %1.").arg(name));
}

} // namespace

Result<CredentialReference> CredentialReference::fromString(const QString &text)
{
    for (const Prefix &prefix : Prefixes) {
        if (text.startsWith(prefix.text) && text.size() > prefix.text.size()) {
            CredentialReference reference;
            reference.m_place = prefix.place;
            reference.m_name = text.sliced(prefix.text.size());
            return reference;
        }
    }
    // The text is not said: somebody may have written the secret itself.
    return Error(Error::Code::InvalidArgument,
                 Text::tr("A secret is in keychain:NAME, file:PATH or env:VARIABLE."));
}

QString CredentialReference::toString() const
{
    for (const Prefix &prefix : Prefixes) {
        if (prefix.place == m_place)
            return prefix.text + m_name;
    }
    return {};
}

void CredentialReference::read(CredentialStore *store, QObject *context,
                               CredentialStore::SecretAnswer answer) const
{
    if (m_place == Place::Store && store) {
        store->read(m_name, context, std::move(answer));
        return;
    }
    if (!context || !answer)
        return;
    Result<QByteArray> secret = noReference();
    if (m_place == Place::File)
        secret = readNonEmptyFile(m_name);
    else if (m_place == Place::Environment)
        secret = readVariable(m_name);
    QMetaObject::invokeMethod(
        context, [answer = std::move(answer), secret] { answer(secret); }, Qt::QueuedConnection);
}

QByteArray CredentialReference::withoutLineBreak(QByteArray secret)
{
    if (secret.endsWith('\n'))
        secret.chop(secret.endsWith("\r\n") ? 2 : 1);
    return secret;
}

} // namespace QtDelivery
