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

using namespace Qt::StringLiterals;

namespace QtDelivery {

namespace {

const QString UpsertPosition =
    u"INSERT INTO qtdelivery_progress (consumer_id, producer_id, stream_id, seq_nr, context)"
    " VALUES (?, ?, ?, ?, ?) ON CONFLICT (consumer_id, producer_id) DO UPDATE"
    " SET stream_id = excluded.stream_id, seq_nr = excluded.seq_nr, context = excluded.context"_s;

const QString OnlyForward = u" WHERE qtdelivery_progress.stream_id <> excluded.stream_id"
                            " OR qtdelivery_progress.seq_nr < excluded.seq_nr"_s;

QVariantList valuesOf(const QString &consumerId, const ConsumerPosition &position)
{
    return {notNull(consumerId), notNull(position.producerId),
            position.streamId.toString(QUuid::WithoutBraces), position.confirmedSeqNr,
            notNull(position.context)};
}

} // namespace

/*!
    \brief Between the object's thread and the storage thread.

    Theory of operation
    -------------------
    As in SqlProducerQueue: either side takes all that the other has left, and after a failure the
   storage thread takes nothing until the failure is told. Of the positions that wait only the
   newest is kept. Who records by the application gets each answer posted from where it asked, since
   all is done.
*/
class SqlConsumerProgressPrivate
{
public:
    using Recording = SqlConsumerProgress::Recording;

    SqlConsumerProgressPrivate(SqlConsumerProgress *progress, SqlConnection connection,
                               Recording recording)
        : connection(std::move(connection))
        , recording(recording)
        , q(progress)
        , m_thread(this->connection, [this](SqlSession &session) { serve(session); })
    { }

    void load(const QString &consumerId, const QString &producerId);
    void record(const ConsumerPosition &position);

    const SqlConnection connection;
    const Recording recording;

private:
    struct Key
    {
        QString consumerId;
        QString producerId;
    };
    struct Waiting
    {
        std::optional<ConsumerPosition> position; // asked for before the load, if there is one
        std::optional<Key> load;
    };
    struct Answers
    {
        std::optional<ConsumerPosition> recorded;
        std::optional<ConsumerPosition> loaded;
        Error failed;

        [[nodiscard]] bool isEmpty() const { return !recorded && !loaded && !failed; }
    };

    // storage thread
    void serve(SqlSession &session);
    [[nodiscard]] Waiting takeWaiting();
    [[nodiscard]] Error write(SqlSession &session, const ConsumerPosition &position) const;
    [[nodiscard]] Result<ConsumerPosition> read(SqlSession &session, const Key &key) const;
    // either thread
    void post(const Answers &news);
    // object's thread
    void answer();

    SqlConsumerProgress *const q;
    std::mutex m_mutex;
    Waiting m_waiting; // guarded by m_mutex
    Answers m_answers; // guarded by m_mutex
    QString m_consumerId; // storage thread
    SqlThread m_thread; // the last: it ends before the rest
};

void SqlConsumerProgressPrivate::load(const QString &consumerId, const QString &producerId)
{
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.load = Key{consumerId, producerId};
    }
    m_thread.wake();
}

void SqlConsumerProgressPrivate::record(const ConsumerPosition &position)
{
    if (recording == Recording::ByApplication) {
        post({.recorded = position, .loaded = {}, .failed = {}});
        return;
    }
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.position = position;
    }
    m_thread.wake();
}

SqlConsumerProgressPrivate::Waiting SqlConsumerProgressPrivate::takeWaiting()
{
    const std::lock_guard lock(m_mutex);
    if (m_answers.failed)
        return {};
    return std::exchange(m_waiting, {});
}

void SqlConsumerProgressPrivate::serve(SqlSession &session)
{
    const Waiting waiting = takeWaiting();
    Answers news;
    if (waiting.position) {
        news.failed = write(session, *waiting.position);
        if (!news.failed)
            news.recorded = waiting.position;
    }
    if (waiting.load && !news.failed) {
        if (auto position = read(session, *waiting.load)) {
            m_consumerId = waiting.load->consumerId;
            news.loaded = *std::move(position);
        } else {
            news.failed = position.error();
        }
    }
    if (!news.isEmpty())
        post(news);
}

