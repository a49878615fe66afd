// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/credentialstore.h>
#include <QtDelivery/result.h>

#include <QString>

namespace QtDelivery {

/*! \brief Where a secret is, in words that may stand in a command line or a settings file.

    | text | the secret is |
    |---|---|
    | `keychain:NAME` | in the CredentialStore that read() is given, under this name |
    | `file:PATH` | all that is in this file |
    | `env:VARIABLE` | what this environment variable holds |

    So passphrases of keys, shared secrets, tokens and storage keys need not stand where they are
    needed:

    \code
    const auto reference =
        QtDelivery::CredentialReference::fromString(settings.value(u"link/secret"_s).toString());
    if (!reference)
        return complain(reference.error());
    reference->read(&keychain, this, [this](const QtDelivery::Result<QByteArray> &secret) {
        if (!secret)
            return complain(secret.error());
        check(m_node.setSharedSecrets({{.name = u"orders"_s, .secret = secret->trimmed()}}));
    });
    \endcode

    A plain value, and not secret itself. Can be used in every thread. */
class QTDELIVERY_EXPORT CredentialReference
{
public:
    /*! Where the secret is. */
    enum class Place {
        Nowhere, //!< there is no reference
        Store, //!< in a CredentialStore
        File, //!< in a file
        Environment, //!< in an environment variable
    };

    /*! A reference to nothing. */
    CredentialReference() = default;

    /*! What \a text refers to, without a look at it; InvalidArgument if it is none of the three. */
    [[nodiscard]] static Result<CredentialReference> fromString(const QString &text);
    /*! What fromString() takes; empty for a reference to nothing. */
    [[nodiscard]] QString toString() const;

    /*! It refers to nothing. */
    [[nodiscard]] bool isEmpty() const { return m_place == Place::Nowhere; }
    /*! Where the secret is. */
    [[nodiscard]] Place place() const { return m_place; }
    /*! What it is called there: a name, a path, a variable. */
    [[nodiscard]] const QString &name() const { return m_name; }

    /*! Answers the secret exactly once, later, never from within the call, in the thread of
       \a context, whose event loop must run; only a \a context that has been destroyed gets none,
       and who wants none gives an empty function.

        A file is read at once, as it is, with the newline that an editor may have put at its end. A
       keychain may wait for a person: see CredentialStore::timeout(). \a store is asked for
       Place::Store only, and may be null otherwise.

        Error::Code::CredentialNotFound: there is nothing of this name, or it is empty;
       AccessDenied: the file may not be read; LimitReached: it has more than
       CredentialStore::MaxSecretBytes; StorageFailed: the system's words are in the message;
       InvalidArgument: it refers to nothing, or to a store and \a store is null; else what
        CredentialStore::read() answers. */
    void read(CredentialStore *store, QObject *context, CredentialStore::SecretAnswer answer) const;

    /*! \a secret without one line break at its end, where editors put it: what to take for a
       passphrase that comes from a file. */
    [[nodiscard]] static QByteArray withoutLineBreak(QByteArray secret);

    /*! The same place and the same name. */
    friend bool operator==(const CredentialReference &, const CredentialReference &) = default;

private:
    Place m_place = Place::Nowhere;
    QString m_name;
};

} // namespace QtDelivery
