// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "sqlqueuestore.h"

#include "sqlerror.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace QtDelivery {

namespace {

// A row each costs PostgreSQL a round trip each; more than these gain little.
constexpr qsizetype RowsPerInsert[] = {64, 8, 1};

QString insertStatement(qsizetype rows)
{
    QStringList places(rows, u"(?, ?, ?, ?, ?)"_s);
    return u"INSERT INTO qtdelivery_message (producer_id, seq_nr, qualifier, context, payload) VALUES "_s
        + places.join(u", "_s);
}

Error notLoaded()
{
    return {Error::Code::InvalidArgument,
            QCoreApplication::translate("QtDelivery", "The queue has not been loaded.")};
}

Error gap(qint64 seqNr, qint64 expected)
{
    return {Error::Code::InvalidArgument,
            //: %1 and %2 are numbers of messages
            QCoreApplication::translate("QtDelivery",
                                        "Message %1 cannot be stored: the next one is message %2.")
                .arg(seqNr)
                .arg(expected)};
}

Error impossibleRow(const QString &producerId, const QString &description)
{
    return {Error::Code::StorageCorrupt,
            //: %1 is a producer's id, %2 the name of a database
            QCoreApplication::translate("QtDelivery",
                                        "The queue of %1 in the database %2 contradicts itself.")
                .arg(producerId, description)};
}

/*! What is above every confirmation is complete, and nothing else is there. */
bool isPossible(const DurableProducerState &state)
{
    qint64 before = 0;
    qint64 aboveConfirmed = 0;
    for (const DurableMessage &message : state.unconfirmed) {
        if (message.seqNr <= before || message.seqNr >= state.currentSeqNr
            || message.seqNr <= state.confirmedSeqNr.value(message.qualifier))
            return false;
        before = message.seqNr;
        aboveConfirmed += message.seqNr > state.highestConfirmedSeqNr ? 1 : 0;
    }
    return !state.streamId.isNull() && state.generation > 0
        && aboveConfirmed == state.currentSeqNr - 1 - state.highestConfirmedSeqNr;
}

/*! Collects what of each batch follows on what is stored. */
struct Newcomers
{
    qint64 next; //!< number of the next message
    qint64 stored = 0; //!< last number of the batches that fit
    QList<DurableMessage> messages{};

    /*! All of \a batch, or nothing of it if it leaves a number out. */
    Error add(const QList<DurableMessage> &batch)
    {
        const qsizetype before = messages.size();
        for (const DurableMessage &message : batch) {
            const qint64 expected = next + messages.size() - before;
            if (message.seqNr < 1 || message.seqNr > expected) {
                messages.resize(before);
                return gap(message.seqNr, expected);
            }
            if (message.seqNr == expected) // otherwise stored, though this owner was not told
                messages.append(message);
        }
        next += messages.size() - before;
        stored = std::max(stored, batch.last().seqNr);
        return {};
    }
};

} // namespace

Result<DurableProducerState> SqlQueueStore::load(SqlSession &session, const QString &producerId)
{
    m_epoch = 0;
    m_refusal = {};
    m_producerId = producerId;
    if (!session.begin(SqlSession::Durability::Synced))
        return session.error();
    QSqlQuery *const row = session.execute(
        u"INSERT INTO qtdelivery_queue (producer_id, stream_id, epoch, current_seq_nr, context)"
        " VALUES (?, ?, 1, 1, ?) ON CONFLICT (producer_id)"
        " DO UPDATE SET epoch = qtdelivery_queue.epoch + 1"
        " RETURNING stream_id, epoch, current_seq_nr, context"_s,
        {notNull(producerId), QUuid::createUuid().toString(QUuid::WithoutBraces),
         notNull(QByteArray())});
    if (!row || !session.fetch(row))
        return failure(session);
    DurableProducerState state;
    state.streamId = QUuid::fromString(row->value(0).toString());
    state.generation = row->value(1).toLongLong();
    state.currentSeqNr = row->value(2).toLongLong();
    state.context = row->value(3).toByteArray();
    if (!readConfirmed(session, state) || !readMessages(session, state))
        return failure(session);
    if (!isPossible(state)) {
        m_refusal = impossibleRow(producerId, session.description());
        return failure(session);
    }
    if (!session.commit())
        return session.error();
    m_epoch = state.generation;
    m_confirmed = state.confirmedSeqNr;
    return state;
}

bool SqlQueueStore::readConfirmed(SqlSession &session, DurableProducerState &state) const
{
    QSqlQuery *const rows = session.execute(
        u"SELECT qualifier, seq_nr FROM qtdelivery_confirmed WHERE producer_id = ?"_s,
        {m_producerId});
    while (rows && session.fetch(rows)) {
        const qint64 seqNr = rows->value(1).toLongLong();
        state.confirmedSeqNr.insert(rows->value(0).toString(), seqNr);
        state.highestConfirmedSeqNr = std::max(state.highestConfirmedSeqNr, seqNr);
    }
    return !session.error();
}

