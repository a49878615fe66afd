// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/sharedsecret.h>
#include <QtDelivery/tlssettings.h>

#include <QUrl>

namespace Monitor {

/*! A process on the network, and what it takes to watch it. */
struct RemoteProcess
{
    QUrl url = {}; //!< tls://host:port
    QtDelivery::TlsSettings tls = {};
    QtDelivery::SharedSecret token = {};

    /*! What it is called beside the sockets of processes of this machine. */
    [[nodiscard]] QString source() const { return url.toString(); }
};

} // namespace Monitor
