// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/sqlconsumerprogress.h>

#include "sqlerror.h"
#include "sqlschema.h"
#include "sqlthread.h"

#include <QCoreApplication>
#include <QPointer>

#include <mutex>
#include <utility>
#include <variant>

using namespace Qt::StringLiterals;

namespace QtDelivery {

namespace {

QString toText(const QUuid &id)
{
    return id.isNull() ? notNull(QString()) : id.toString(QUuid::WithoutBraces);
}

} // namespace

/*!
    \brief Between the object's thread and the storage thread.

    Theory of operation
    -------------------
        object's thread                storage thread
        load(), record() --m_waiting--> serve()
        answer() <---------m_answers---

    Either side takes all that the other has left. Of positions that wait one behind the other only
   the newest is kept. After a failure the storage thread takes nothing until the failure is told:
   whatever is requested by then has failed with it. As with the queue, loading counts an epoch up,
   and who records must still have it.
*/
class SqlConsumerProgressPrivate
{
public:
    using Recording = SqlConsumerProgress::Recording;

    struct Key
    {
        QString consumerId{};
        QString producerId{};
    };
    using Request = std::variant<Key, ConsumerPosition>; // to be loaded, to be recorded

    SqlConsumerProgressPrivate(SqlConsumerProgress *progress, SqlConnection connection,
                               Recording recording)
        : connection(std::move(connection))
        , recording(recording)
        , q(progress)
        , m_thread(this->connection, [this](SqlSession &session) { serve(session); })
    { }

    void request(const Request &request);

    const SqlConnection connection;
    const Recording recording;

private:
    struct Loaded
    {
        ConsumerPosition position;
    };
    struct Recorded
    {
        ConsumerPosition position;
    };
    using Answer = std::variant<Loaded, Recorded, Error>;

    // storage thread
    void serve(SqlSession &session);
    [[nodiscard]] QList<Request> takeWaiting();
    [[nodiscard]] Answer load(SqlSession &session, const Key &key);
    [[nodiscard]] Answer record(SqlSession &session, const ConsumerPosition &position) const;
    [[nodiscard]] Error write(SqlSession &session, const ConsumerPosition &position) const;
    void post(const QList<Answer> &news);
    // object's thread
    void answer();

