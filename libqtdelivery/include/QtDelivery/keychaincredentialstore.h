// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/credentialstore.h>

#include <memory>

namespace QtDelivery {

class KeychainCredentialStorePrivate;

/*! \brief Secrets in the desktop's keychain: that of GNOME, KWallet, or whatever QtKeychain knows.

    Servers often have none, and one that is locked may wait for a person: then requests are
   answered with KeychainUnavailable, AccessDenied or TimedOut, and the message says what would
   help. Nothing is ever kept anywhere else instead, and nothing in plain text.

    Secrets of any length are split over several entries, since some keychains take short ones only.
   An entry \e index has the names, which a keychain cannot list. So use the keychain's own programs
   only to look at the entries, or to remove all of a service. Processes of one user that write at
   the same time exclude each other by a lock file, beside the sockets of MonitorRegistry.

    A library that was built without QTDELIVERY_WITH_KEYCHAIN answers everything with
   KeychainUnavailable.

    Thread: that of QCoreApplication, because QtKeychain demands it; elsewhere requests are answered
   with WrongThread. */
class QTDELIVERY_EXPORT KeychainCredentialStore : public CredentialStore
{
    Q_OBJECT

public:
    /*! The secrets of \a service, a name that keychains show to people: that of the application,
       for example. Not empty. */
    explicit KeychainCredentialStore(const QString &service, QObject *parent = nullptr);
    ~KeychainCredentialStore() override;

    /*! Whether this library was built with QtKeychain. May be called in any thread. */
    [[nodiscard]] static bool isSupported();
    /*! The service whose secrets these are. */
    [[nodiscard]] QString service() const;

protected:
    void begin(const QtDelivery::CredentialRequest &request) override;
    void abandon() override;

private:
    const std::unique_ptr<KeychainCredentialStorePrivate> d;
};

} // namespace QtDelivery
