// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "credentialerrors.h"

#include "words/text.h"

#include <algorithm>

namespace QtDelivery {

namespace {

bool isName(const QString &name)
{
    const auto isControl = [](QChar c) { return c.category() == QChar::Other_Control; };
    return !name.isEmpty() && name.toUtf8().size() <= CredentialStore::MaxNameBytes
        && std::none_of(name.begin(), name.end(), isControl);
}

} // namespace

Error credentialRequestError(const CredentialRequest &request)
{
    using Kind = CredentialRequest::Kind;
    if (request.kind != Kind::ListNames && !isName(request.name))
        return {Error::Code::InvalidArgument,
                //: %1 is a number
                Text::tr("The name of a credential has 1 to %1 bytes and no control characters.")
                    .arg(CredentialStore::MaxNameBytes)};
    if (request.kind == Kind::Write && request.secret.isEmpty())
        return {Error::Code::InvalidArgument, Text::tr("An empty secret cannot be kept.")};
    if (request.secret.size() > CredentialStore::MaxSecretBytes)
        return secretTooLong();
    return {};
}

Error secretTooLong()
{
    return {Error::Code::LimitReached,
            //: %1 is a number
            Text::tr("A secret has at most %1 bytes.").arg(CredentialStore::MaxSecretBytes)};
}

Error noReference()
{
    return {Error::Code::InvalidArgument,
            Text::tr("It is not said where the secret is, or there is no store to ask for it.")};
}

Error credentialNotFound(const QString &name)
{
    //: %1 is the name of a credential
    return {Error::Code::CredentialNotFound, Text::tr("There is no credential \"%1\".").arg(name)};
}

Error credentialTimedOut(std::chrono::milliseconds timeout)
{
    return {Error::Code::TimedOut,
            //: %1 is a number
            Text::tr("The credential store has not answered within %1 seconds; a keychain may be "
                     "waiting for its password.")
                .arg(std::chrono::duration<double>(timeout).count())};
}

Error credentialStoreStopped()
{
    return {Error::Code::Stopped, Text::tr("The credential store was closed before it answered.")};
}

} // namespace QtDelivery
