// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/consumersettings.h>
#include <QtDelivery/fileproducerqueue.h>
#include <QtDelivery/nodesettings.h>
#include <QtDelivery/producersettings.h>

#include <QLatin1StringView>
#include <QString>

#include <array>
#include <chrono>
#include <variant>

// What validate(), load() and store() of the settings have in common is driven by the tables below:
// one row per member. A member without a row would neither be checked nor kept, so
// tests/controller/tst_settings.cpp counts both, and compares the rows with the documentation.

namespace QtDelivery {

/*! How a number is written in a message. */
enum class SettingsUnit { None, Bytes, Milliseconds, Path };

/*! \brief One member of a settings struct: its key, where it is, and its range, both ends included.

    Bounds do not apply to bool and QString, which is an id unless its unit is Path. */
template <typename Settings> struct SettingsField
{
    using Member =
        std::variant<int Settings::*, qint64 Settings::*, std::chrono::milliseconds Settings::*,
                     double Settings::*, bool Settings::*, QString Settings::*>;

    QLatin1StringView name;
    Member member;
    SettingsUnit unit = SettingsUnit::None;
    qint64 min = 0;
    qint64 max = 0;
};

/*! "`larger` is at least `factor` times `smaller`." */
template <typename Settings> struct SettingsOrder
{
    QLatin1StringView smallerName;
    std::chrono::milliseconds Settings::*smaller;
    QLatin1StringView largerName;
    std::chrono::milliseconds Settings::*larger;
    int factor = 1;
};

inline constexpr qint64 SettingsKiB = 1024;
inline constexpr qint64 SettingsGiB = SettingsKiB * SettingsKiB * SettingsKiB;
inline constexpr qint64 SettingsMaxStream = SettingsKiB * SettingsKiB * SettingsGiB;
inline constexpr qint64 SettingsDay = 24 * 60 * 60 * qint64(1000); //!< in milliseconds
inline constexpr qint64 SettingsMillion = 1'000'000;

/*! Rows and rules of one settings struct; only the specialisations below exist. */
template <typename Settings> struct SettingsTable;

// clang-format off
#define QTDELIVERY_FIELD(name) QLatin1StringView(#name), &S::name
#define QTDELIVERY_ORDER(smaller, larger) \
    QLatin1StringView(#smaller), &S::smaller, QLatin1StringView(#larger), &S::larger

template <> struct SettingsTable<ProducerSettings>
{
    using S = ProducerSettings;
    static constexpr auto fields = std::to_array<SettingsField<S>>({
        {QTDELIVERY_FIELD(maxMessageSize), SettingsUnit::Bytes, 1, SettingsGiB},
        {QTDELIVERY_FIELD(maxStreamedSize), SettingsUnit::Bytes, 1, SettingsMaxStream},
        {QTDELIVERY_FIELD(chunkLargeMessages), SettingsUnit::Bytes, 0, 16 * SettingsKiB * SettingsKiB},
        {QTDELIVERY_FIELD(compression), SettingsUnit::None, 0, 19},
        {QTDELIVERY_FIELD(compressionThreshold), SettingsUnit::Bytes, 1, SettingsGiB},
        {QTDELIVERY_FIELD(maxUnconfirmedMessages), SettingsUnit::None, 1, SettingsMillion},
        {QTDELIVERY_FIELD(maxUnconfirmedBytes), SettingsUnit::Bytes, 1, SettingsKiB * SettingsGiB},
        {QTDELIVERY_FIELD(resendFirstInterval), SettingsUnit::Milliseconds, 1, SettingsDay},
        {QTDELIVERY_FIELD(resendIntervalMax), SettingsUnit::Milliseconds, 1, SettingsDay},
        {QTDELIVERY_FIELD(maxUnstoredMessages), SettingsUnit::None, 1, SettingsMillion},
        {QTDELIVERY_FIELD(maxUnstoredBytes), SettingsUnit::Bytes, 1, SettingsKiB * SettingsGiB},
        {QTDELIVERY_FIELD(durableQueueRetryAttempts), SettingsUnit::None, 1, SettingsMillion},
        {QTDELIVERY_FIELD(durableQueueRetryIntervalMin), SettingsUnit::Milliseconds, 1, SettingsDay},
        {QTDELIVERY_FIELD(durableQueueRetryIntervalMax), SettingsUnit::Milliseconds, 1, SettingsDay},
    });
    static constexpr auto orders = std::to_array<SettingsOrder<S>>({
        {QTDELIVERY_ORDER(resendFirstInterval, resendIntervalMax)},
        {QTDELIVERY_ORDER(durableQueueRetryIntervalMin, durableQueueRetryIntervalMax)},
    });
};

template <> struct SettingsTable<ConsumerSettings>
{
    using S = ConsumerSettings;
    static constexpr auto fields = std::to_array<SettingsField<S>>({
        {QTDELIVERY_FIELD(flowControlWindow), SettingsUnit::None, 1, SettingsMillion},
        {QTDELIVERY_FIELD(flowControlWindowBytes), SettingsUnit::Bytes, 1, SettingsGiB},
        {QTDELIVERY_FIELD(resendIntervalMin), SettingsUnit::Milliseconds, 1, SettingsDay},
        {QTDELIVERY_FIELD(resendIntervalMax), SettingsUnit::Milliseconds, 1, SettingsDay},
        {QTDELIVERY_FIELD(onlyFlowControl)},
        {QTDELIVERY_FIELD(maxMessageSize), SettingsUnit::Bytes, 1, SettingsGiB},
        {QTDELIVERY_FIELD(spoolDirectory), SettingsUnit::Path},
        {QTDELIVERY_FIELD(spoolThreshold), SettingsUnit::Bytes, 1, SettingsGiB},
        {QTDELIVERY_FIELD(maxStreamedSize), SettingsUnit::Bytes, 1, SettingsMaxStream},
        {QTDELIVERY_FIELD(maxPartialMessages), SettingsUnit::None, 1, SettingsMillion},
        {QTDELIVERY_FIELD(cleanupPartialAfter), SettingsUnit::Milliseconds, 1, 10'000 * SettingsDay},
        {QTDELIVERY_FIELD(progressRetryAttempts), SettingsUnit::None, 1, SettingsMillion},
        {QTDELIVERY_FIELD(progressRetryIntervalMin), SettingsUnit::Milliseconds, 1, SettingsDay},
        {QTDELIVERY_FIELD(progressRetryIntervalMax), SettingsUnit::Milliseconds, 1, SettingsDay},
    });
    static constexpr auto orders = std::to_array<SettingsOrder<S>>({
        {QTDELIVERY_ORDER(resendIntervalMin, resendIntervalMax)},
        {QTDELIVERY_ORDER(progressRetryIntervalMin, progressRetryIntervalMax)},
    });
};

template <> struct SettingsTable<FileQueueSettings>
{
    using S = FileQueueSettings;
    static constexpr auto fields = std::to_array<SettingsField<S>>({
        {QTDELIVERY_FIELD(segmentSize), SettingsUnit::Bytes, 64 * SettingsKiB, SettingsGiB},
        {QTDELIVERY_FIELD(snapshotEvery), SettingsUnit::None, 1, SettingsMillion},
        {QTDELIVERY_FIELD(keepSnapshots), SettingsUnit::None, 1, 1000},
        {QTDELIVERY_FIELD(deleteEvents)},
        {QTDELIVERY_FIELD(cleanupUnusedAfter), SettingsUnit::Milliseconds, 1, 10'000 * SettingsDay},
        {QTDELIVERY_FIELD(maxMessages), SettingsUnit::None, 1, 1000 * SettingsMillion},
        {QTDELIVERY_FIELD(maxBytes), SettingsUnit::Bytes, 1, SettingsKiB * SettingsGiB},
    });
    static constexpr std::array<SettingsOrder<S>, 0> orders{};
};

template <> struct SettingsTable<NodeSettings>
{
    using S = NodeSettings;
    static constexpr auto fields = std::to_array<SettingsField<S>>({
        {QTDELIVERY_FIELD(nodeId)},
        {QTDELIVERY_FIELD(heartbeatInterval), SettingsUnit::Milliseconds, 1, SettingsDay / 2},
        {QTDELIVERY_FIELD(heartbeatTimeout), SettingsUnit::Milliseconds, 2, SettingsDay},
        {QTDELIVERY_FIELD(handshakeTimeout), SettingsUnit::Milliseconds, 1, SettingsDay},
        {QTDELIVERY_FIELD(connectTimeout), SettingsUnit::Milliseconds, 1, SettingsDay},
        {QTDELIVERY_FIELD(reconnectIntervalMin), SettingsUnit::Milliseconds, 1, SettingsDay},
        {QTDELIVERY_FIELD(reconnectIntervalMax), SettingsUnit::Milliseconds, 1, SettingsDay},
        {QTDELIVERY_FIELD(reconnectJitter), SettingsUnit::None, 0, 1},
        {QTDELIVERY_FIELD(writeHighWaterMark), SettingsUnit::Bytes, 1, SettingsGiB},
        {QTDELIVERY_FIELD(readBufferSize), SettingsUnit::Bytes, SettingsKiB, SettingsGiB},
        {QTDELIVERY_FIELD(maxFrameLength), SettingsUnit::Bytes,
         64 * SettingsKiB, SettingsGiB + 64 * SettingsKiB},
        {QTDELIVERY_FIELD(maxLinks), SettingsUnit::None, 1, SettingsMillion},
        {QTDELIVERY_FIELD(maxLinksPerPeer), SettingsUnit::None, 1, SettingsMillion},
        {QTDELIVERY_FIELD(maxPendingHandshakes), SettingsUnit::None, 1, SettingsMillion},
        {QTDELIVERY_FIELD(maxFlowsPerLink), SettingsUnit::None, 1, SettingsMillion},
        {QTDELIVERY_FIELD(maxRegistrationsPerSecond), SettingsUnit::None, 1, SettingsMillion},
        {QTDELIVERY_FIELD(maxBytesHeldPerPeer), SettingsUnit::Bytes, 1024 * SettingsKiB, 1024 * SettingsGiB},
        {QTDELIVERY_FIELD(maxBytesHeld), SettingsUnit::Bytes, 1024 * SettingsKiB, 1024 * SettingsGiB},
        {QTDELIVERY_FIELD(maxMessagesPerTurn), SettingsUnit::None, 1, SettingsMillion},
        {QTDELIVERY_FIELD(maxTurnTime), SettingsUnit::Milliseconds, 1, SettingsDay},
        {QTDELIVERY_FIELD(closeTimeout), SettingsUnit::Milliseconds, 0, SettingsDay},
        {QTDELIVERY_FIELD(allowPlainText)},
        {QTDELIVERY_FIELD(recordEvents)},
    });
    static constexpr auto orders = std::to_array<SettingsOrder<S>>({
        {QTDELIVERY_ORDER(heartbeatInterval, heartbeatTimeout), 2},
        {QTDELIVERY_ORDER(reconnectIntervalMin, reconnectIntervalMax)},
    });
};

#undef QTDELIVERY_FIELD
#undef QTDELIVERY_ORDER
// clang-format on

} // namespace QtDelivery
