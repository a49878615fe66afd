// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/error.h>

#include <chrono>

QT_BEGIN_NAMESPACE
class QSettings;
QT_END_NAMESPACE

namespace QtDelivery {

/*! \brief The limits and intervals of a ProducerController.

    \code
    const QtDelivery::ProducerSettings settings{.maxMessageSize = 1024 * 1024};
    \endcode

    A plain value: safe to copy to another thread. A controller copies it when it is constructed. */
struct QTDELIVERY_EXPORT ProducerSettings
{
    /*! The longest payload that send() takes, in bytes: 1 B … 1 GiB, default 16 MiB. A consumer
        that accepts less makes it less. Longer is Error::Code::PayloadTooLarge. */
    qint64 maxMessageSize = 16 * 1024 * 1024;

    /*! The same for what sendFile() and send() of a device take, which is never in memory as a
        whole: 1 B … 1024 TiB, default 64 GiB. Where messages do not travel in chunks,
        #maxMessageSize holds for these, too. */
    qint64 maxStreamedSize = 64LL * 1024 * 1024 * 1024;

    /*! A longer message travels in chunks of so many bytes: 0 B … 16 MiB, default 64 KiB, 0 = none
        does. A chunk is the most that other flows on the link wait for, so it bounds what a large
        message costs them. Consumers need no setting. Akka's chunk-large-messages, which is off by
        default. */
    qint64 chunkLargeMessages = 64 * 1024;

    /*! Packs payloads with zstd while they travel: its level, 0 … 19, default 0 = they go as they
        are; 1 is fast, 19 makes them smallest. Worth it where the network is slower than a
       processor. Each chunk of a large message, files included, is packed by itself, in this
       thread; the digest is of what was sent. What does not become an eighth shorter goes as it is,
       and so does everything to a peer that knows no packing. Limits, grants and statistics count
       bytes that are not packed; FlowSnapshot::compressedTo says what it is worth. Takes about 1
       MiB of memory for each producer at low levels, some MiB at high ones. */
    int compression = 0;

    /*! With #compression: shorter payloads, and chunks, go as they are: 1 B … 1 GiB, default
        1 KiB. */
    qint64 compressionThreshold = 1024;

    /*! The most messages kept until they are confirmed: 1 … 1 000 000, default 65 536. Limits what
        a consumer's flowControlWindow can make this process hold. At the limit there is no
        requestNext until something is confirmed. */
    int maxUnconfirmedMessages = 65536;

    /*! The most payload bytes kept until they are confirmed: 1 B … 1 TiB, default 64 MiB. The next
        message may be asked for while fewer are held, so one message of any permitted size
        can always be sent. */
    qint64 maxUnconfirmedBytes = 64 * 1024 * 1024;

    /*! How long a sent message may stay without progress before the producer asks the consumer for
        its state: 1 ms … 24 h, default 1 s. Akka's `durable-queue.resend-first-interval`; here
        nothing is sent again unless the consumer misses it. Grows by half with each try. */
    std::chrono::milliseconds resendFirstInterval = std::chrono::seconds(1);

    /*! The longest that #resendFirstInterval grows to: #resendFirstInterval … 24 h, default 30 s.
        Akka has one name for it on both sides, `resend-interval-max`. */
    std::chrono::milliseconds resendIntervalMax = std::chrono::seconds(30);

    /*! With a durable queue: the most messages that were sent and are not stored yet: 1 … 1 000
       000, default 1024. So many at most are kept back by a slow disk. */
    int maxUnstoredMessages = 1024;

    /*! The same in payload bytes: 1 B … 1 TiB, default 1 MiB. The next message may be asked for
       while fewer wait. */
    qint64 maxUnstoredBytes = 1024 * 1024;

    /*! How often in a row the durable queue may fail before it is not tried any more and
        ProducerController::retry() is needed: 1 … 1 000 000, default 10. Akka's
        `durable-queue.retry-attempts`. */
    int durableQueueRetryAttempts = 10;

    /*! The pause after the first failure: 1 ms … 24 h, default 100 ms. Grows by half with each. */
    std::chrono::milliseconds durableQueueRetryIntervalMin = std::chrono::milliseconds(100);

    /*! The longest that #durableQueueRetryIntervalMin grows to, default 5 s. */
    std::chrono::milliseconds durableQueueRetryIntervalMax = std::chrono::seconds(5);

    /*! No error if every member is within its range and they go together; otherwise
        Error::Code::InvalidSetting with the member's name, its value and what is allowed. */
    Error validate() const;

    /*! Reads the members from the current group of \a settings; see QSettings::beginGroup(). Keys
        are the names of the members, durations are whole milliseconds. A missing key leaves
        the default; groups inside the group are not looked at.

        A key that is not a member is Error::Code::UnknownSetting, a value that does not parse or
        validate is Error::Code::InvalidSetting; both name the key with its group, and \a out
        is left as it was. */
    static Error load(QSettings &settings, ProducerSettings *out);

    /*! Writes every member to the current group of \a settings, such that load() reads them. */
    void store(QSettings &settings) const;

    /*! Equal in every member. */
    friend bool operator==(const ProducerSettings &, const ProducerSettings &) = default;
};

} // namespace QtDelivery
