// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "remotewatch.h"

namespace Monitor {

using QtDelivery::Error;
using QtDelivery::Result;

RemoteWatch::RemoteWatch(SettingsFile *settings, QtDelivery::CredentialStore *keychain,
                         QWidget *window, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_keychain(keychain)
    , m_window(window)
{ }

void RemoteWatch::begin(const RemoteRequest &request)
{
    if (const QString problem = request.problem(); !problem.isEmpty()) {
        Q_EMIT failed(problem);
        return;
    }
    request.resolve(m_keychain, this, [this](const Result<RemoteProcess> &process) {
        if (process)
            Q_EMIT found(*process);
        else
            Q_EMIT failed(process.error().message());
    });
}

void RemoteWatch::ask()
{
    if (m_dialog) {
        m_dialog->raise();
        return;
    }
    m_dialog = new ConnectDialog(m_settings, m_window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_dialog, &QDialog::accepted, this, [this] {
        const RemoteRequest request = m_dialog->request();
        if (m_dialog->keepsToken()) {
            m_keychain->write(m_dialog->keychainName(), request.token, this,
                              [this](const Error &error) {
                                  if (error)
                                      Q_EMIT failed(error.message());
                              });
        }
        begin(request);
    });
    m_dialog->open();
}

} // namespace Monitor
