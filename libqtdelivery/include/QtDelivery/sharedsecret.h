// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/error.h>

#include <QByteArray>
#include <QString>

namespace QtDelivery {

/*! \brief A secret that two nodes have in common, by which they recognise each other.

    It never crosses the wire: each side proves that it has it (doc/protocol.md, section 5). It does
    not encrypt anything: on addresses that others can listen to use it with `tls://`. Who listens
    and pretends to be a node can try guesses at home, so let it be random:

    \code{.sh}
    openssl rand -base64 32
    \endcode

    A plain value. It has no QDebug operator, so that it does not get into a log by accident. */
struct QTDELIVERY_EXPORT SharedSecret
{
    /*! Which one it is, for both sides the same, and whom the peer is taken for that proves it: 1
       to 255 bytes of UTF-8 without control characters. Not secret. */
    QString name = QStringLiteral("shared");

    /*! At least 16 bytes. */
    QByteArray secret = {};

    /*! No error if both members are as they must be; otherwise Error::Code::InvalidSetting, which
        does not say the secret. */
    [[nodiscard]] Error validate() const;

    /*! What is in the file \a fileName, without white space at its ends. An error names the file
        and leaves #secret as it was. Reads at once: in a GUI, not from a slow disk. */
    Error loadFile(const QString &fileName);
};

} // namespace QtDelivery
