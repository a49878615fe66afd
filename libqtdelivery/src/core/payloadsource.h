// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "types.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QtGlobal>

#include <memory>
#include <optional>

namespace QtDelivery {

/*! \brief A message's payload that is read when it is transmitted, and again when it is transmitted
 * again. */
class PayloadSource
{
public:
    PayloadSource() = default;
    virtual ~PayloadSource() = default;
    Q_DISABLE_COPY_MOVE(PayloadSource)

    /*! In bytes; always the same. */
    [[nodiscard]] virtual quint64 size() const = 0;
    /*! Fills \a to with the \a size bytes from \a offset on, all of them within size(). False if
     * they cannot be had, or are not those that they were: the message can never be completed. */
    [[nodiscard]] virtual bool read(quint64 offset, char *to, qsizetype size) = 0;
    /*! It is a durable queue's: if it cannot be read the message is kept, not given up. */
    [[nodiscard]] virtual bool isStored() const { return false; }
    /*! BLAKE2b-256 of all of it, if that is known: then nothing else is sent. */
    [[nodiscard]] virtual QByteArray digest() const { return {}; }
};

/*! \brief A received payload that lies in a file. Without discard() it stays for the next life. */
class SpooledPayload
{
public:
    SpooledPayload() = default;
    virtual ~SpooledPayload() = default;
    Q_DISABLE_COPY_MOVE(SpooledPayload)

    [[nodiscard]] virtual QString path() const = 0;
    /*! Of the payload. */
    [[nodiscard]] virtual quint64 size() const = 0;
    /*! What reads the payload, if the file is encrypted; null if the file is the payload. */
    [[nodiscard]] virtual std::shared_ptr<PayloadSource> decrypted() const { return nullptr; }
    /*! It is confirmed, or will never be: the file goes with the last reference, if it is still
     * there. */
    virtual void discard() = 0;
};

/*! \brief Where the ranges of one message are written to, in order. */
class PayloadSink
{
public:
    PayloadSink() = default;
    virtual ~PayloadSink() = default;
    Q_DISABLE_COPY_MOVE(PayloadSink)

    /*! So many bytes are there already, from a former life: less than the whole message. */
    [[nodiscard]] virtual quint64 have() const = 0;
    /*! Reads back the \a size bytes from \a offset on, all of them within what have() said. */
    [[nodiscard]] virtual bool read(quint64 offset, char *to, qsizetype size) = 0;
    /*! Adds \a bytes behind what is there. False if there is no room, or another error: nothing is
     * added, and the same may be tried again later. */
    [[nodiscard]] virtual bool write(QByteArrayView bytes) = 0;
    /*! Everything is there and is what was sent. */
    [[nodiscard]] virtual std::shared_ptr<SpooledPayload> finish() = 0;
    /*! What is there is of no use. */
    virtual void discard() = 0;
};

/*! \brief Makes sinks, and knows those that a former life has left. */
class PayloadSpool
{
public:
    PayloadSpool() = default;
    virtual ~PayloadSpool() = default;
    Q_DISABLE_COPY_MOVE(PayloadSpool)

    /*! The sink for message \a seqNr of \a producer, with what is there of it; null on failure. */
    [[nodiscard]] virtual std::unique_ptr<PayloadSink> open(Incarnation producer, SeqNr seqNr,
                                                            quint64 totalSize) = 0;
    /*! The total size of message \a seqNr of \a producer, if a part of it is there. */
    [[nodiscard]] virtual std::optional<quint64> find(Incarnation producer, SeqNr seqNr) = 0;
};

} // namespace QtDelivery
