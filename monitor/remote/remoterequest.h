// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "remoteprocess.h"

#include <QtDelivery/credentialstore.h>
#include <QtDelivery/result.h>

#include <QStringList>

#include <functional>

namespace Monitor {

/*! What a person says to watch a process on the network. */
struct RemoteRequest
{
    QString address = {}; //!< tls://host:port
    QString authority = {}; //!< a file of certificates that are believed; empty: the system's
    QStringList pins = {}; //!< fingerprints of keys, 64 hexadecimal digits each
    QString certificate = {}; //!< a file: what the monitor shows of itself; empty: nothing
    QString key = {}; //!< a file: the private key of #certificate
    QString keyPassphraseFrom = {}; //!< as #tokenFrom; empty: it needs none, or it was typed
    QByteArray keyPassphrase = {}; //!< that was typed
    QString tokenFrom = {}; //!< keychain:NAME, file:PATH or env:VARIABLE; not looked at with a
    QByteArray token = {}; //!< token that was typed

    /*! What makes no sense, as a whole sentence; empty if nothing. No file is looked at. */
    [[nodiscard]] QString problem() const;

    /*! The service whose secrets in the keychain these are, the same as that of the program
       qtdelivery. */
    [[nodiscard]] static QString keychainService();

    using Answer = std::function<void(const QtDelivery::Result<RemoteProcess> &)>;
    /*! Reads the files, and the token; \a answer is called once, perhaps within the call, unless
       \a context has been destroyed. \a keychain is asked for \c keychain: only, which may wait for
       a person. */
    void resolve(QtDelivery::CredentialStore *keychain, QObject *context,
                 const Answer &answer) const;

private:
    [[nodiscard]] QtDelivery::Result<RemoteProcess> process(const QByteArray &tokenRead,
                                                            const QByteArray &passphrase) const;
};

} // namespace Monitor
