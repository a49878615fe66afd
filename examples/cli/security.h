// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/sharedsecret.h>

#include <QCoreApplication>
#include <QList>
#include <QString>
#include <QStringList>

QT_BEGIN_NAMESPACE
class QUrl;
QT_END_NAMESPACE

namespace QtDelivery {
class DeliveryNode;
class MonitorServer;
} // namespace QtDelivery

namespace Cli {

/*! Who this process is to others, and whom it lets in. */
struct SecurityOptions
{
    QString certificate{}; //!< file, or empty
    QString key{}; //!< file, or empty
    QString keyPassphraseFrom{}; //!< as secretFrom
    QByteArray keyPassphrase{}; //!< what was there
    QString authority{}; //!< file, or empty
    QList<QByteArray> pins{};
    QString secretFrom{}; //!< keychain:NAME, file:PATH or env:VAR, or empty
    QtDelivery::SharedSecret secret{}; //!< what was there
    bool allowAnyone = false; //!< without encryption, too
    QString monitorAddress{}; //!< where monitors are awaited, or empty
    QString monitorTokenFrom{}; //!< as secretFrom
    QtDelivery::SharedSecret monitorToken{.name = QStringLiteral("monitor"), .secret = {}};
};

class Security
{
    Q_DECLARE_TR_FUNCTIONS(Security)

public:
    /*! The 32 bytes of a pin as 64 digits; false if it is none. */
    [[nodiscard]] static bool addPin(const QString &digits, SecurityOptions *options);

    /*! Where a secret can be; not whether there is one. */
    [[nodiscard]] static bool isSecretSource(const QString &text);

    /*! Fetches what is at \a source into \a secret, as it is; the reason as a sentence if that
       cannot be. A keychain that asks a person is waited for, in an event loop in which nothing
       else should go on. */
    [[nodiscard]] static QString fetch(const QString &source, QByteArray *secret);

    /*! Fetches the secrets that \a options name, if any, likewise. */
    [[nodiscard]] static QString fetchSecrets(SecurityOptions *options);

    /*! Tells \a node, which is about to listen on or connect to \a url; the reason as a sentence if
       that cannot be. Reads the files of the certificates. */
    [[nodiscard]] static QString apply(const SecurityOptions &options, bool listens,
                                       const QUrl &url, QtDelivery::DeliveryNode *node);

    /*! Lets \a server await monitors, if they are wanted; the reason as a sentence if that cannot
       be. */
    [[nodiscard]] static QString awaitMonitors(const SecurityOptions &options,
                                               QtDelivery::MonitorServer *server);

private:
    [[nodiscard]] static QString applyTls(const SecurityOptions &options, bool listens,
                                          QtDelivery::DeliveryNode *node);
    [[nodiscard]] static QString fetch(const QString &from, QtDelivery::SharedSecret *secret);
    [[nodiscard]] static QString readKeychain(const QString &name, QByteArray *secret);
};

} // namespace Cli
