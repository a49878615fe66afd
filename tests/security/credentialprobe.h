// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/credentialstore.h>

#include <QElapsedTimer>
#include <QEventLoop>
#include <QPointer>
#include <QTest>
#include <QTimer>

#include <memory>
#include <optional>

namespace QtDelivery::Test {

/*! \brief Asks a store and waits for the answer; what is never answered is an error TimedOut
   without a message. */
class CredentialProbe
{
public:
    explicit CredentialProbe(CredentialStore *store)
        : m_store(store)
    { }

    [[nodiscard]] Result<QByteArray> read(const QString &name)
    {
        return wait<Result<QByteArray>>(
            [&](auto answer) { m_store->read(name, &m_context, answer); });
    }
    [[nodiscard]] Error write(const QString &name, const QByteArray &secret)
    {
        return wait<Error>([&](auto answer) { m_store->write(name, secret, &m_context, answer); });
    }
    [[nodiscard]] Error remove(const QString &name)
    {
        return wait<Error>([&](auto answer) { m_store->remove(name, &m_context, answer); });
    }
    [[nodiscard]] Result<QStringList> names()
    {
        return wait<Result<QStringList>>(
            [&](auto answer) { m_store->listNames(&m_context, answer); });
    }

private:
    static constexpr int Patience = 60'000; // ms

    template <typename Answer, typename Ask> [[nodiscard]] static Answer wait(const Ask &ask)
    {
        // Shared: an answer that comes too late, or twice, must find its place.
        const auto got = std::make_shared<std::optional<Answer>>();
        QEventLoop loop; // QTest::qWaitFor() looks only every 10 ms
        ask([got, waiting = QPointer(&loop)](const Answer &answer) {
            if (*got)
                qWarning("answered twice");
            got->emplace(answer);
            if (waiting)
                waiting->quit();
        });
        if (*got)
            qWarning("answered from within the call");
        QTimer::singleShot(Patience, &loop, &QEventLoop::quit);
        if (!*got)
            loop.exec();
        if (!*got)
            return Error(Error::Code::TimedOut, {});
        return **got;
    }

    CredentialStore *const m_store;
    QObject m_context;
};

} // namespace QtDelivery::Test
