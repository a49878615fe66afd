// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "credentialvault.h"

#include "credentialerrors.h"
#include "storage/syncedfile.h"
#include "words/text.h"

#include <QDataStream>
#include <QFileInfo>
#include <QIODevice>

namespace QtDelivery {

namespace {

// More than a thousand of the longest secrets; a longer file is none of ours.
constexpr qint64 MaxFileBytes = 128LL * 1024 * 1024;

} // namespace

CredentialOutcome CredentialVault::carryOut(const CredentialRequest &request)
{
    if (!VaultCipher::isSupported())
        return {.error = vaultsUnsupported()};
    if (!m_hasPassphrase)
        return {.error = {Error::Code::InvalidArgument,
                          Text::tr("A file of credentials needs a passphrase.")}};
    if (!request.isWriting())
        return carryOutReading(request);
    // Opened for each writing: whoever cleans up may remove it at any other time.
    SyncedFile lock;
    const QString path = file() + QStringLiteral(".lock");
    Error error = lock.open(path, SyncedFile::Mode::Create);
    if (!error)
        error = lock.lock();
    if (!error)
        error = carryOutWriting(request);
    return {.error = error};
}

CredentialOutcome CredentialVault::carryOutReading(const CredentialRequest &request)
{
    Secrets secrets;
    if (const Error error = load(&secrets))
        return {.error = error};
    if (request.kind == CredentialRequest::Kind::ListNames)
        return {.names = secrets.keys()};
    if (!secrets.contains(request.name))
        return {.error = credentialNotFound(request.name)};
    return {.secret = secrets.value(request.name)};
}

Error CredentialVault::carryOutWriting(const CredentialRequest &request)
{
    Secrets secrets;
    if (const Error error = load(&secrets))
        return error;
    if (request.kind == CredentialRequest::Kind::Write)
        secrets.insert(request.name, request.secret);
    else if (secrets.remove(request.name) == 0)
        return credentialNotFound(request.name);
    return save(secrets);
}

Error CredentialVault::load(Secrets *secrets)
{
    if (!QFileInfo::exists(file()))
        return {};
    SyncedFile vault;
    if (const Error error = vault.open(file(), SyncedFile::Mode::ReadOnly))
        return error;
    const Result<qint64> size = vault.size();
    if (!size)
        return size.error();
    if (*size > MaxFileBytes)
        return vaultDamaged(file());
    QByteArray bytes;
    if (const Error error = vault.read(*size, &bytes))
        return error;
    const Result<QByteArray> content = m_cipher.open(bytes, file());
    if (!content)
        return content.error();
    QDataStream stream(*content);
    stream.setVersion(QDataStream::Qt_6_4);
    stream >> *secrets;
    return stream.status() == QDataStream::Ok && stream.atEnd() ? Error() : vaultDamaged(file());
}

Error CredentialVault::save(const Secrets &secrets)
{
    QByteArray content;
    QDataStream stream(&content, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_4);
    stream << secrets;
    const Result<QByteArray> vault = m_cipher.seal(content);
    return vault ? replaceSyncedFile(file(), *vault) : vault.error();
}

QString CredentialVault::file() const
{
    // What a link leads to is replaced, not the link.
    const QString target = QFileInfo(m_path).canonicalFilePath();
    return target.isEmpty() ? m_path : target;
}

} // namespace QtDelivery
