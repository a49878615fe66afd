// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/settingsconsumerprogress.h>

#include "settingscopies.h"
#include "storedposition.h"

#include <QCoreApplication>
#include <QIODevice>
#include <QMap>
#include <QPointer>

#include <utility>
#include <variant>

namespace QtDelivery {

namespace {

constexpr qsizetype MaxPairs = 256;

constexpr quint32 Magic = 0x50534451; // "QDSP" in the file

using Pair = std::pair<QString, QString>; // consumer, producer
using Positions = QMap<Pair, ConsumerPosition>;

QByteArray encoded(const Positions &positions)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_4);
    stream << qint32(positions.size());
    for (auto it = positions.cbegin(); it != positions.cend(); ++it)
        stream << StoredPosition{it.key().first, it.value()};
    return bytes;
}

bool decode(const QByteArray &bytes, Positions *positions)
{
    QDataStream stream(bytes);
    stream.setVersion(QDataStream::Qt_6_4);
    qint32 count = 0;
    stream >> count;
    for (qint32 i = 0; i < count && stream.status() == QDataStream::Ok; ++i) {
        StoredPosition stored;
        stream >> stored;
        positions->insert({stored.consumerId, stored.position.producerId}, stored.position);
    }
    return stream.status() == QDataStream::Ok && stream.atEnd();
}

} // namespace

/*!
    Theory of operation
    -------------------
    Requests are collected until the event loop calls process(). There all of them are carried out
   on a copy of the positions, which is written once; then they are answered in order, records that
   follow each other by one answer. If anything fails, the copy is forgotten and one failed()
   answers all.
*/
class SettingsConsumerProgressPrivate
{
public:
    struct Record
    {
        ConsumerPosition position;
    };
    using Request = std::variant<Pair, Record>; // a pair is to be loaded

    SettingsConsumerProgressPrivate(SettingsConsumerProgress *progress, const QString &path)
        : q(progress)
        , m_copies(path, Magic, LoneCopy::Counts)
    { }

    void request(const Request &request);

private:
    struct Answer
    {
        bool isRecord = false;
        ConsumerPosition position;
    };

    void process();
    [[nodiscard]] Error carryOut(const QList<Request> &requests, QList<Answer> *answers);
    [[nodiscard]] Error take();
    [[nodiscard]] Error record(const ConsumerPosition &position, Positions *positions) const;
    void emitAnswers(const QList<Answer> &answers);

    SettingsConsumerProgress *const q;
    SettingsCopies m_copies;
    QList<Request> m_requests;
    Pair m_loaded;
    Positions m_positions;
};

void SettingsConsumerProgressPrivate::request(const Request &request)
{
    if (m_requests.isEmpty())
        QMetaObject::invokeMethod(
            q, [this] { process(); }, Qt::QueuedConnection);
    m_requests += request;
}

void SettingsConsumerProgressPrivate::process()
{
    QList<Answer> answers;
    if (const Error error = carryOut(std::exchange(m_requests, {}), &answers))
        Q_EMIT q->failed(error);
    else
        emitAnswers(answers);
}

Error SettingsConsumerProgressPrivate::carryOut(const QList<Request> &requests,
                                                QList<Answer> *answers)
{
    if (!m_copies.isOwned()) {
        if (const Error error = take())
            return error;
    }
    Positions positions = m_positions;
    for (const Request &request : requests) {
        if (const auto *pair = std::get_if<Pair>(&request)) {
            m_loaded = *pair;
            ConsumerPosition position = positions.value(m_loaded);
            position.producerId = m_loaded.second;
            *answers += Answer{false, position};
            continue;
        }
        const ConsumerPosition &position = std::get<Record>(request).position;
        if (const Error error = record(position, &positions))
            return error;
        if (!answers->isEmpty() && answers->constLast().isRecord)
            answers->removeLast();
        *answers += Answer{true, position};
    }
    if (positions != m_positions) {
        if (const Error error = m_copies.write(encoded(positions)))
            return error;
        m_positions = positions;
    }
    return {};
}

Error SettingsConsumerProgressPrivate::take()
{
    std::optional<QByteArray> bytes;
    if (const Error error = m_copies.take(&bytes))
        return error;
    Positions positions;
    if (bytes && !decode(*bytes, &positions)) {
        m_copies.giveUp();
        return damaged(m_copies.path());
    }
    m_positions = positions;
    return {};
}

Error SettingsConsumerProgressPrivate::record(const ConsumerPosition &position,
                                              Positions *positions) const
{
    if (m_loaded.second != position.producerId)
        return notLoadedError(position.producerId);
    if (const Error error = contextError(position, SettingsCopies::MaxContextBytes))
        return error;
    if (!positions->contains(m_loaded) && positions->size() >= MaxPairs)
        return {Error::Code::LimitReached,
                //: %1 is a number
                QCoreApplication::translate("QtDelivery",
                                            "A settings file holds the positions of at most %1 "
                                            "pairs of consumer and producer.")
                    .arg(MaxPairs)};
    positions->insert(m_loaded, position);
    return {};
}

void SettingsConsumerProgressPrivate::emitAnswers(const QList<Answer> &answers)
{
    const QPointer<SettingsConsumerProgress> alive(q); // who is answered may delete it
    for (const Answer &answer : answers) {
        if (!alive)
            return;
        if (answer.isRecord)
            Q_EMIT alive->recorded(answer.position);
        else
            Q_EMIT alive->loaded(answer.position);
    }
}

SettingsConsumerProgress::SettingsConsumerProgress(const QString &filePath, QObject *parent)
    : ConsumerProgress(parent)
    , d(std::make_unique<SettingsConsumerProgressPrivate>(this, filePath))
{ }

SettingsConsumerProgress::~SettingsConsumerProgress() = default;

void SettingsConsumerProgress::load(const QString &consumerId, const QString &producerId)
{
    d->request(Pair{consumerId, producerId});
}

void SettingsConsumerProgress::record(const QtDelivery::ConsumerPosition &position)
{
    d->request(SettingsConsumerProgressPrivate::Record{position});
}

} // namespace QtDelivery
