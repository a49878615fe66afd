// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/result.h>

#include <QByteArray>
#include <QList>
#include <QStringList>

#include <memory>

namespace QtDelivery {

class CipherKeys;

/*! \brief The keys by which files are encrypted at rest.

    \code
    store.read(u"orders at rest"_s, this, [this](const QtDelivery::Result<QByteArray> &secret) {
        if (!secret)
            return complain(secret.error());
        const auto keys = QtDelivery::StorageKeys::fromSecret(*secret);
        if (!keys)
            return complain(keys.error());
        m_queue = new QtDelivery::FileProducerQueue(directory, {}, *keys, this);
    });
    \endcode

    A key is 32 random bytes, kept in a CredentialStore:

    \code{.sh}
    head -c 32 /dev/urandom | base64 | qtdelivery credentials set "orders at rest"
    \endcode

    \b Rotation: make a new one, and give the former as an older key as long as files need it. Each
   file says which key it needs by the key's id, which is derived from it and is not secret.

    A plain value; copies share the keys, which are in locked memory, out of swap and core dumps,
   and are wiped with the last copy. Can be used in every thread. It has no QDebug operator. See
   doc/durability.md. */
class QTDELIVERY_EXPORT StorageKeys
{
public:
    /*! No key: files are not encrypted. */
    StorageKeys();
    /*! The same keys. */
    StorageKeys(const StorageKeys &other);
    /*! The same keys; \a other has none then. */
    StorageKeys(StorageKeys &&other) noexcept;
    /*! The same keys. */
    StorageKeys &operator=(const StorageKeys &other);
    /*! The same keys; \a other has none then. */
    StorageKeys &operator=(StorageKeys &&other) noexcept;
    /*! The last copy wipes the keys. */
    ~StorageKeys();

    /*! New files are encrypted with \a secret, and files that were with one of \a older can be
       read. Each is a key of 32 bytes, or its base64, with white space at the ends or without;
       Error::Code::InvalidArgument otherwise, and Error::Code::StorageFailed if the library was
       built without libsodium. No error says anything of a secret. */
    [[nodiscard]] static Result<StorageKeys> fromSecret(const QByteArray &secret,
                                                        const QList<QByteArray> &older = {});

    /*! There is no key. */
    [[nodiscard]] bool isEmpty() const { return !d; }
    /*! The ids of the keys, 16 digits each, as errors name them; the first is that for new files.
     */
    [[nodiscard]] QStringList ids() const;

private:
    friend class ConsumerController;
    friend class FileConsumerProgress;
    friend class FileProducerQueue;

    std::shared_ptr<const CipherKeys> d;
    QStringList m_ids;
};

} // namespace QtDelivery
