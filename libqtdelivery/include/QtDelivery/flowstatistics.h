// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/qtdeliveryglobal.h>

#include <QMetaType>

namespace QtDelivery {

/*! \brief What one controller has done since it was created. Numbers only grow. */
struct QTDELIVERY_EXPORT FlowStatistics
{
    Q_GADGET
    Q_PROPERTY(quint64 messages MEMBER messages)
    Q_PROPERTY(quint64 bytes MEMBER bytes)
    Q_PROPERTY(quint64 confirmed MEMBER confirmed)
    Q_PROPERTY(quint64 resent MEMBER resent)
    Q_PROPERTY(quint64 duplicatesDropped MEMBER duplicatesDropped)
    Q_PROPERTY(quint64 attachments MEMBER attachments)

public:
    quint64 messages = 0; //!< producer: sent for the first time; consumer: delivered
    quint64 bytes = 0; //!< payload bytes of #messages
    quint64 confirmed = 0; //!< messages that are confirmed
    quint64 resent = 0; //!< producer: messages transmitted once more
    quint64 duplicatesDropped = 0; //!< consumer: messages that arrived once more and were ignored
    quint64 attachments = 0; //!< how many times the two sides found each other

    /*! Equal in every member. */
    friend bool operator==(const FlowStatistics &, const FlowStatistics &) = default;
};

} // namespace QtDelivery

Q_DECLARE_METATYPE(QtDelivery::FlowStatistics)
