// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/qtdeliveryglobal.h>

#include <QList>
#include <QMetaType>

namespace QtDelivery {

/*! \brief How large a durable storage is, and how long its syncs take, at one instant.

    A sync is one call by which the disk is told to keep what was written (`fdatasync`). How long
   each took is counted in steps that double, so that a microsecond and a second fit into one short
   list. A plain value; safe to copy to another thread. */
struct QTDELIVERY_EXPORT StorageSnapshot
{
    Q_GADGET
    Q_PROPERTY(qint64 bytes MEMBER bytes)
    Q_PROPERTY(qint64 files MEMBER files)
    Q_PROPERTY(qint64 syncTime MEMBER syncTime)
    Q_PROPERTY(QList<qint64> syncs MEMBER syncs)

public:
    /*! Of #syncs at most. */
    static constexpr int MaxSteps = 25;

    qint64 bytes = -1; //!< that its files take, with what is free in them; -1 = not known
    qint64 files = -1; //!< how many they are: a journal's segments; -1 = not known
    qint64 syncTime = 0; //!< microseconds of all syncs together
    /*! How many syncs took how long: the first entry those of at most 1 µs, entry i those of more
       than 2^(i-1) and at most 2^i µs; the last of #MaxSteps everything longer than 8 s, too. What
       is not there is 0. */
    QList<qint64> syncs = {};

    /*! Counts one more sync, of \a microseconds. */
    void addSync(qint64 microseconds);
    /*! Of all lengths together. */
    [[nodiscard]] qint64 syncCount() const;
    /*! Microseconds within which at least \a share, 0 … 1, of the syncs were done: the upper end of
        a step. -1 if there was none. */
    [[nodiscard]] qint64 syncTimeOf(double share) const;
    /*! The upper end of the step that is entry \a index of #syncs, in microseconds; the last step
        has none, and for it this is twice its beginning. */
    [[nodiscard]] static qint64 stepEnd(int index) { return qint64(1) << index; }
    /*! Something is known. */
    [[nodiscard]] bool isKnown() const { return bytes >= 0 || files >= 0 || !syncs.isEmpty(); }

    /*! Equal in every member. */
    friend bool operator==(const StorageSnapshot &, const StorageSnapshot &) = default;
};

} // namespace QtDelivery

Q_DECLARE_METATYPE(QtDelivery::StorageSnapshot)
