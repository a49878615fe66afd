// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/flowsnapshot.h>

#include <QHash>

#include <deque>

#include "endkey.h"

namespace Monitor {

/*! One end of a flow at one instant, as much of it as a picture over time needs. */
struct FlowSample
{
    qint64 time = 0; //!< microseconds since 1970, UTC
    qint64 stored = 0;
    qint64 sent = 0;
    qint64 received = 0;
    qint64 delivered = 0;
    qint64 confirmed = 0;
    qint64 granted = 0;
    qint64 resent = 0; //!< counted since the start
    QtDelivery::BlockedReason reason = QtDelivery::BlockedReason::None;

    friend bool operator==(const FlowSample &, const FlowSample &) = default;
};

/*! Where the numbers went on under another attachment. */
struct EpochMark
{
    qint64 time = 0; //!< microseconds since 1970, UTC
    qint64 seqNr = 0; //!< the first number that was not confirmed then
    qint64 epoch = 0;

    friend bool operator==(const EpochMark &, const EpochMark &) = default;
};

/*! Numbers that were asked for again. */
struct ResendMark
{
    qint64 time = 0; //!< microseconds since 1970, UTC
    QtDelivery::SeqRange range = {};
    int times = 1;
};

/*! \brief What one end of a flow was over time: one sample for each update, a bounded number.

    When there are too many, every second one of the older half is dropped, again and again: minutes
   ago is known in less detail than now, but is known. A sample where the reason changes is kept as
   long as that suffices. */
class FlowHistory
{
public:
    static constexpr qsizetype MinSamples = 64;
    static constexpr qsizetype MaxSamples = 6000;
    static constexpr qsizetype MaxMarks = 32;

    /*! \a time in microseconds since 1970 is that of \a flow. */
    void add(const QtDelivery::FlowSnapshot &flow, qint64 time);
    /*! The most samples; MinSamples … MaxSamples. */
    void setCapacity(qsizetype samples);

    [[nodiscard]] const std::deque<FlowSample> &samples() const { return m_samples; }
    [[nodiscard]] const std::deque<EpochMark> &epochs() const { return m_epochs; }
    [[nodiscard]] const std::deque<ResendMark> &resends() const { return m_resends; }

private:
    void noteEpoch(const QtDelivery::FlowSnapshot &flow, qint64 time);
    void noteResends(const QtDelivery::FlowSnapshot &flow, qint64 time);
    void thin();

    std::deque<FlowSample> m_samples;
    std::deque<EpochMark> m_epochs;
    std::deque<ResendMark> m_resends;
    qsizetype m_capacity = MaxSamples;
    qint64 m_epoch = -1;
};

/*! \brief The histories of all ends. All samples together are bounded, so each gets fewer the more
   ends there are. */
class FlowHistories
{
public:
    static constexpr qsizetype MaxSamplesOfAll = 1'000'000; //!< of 72 bytes

    void add(const EndKey &end, const QtDelivery::FlowSnapshot &flow, qint64 time);
    void remove(const EndKey &end) { m_histories.remove(end); }
    void removeSource(const QString &source);
    void clear() { m_histories.clear(); }
    /*! Null = nothing is known. Valid until something is added or removed. */
    [[nodiscard]] const FlowHistory *find(const EndKey &end) const;
    [[nodiscard]] qsizetype size() const { return m_histories.size(); }

private:
    QHash<EndKey, FlowHistory> m_histories;
};

} // namespace Monitor
