// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/settingsproducerqueue.h>

#include "settingscopies.h"

#include <QCoreApplication>
#include <QDataStream>
#include <QDir>
#include <QIODevice>

#include <algorithm>
#include <utility>
#include <variant>

namespace QtDelivery {

namespace {

constexpr qint64 MaxMessages = 256;
constexpr qint64 MaxBytes = 1024 * 1024;

constexpr quint32 QueueMagic = 0x51534451; // "QDSQ" in the file

QDataStream &operator<<(QDataStream &stream, const DurableMessage &message)
{
    return stream << message.seqNr << message.payload << message.context << message.qualifier;
}

QDataStream &operator>>(QDataStream &stream, DurableMessage &message)
{
    return stream >> message.seqNr >> message.payload >> message.context >> message.qualifier;
}

QByteArray encoded(const QString &producerId, const DurableProducerState &state)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_4);
    stream << producerId << state.streamId << state.generation << state.currentSeqNr
           << state.highestConfirmedSeqNr << state.confirmedSeqNr << state.context
           << qint32(state.unconfirmed.size());
    for (const DurableMessage &message : state.unconfirmed)
        stream << message;
    return bytes;
}

bool decode(const QByteArray &bytes, QString *producerId, DurableProducerState *state)
{
    QDataStream stream(bytes);
    stream.setVersion(QDataStream::Qt_6_4);
    qint32 count = 0;
    stream >> *producerId >> state->streamId >> state->generation >> state->currentSeqNr
        >> state->highestConfirmedSeqNr >> state->confirmedSeqNr >> state->context >> count;
    for (qint32 i = 0; i < count && stream.status() == QDataStream::Ok; ++i) {
        DurableMessage message;
        stream >> message;
        state->unconfirmed += message;
    }
    return stream.status() == QDataStream::Ok && stream.atEnd();
}

qint64 payloadBytes(const DurableProducerState &state)
{
    qint64 bytes = 0;
    for (const DurableMessage &message : state.unconfirmed)
        bytes += message.payload.size();
    return bytes;
}

Error sizeError(const DurableMessage &message)
{
    if (message.payload.size() > MaxBytes)
        return {Error::Code::LimitReached,
                //: %1 and %2 are numbers of bytes
                QCoreApplication::translate("QtDelivery",
                                            "The message has %1 bytes. A queue in a settings file "
                                            "takes at most %2; use FileProducerQueue for more.")
                    .arg(message.payload.size())
                    .arg(MaxBytes)};
    if (message.context.size() > SettingsCopies::MaxContextBytes)
        return {Error::Code::LimitReached,
                //: %1 and %2 are numbers of bytes
                QCoreApplication::translate("QtDelivery",
                                            "The context of the message has %1 bytes. A queue in a "
                                            "settings file takes at most %2.")
                    .arg(message.context.size())
                    .arg(SettingsCopies::MaxContextBytes)};
    return {};
}

/*! Why \a state is more than the file may hold. The message that reaches the limit in bytes is the
 * last. */
Error limitError(const DurableProducerState &state)
{
    const qint64 count = state.unconfirmed.size();
    const qint64 before =
        count == 0 ? 0 : payloadBytes(state) - state.unconfirmed.last().payload.size();
    if (count <= MaxMessages && before < MaxBytes)
        return {};
    return {Error::Code::LimitReached,
            //: %1 is a number of messages, %2 of bytes
            QCoreApplication::translate("QtDelivery",
                                        "A queue in a settings file holds at most %1 messages and "
                                        "%2 bytes that are not confirmed.")
                .arg(MaxMessages)
                .arg(MaxBytes)};
}

Error gapError(qint64 seqNr, qint64 expected)
{
    return {Error::Code::InvalidArgument,
            //: %1 and %2 are numbers of messages
            QCoreApplication::translate(
                "QtDelivery", "Message %1 cannot be stored: the next one has the number %2.")
                .arg(seqNr)
                .arg(expected)};
}

} // namespace

/*!
    Theory of operation
    -------------------
    Requests are collected until the event loop calls process(). There the whole turn becomes one
   write: stores and confirmations change a copy of the state, in their order; if it is written, the
   copy is the state, and all are answered. If anything fails, nothing but the confirmations counts,
   and all are answered by one failed().

    Limits hold for the outcome of the turn: a controller stores the message first for which a
   confirmation has made room.
*/
class SettingsProducerQueuePrivate
{
public:
    struct Load
    {
        QString producerId;
    };
    struct Store
    {
        QList<DurableMessage> messages;
    };
    struct Confirm
    {
        qint64 seqNr;
        QString qualifier;
    };
    using Request = std::variant<Load, Store, Confirm>;

    SettingsProducerQueuePrivate(SettingsProducerQueue *queue, const QString &path)
        : q(queue)
        , m_copies(path, QueueMagic, LoneCopy::Refused)
    { }

    void request(const Request &request);
    void end();

private:
    void process();
    [[nodiscard]] Error carryOut(const Load &load);
    [[nodiscard]] Error storeAll(const QList<Request> &requests, qint64 *last);
    void confirmAll(const QList<Request> &requests);
    [[nodiscard]] Error write(const DurableProducerState &state);
    void fail(const Error &error);

    SettingsProducerQueue *const q;
    SettingsCopies m_copies;
    QList<Request> m_requests;
    QString m_producerId;
    DurableProducerState m_state;
    bool m_hasUnwritten = false; // confirmations
};

void SettingsProducerQueuePrivate::request(const Request &request)
{
    if (m_requests.isEmpty())
        QMetaObject::invokeMethod(
            q, [this] { process(); }, Qt::QueuedConnection);
    m_requests += request;
}

