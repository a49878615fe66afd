// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/credentialreference.h>
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
    QtDelivery::CredentialReference keyPassphraseFrom{}; //!< empty: it has none
    QByteArray keyPassphrase{}; //!< what was there
    QString authority{}; //!< file, or empty
    QList<QByteArray> pins{};
    QtDelivery::CredentialReference secretFrom{}; //!< empty: there is none
    QtDelivery::SharedSecret secret{}; //!< what was there
    bool allowAnyone = false; //!< without encryption, too
    QString monitorAddress{}; //!< where monitors are awaited, or empty
    QtDelivery::CredentialReference monitorTokenFrom{}; //!< empty: there is none
    QtDelivery::SharedSecret monitorToken{.name = QStringLiteral("monitor"), .secret = {}};
};

class Security
{
    Q_DECLARE_TR_FUNCTIONS(Security)

public:
    /*! The 32 bytes of a pin as 64 digits; false if it is none. */
    [[nodiscard]] static bool addPin(const QString &digits, SecurityOptions *options);

    /*! Fetches the secrets that \a options name, if any; the reason as a sentence if that cannot
       be. Waits as CredentialReader::read() does. */
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
    [[nodiscard]] static QString fetch(const QtDelivery::CredentialReference &from,
                                       QtDelivery::SharedSecret *secret);
};

} // namespace Cli
