// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/payloadsource.h"
#include "piececipher.h"

#include <QtDelivery/error.h>

#include <QList>
#include <QString>

#include <chrono>

namespace QtDelivery {

/*! \brief The spool of a consumer: payloads as files of a directory.

    Names are made of the producer's incarnation, the message's number and its size:

        0123456789abcdef0123456789abcdef-17-4294967296.part             what has arrived so far
        0123456789abcdef0123456789abcdef-17-4294967296.x7Qp2a.payload   complete and verified

    and with keys, by which each is encrypted (sealedpart.h):

        0123456789abcdef0123456789abcdef-17-4294967296.sealed.part
        0123456789abcdef0123456789abcdef-17-4294967296.sealed.x7Qp2a.payload

    so a later process finds what this one has left, if it has the keys. Nothing is synced: after a
   power failure a file may hold anything, and the digest, which is computed of all its bytes,
   tells. A complete file that was not confirmed is a part again, without its last byte: the range
   that brings that byte brings the digest.

    An open file is locked; several consumers, of several processes, may share a directory. What
   nobody has locked is removed when its time is over, and the oldest part when there are too many.
 */
class FilePayloadSpool final : public PayloadSpool
{
public:
    struct Limits
    {
        std::chrono::milliseconds keep; //!< a file that has not been written to for longer goes
        int maxParts; //!< at a time in this directory
    };

    /*! Nothing is encrypted if \a keys are null. */
    FilePayloadSpool(QString directory, Limits limits,
                     std::shared_ptr<const CipherKeys> keys = nullptr);

    /*! Makes the directory, if there is none, and removes what is over. */
    [[nodiscard]] Error prepare();
    /*! Why a sink could not be opened or written last. */
    [[nodiscard]] const Error &error() const { return m_error; }

    [[nodiscard]] std::unique_ptr<PayloadSink> open(Incarnation producer, SeqNr seqNr,
                                                    quint64 totalSize) override;
    [[nodiscard]] std::optional<quint64> find(Incarnation producer, SeqNr seqNr) override;

private:
    class Sink;
    class Payload;

    [[nodiscard]] QString path(const QString &name) const;
    [[nodiscard]] bool isReadable(const QString &name) const;
    [[nodiscard]] QString stemOf(Incarnation producer, SeqNr seqNr, quint64 totalSize) const;
    /*! Names of the spool's files that end in \a suffix, the one that was written last in front. */
    [[nodiscard]] QStringList files(const QString &pattern) const;
    void removeExpired();
    [[nodiscard]] Error makeRoom();
    void reuseComplete(const QString &stem);

    const QString m_directory;
    const Limits m_limits;
    const std::shared_ptr<const CipherKeys> m_keys;
    Error m_error;
};

} // namespace QtDelivery
