// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/credentialstore.h>

#include <QHash>

namespace QtDelivery {

/*! \brief Secrets that are forgotten with the object: for tests, and where nothing else is there.

    Thread: its own. */
class QTDELIVERY_EXPORT MemoryCredentialStore : public CredentialStore
{
    Q_OBJECT

public:
    /*! An empty store. */
    explicit MemoryCredentialStore(QObject *parent = nullptr);
    ~MemoryCredentialStore() override;

protected:
    void begin(const QtDelivery::CredentialRequest &request) override;
    void abandon() override;

private:
    QHash<QString, QByteArray> m_secrets;
};

} // namespace QtDelivery
