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
const QString CertificateKey = QStringLiteral("remote/certificate");
const QString PrivateKeyKey = QStringLiteral("remote/key");

QLineEdit *field(const QString &name, const QVariant &value, const QString &placeholder = {})
{
    auto *const edit = new QLineEdit(value.toString());
    edit->setObjectName(name);
    edit->setPlaceholderText(placeholder);
    edit->setMinimumWidth(QFontMetrics(edit->font()).averageCharWidth() * 72);
    return edit;
}

QLineEdit *hiddenField(const QString &name, const QString &placeholder)
{
    QLineEdit *const edit = field(name, {}, placeholder);
    edit->setEchoMode(QLineEdit::Password);
    return edit;
}

} // namespace

ConnectDialog::ConnectDialog(SettingsFile *settings, QWidget *parent)
    : QDialog(parent)
    , m_settings(settings)
{
    setWindowTitle(tr("Connect over the network"));
    const QSettings &kept = settings->settings();
    const QString none = tr("None", "certificate, key or passphrase");
    m_address = field(QStringLiteral("address"), kept.value(AddressKey, QStringLiteral("tls://")));
    m_pin = field(QStringLiteral("fingerprint"), kept.value(PinKey),
                  tr("Any, if an authority vouches for it"));
    m_token = hiddenField(QStringLiteral("token"), tr("That of the keychain"));
    m_keeps = new QCheckBox(tr("&Keep the token in the keychain"));
    m_keeps->setEnabled(false);
    connect(m_token, &QLineEdit::textChanged, m_keeps,
            [this](const QString &text) { m_keeps->setEnabled(!text.isEmpty()); });
    m_passphrase = hiddenField(QStringLiteral("passphrase"), none);
    m_problem = new QLabel;
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->hide();
    auto *const buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    connect(buttons, &QDialogButtonBox::accepted, this, &ConnectDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &ConnectDialog::reject);

    auto *const layout = new QFormLayout(this);
    layout->addRow(tr("&Address:"), m_address);
    m_authority = addFile(
        layout, tr("&Certificates of authorities:"),
        field(QStringLiteral("authority"), kept.value(AuthorityKey), tr("Those of the system")));
    layout->addRow(tr("&Fingerprint of its key:"), m_pin);
    layout->addRow(tr("&Token:"), m_token);
    layout->addRow(QString(), m_keeps);
    m_certificate = addFile(layout, tr("&Own certificate:"),
                            field(QStringLiteral("certificate"), kept.value(CertificateKey),
                                  tr("None; some processes let in only who shows one")));
    m_key = addFile(layout, tr("&Private key of that:"),
                    field(QStringLiteral("key"), kept.value(PrivateKeyKey), none));
    layout->addRow(tr("Pa&ssphrase of the key:"), m_passphrase);
    layout->addRow(m_problem);
    layout->addRow(buttons);
    m_address->setFocus();
}

RemoteRequest ConnectDialog::request() const
{
    RemoteRequest request{.address = m_address->text().trimmed(),
                          .authority = m_authority->text(),
                          .certificate = m_certificate->text(),
                          .key = m_key->text(),
                          .keyPassphrase = m_passphrase->text().toUtf8(),
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
    kept.setValue(CertificateKey, said.certificate);
    kept.setValue(PrivateKeyKey, said.key);
    QDialog::accept();
}

QLineEdit *ConnectDialog::addFile(QFormLayout *layout, const QString &label, QLineEdit *field)
{
    auto *const choose = new QPushButton(tr("Browse…"));
    choose->setAutoDefault(false); // Enter is OK
    auto *const row = new QHBoxLayout;
    row->addWidget(field);
    row->addWidget(choose);
    layout->addRow(label, row);
    // A layout is no buddy.
    qobject_cast<QLabel *>(layout->labelForField(row))->setBuddy(field);
    const QString title = QString(label).remove(u'&').remove(u':');
    //: %1 is what is in the file, e.g. "Own certificate"
    choose->setAccessibleName(tr("Browse: %1").arg(title));
    connect(choose, &QPushButton::clicked, this, [this, field, title] {
        const QString path = QFileDialog::getOpenFileName(
            this, title, field->text(),
            tr("Certificates and keys (*.pem *.crt *.cer *.key);;All files (*)"));
        if (!path.isEmpty())
            field->setText(path);
    });
    return field;
}

} // namespace Monitor