Error SqlConsumerProgressPrivate::write(SqlSession &session, const ConsumerPosition &position) const
{
    if (m_consumerId.isNull())
        return {Error::Code::InvalidArgument,
                QCoreApplication::translate("QtDelivery", "The progress has not been loaded.")};
    const bool isCommitted = session.begin(SqlSession::Durability::Synced)
        && session.execute(UpsertPosition, valuesOf(m_consumerId, position)) && session.commit();
    return isCommitted ? Error() : session.error();
}

Result<ConsumerPosition> SqlConsumerProgressPrivate::read(SqlSession &session, const Key &key) const
{
    if (!session.begin(SqlSession::Durability::Synced))
        return session.error();
    ConsumerPosition position{.producerId = key.producerId, .streamId = {}, .context = {}};
    QSqlQuery *const row =
        session.execute(u"SELECT stream_id, seq_nr, context FROM qtdelivery_progress"
                        " WHERE consumer_id = ? AND producer_id = ?"_s,
                        {notNull(key.consumerId), notNull(key.producerId)});
    if (row && session.fetch(row)) {
        position.streamId = QUuid::fromString(row->value(0).toString());
        position.confirmedSeqNr = row->value(1).toLongLong();
        position.context = row->value(2).toByteArray();
    }
    if (session.error() || !session.commit())
        return session.error();
    return position;
}

void SqlConsumerProgressPrivate::post(const Answers &news)
{
    const std::lock_guard lock(m_mutex);
    const bool isPosted = !m_answers.isEmpty();
    if (news.recorded)
        m_answers.recorded = news.recorded;
    if (news.loaded)
        m_answers.loaded = news.loaded;
    if (news.failed)
        m_answers.failed = news.failed;
    if (!isPosted)
        QMetaObject::invokeMethod(
            q, [this] { answer(); }, Qt::QueuedConnection);
}

void SqlConsumerProgressPrivate::answer()
{
    Answers answers;
    {
        const std::lock_guard lock(m_mutex);
        answers = std::exchange(m_answers, {});
        if (answers.failed)
            m_waiting = {};
    }
    const QPointer<SqlConsumerProgress> alive(q);
    if (answers.recorded)
        Q_EMIT q->recorded(*answers.recorded);
    if (alive && answers.loaded)
        Q_EMIT q->loaded(*answers.loaded);
    if (alive && answers.failed)
        Q_EMIT q->failed(answers.failed);
}

SqlConsumerProgress::SqlConsumerProgress(SqlConnection connection, Recording recording,
                                         QObject *parent)
    : ConsumerProgress(parent)
    , d(std::make_unique<SqlConsumerProgressPrivate>(this, std::move(connection), recording))
{ }

SqlConsumerProgress::~SqlConsumerProgress() = default;

void SqlConsumerProgress::load(const QString &consumerId, const QString &producerId)
{
    d->load(consumerId, producerId);
}

void SqlConsumerProgress::record(const ConsumerPosition &position)
{
    d->record(position);
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
    bool isDone = query.prepare(UpsertPosition + OnlyForward);
    if (isDone) {
        const QVariantList values = valuesOf(consumerId, position);
        for (int i = 0; i < values.size(); ++i)
            query.bindValue(i, values[i]);
        isDone = query.exec();
    }
    if (!isDone)
        return storageError(query.lastError(), database.driverName(), database.databaseName(),
                            database.password());
    if (query.numRowsAffected() < 1)
        return {Error::Code::AlreadyConfirmed,
                //: %1 is a message's number, %2 the ids of its producer, %3 of its consumer
                QCoreApplication::translate("QtDelivery",
                                            "Message %1 of %2 has been recorded for %3 before.")
                    .arg(position.confirmedSeqNr)
                    .arg(position.producerId, consumerId)};
    return {};
}

} // namespace QtDelivery
