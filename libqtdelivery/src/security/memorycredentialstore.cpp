// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/memorycredentialstore.h>

#include "credentialerrors.h"

namespace QtDelivery {

MemoryCredentialStore::MemoryCredentialStore(QObject *parent)
    : CredentialStore(parent)
{ }

MemoryCredentialStore::~MemoryCredentialStore() = default;

void MemoryCredentialStore::begin(const QtDelivery::CredentialRequest &request)
{
    using Kind = CredentialRequest::Kind;
    CredentialOutcome outcome;
    const bool needsOne = request.kind == Kind::Read || request.kind == Kind::Remove;
    if (needsOne && !m_secrets.contains(request.name))
        outcome.error = credentialNotFound(request.name);
    else if (request.kind == Kind::Read)
        outcome.secret = m_secrets.value(request.name);
    else if (request.kind == Kind::Write)
        m_secrets.insert(request.name, request.secret);
    else if (request.kind == Kind::Remove)
        m_secrets.remove(request.name);
    else
        outcome.names = m_secrets.keys();
    end(outcome);
}

void MemoryCredentialStore::abandon() { }

} // namespace QtDelivery
