// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "connectdialog.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace Monitor {

namespace {

const QString AddressKey = QStringLiteral("remote/address");
const QString AuthorityKey = QStringLiteral("remote/authority");
const QString PinKey = QStringLiteral("remote/fingerprint");

QLineEdit *field(const QString &name, const QVariant &value)
{
    auto *const edit = new QLineEdit(value.toString());
    edit->setObjectName(name);
    edit->setMinimumWidth(QFontMetrics(edit->font()).averageCharWidth() * 72);
    return edit;
}

} // namespace

ConnectDialog::ConnectDialog(SettingsFile *settings, QWidget *parent)
    : QDialog(parent)
    , m_settings(settings)
{
    setWindowTitle(tr("Connect over the network"));
    const QSettings &kept = settings->settings();
    m_address = field(QStringLiteral("address"), kept.value(AddressKey, QStringLiteral("tls://")));
    m_authority = field(QStringLiteral("authority"), kept.value(AuthorityKey));
    m_authority->setPlaceholderText(tr("Those of the system"));
    m_pin = field(QStringLiteral("fingerprint"), kept.value(PinKey));
    m_pin->setPlaceholderText(tr("Any, if an authority vouches for it"));
    m_token = field(QStringLiteral("token"), {});
    m_token->setEchoMode(QLineEdit::Password);
    m_token->setPlaceholderText(tr("That of the keychain"));
    m_keeps = new QCheckBox(tr("&Keep the token in the keychain"));
    m_keeps->setEnabled(false);
    connect(m_token, &QLineEdit::textChanged, m_keeps,
            [this](const QString &text) { m_keeps->setEnabled(!text.isEmpty()); });
    auto *const choose = new QPushButton(tr("&Browse…"));
    connect(choose, &QPushButton::clicked, this, &ConnectDialog::chooseAuthority);
    auto *const authority = new QHBoxLayout;
    authority->addWidget(m_authority);
    authority->addWidget(choose);
    m_problem = new QLabel;
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->hide();
    auto *const buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    connect(buttons, &QDialogButtonBox::accepted, this, &ConnectDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &ConnectDialog::reject);

    auto *const layout = new QFormLayout(this);
    layout->addRow(tr("&Address:"), m_address);
    layout->addRow(tr("&Certificates of authorities:"), authority);
    if (auto *const label = qobject_cast<QLabel *>(layout->labelForField(authority)))
        label->setBuddy(m_authority);
    layout->addRow(tr("&Fingerprint of its key:"), m_pin);
    layout->addRow(tr("&Token:"), m_token);
    layout->addRow(QString(), m_keeps);
    layout->addRow(m_problem);
    layout->addRow(buttons);
    m_address->setFocus();
}

RemoteRequest ConnectDialog::request() const
{
    RemoteRequest request{.address = m_address->text().trimmed(),
                          .authority = m_authority->text(),
                          .tokenFrom = QStringLiteral("keychain:") + keychainName(),
                          .token = m_token->text().trimmed().toUtf8()};
    if (const QString pin = m_pin->text().trimmed(); !pin.isEmpty())
        request.pins.append(pin);
    return request;
}

QString ConnectDialog::keychainName() const
{
    return QStringLiteral("monitor ") + QUrl(m_address->text().trimmed()).authority();
}

bool ConnectDialog::keepsToken() const
{
    return m_keeps->isChecked() && m_keeps->isEnabled();
}

void ConnectDialog::accept()
{
    const RemoteRequest said = request();
    if (const QString problem = said.problem(); !problem.isEmpty()) {
        m_problem->setText(problem);
        m_problem->show();
        return;
    }
    QSettings &kept = m_settings->settings();
    kept.setValue(AddressKey, said.address);
    kept.setValue(AuthorityKey, said.authority);
    kept.setValue(PinKey, said.pins.value(0));
    QDialog::accept();
}

void ConnectDialog::chooseAuthority()
{
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Certificates of authorities"), m_authority->text(),
                                     tr("Certificates (*.pem *.crt *.cer);;All files (*)"));
    if (!path.isEmpty())
        m_authority->setText(path);
}

} // namespace Monitor
