// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/consumerprogress.h>

#include <QHash>

#include <memory>
#include <utility>
#include <variant>

namespace QtDelivery::Test {

/*! What MemoryProgress objects leave behind when they are destroyed, as a disk would. */
struct MemoryProgressDisk
{
    using Pair = std::pair<QString, QString>; //!< consumer, producer

    QHash<Pair, ConsumerPosition> positions;
    QHash<Pair, const QObject *> owners;
};

/*! \brief A consumer's progress that is as durable as its disk, which lives as long as the test
   wants.

    Each request is carried out in a turn of the event loop of its own, and answered from there. */
class MemoryProgress : public ConsumerProgress
{
    Q_OBJECT

public:
    explicit MemoryProgress(std::shared_ptr<MemoryProgressDisk> disk, QObject *parent = nullptr)
        : ConsumerProgress(parent)
        , m_disk(std::move(disk))
    { }
    ~MemoryProgress() override { giveUpOwnership(); }

    /*! The next \a count answers are failed(\a error); nothing is recorded. */
    void failNext(int count, const Error &error)
    {
        m_failures = count;
        m_error = error;
    }
    /*! While \a held, requests are not carried out: what is pending at the end is lost. */
    void setWorkHeld(bool held)
    {
        m_workHeld = held;
        post();
    }
    /*! While \a held, requests are carried out and not answered: what is pending is recorded. */
    void setAnswersHeld(bool held)
    {
        m_answersHeld = held;
        post();
    }

    /*! How often record() was called. */
    [[nodiscard]] int recordCalls() const { return m_recordCalls; }
    /*! What storageSnapshot() returns. */
    void setStorageSnapshot(const StorageSnapshot &shown) { m_shown = shown; }
    [[nodiscard]] StorageSnapshot storageSnapshot() const override { return m_shown; }
    /*! How often load() was called. */
    [[nodiscard]] int loadCalls() const { return m_loadCalls; }

    void load(const QString &consumerId, const QString &producerId) override
    {
        ++m_loadCalls;
        request(Load{consumerId, producerId});
    }
    void record(const QtDelivery::ConsumerPosition &position) override
    {
        ++m_recordCalls;
        request(Record{position});
    }

private:
    struct Load
    {
        QString consumerId;
        QString producerId;
    };
    struct Record
    {
        ConsumerPosition position;
    };
    struct Loaded
    {
        ConsumerPosition position;
    };
    struct Recorded
    {
        ConsumerPosition position;
    };
    using Request = std::variant<Load, Record>;
    using Answer = std::variant<Loaded, Recorded, Error>;

    void request(const Request &request)
    {
        m_requests.append(request);
        post();
    }

    void post() { QMetaObject::invokeMethod(this, &MemoryProgress::turn, Qt::QueuedConnection); }

    void turn()
    {
        if (!m_workHeld && !m_requests.isEmpty()) {
            const Request request = m_requests.takeFirst();
            post();
            if (m_failures > 0) {
                --m_failures;
                fail(m_error);
            } else {
                std::visit([this](const auto &details) { carryOut(details); }, request);
            }
        }
        if (!m_answersHeld && !m_answers.isEmpty()) {
            post();
            emitAnswer(m_answers.takeFirst());
        }
    }

    void carryOut(const Load &load)
    {
        giveUpOwnership();
        const MemoryProgressDisk::Pair pair{load.consumerId, load.producerId};
        if (m_disk->owners.contains(pair))
            return fail({Error::Code::StorageInUse, QStringLiteral("The disk has an owner.")});
        m_disk->owners.insert(pair, this);
        m_pair = pair;
        ConsumerPosition position = m_disk->positions.value(pair);
        position.producerId = load.producerId;
        m_answers.append(Loaded{position});
    }

    void carryOut(const Record &record)
    {
        if (m_pair.second != record.position.producerId || m_pair.first.isEmpty())
            return fail({Error::Code::InvalidArgument, QStringLiteral("Not loaded.")});
        m_disk->positions.insert(m_pair, record.position);
        m_answers.append(Recorded{record.position});
    }

    void giveUpOwnership()
    {
        if (m_disk->owners.value(m_pair) == this)
            m_disk->owners.remove(m_pair);
        m_pair = {};
    }

    /*! Nothing of what is unanswered stays pending. */
    void fail(const Error &error)
    {
        m_requests.clear();
        m_answers.append(error);
    }

    void emitAnswer(const Answer &answer)
    {
        if (const auto *of = std::get_if<Loaded>(&answer))
            Q_EMIT loaded(of->position);
        else if (const auto *to = std::get_if<Recorded>(&answer))
            Q_EMIT recorded(to->position);
        else
            emitFailed(std::get<Error>(answer));
    }

    void emitFailed(const Error &error)
    {
        m_requests.clear();
        m_answers.clear();
        Q_EMIT failed(error);
    }

    const std::shared_ptr<MemoryProgressDisk> m_disk;
    MemoryProgressDisk::Pair m_pair; // what is owned
    QList<Request> m_requests;
    QList<Answer> m_answers;
    int m_failures = 0;
    Error m_error;
    bool m_workHeld = false;
    bool m_answersHeld = false;
    int m_recordCalls = 0;
    int m_loadCalls = 0;
    StorageSnapshot m_shown;
};

} // namespace QtDelivery::Test
