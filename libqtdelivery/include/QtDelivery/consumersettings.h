// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/error.h>

#include <QString>

#include <chrono>

QT_BEGIN_NAMESPACE
class QSettings;
QT_END_NAMESPACE

namespace QtDelivery {

/*! \brief The window and the intervals of a ConsumerController.

    \code
    const QtDelivery::ConsumerSettings settings{.flowControlWindow = 50};
    \endcode

    A plain value: safe to copy to another thread. A controller copies it when it is constructed. */
struct QTDELIVERY_EXPORT ConsumerSettings
{
    /*! How many messages the producer may have sent beyond what is confirmed: 1 … 1 000 000,
        default 1024. Akka's `flow-control-window`, which there is 50 and does not work below 4;
        here every value in the range does. */
    int flowControlWindow = 1024;

    /*! The same in payload bytes: 1 B … 1 GiB, default 1 MiB. A message may start while fewer are
        outstanding, so a message larger than this arrives too, alone. While other flows use the
       same link, a message in chunks that is longer than this uses less of it, 256 KiB or what
       keeps the line busy, since their messages wait for what is on its way. No equivalent in Akka.
     */
    qint64 flowControlWindowBytes = 1024 * 1024;

    /*! How long the consumer waits for something it asked for before it asks again: 1 ms … 24 h,
        default 2 s. Akka's `resend-interval-min`. Grows by half with each try. */
    std::chrono::milliseconds resendIntervalMin = std::chrono::seconds(2);

    /*! The longest that #resendIntervalMin grows to: #resendIntervalMin … 24 h, default 30 s.
        Akka's `resend-interval-max`. */
    std::chrono::milliseconds resendIntervalMax = std::chrono::seconds(30);

    /*! True: the window applies, but what is lost with a connection stays lost and the next message
        is delivered; the producer keeps nothing for a resend. Default false. Akka's
        `only-flow-control`. */
    bool onlyFlowControl = false;

    /*! The longest payload that this consumer accepts, in bytes: 1 B … 1 GiB, default 16 MiB. The
        producer is told and refuses longer ones. */
    qint64 maxMessageSize = 16 * 1024 * 1024;

    /*! The folder for payloads that are longer than #spoolThreshold; empty, the default, for none:
        then all are in memory. It is made if it is not there, several consumers may share it, and
        nothing else should be in it. A path of at most 4096 bytes. See Delivery::openPayload(). Not
        for a TypedConsumer, which decodes what is in memory. */
    QString spoolDirectory = {};

    /*! With a #spoolDirectory: a longer payload that travels in chunks is never in memory as a
        whole: 1 B … 1 GiB, default 1 MiB. */
    qint64 spoolThreshold = 1024 * 1024;

    /*! With a #spoolDirectory: the longest payload that this consumer accepts in chunks, instead of
        #maxMessageSize: 1 B … 1024 TiB, default 64 GiB. */
    qint64 maxStreamedSize = 64LL * 1024 * 1024 * 1024;

    /*! How many messages that have arrived in part may be in the #spoolDirectory: 1 … 1 000 000,
        default 64. For one more the oldest that nobody works on goes. */
    int maxPartialMessages = 64;

    /*! What lies in the #spoolDirectory, is not being written or read, and is older, is removed:
        1 ms … 10 000 days, default 7 days. */
    std::chrono::milliseconds cleanupPartialAfter = std::chrono::hours(168);

    /*! How often in a row durable progress may fail before it is not tried any more and
        ConsumerController::retry() is needed: 1 … 1 000 000, default 10. */
    int progressRetryAttempts = 10;

    /*! The pause after the first failure: 1 ms … 24 h, default 100 ms. Grows by half with each. */
    std::chrono::milliseconds progressRetryIntervalMin = std::chrono::milliseconds(100);

    /*! The longest that #progressRetryIntervalMin grows to, default 5 s. */
    std::chrono::milliseconds progressRetryIntervalMax = std::chrono::seconds(5);

    /*! No error if every member is within its range and they go together; otherwise
        Error::Code::InvalidSetting with the member's name, its value and what is allowed. */
    Error validate() const;

    /*! Reads the members from the current group of \a settings; see QSettings::beginGroup(). Keys
        are the names of the members, durations are whole milliseconds. A missing key leaves
        the default; groups inside the group are not looked at.

        A key that is not a member is Error::Code::UnknownSetting, a value that does not parse or
        validate is Error::Code::InvalidSetting; both name the key with its group, and \a out
        is left as it was. */
    static Error load(QSettings &settings, ConsumerSettings *out);

    /*! Writes every member to the current group of \a settings, such that load() reads them. */
    void store(QSettings &settings) const;

    /*! Equal in every member. */
    friend bool operator==(const ConsumerSettings &, const ConsumerSettings &) = default;
};

} // namespace QtDelivery
