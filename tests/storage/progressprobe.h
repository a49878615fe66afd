// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/consumerprogress.h>

#include <QStringList>
#include <QTest>
#include <QThread>

#include <memory>
#include <optional>

namespace QtDelivery::Test {

/*! One signal of a consumer's progress. */
struct ProgressAnswer
{
    enum class Kind { Loaded, Recorded, Failed };

    Kind kind;
    ConsumerPosition position = {}; //!< of Loaded and Recorded
    Error error = {}; //!< of Failed
};

/*! \brief A consumer's progress in the hands of a test: makes requests, keeps the answers in order,
   and notes what no implementation may do. */
class ProgressProbe
{
public:
    static constexpr int PatienceMs = 20000;

    /*! What \a progress does wrong is added to \a violations. */
    ProgressProbe(std::unique_ptr<ConsumerProgress> progress, QStringList *violations)
        : m_violations(violations)
        , m_progress(std::move(progress))
    {
        using Kind = ProgressAnswer::Kind;
        QObject *const context = m_progress.get();
        QObject::connect(
            m_progress.get(), &ConsumerProgress::loaded, context,
            [this](const ConsumerPosition &position) {
                note({Kind::Loaded, position});
            },
            Qt::DirectConnection);
        QObject::connect(
            m_progress.get(), &ConsumerProgress::recorded, context,
            [this](const ConsumerPosition &position) {
                note({Kind::Recorded, position});
            },
            Qt::DirectConnection);
        QObject::connect(
            m_progress.get(), &ConsumerProgress::failed, context,
            [this](const Error &error) {
                note({Kind::Failed, {}, error});
            },
            Qt::DirectConnection);
    }
    Q_DISABLE_COPY_MOVE(ProgressProbe)
    ~ProgressProbe() { end(); }

    // ---- requests
    void load(const QString &consumerId, const QString &producerId)
    {
        call([&] { m_progress->load(consumerId, producerId); });
    }
    void record(const ConsumerPosition &position)
    {
        call([&] { m_progress->record(position); });
    }
    /*! Destroys the progress. */
    void end()
    {
        call([&] { m_progress.reset(); });
    }

    // ---- requests that wait for their answers
    /*! Nothing if the answer was not loaded(). */
    [[nodiscard]] std::optional<ConsumerPosition> loadNow(const QString &consumerId,
                                                          const QString &producerId)
    {
        m_seen = m_answers.size();
        load(consumerId, producerId);
        const auto answer = nextAnswer();
        return answer && answer->kind == ProgressAnswer::Kind::Loaded
            ? std::optional(answer->position)
            : std::nullopt;
    }
    /*! The code of failed(); NoError if the answer was loaded(). */
    [[nodiscard]] Error::Code loadError(const QString &consumerId, const QString &producerId)
    {
        m_seen = m_answers.size();
        load(consumerId, producerId);
        return errorOf(nextAnswer(), ProgressAnswer::Kind::Loaded);
    }
    /*! The code of failed(); NoError if the answer was recorded(). */
    [[nodiscard]] Error::Code recordNow(const ConsumerPosition &position)
    {
        m_seen = m_answers.size();
        record(position);
        return errorOf(nextAnswer(), ProgressAnswer::Kind::Recorded);
    }

    // ---- answers
    [[nodiscard]] const QList<ProgressAnswer> &answers() const { return m_answers; }
    [[nodiscard]] const ConsumerPosition &lastRecorded() const { return m_lastRecorded; }
    [[nodiscard]] QString lastError() const { return m_lastError.message(); }
    [[nodiscard]] bool waitForRecorded(const ConsumerPosition &position) const
    {
        return QTest::qWaitFor([&] { return m_lastRecorded == position; }, PatienceMs);
    }
    [[nodiscard]] bool waitForAnswers(qsizetype count) const
    {
        return QTest::qWaitFor([&] { return m_answers.size() >= count; }, PatienceMs);
    }
    /*! Nothing if there is none in time. */
    [[nodiscard]] std::optional<ProgressAnswer> nextAnswer()
    {
        const qsizetype before = m_seen;
        if (!waitForAnswers(before + 1))
            return std::nullopt;
        m_seen = m_answers.size();
        return m_answers[before];
    }

    [[nodiscard]] ConsumerProgress *progress() const { return m_progress.get(); }

private:
    template <typename Call> void call(Call call)
    {
        m_calling = true;
        call();
        m_calling = false;
    }

    void note(const ProgressAnswer &answer)
    {
        if (m_calling)
            *m_violations += QStringLiteral("answered from within the call");
        if (QThread::currentThread() != m_progress->thread())
            *m_violations += QStringLiteral("answered in another thread");
        if (answer.kind == ProgressAnswer::Kind::Recorded)
            m_lastRecorded = answer.position;
        if (answer.kind == ProgressAnswer::Kind::Failed)
            noteError(answer.error);
        m_answers.append(answer);
    }

    void noteError(const Error &error)
    {
        m_lastError = error;
        if (!error.isError() || error.message().isEmpty())
            *m_violations += QStringLiteral("failed without a reason");
    }

    [[nodiscard]] static Error::Code errorOf(const std::optional<ProgressAnswer> &answer,
                                             ProgressAnswer::Kind success)
    {
        if (!answer)
            return Error::Code::TimedOut;
        if (answer->kind == ProgressAnswer::Kind::Failed)
            return answer->error.code();
        return answer->kind == success ? Error::Code::NoError : Error::Code::ProtocolError;
    }

    QStringList *const m_violations;
    bool m_calling = false;
    qsizetype m_seen = 0;
    ConsumerPosition m_lastRecorded;
    Error m_lastError;
    QList<ProgressAnswer> m_answers;
    std::unique_ptr<ConsumerProgress> m_progress;
};

} // namespace QtDelivery::Test
