// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/credentialstore.h>

#include <memory>

namespace QtDelivery {

class FileCredentialStorePrivate;

/*! \brief Secrets in one file, encrypted with a passphrase: for machines without a keychain.

    \code
    QtDelivery::FileCredentialStore store(QStringLiteral("/etc/shop/credentials"), passphrase);
    \endcode

    The key is derived from the passphrase by Argon2id, which takes about a tenth of a second and
   64 MiB of memory, once; the file is encrypted by XChaCha20-Poly1305. Names are encrypted, too;
   how long everything is together shows. The file is made by the first write(), for nobody but its
   owner, and each writing replaces it as a whole, on the disk when it is answered: after a kill or
   a power failure it is the old or the new one. Processes that write at the same time exclude each
   other by the file `<path>.lock`. The directory must exist, on a local disk.

    A wrong passphrase is answered with Error::Code::AccessDenied, a damaged file with
   StorageCorrupt, one of a newer version with UnknownFormat; the file stays as it is then. Who has
   an old copy of the file and its passphrase has what was in it.

    All work is done in a thread of its own. A library that was built without QTDELIVERY_WITH_SODIUM
   answers everything with StorageFailed.

    Thread: its own. */
class QTDELIVERY_EXPORT FileCredentialStore : public CredentialStore
{
    Q_OBJECT

public:
    /*! Secrets in the file \a path, which need not be there, encrypted with \a passphrase, of which
       the store has a copy until it is destroyed. An empty passphrase is refused with
       InvalidArgument. */
    FileCredentialStore(const QString &path, const QByteArray &passphrase,
                        QObject *parent = nullptr);
    /*! Waits for what is being read or written. */
    ~FileCredentialStore() override;

    /*! Whether this library was built with libsodium. May be called in any thread. */
    [[nodiscard]] static bool isSupported();
    /*! The file. */
    [[nodiscard]] QString path() const;

protected:
    void begin(const QtDelivery::CredentialRequest &request) override;
    void abandon() override;

private:
    const std::unique_ptr<FileCredentialStorePrivate> d;
};

} // namespace QtDelivery