/*! Carries out what is waiting: a load(), or everything up to the next one. */
void SettingsProducerQueuePrivate::process()
{
    if (m_requests.isEmpty())
        return;
    if (const auto *load = std::get_if<Load>(&m_requests.constFirst())) {
        const Error error = carryOut(*load);
        m_requests.removeFirst();
        if (!m_requests.isEmpty())
            QMetaObject::invokeMethod(
                q, [this] { process(); }, Qt::QueuedConnection);
        if (error)
            fail(error);
        else
            Q_EMIT q->loaded(m_state);
        return;
    }
    const auto isLoad = [](const Request &request) {
        return std::holds_alternative<Load>(request);
    };
    const auto end = std::find_if(m_requests.cbegin(), m_requests.cend(), isLoad);
    const QList<Request> turn(m_requests.cbegin(), end);
    m_requests.erase(m_requests.cbegin(), end);
    if (!m_requests.isEmpty())
        QMetaObject::invokeMethod(
            q, [this] { process(); }, Qt::QueuedConnection);

    qint64 last = 0;
    if (const Error error = storeAll(turn, &last)) {
        confirmAll(turn);
        fail(error);
    } else if (last > 0) {
        Q_EMIT q->stored(last);
    }
}

Error SettingsProducerQueuePrivate::carryOut(const Load &load)
{
    std::optional<QByteArray> bytes;
    if (const Error error = m_copies.take(&bytes))
        return error;
    DurableProducerState state;
    QString owner = load.producerId;
    Error error;
    if (!bytes)
        state.streamId = QUuid::createUuid();
    else if (!decode(*bytes, &owner, &state))
        error = damaged(m_copies.path());
    if (!error && owner != load.producerId)
        error = {Error::Code::InvalidArgument,
                 //: %1 is a file, %2 and %3 are ids of producers
                 QCoreApplication::translate(
                     "QtDelivery", "%1 holds the messages of producer \"%2\", not of \"%3\".")
                     .arg(QDir::toNativeSeparators(m_copies.path()), owner, load.producerId)};
    m_producerId = load.producerId;
    ++state.generation;
    if (!error)
        error = write(state);
    if (error)
        m_copies.giveUp();
    return error;
}

/*! \a last is the highest number that is answered; 0 if there was nothing but confirmations. */
Error SettingsProducerQueuePrivate::storeAll(const QList<Request> &requests, qint64 *last)
{
    DurableProducerState state = m_state;
    bool isConfirmed = false;
    bool isAppended = false;
    for (const Request &request : requests) {
        if (const auto *confirm = std::get_if<Confirm>(&request)) {
            isConfirmed = state.confirm(confirm->seqNr, confirm->qualifier) || isConfirmed;
            continue;
        }
        for (const DurableMessage &message : std::get<Store>(request).messages) {
            const auto step = state.stepOf(message.seqNr);
            if (step == DurableProducerState::Step::Impossible)
                return gapError(message.seqNr, state.currentSeqNr);
            *last = std::max(*last, message.seqNr);
            if (step == DurableProducerState::Step::Known)
                continue;
            if (const Error error = sizeError(message))
                return error;
            state.addMessageSent(message);
            isAppended = true;
        }
    }
    if (*last > 0 && !m_copies.isOwned())
        return {Error::Code::InvalidArgument,
                QCoreApplication::translate("QtDelivery",
                                            "Nothing can be stored before the queue is loaded.")};
    if (const Error error = limitError(state))
        return error;
    if (isAppended)
        return write(state);
    m_state = state;
    m_hasUnwritten = m_hasUnwritten || isConfirmed;
    return {};
}

void SettingsProducerQueuePrivate::confirmAll(const QList<Request> &requests)
{
    for (const Request &request : requests) {
        if (const auto *confirm = std::get_if<Confirm>(&request))
            m_hasUnwritten = m_state.confirm(confirm->seqNr, confirm->qualifier) || m_hasUnwritten;
    }
}

Error SettingsProducerQueuePrivate::write(const DurableProducerState &state)
{
    if (const Error error = m_copies.write(encoded(m_producerId, state)))
        return error;
    m_state = state;
    m_hasUnwritten = false;
    return {};
}

/*! Of what came in the meantime only the confirmations count. */
void SettingsProducerQueuePrivate::fail(const Error &error)
{
    confirmAll(m_requests);
    m_requests.clear();
    Q_EMIT q->failed(error);
}

void SettingsProducerQueuePrivate::end()
{
    if (!m_copies.isOwned())
        return;
    confirmAll(m_requests);
    if (m_hasUnwritten)
        (void)write(m_state); // nobody is left to be told, and these may be lost
}

SettingsProducerQueue::SettingsProducerQueue(const QString &filePath, QObject *parent)
    : DurableProducerQueue(parent)
    , d(std::make_unique<SettingsProducerQueuePrivate>(this, filePath))
{ }

SettingsProducerQueue::~SettingsProducerQueue()
{
    d->end();
}

void SettingsProducerQueue::load(const QString &producerId)
{
    d->request(SettingsProducerQueuePrivate::Load{producerId});
}

void SettingsProducerQueue::store(const QList<QtDelivery::DurableMessage> &messages)
{
    d->request(SettingsProducerQueuePrivate::Store{messages});
}

void SettingsProducerQueue::confirm(qint64 seqNr, const QString &qualifier)
{
    d->request(SettingsProducerQueuePrivate::Confirm{seqNr, qualifier});
}

qint64 SettingsProducerQueue::maxMessages() const
{
    return MaxMessages;
}

qint64 SettingsProducerQueue::maxBytes() const
{
    return MaxBytes;
}

} // namespace QtDelivery
