// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QProcess>
#include <QTemporaryDir>

namespace QtDelivery::Test {

/*! \brief A keychain of this process alone: gnome-keyring on a D-Bus session of its own, with a
   home of its own.

    Everything in this process that looks for the user's keychain finds this one. It ends with the
   object, and with the process, however that ends. At most one in a process, since what has
   connected to a session once keeps to it. */
class PrivateKeychain
{
public:
    PrivateKeychain() = default;
    ~PrivateKeychain();
    Q_DISABLE_COPY_MOVE(PrivateKeychain)

    /*! Why there can be none on this machine; empty if there can. */
    [[nodiscard]] static QString obstacle();

    /*! Starts it, unlocked and empty; false if that fails, which is printed. */
    [[nodiscard]] bool start();
    /*! Nobody is there who could give the password. */
    [[nodiscard]] bool lock();
    [[nodiscard]] bool unlock();
    /*! It answers nothing any more, until thaw(). */
    void freeze();
    void thaw();

    /*! All that is on the disk of it. */
    [[nodiscard]] QByteArray storedBytes() const;

private:
    [[nodiscard]] bool startBus();
    [[nodiscard]] bool startKeyring();
    [[nodiscard]] QString path(const QString &name) const { return m_home.filePath(name); }

    QTemporaryDir m_home;
    QProcess m_bus;
    QProcess m_keyring;
};

} // namespace QtDelivery::Test
