// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/durableproducerqueue.h>

#include <memory>
#include <variant>

namespace QtDelivery::Test {

/*! What a MemoryQueue leaves behind when it is destroyed, as a disk would. */
struct MemoryQueueDisk
{
    QString producerId; //!< empty: nothing was ever loaded from it
    DurableProducerState state;
    const QObject *owner = nullptr;
    int appended = 0; //!< how many messages were stored
};

/*! \brief A durable queue that is as durable as its disk, which lives as long as the test wants.

    Each request is carried out in a turn of the event loop of its own, and answered from there. */
class MemoryQueue : public DurableProducerQueue
{
    Q_OBJECT

public:
    explicit MemoryQueue(std::shared_ptr<MemoryQueueDisk> disk, QObject *parent = nullptr)
        : DurableProducerQueue(parent)
        , m_disk(std::move(disk))
    { }
    ~MemoryQueue() override
    {
        for (const Request &request : std::as_const(m_requests)) {
            if (const auto *confirm = std::get_if<Confirm>(&request))
                carryOut(*confirm);
        }
        if (m_disk->owner == this)
            m_disk->owner = nullptr;
    }

    /*! The next \a count answers to load() and store() are failed(\a error); nothing is stored. */
    void failNext(int count, const Error &error)
    {
        m_failures = count;
        m_error = error;
    }
    /*! While \a held, requests are not carried out: what is pending when the queue ends is lost. */
    void setWorkHeld(bool held)
    {
        m_workHeld = held;
        post();
    }
    /*! While \a held, requests are carried out and not answered: what is pending is stored. */
    void setAnswersHeld(bool held)
    {
        m_answersHeld = held;
        post();
    }
    /*! Whether confirm() does nothing, as if there were a crash before it is written. */
    void setConfirmsLost(bool lost) { m_confirmsLost = lost; }
    void setLimits(qint64 messages, qint64 bytes)
    {
        m_maxMessages = messages;
        m_maxBytes = bytes;
    }

    /*! What storageSnapshot() returns. */
    void setStorageSnapshot(const StorageSnapshot &shown) { m_shown = shown; }
    [[nodiscard]] StorageSnapshot storageSnapshot() const override { return m_shown; }

    /*! How often store() was called. */
    [[nodiscard]] int storeCalls() const { return m_storeCalls; }
    /*! How often load() was called. */
    [[nodiscard]] int loadCalls() const { return m_loadCalls; }

    void load(const QString &producerId) override
    {
        ++m_loadCalls;
        request(Load{producerId});
    }
    void store(const QList<QtDelivery::DurableMessage> &messages) override
    {
        ++m_storeCalls;
        request(Store{messages});
    }
    void confirm(qint64 seqNr, const QString &qualifier) override
    {
        request(Confirm{seqNr, qualifier});
    }
    [[nodiscard]] qint64 maxMessages() const override { return m_maxMessages; }
    [[nodiscard]] qint64 maxBytes() const override { return m_maxBytes; }

private:
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
    using Answer = std::variant<DurableProducerState, qint64, Error>;

    void request(const Request &request)
    {
        m_requests.append(request);
        post();
    }

    void post() { QMetaObject::invokeMethod(this, &MemoryQueue::turn, Qt::QueuedConnection); }

    void turn()
    {
        if (!m_workHeld && !m_requests.isEmpty()) {
            const Request request = m_requests.takeFirst();
            std::visit([this](const auto &details) { carryOut(details); }, request);
            post();
        }
        if (!m_answersHeld && !m_answers.isEmpty()) {
            post();
            emitAnswer(m_answers.takeFirst());
        }
    }

    void carryOut(const Load &load)
    {
        if (takeFailure())
            return;
        if (m_disk->owner && m_disk->owner != this)
            return fail({Error::Code::StorageInUse, QStringLiteral("The disk has an owner.")});
        if (!m_disk->producerId.isEmpty() && m_disk->producerId != load.producerId)
            return fail({Error::Code::InvalidArgument,
                         QStringLiteral("The disk is that of %1.").arg(m_disk->producerId)});
        m_disk->owner = this;
        m_disk->producerId = load.producerId;
        DurableProducerState &state = m_disk->state;
        if (state.streamId.isNull())
            state.streamId = QUuid::createUuid();
        ++state.generation;
        m_answers.append(state);
    }

    void carryOut(const Store &store)
    {
        if (takeFailure())
            return;
        if (m_disk->owner != this)
            return fail({Error::Code::InvalidArgument, QStringLiteral("Not loaded.")});
        for (const DurableMessage &message : store.messages) {
            switch (m_disk->state.stepOf(message.seqNr)) {
            case DurableProducerState::Step::New:
                m_disk->state.addMessageSent(message);
                ++m_disk->appended;
                break;
            case DurableProducerState::Step::Known:
                break;
            case DurableProducerState::Step::Impossible:
                return fail({Error::Code::InvalidArgument, QStringLiteral("Numbers left out.")});
            }
        }
        m_answers.append(store.messages.last().seqNr);
    }

    void carryOut(const Confirm &confirm)
    {
        if (!m_confirmsLost && m_disk->owner == this)
            (void)m_disk->state.confirm(confirm.seqNr, confirm.qualifier);
    }

    bool takeFailure()
    {
        if (m_failures == 0)
            return false;
        --m_failures;
        fail(m_error);
        return true;
    }

    /*! Nothing of what is unanswered stays pending. */
    void fail(const Error &error)
    {
        dropUnanswered();
        m_answers.append(error);
    }

    void dropUnanswered()
    {
        m_requests.removeIf(
            [](const Request &request) { return !std::holds_alternative<Confirm>(request); });
    }

    void emitAnswer(const Answer &answer)
    {
        if (const auto *state = std::get_if<DurableProducerState>(&answer))
            Q_EMIT loaded(*state);
        else if (const auto *seqNr = std::get_if<qint64>(&answer))
            Q_EMIT stored(*seqNr);
        else
            emitFailed(std::get<Error>(answer));
    }

    void emitFailed(const Error &error)
    {
        dropUnanswered();
        m_answers.clear();
        Q_EMIT failed(error);
    }

    const std::shared_ptr<MemoryQueueDisk> m_disk;
    QList<Request> m_requests;
    QList<Answer> m_answers;
    int m_failures = 0;
    Error m_error;
    bool m_workHeld = false;
    bool m_answersHeld = false;
    bool m_confirmsLost = false;
    int m_storeCalls = 0;
    StorageSnapshot m_shown;
    int m_loadCalls = 0;
    qint64 m_maxMessages = 1'000'000;
    qint64 m_maxBytes = qint64(1) << 40;
};

} // namespace QtDelivery::Test
