// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/fileconsumerprogress.h>

#include "progressworker.h"

#include <QCoreApplication>
#include <QEvent>
#include <QPointer>

namespace QtDelivery {

/*! A child of the progress, so that it is always in the same thread. */
class FileConsumerProgressPrivate : public QObject
{
public:
    using Request = ProgressWorker::Request;
    using Answer = ProgressWorker::Answer;

    FileConsumerProgressPrivate(FileConsumerProgress *progress, const QString &directory,
                                std::shared_ptr<const CipherKeys> keys)
        : QObject(progress)
        , q(progress)
        , m_worker(directory, std::move(keys), [this] { notify(); })
    { }

    void request(Request request)
    {
        request.round = m_round;
        m_worker.request(std::move(request));
    }

    [[nodiscard]] StorageSnapshot storageSnapshot() const { return m_worker.storageSnapshot(); }

protected:
    void customEvent(QEvent * /*event*/) override { emitAnswers(); }

private:
    /*! In the worker's thread, which ends before this object does. */
    void notify() { QCoreApplication::postEvent(this, new QEvent(QEvent::User)); }

    void emitAnswers();
    void emitAnswer(const Answer &answer);

    FileConsumerProgress *const q;
    int m_round = 0; // grows with each failure that was told
    ProgressWorker m_worker;
};

void FileConsumerProgressPrivate::emitAnswers()
{
    const QPointer<FileConsumerProgress> alive(q); // who is answered may delete it
    for (const Answer &answer : m_worker.takeAnswers()) {
        if (!alive)
            return;
        emitAnswer(answer);
    }
}

void FileConsumerProgressPrivate::emitAnswer(const Answer &answer)
{
    switch (answer.kind) {
    case Answer::Kind::Loaded:
        Q_EMIT q->loaded(answer.position);
        break;
    case Answer::Kind::Recorded:
        Q_EMIT q->recorded(answer.position);
        break;
    case Answer::Kind::Failed:
        ++m_round;
        Q_EMIT q->failed(answer.error);
        break;
    }
}

FileConsumerProgress::FileConsumerProgress(const QString &directory, QObject *parent)
    : FileConsumerProgress(directory, StorageKeys(), parent)
{ }

FileConsumerProgress::FileConsumerProgress(const QString &directory, const StorageKeys &keys,
                                           QObject *parent)
    : ConsumerProgress(parent)
    , d(std::make_unique<FileConsumerProgressPrivate>(this, directory, keys.d))
{ }

FileConsumerProgress::~FileConsumerProgress() = default;

void FileConsumerProgress::load(const QString &consumerId, const QString &producerId)
{
    ProgressWorker::Request request{.kind = ProgressWorker::Request::Kind::Load,
                                    .consumerId = consumerId};
    request.position.producerId = producerId;
    d->request(std::move(request));
}

void FileConsumerProgress::record(const QtDelivery::ConsumerPosition &position)
{
    d->request({.kind = ProgressWorker::Request::Kind::Record, .position = position});
}

StorageSnapshot FileConsumerProgress::storageSnapshot() const
{
    return d->storageSnapshot();
}

} // namespace QtDelivery