bool SqlQueueStore::readMessages(SqlSession &session, DurableProducerState &state) const
{
    QSqlQuery *const rows =
        session.execute(u"SELECT seq_nr, qualifier, context, payload FROM qtdelivery_message"
                        " WHERE producer_id = ? ORDER BY seq_nr"_s,
                        {m_producerId});
    while (rows && session.fetch(rows))
        state.unconfirmed.append({.seqNr = rows->value(0).toLongLong(),
                                  .payload = rows->value(3).toByteArray(),
                                  .context = rows->value(2).toByteArray(),
                                  .qualifier = rows->value(1).toString()});
    return !session.error();
}

SqlQueueStore::Outcome SqlQueueStore::write(SqlSession &session, const Group &group)
{
    m_refusal = {};
    if (!isLoaded())
        return {.error = notLoaded()};
    const auto durability =
        group.batches.isEmpty() ? SqlSession::Durability::Relaxed : SqlSession::Durability::Synced;
    if (!session.begin(durability))
        return {.error = session.error()};
    const qint64 current = enter(session);
    if (current < 1)
        return {.error = failure(session)};
    Newcomers newcomers{.next = current};
    Error misfit;
    for (auto batch = group.batches.cbegin(); batch != group.batches.cend() && !misfit; ++batch)
        misfit = newcomers.add(*batch);
    if (!append(session, newcomers.messages, current)
        || !confirm(session, group.confirmed, newcomers.next - 1))
        return {.error = failure(session)};
    if (!session.commit())
        return {.error = session.error()};
    for (auto it = group.confirmed.cbegin(); it != group.confirmed.cend(); ++it) {
        qint64 &confirmed = m_confirmed[it.key()];
        confirmed = std::max(confirmed, std::min(it.value(), newcomers.next - 1));
    }
    return {.stored = newcomers.stored, .error = misfit};
}

qint64 SqlQueueStore::enter(SqlSession &session)
{
    QString statement =
        u"SELECT current_seq_nr FROM qtdelivery_queue WHERE producer_id = ? AND epoch = ?"_s;
    if (session.isPostgresql())
        statement += u" FOR UPDATE"_s; // SQLite has one writer at a time anyway
    QSqlQuery *const row = session.execute(statement, {m_producerId, m_epoch});
    if (!row)
        return 0;
    if (session.fetch(row))
        return row->value(0).toLongLong();
    if (!session.error())
        m_refusal = takenOver(m_producerId, session.description());
    return 0;
}

bool SqlQueueStore::append(SqlSession &session, const QList<DurableMessage> &messages,
                           qint64 current)
{
    if (messages.isEmpty())
        return true;
    if (!insert(session, messages))
        return false;
    QSqlQuery *const update =
        session.execute(u"UPDATE qtdelivery_queue SET current_seq_nr = ?, context = ?"
                        " WHERE producer_id = ? AND epoch = ? AND current_seq_nr = ?"_s,
                        {messages.last().seqNr + 1, notNull(messages.last().context), m_producerId,
                         m_epoch, current});
    if (update && update->numRowsAffected() != 1)
        m_refusal = takenOver(m_producerId, session.description());
    return update && !m_refusal;
}

bool SqlQueueStore::insert(SqlSession &session, const QList<DurableMessage> &messages)
{
    qsizetype done = 0;
    for (const qsizetype rows : RowsPerInsert) {
        const QString statement = insertStatement(rows);
        for (; messages.size() - done >= rows; done += rows) {
            QVariantList values;
            values.reserve(5 * rows);
            for (const DurableMessage &message : messages.sliced(done, rows))
                values << m_producerId << message.seqNr << notNull(message.qualifier)
                       << notNull(message.context) << notNull(message.payload);
            if (!session.execute(statement, values))
                return false;
        }
    }
    return true;
}

bool SqlQueueStore::confirm(SqlSession &session, const QMap<QString, qint64> &confirmed,
                            qint64 last)
{
    for (auto it = confirmed.cbegin(); it != confirmed.cend(); ++it) {
        const qint64 upTo = std::min(it.value(), last);
        if (upTo < 1)
            continue;
        // The lower bound keeps PostgreSQL from walking over all that it has not vacuumed yet.
        const QString qualifier = notNull(it.key());
        if (!session.execute(
                u"INSERT INTO qtdelivery_confirmed (producer_id, qualifier, seq_nr) VALUES (?, ?, "
                u"?)"
                " ON CONFLICT (producer_id, qualifier) DO UPDATE SET seq_nr = excluded.seq_nr"
                " WHERE qtdelivery_confirmed.seq_nr < excluded.seq_nr"_s,
                {m_producerId, qualifier, upTo})
            || !session.execute(
                u"DELETE FROM qtdelivery_message"
                " WHERE producer_id = ? AND qualifier = ? AND seq_nr > ? AND seq_nr <= ?"_s,
                {m_producerId, qualifier, m_confirmed.value(it.key()), upTo}))
            return false;
    }
    return true;
}

Error SqlQueueStore::failure(SqlSession &session) const
{
    if (session.error())
        return session.error();
    session.rollBack(); // the database has done nothing wrong
    return m_refusal ? m_refusal : impossibleRow(m_producerId, session.description());
}

} // namespace QtDelivery
