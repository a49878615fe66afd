// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "../remote/remoterequest.h"
#include "settingsfile.h"

#include <QDialog>

QT_BEGIN_NAMESPACE
class QCheckBox;
class QFormLayout;
class QLabel;
class QLineEdit;
QT_END_NAMESPACE

namespace Monitor {

/*! \brief Asks for what it takes to watch a process on the network.

    All of it but the secrets is filled in again the next time; the token is left empty if the
   keychain has it. */
class ConnectDialog : public QDialog
{
    Q_OBJECT

public:
    /*! \a settings outlives the dialog. */
    explicit ConnectDialog(SettingsFile *settings, QWidget *parent = nullptr);

    /*! What was said. Without a token it is that of keychainName(). */
    [[nodiscard]] RemoteRequest request() const;
    /*! The name of the token in the keychain; one for each address. */
    [[nodiscard]] QString keychainName() const;
    /*! The token was typed and is to be kept. */
    [[nodiscard]] bool keepsToken() const;

    /*! Only if it makes sense; otherwise it says why it does not. */
    void accept() override;

private:
    /*! A line for the name of a file, and a button that finds one. */
    [[nodiscard]] QLineEdit *addFile(QFormLayout *layout, const QString &label, QLineEdit *field);

    SettingsFile *const m_settings;
    QLineEdit *m_address = nullptr;
    QLineEdit *m_authority = nullptr;
    QLineEdit *m_pin = nullptr;
    QLineEdit *m_token = nullptr;
    QLineEdit *m_certificate = nullptr;
    QLineEdit *m_key = nullptr;
    QLineEdit *m_passphrase = nullptr;
    QCheckBox *m_keeps = nullptr;
    QLabel *m_problem = nullptr;
};

} // namespace Monitor
