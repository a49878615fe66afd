// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "sqlsession.h"

#include <QtDelivery/durableproducerqueue.h>

namespace QtDelivery {

/*!
    \brief The SQL of a producer's queue, in the storage thread.

    Theory of operation
    -------------------
    load() counts the epoch of the queue's row up and remembers it. Each later transaction begins by
   reading that row where the epoch is still the remembered one, and keeps it locked: the row is the
   fence. No row means that another owner has come, and nothing is done. What is stored already is
   told by the row's current number, never by memory, so after a transaction of unknown outcome the
   same request is simply made again.
*/
class SqlQueueStore
{
public:
    /*! What is committed together. */
    struct Group
    {
        QList<QList<DurableMessage>> batches; //!< may begin with messages that are stored
        QMap<QString, qint64> confirmed; //!< by qualifier

        [[nodiscard]] bool isEmpty() const { return batches.isEmpty() && confirmed.isEmpty(); }
    };

    struct Outcome
    {
        qint64 stored = 0; //!< the last number of the group that is stored; 0 = none
        Error error{}; //!< why the rest is not
    };

    /*! Takes possession of the queue of \a producerId. */
    [[nodiscard]] Result<DurableProducerState> load(SqlSession &session, const QString &producerId);
    /*! Commits \a group, up to the first batch that does not fit. */
    [[nodiscard]] Outcome write(SqlSession &session, const Group &group);

    [[nodiscard]] bool isLoaded() const { return m_epoch > 0; }

private:
    /*! The number of the next message; less than 1 on an error. The row is locked then. */
    [[nodiscard]] qint64 enter(SqlSession &session);
    [[nodiscard]] bool append(SqlSession &session, const QList<DurableMessage> &messages,
                              qint64 current);
    [[nodiscard]] bool insert(SqlSession &session, const QList<DurableMessage> &messages);
    [[nodiscard]] bool confirm(SqlSession &session, const QMap<QString, qint64> &confirmed,
                               qint64 last);
    [[nodiscard]] bool readConfirmed(SqlSession &session, DurableProducerState &state) const;
    [[nodiscard]] bool readMessages(SqlSession &session, DurableProducerState &state) const;
    [[nodiscard]] Error failure(SqlSession &session) const;

    QString m_producerId;
    qint64 m_epoch = 0; // 0 = not loaded
    QMap<QString, qint64> m_confirmed; // committed: nothing up to here is left
    Error m_refusal; // what is wrong, if it is not the database
};

} // namespace QtDelivery
