// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "../remote/remoterequest.h"
#include "connectdialog.h"

#include <QObject>
#include <QPointer>

namespace Monitor {

/*! \brief Finds out what it takes to watch a process on the network: from the command line, or from
   a person; and keeps the token, if that person wants it. */
class RemoteWatch : public QObject
{
    Q_OBJECT

public:
    /*! \a settings and \a keychain outlive it; \a window is that of the dialog, or null. */
    RemoteWatch(SettingsFile *settings, QtDelivery::CredentialStore *keychain, QWidget *window,
                QObject *parent = nullptr);

    /*! found() or failed() follows, perhaps after the keychain has asked a person. */
    void begin(const RemoteRequest &request);
    /*! Asks for it first. */
    void ask();
    /*! The dialog, while it is open. */
    [[nodiscard]] ConnectDialog *dialog() const { return m_dialog; }

Q_SIGNALS:
    /*! This can be watched, as far as is known here. */
    void found(const Monitor::RemoteProcess &process);
    /*! Something cannot be done, for \a reason, a whole sentence. */
    void failed(const QString &reason);

private:
    SettingsFile *const m_settings;
    QtDelivery::CredentialStore *const m_keychain;
    QWidget *const m_window;
    QPointer<ConnectDialog> m_dialog;
};

} // namespace Monitor
