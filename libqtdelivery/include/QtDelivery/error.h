// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/qtdeliveryglobal.h>

#include <QMetaType>
#include <QString>

#include <utility>

QT_BEGIN_NAMESPACE
class QDebug;
QT_END_NAMESPACE

namespace QtDelivery {

/*! \brief Why something was refused or failed: a closed code for programs, a message for people.

    Nothing in this library throws, aborts or drops silently: whatever can refuse returns an Error,
    or a value that contains one. A default-constructed Error means success.

    \code
    if (const QtDelivery::Error error = controller.start(this))
        qWarning() << error;
    \endcode

    Copies share the text. A value may be read by several threads at once, like a QString. */
class QTDELIVERY_NODISCARD_EXPORT Error
{
    Q_GADGET
    Q_PROPERTY(QtDelivery::Error::Code code READ code CONSTANT)
    Q_PROPERTY(QString message READ message CONSTANT)

public:
    /*! What went wrong. Values are only ever added, at the end. */
    enum class Code {
        NoError, //!< Nothing went wrong.
        InvalidArgument, //!< An argument is outside of what the function accepts.
        WrongThread, //!< The function was called from another thread than the object's own.
        NotStarted, //!< start() has not been called yet, or has failed.
        NoDemand, //!< A message was sent without the permission that requestNext gives.
        PayloadTooLarge, //!< The payload is longer than the maxMessageSize of a side.
        IdInUse, //!< Another controller of this node already offers this id.
        NotDelivered, //!< A message was confirmed that this consumer has never been given.
        AlreadyConfirmed, //!< The message has been confirmed before.
        Stopped, //!< The controller was stopped or destroyed, or is about to be.
        Replaced, //!< Another consumer has registered at the producer and has the flow now.
        DuplicateProducer, //!< Two peers offer a producer with the same id at the same time.
        ProducerRestarted, //!< The producer began anew; what it had not confirmed may be lost.
        InvalidUrl, //!< The address is not one that this library can listen on or connect to.
        AddressInUse, //!< Another program listens on this address already.
        AccessDenied, //!< The system does not permit it.
        HostNotFound, //!< The host's name has no address.
        ConnectionRefused, //!< Nobody listens on the address.
        ConnectionLost, //!< The connection ended, or the peer stayed silent for too long.
        NetworkError, //!< The network failed in a way that no other code describes.
        ProtocolError, //!< The peer sent something that the protocol does not allow.
        UnsupportedVersion, //!< The two nodes have no version of the protocol in common.
        UnknownSetting, //!< A settings file holds a key that does not exist.
        InvalidSetting, //!< A setting's value is of the wrong type, out of range or contradictory.
        DecodeFailed, //!< A payload is not what the codec expects.
        EncodeFailed, //!< A value cannot be written in the codec's format.
        LimitReached, //!< A limit named in the settings does not allow one more.
        TimedOut, //!< It was not finished in time.
        Closed, //!< The link was closed in an orderly way, by this side or the other.
        StorageFailed, //!< Reading or writing failed; the message has the system's words.
        StorageFull, //!< There is no room left to store anything.
        StorageInUse, //!< Another process, or another object of this one, owns the storage.
        StorageCorrupt, //!< What is stored contradicts itself; the message says where.
        UnknownFormat, //!< What is stored was written by a version that this one does not know.
        SourceFailed, //!< What is to be sent cannot be read (any more), or has changed meanwhile.
        TooLate, //!< The message has been transmitted already.
        CertificateRefused, //!< The peer's certificate, or that it has none, is not accepted.
        TlsFailed, //!< Encryption could not be agreed on for another reason.
        NotAuthenticated, //!< One of the two nodes has not shown that it has the shared secret.
        PlainText, //!< The address is neither encrypted nor of this machine; see allowPlainText.
        CredentialNotFound, //!< The credential store has nothing of this name.
        KeychainUnavailable, //!< There is no keychain, or it does not answer as one.
    };
    Q_ENUM(Code)

    /*! Success: code() is Code::NoError and the message is empty. */
    Error() = default;

    /*! \a message is for people, a whole sentence, translated where it can reach a user. */
    Error(Code code, QString message)
        : m_code(code)
        , m_message(std::move(message))
    { }

    /*! What went wrong, for programs. */
    [[nodiscard]] Code code() const { return m_code; }
    /*! What went wrong, for people. */
    [[nodiscard]] const QString &message() const { return m_message; }

    /*! Returns true if this is an error and false if it is a success. */
    [[nodiscard]] bool isError() const { return m_code != Code::NoError; }

    /*! True if this \e is an error, so that `if (const Error error = f())` reads naturally. */
    [[nodiscard]] explicit operator bool() const { return isError(); }

    /*! The name of \a code as written above, e.g. "NoDemand"; the number, if it has no name.
        Never translated. Can be called from every thread. */
    [[nodiscard]] static QString codeName(Code code);

    /*! Equal codes and equal messages. */
    friend bool operator==(const Error &, const Error &) = default;

private:
    Code m_code = Code::NoError;
    QString m_message;
};

/*! Writes e.g. `QtDelivery::Error(NoDemand, "…")`. */
QTDELIVERY_EXPORT QDebug operator<<(QDebug debug, const Error &error);

} // namespace QtDelivery

Q_DECLARE_METATYPE(QtDelivery::Error)
