// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/result.h>

#include <QByteArray>
#include <QString>

#include <functional>

namespace QtDelivery {

/*! \brief The plain entries of a keychain: short values under keys that cannot be listed.

    One request at a time. An answer may come from within the call. */
class SecretEntries
{
public:
    using GetAnswer = std::function<void(const Result<QByteArray> &)>;
    using DoneAnswer = std::function<void(const Error &)>;

    SecretEntries() = default;
    virtual ~SecretEntries() = default;
    Q_DISABLE_COPY_MOVE(SecretEntries)

    /*! CredentialNotFound if there is none; but a locked keychain may say so, too. */
    virtual void get(const QString &key, GetAnswer answer) = 0;
    virtual void put(const QString &key, const QByteArray &value, DoneAnswer answer) = 0;
    /*! No error if there is none; but a locked keychain may say so while it keeps the entry. */
    virtual void drop(const QString &key, DoneAnswer answer) = 0;
    /*! The request that is under way is not answered any more. It may be carried out still. */
    virtual void forget() = 0;
};

} // namespace QtDelivery
