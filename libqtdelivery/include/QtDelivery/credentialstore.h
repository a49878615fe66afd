// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/result.h>

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>
#include <memory>

namespace QtDelivery {

class CredentialStorePrivate;

/*! \brief What a CredentialStore is asked to do, for its implementation. */
struct CredentialRequest
{
    /*! What is asked. */
    enum class Kind {
        Read, //!< the secret of this name
        Write, //!< put this secret in place of the one of this name
        Remove, //!< the secret of this name
        ListNames, //!< of all secrets
    };

    Kind kind = Kind::Read; //!< what is asked
    QString name = {}; //!< valid; empty for ListNames
    QByteArray secret = {}; //!< of Write; neither empty nor too long

    /*! It changes what is kept. */
    [[nodiscard]] bool isWriting() const { return kind == Kind::Write || kind == Kind::Remove; }
};

/*! \brief What has become of a CredentialRequest, from its implementation. */
struct CredentialOutcome
{
    Error error = {}; //!< no error: it is done
    QByteArray secret = {}; //!< of Read
    QStringList names = {}; //!< of ListNames, in any order
};

/*! \brief Keeps secrets under names: passwords, tokens, keys.

    KeychainCredentialStore keeps them in the desktop's keychain, FileCredentialStore in an
   encrypted file, MemoryCredentialStore until it is destroyed. A server's key, for example:

    \code
    QtDelivery::KeychainCredentialStore store(QStringLiteral("shop"));
    store.read(QStringLiteral("orders"), this, [this](const QtDelivery::Result<QByteArray> &secret)
   { if (secret) begin(*secret); else complain(secret.error().message());
    });
    \endcode

    Every request is answered exactly once, later, \e never from within the call, in the order in
   which the requests were made; at the latest after timeout(), its own or that of one before it. It
   is answered by a call of the function that was given with it, in the thread of its context, from
   the event loop; only a context that has been destroyed gets no answer. Who wants none gives an
   empty function. What is unanswered when the store is destroyed is answered with
   Error::Code::Stopped.

    A name has 1 to MaxNameBytes bytes in UTF-8 and no control characters, a secret 1 to
   MaxSecretBytes bytes; anything else is answered with InvalidArgument or LimitReached. Secrets are
   in no log and in no message of an error.

    Thread: its own; a call from another one is answered with Error::Code::WrongThread. */
class QTDELIVERY_EXPORT CredentialStore : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QtDelivery::CredentialStore::Availability availability READ availability NOTIFY
                   availabilityChanged)

public:
    /*! Whether the store works, as the last answer has shown. */
    enum class Availability {
        Unknown, //!< nothing has been asked yet
        Available, //!< it answers
        Unavailable, //!< it does not; see obstacle()
    };
    Q_ENUM(Availability)

    /*! The longest name, in bytes of UTF-8. */
    static constexpr qsizetype MaxNameBytes = 255;
    /*! The longest secret, in bytes. */
    static constexpr qsizetype MaxSecretBytes = 64 * 1024;
    /*! How long an answer may take, if nothing else is said: long enough for a person whom the
       keychain asks for a password. */
    static constexpr std::chrono::milliseconds DefaultTimeout{30'000};

    /*! The answer to a request for nothing but that something be done. */
    using DoneAnswer = std::function<void(const QtDelivery::Error &)>;
    /*! The answer to read(). */
    using SecretAnswer = std::function<void(const QtDelivery::Result<QByteArray> &)>;
    /*! The answer to listNames(). */
    using NamesAnswer = std::function<void(const QtDelivery::Result<QStringList> &)>;

    /*! A store of which nothing is known yet. */
    explicit CredentialStore(QObject *parent = nullptr);
    ~CredentialStore() override;

    /*! Answers the secret of \a name; CredentialNotFound if there is none. */
    void read(const QString &name, QObject *context, SecretAnswer answer);
    /*! Keeps \a secret under \a name, in place of what was there. Somebody who reads meanwhile gets
       the old or the new one, whole. After TimedOut it is kept or not. */
    void write(const QString &name, const QByteArray &secret, QObject *context, DoneAnswer answer);
    /*! Forgets the secret of \a name; CredentialNotFound if there is none. After TimedOut it is
       forgotten or not. */
    void remove(const QString &name, QObject *context, DoneAnswer answer);
    /*! Answers the names of all secrets, sorted. */
    void listNames(QObject *context, NamesAnswer answer);

    /*! How long an answer takes at most, from the call on. */
    [[nodiscard]] std::chrono::milliseconds timeout() const;
    /*! Counts from the next request on; at least 1 ms. */
    void setTimeout(std::chrono::milliseconds timeout);

    /*! Whether the store works. listNames() is a way to learn it. */
    [[nodiscard]] Availability availability() const;
    /*! Why the store does not work, and what would mend that; no error if it does, or if nothing is
       known. */
    [[nodiscard]] QtDelivery::Error obstacle() const;

Q_SIGNALS:
    /*! The answer that follows has shown that the store works, or does not. */
    void availabilityChanged(QtDelivery::CredentialStore::Availability availability);

protected:
    /*! Carry out \a request, then call end(): at once or later, in this thread, once. The next
       request follows only after that. Never called from within a call of the user's. */
    virtual void begin(const QtDelivery::CredentialRequest &request) = 0;
    /*! The request that was begun last has taken too long: end() must not be called for it any
       more. */
    virtual void abandon() = 0;
    /*! The request that was begun last has this \a outcome. */
    void end(const QtDelivery::CredentialOutcome &outcome);

private:
    const std::unique_ptr<CredentialStorePrivate> d;
};

} // namespace QtDelivery
