// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "security/secretentries.h"

#include <QMap>

namespace QtDelivery::Test {

/*! What a keychain holds; several SecretEntries may look at the same one. */
struct FakeKeychain
{
    QMap<QString, QByteArray> entries = {};
    bool isLocked = false;
    bool opensWhenWritten = false; //!< somebody gives the password when something is to be written
    int writes = 0; //!< that were tried
};

/*! \brief A keychain's entries, as gnome-keyring behaves: locked, it knows of none. */
class FakeEntries final : public SecretEntries
{
public:
    explicit FakeEntries(FakeKeychain *keychain)
        : m_keychain(keychain)
    { }

    /*! Called before each request, with its number from 1; false: it hangs for ever. */
    std::function<bool(int)> before = [](int) { return true; };
    int requests = 0;
    qsizetype longest = 0; //!< value that was put

    void get(const QString &key, GetAnswer answer) override
    {
        if (!before(++requests))
            return;
        const auto found = m_keychain->entries.constFind(key);
        if (m_keychain->isLocked || found == m_keychain->entries.constEnd())
            answer(Error(Error::Code::CredentialNotFound, QStringLiteral("None.")));
        else
            answer(QByteArray(*found));
    }

    void put(const QString &key, const QByteArray &value, DoneAnswer answer) override
    {
        if (!before(++requests))
            return;
        ++m_keychain->writes;
        longest = std::max(longest, value.size());
        m_keychain->isLocked = m_keychain->isLocked && !m_keychain->opensWhenWritten;
        if (m_keychain->isLocked)
            return answer({Error::Code::AccessDenied, QStringLiteral("Locked.")});
        m_keychain->entries.insert(key, value);
        answer({});
    }

    void drop(const QString &key, DoneAnswer answer) override
    {
        if (!before(++requests))
            return;
        if (!m_keychain->isLocked)
            m_keychain->entries.remove(key);
        answer({});
    }

    void forget() override { }

private:
    FakeKeychain *const m_keychain;
};

} // namespace QtDelivery::Test
