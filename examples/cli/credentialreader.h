// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/credentialreference.h>

#include <QCoreApplication>

namespace Cli {

/*! Secrets from where the command line says they are. */
class CredentialReader
{
    Q_DECLARE_TR_FUNCTIONS(CredentialReader)

public:
    /*! What is there, as it is. A keychain that asks a person is waited for, in an event loop in
       which nothing else should go on. */
    [[nodiscard]] static QtDelivery::Result<QByteArray> read(
        const QtDelivery::CredentialReference &reference);
};

} // namespace Cli