    SqlConsumerProgress *const q;
    std::mutex m_mutex;
    QList<Request> m_waiting; // guarded by m_mutex
    QList<Answer> m_answers; // guarded by m_mutex
    bool m_hasFailed = false; // guarded by m_mutex; the last answer says so
    Key m_key; // storage thread
    qint64 m_epoch = 0; // storage thread; 0 = nothing is loaded
    SqlThread m_thread; // the last: it ends before the rest
};

void SqlConsumerProgressPrivate::request(const Request &request)
{
    const auto isRecord = [](const Request &waiting) {
        return std::holds_alternative<ConsumerPosition>(waiting);
    };
    {
        const std::lock_guard lock(m_mutex);
        if (isRecord(request) && !m_waiting.isEmpty() && isRecord(m_waiting.last()))
            m_waiting.removeLast();
        m_waiting.append(request);
    }
    m_thread.wake();
}

QList<SqlConsumerProgressPrivate::Request> SqlConsumerProgressPrivate::takeWaiting()
{
    const std::lock_guard lock(m_mutex);
    if (m_hasFailed)
        return {};
    return std::exchange(m_waiting, {});
}

void SqlConsumerProgressPrivate::serve(SqlSession &session)
{
    QList<Answer> news;
    for (const Request &request : takeWaiting()) {
        if (const auto *key = std::get_if<Key>(&request))
            news.append(load(session, *key));
        else
            news.append(record(session, std::get<ConsumerPosition>(request)));
        if (std::holds_alternative<Error>(news.last()))
            break; // the rest has failed with it
    }
    if (!news.isEmpty())
        post(news);
}

SqlConsumerProgressPrivate::Answer SqlConsumerProgressPrivate::load(SqlSession &session,
                                                                    const Key &key)
{
    m_epoch = 0;
    if (!session.begin(SqlSession::Durability::Synced))
        return session.error();
    QSqlQuery *const row = session.execute(
        u"INSERT INTO qtdelivery_progress"
        " (consumer_id, producer_id, epoch, stream_id, seq_nr, context) VALUES (?, ?, 1, ?, 0, ?)"
        " ON CONFLICT (consumer_id, producer_id) DO UPDATE SET epoch = qtdelivery_progress.epoch + "
        "1"
        " RETURNING epoch, stream_id, seq_nr, context"_s,
        {notNull(key.consumerId), notNull(key.producerId), toText({}), notNull(QByteArray())});
    if (!row || !session.fetch(row))
        return session.error();
    const qint64 epoch = row->value(0).toLongLong();
    const ConsumerPosition position{.producerId = key.producerId,
                                    .streamId = QUuid::fromString(row->value(1).toString()),
                                    .confirmedSeqNr = row->value(2).toLongLong(),
                                    .context = row->value(3).toByteArray()};
    if (!session.commit())
        return session.error();
    m_key = key;
    m_epoch = epoch;
    return Loaded{position};
}

SqlConsumerProgressPrivate::Answer SqlConsumerProgressPrivate::record(
    SqlSession &session, const ConsumerPosition &position) const
{
    if (m_epoch == 0 || position.producerId != m_key.producerId)
        return Error(Error::Code::InvalidArgument,
                     //: %1 is a producer's id
                     QCoreApplication::translate("QtDelivery",
                                                 "The progress of producer %1 has not been loaded.")
                         .arg(position.producerId));
    if (recording == Recording::ByItself) {
        if (const Error error = write(session, position))
            return error;
    }
    return Recorded{position};
}

Error SqlConsumerProgressPrivate::write(SqlSession &session, const ConsumerPosition &position) const
{
    if (!session.begin(SqlSession::Durability::Synced))
        return session.error();
    QSqlQuery *const update = session.execute(
        u"UPDATE qtdelivery_progress SET stream_id = ?, seq_nr = ?, context = ?"
        " WHERE consumer_id = ? AND producer_id = ? AND epoch = ?"_s,
        {toText(position.streamId), position.confirmedSeqNr, notNull(position.context),
         notNull(m_key.consumerId), notNull(m_key.producerId), m_epoch});
    if (update && update->numRowsAffected() != 1) {
        session.rollBack();
        return progressTakenOver(m_key.consumerId, session.description());
    }
    return update && session.commit() ? Error() : session.error();
}

void SqlConsumerProgressPrivate::post(const QList<Answer> &news)
{
    const std::lock_guard lock(m_mutex);
    if (m_answers.isEmpty())
        QMetaObject::invokeMethod(
            q, [this] { answer(); }, Qt::QueuedConnection);
    m_answers += news;
    m_hasFailed = std::holds_alternative<Error>(news.last());
}

void SqlConsumerProgressPrivate::answer()
{
    QList<Answer> answers;
    {
        const std::lock_guard lock(m_mutex);
        answers = std::exchange(m_answers, {});
        if (std::exchange(m_hasFailed, false))
            m_waiting.clear();
    }
    SqlConsumerProgress *const progress = q; // a slot may destroy it, and this with it
    const QPointer<SqlConsumerProgress> alive(progress);
    for (qsizetype i = 0; i < answers.size() && alive; ++i) {
        if (const auto *loaded = std::get_if<Loaded>(&answers[i]))
            Q_EMIT progress->loaded(loaded->position);
        else if (const auto *recorded = std::get_if<Recorded>(&answers[i]))
            Q_EMIT progress->recorded(recorded->position);
        else
            Q_EMIT progress->failed(std::get<Error>(answers[i]));
    }
}

SqlConsumerProgress::SqlConsumerProgress(SqlConnection connection, Recording recording,
                                         QObject *parent)
    : ConsumerProgress(parent)
    , d(std::make_unique<SqlConsumerProgressPrivate>(this, std::move(connection), recording))
{ }

SqlConsumerProgress::~SqlConsumerProgress() = default;

void SqlConsumerProgress::load(const QString &consumerId, const QString &producerId)
{
    d->request(SqlConsumerProgressPrivate::Key{consumerId, producerId});
}

void SqlConsumerProgress::record(const ConsumerPosition &position)
{
    d->request(position);
}

const SqlConnection &SqlConsumerProgress::connection() const
{
    return d->connection;
}

SqlConsumerProgress::Recording SqlConsumerProgress::recording() const
{
    return d->recording;
}

Error SqlConsumerProgress::prepare(QSqlDatabase &database)
{
    return prepareSchema(database, database.databaseName(), database.password());
}

Error SqlConsumerProgress::recordIn(QSqlDatabase &database, const QString &consumerId,
                                    const ConsumerPosition &position)
{
    if (position.streamId.isNull() || position.confirmedSeqNr < 1)
        return {Error::Code::InvalidArgument,
                QCoreApplication::translate(
                    "QtDelivery", "The position to be recorded has no stream or no number.")};
    QSqlQuery query(database);
    // A position that is not new was recorded by another process: what this one has done in its
    // transaction was done before.
    bool isDone = query.prepare(
        u"INSERT INTO qtdelivery_progress"
        " (consumer_id, producer_id, epoch, stream_id, seq_nr, context) VALUES (?, ?, 0, ?, ?, ?)"
        " ON CONFLICT (consumer_id, producer_id) DO UPDATE"
        " SET stream_id = excluded.stream_id, seq_nr = excluded.seq_nr, context = excluded.context"
        " WHERE qtdelivery_progress.stream_id <> excluded.stream_id"
        " OR qtdelivery_progress.seq_nr < excluded.seq_nr"_s);
    if (isDone) {
        query.addBindValue(notNull(consumerId));
        query.addBindValue(notNull(position.producerId));
        query.addBindValue(toText(position.streamId));
        query.addBindValue(position.confirmedSeqNr);
        query.addBindValue(notNull(position.context));
        isDone = query.exec();
    }
    if (!isDone)
        return storageError(query.lastError(), database.driverName(), database.databaseName(),
                            database.password());
    if (query.numRowsAffected() < 1)
        return {Error::Code::AlreadyConfirmed,
                //: %1 is a message's number, %2 and %3 are the ids of its producer and its consumer
                QCoreApplication::translate("QtDelivery",
                                            "Message %1 of %2 has been recorded for %3 before.")
                    .arg(position.confirmedSeqNr)
                    .arg(position.producerId, consumerId)};
    return {};
}

} // namespace QtDelivery
